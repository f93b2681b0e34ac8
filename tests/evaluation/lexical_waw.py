"""List the words whose first letter is a و of their own: makes index/analysis/lexical_waw.txt.

A و before a word is usually "and". It belongs to the word if the word takes the article
(الوزير), or if the rest is not a word (واشنطن: there is no اشنطن).

    uv run python tests/evaluation/lexical_waw.py COLLECTIONS > index/analysis/lexical_waw.txt
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.analysis.normalizer import folded
from index.analysis.tokenizer import pieces

COLLECTIONS = ("scale-ar", "kaiflematha", "xquad-ar", "quranqa23")
ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")
# Found by reading the list: these do begin with "and".
AND = {"وبالتالي", "وبخاصه", "وبالاخص", "وايابا", "ولكنكم", "ونكل"}
# "Father" and "governor", in which وال is not an article: the rules below leave out such words.
OWN = {
    *("والد", "والدا", "والدان", "والده", "والدها", "والدهم", "والدك", "والدنا", "والدي", "والديه"),
    *("والديها", "والدته", "والدتها", "والدتهم", "والدتي", "والي"),
}


def words(folder: Path) -> Iterator[str]:
    """Yield the Arabic words of all collections."""
    for name in COLLECTIONS:
        with gzip.open(folder / name / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for word, _, _, kind in pieces(json.loads(line)["text"]):
                    if kind == "arabic":
                        yield word


def lexical(count: Counter[str]) -> list[str]:
    """Return words that occur three times or more with the article, or whose rest is rare."""

    def is_lexical(word: str) -> bool:
        with_article = sum(count[article + word] for article in ARTICLES)
        rest = count[word[1:]] + count["ال" + word[1:]]
        if with_article >= 3 and rest <= 30 * with_article:
            return True
        return count[word] >= 30 and (rest + count["ف" + word[1:]]) * 5 <= count[word]

    candidates = (w for w in count if len(w) > 3 and w[0] == "و" and not w.startswith("وال"))
    return sorted(OWN.union(w for w in candidates if is_lexical(w) and w not in AND))


def main() -> None:
    surface = Counter(words(Path(sys.argv[1])))
    count: Counter[str] = Counter()
    for word, times in surface.items():
        count[folded(word)] += times
    print(
        "# Folded words whose first و is no conjunction. Made by tests/evaluation/lexical_waw.py."
    )
    print("\n".join(lexical(count)))


if __name__ == "__main__":
    main()
