"""How often the encoding of a text is guessed right, by length and by kind of text.

    python tests/evaluation/encodings.py [COLLECTIONS_DIR]

Takes running text from ``COLLECTIONS_DIR/*/docs.jsonl.gz`` (default: the folder
``../shared/collections`` beside the project), encodes pieces of 3, 10, 50 and 200
words, and counts the pieces that come back letter by letter: by our own rule, by
charset-normalizer told which encodings to weigh, and by charset-normalizer alone.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from charset_normalizer import from_bytes

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.extract.encoding import decode

DEFAULT = Path(__file__).parents[2].parent / "shared" / "collections"
ARABIC = ("xquad-ar", "kaiflematha", "quranqa23", "scale-ar", "quran-bilingual")
ENGLISH = ("xquad-en", "scifact", "scale-en", "cacm")
LENGTHS = (3, 10, 50, 200)
SAMPLES = 300
WEIGHED = ["cp1256", "iso8859_6", "cp1252", "utf_8", "utf_16_le", "utf_16_be"]

# What a piece is made of, and the encodings it is tried in.
ARABIC_ENCODINGS = ("cp1256", "iso8859_6", "utf_16_le", "utf_16_be")
KINDS = {
    "arabic": ARABIC_ENCODINGS,
    "half arabic, half english": ARABIC_ENCODINGS,
    "english, one arabic word": ARABIC_ENCODINGS,
    "arabic, one english word": ARABIC_ENCODINGS,
    "english": ("cp1252", "utf_16_le", "utf_16_be"),
    "english, one accented name": ("cp1252",),
}
# fmt: off
NAMES = (
    "José", "Muñoz", "François", "Müller", "Søren", "Åsa", "Zoë", "Beyoncé", "Ibréhima",
    "Îbrahîm", "Gruš", "Peña", "Jürgen", "Groß", "Naïma", "Šimon", "Hervé", "Ségolène",
    "Çelik", "Núñez", "Águila", "Øyvind",
)
# fmt: on


def ours(data: bytes) -> str:
    return decode(data).text


def told(data: bytes) -> str:
    best = from_bytes(data, cp_isolation=WEIGHED).best()
    return str(best) if best else ""


def alone(data: bytes) -> str:
    best = from_bytes(data).best()
    return str(best) if best else ""


GUESSERS: dict[str, Callable[[bytes], str]] = {
    "our rule": ours,
    "detector, told": told,
    "detector": alone,
}


def words_of(folder: Path, names: tuple[str, ...]) -> list[list[str]]:
    """The words of up to 1,500 texts of each collection."""
    texts = []
    for name in names:
        with gzip.open(folder / name / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in islice(lines, 1500):
                document = json.loads(line)
                if document.get("lang", "") == ("ar" if names is ARABIC else "en"):
                    texts.append(document["text"].split())
    return [words for words in texts if words]


def piece(texts: list[list[str]], length: int, rng: random.Random) -> list[str]:
    """``length`` words in a row, from one text or from several in turn."""
    found: list[str] = []
    while len(found) < length:
        words = rng.choice(texts)
        start = rng.randrange(max(1, len(words) - length))
        found += words[start : start + length - len(found)]
    return found


def compose(
    kind: str, arabic: list[list[str]], english: list[list[str]], length: int, rng: random.Random
) -> list[str]:
    """One piece of a kind."""
    if kind == "arabic":
        return piece(arabic, length, rng)
    if kind == "english":
        return piece(english, length, rng)
    if kind == "half arabic, half english":
        return piece(arabic, length - length // 2, rng) + piece(english, length // 2, rng)
    base, guest = {
        "english, one arabic word": (english, piece(arabic, 1, rng)),
        "arabic, one english word": (arabic, piece(english, 1, rng)),
        "english, one accented name": (english, [rng.choice(NAMES)]),
    }[kind]
    words = piece(base, length - 1, rng)
    at = rng.randrange(length)
    return words[:at] + guest + words[at:]


def samples(
    kind: str, encoding: str, length: int, texts: tuple[list[list[str]], list[list[str]]]
) -> Iterator[tuple[bytes, str]]:
    """Pieces that hold something beside ASCII, as bytes and as the text they stand for."""
    rng = random.Random(f"{kind} {encoding} {length}")  # noqa: S311 - a repeatable measurement
    found = 0
    for _ in range(SAMPLES * 100):
        data = " ".join(compose(kind, *texts, length, rng)).encode(encoding, "ignore")
        if encoding.startswith("utf") or not data.isascii():
            yield data, data.decode(encoding)
            found += 1
        if found == SAMPLES:
            return


def main(folder: Path) -> int:
    """Print the table."""
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder}")
        return 0
    texts = words_of(folder, ARABIC), words_of(folder, ENGLISH)
    print(f"{'kind':<28}{'encoding':<11}{'words':>5}  " + "".join(f"{g:>16}" for g in GUESSERS))
    for kind, encodings in KINDS.items():
        for encoding in encodings:
            for length in LENGTHS:
                pairs = list(samples(kind, encoding, length, texts))
                rates = [
                    100 * sum(guess(data) == text for data, text in pairs) / len(pairs)
                    for guess in GUESSERS.values()
                ]
                row = "".join(f"{rate:>15.1f}%" for rate in rates)
                print(f"{kind:<28}{encoding:<11}{length:>5}  {row}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
