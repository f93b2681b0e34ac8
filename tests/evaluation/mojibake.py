"""Measure how often a misread text is repaired, and whether right text is ever changed.

    uv run python tests/evaluation/mojibake.py [COLLECTIONS [TRANSLATIONS]]

Running text of ``COLLECTIONS/*/docs.jsonl.gz`` is cut into samples of 3, 10, 50 and 200 words,
whose bytes are read in a wrong encoding. Counted are the samples that are repaired to exactly the
same text, and those that are changed though they were right. ``TRANSLATIONS`` is a folder with
messages of programs in many languages (``*.mo``, by default ``/usr/share/locale``): what is changed
of them is listed, for some are damaged.
"""

from __future__ import annotations

import gettext
import random
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.extract.mojibake import repair
from tests.evaluation.encodings import (
    ARABIC,
    ENGLISH,
    LENGTHS,
    SAMPLES,
    Words,
    compose,
    read_texts,
)
from tests.evaluation.judged_collections import COLLECTIONS

MISREADINGS = (
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "cp1256"),
    ("utf-8", "mac-roman"),
    ("cp1256", "cp1252"),
    ("iso8859_6", "latin-1"),
)
KINDS = ("arabic", "half arabic, half english", "english, one arabic word")
TRANSLATIONS = Path("/usr/share/locale")


def misread(data: bytes, encoding: str) -> str:
    """Read bytes in an encoding, and those that it lacks as latin-1."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in data)


def samples(
    kind: str, encoding: str, length: int, texts: tuple[list[Words], list[Words]]
) -> Iterator[str]:
    """Yield ``SAMPLES`` samples that the encoding can represent."""
    rng = random.Random(f"{kind} {encoding} {length}")
    for _ in range(SAMPLES):
        words = compose(kind, *texts, length, rng)
        yield " ".join(words).encode(encoding, "ignore").decode(encoding)


def translations(folder: Path) -> Iterator[str]:
    """Yield the different messages of programs that are not ASCII."""
    seen = set()
    for path in sorted(folder.rglob("*.mo")):
        try:
            with path.open("rb") as stream:
                catalog = vars(gettext.GNUTranslations(stream))["_catalog"]
        except (OSError, ValueError, LookupError):
            continue
        for message in catalog.values():
            if isinstance(message, str) and not message.isascii() and message not in seen:
                seen.add(message)
                yield message


def main(folder: Path, messages: Path) -> int:
    """Print the table."""
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder}")
        return 0
    texts = read_texts(folder, ARABIC, "ar"), read_texts(folder, ENGLISH, "en")
    heads = "".join(f"{length:>7}" for length in LENGTHS)
    print(f"{'kind':<28}{'written':<11}{'read':<11}{heads}  changed though right")
    for kind in KINDS:
        for written, read in MISREADINGS:
            rates, changed = "", 0
            for length in LENGTHS:
                right = list(samples(kind, written, length, texts))
                found = [repair(misread(text.encode(written), read)) for text in right]
                pairs = zip(right, found, strict=True)
                same = sum(after is not None and after.text == text for text, after in pairs)
                changed += sum(repair(text) is not None for text in right)
                rates += f"{100 * same / len(right):>6.1f}%"
            print(f"{kind:<28}{written:<11}{read:<11}{rates}  {changed}", flush=True)
    count = 0
    for message in translations(messages):
        count += 1
        if after := repair(message):
            print(f"changed: {message[:60]!r} → {after.text[:60]!r}")
    print(f"{count:,} messages of programs")
    return 0


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(*given, *(COLLECTIONS, TRANSLATIONS)[len(given) :]))
