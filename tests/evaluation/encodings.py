"""Measure how often the encoding of a text is detected, by length and kind of text.

    uv run python tests/evaluation/encodings.py [COLLECTIONS]

Running text is taken from ``COLLECTIONS/*/docs.jsonl.gz`` and cut into samples of 3, 10,
50 and 200 words, which are encoded. Counted are the samples that are decoded to exactly the
same text: by ``index.extract.encoding``, by charset-normalizer restricted to the encodings
that Dalil reads, and by charset-normalizer with its defaults.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from charset_normalizer import from_bytes

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.extract.encoding import decode
from tests.evaluation.judged_collections import COLLECTIONS

ARABIC = ("xquad-ar", "kaiflematha", "quranqa23", "scale-ar", "quran-bilingual")
ENGLISH = ("xquad-en", "scifact", "scale-en", "cacm")
LENGTHS = (3, 10, 50, 200)
SAMPLES = 300
SUPPORTED = ["cp1256", "iso8859_6", "cp1252", "utf_8", "utf_16_le", "utf_16_be"]

ARABIC_ENCODINGS = ("cp1256", "iso8859_6", "utf_16_le", "utf_16_be")
KINDS = {
    "arabic": ARABIC_ENCODINGS,
    "half arabic, half english": ARABIC_ENCODINGS,
    "english, one arabic word": ARABIC_ENCODINGS,
    "arabic, one english word": ARABIC_ENCODINGS,
    "english": ("cp1252", "utf_16_le", "utf_16_be"),
    "english, one accented name": ("cp1252",),
}
"""Kind of sample → the encodings that it is tried in."""
# fmt: off
ACCENTED_NAMES = (
    "José", "Muñoz", "François", "Müller", "Søren", "Åsa", "Zoë", "Beyoncé", "Ibréhima",
    "Îbrahîm", "Gruš", "Peña", "Jürgen", "Groß", "Naïma", "Šimon", "Hervé", "Ségolène",
    "Çelik", "Núñez", "Águila", "Øyvind",
)
# fmt: on

Words = list[str]


def dalil(data: bytes) -> str:
    """Decode as Dalil does."""
    return decode(data).text


def restricted_detector(data: bytes) -> str:
    """Decode by charset-normalizer, restricted to the encodings that Dalil reads."""
    best = from_bytes(data, cp_isolation=SUPPORTED).best()
    return str(best) if best else ""


def detector(data: bytes) -> str:
    """Decode by charset-normalizer with its defaults."""
    best = from_bytes(data).best()
    return str(best) if best else ""


DECODERS: dict[str, Callable[[bytes], str]] = {
    "Dalil": dalil,
    "restricted": restricted_detector,
    "detector": detector,
}


def read_texts(folder: Path, names: Sequence[str], language: str) -> list[Words]:
    """Return the words of up to 1,500 texts of each collection, in one language."""
    texts = []
    for name in names:
        with gzip.open(folder / name / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in islice(lines, 1500):
                document = json.loads(line)
                if document.get("lang", "") == language:
                    texts.append(document["text"].split())
    return [words for words in texts if words]


def running_words(texts: list[Words], length: int, rng: random.Random) -> Words:
    """Return ``length`` consecutive words of one text, or of several if one is too short."""
    taken: Words = []
    while len(taken) < length:
        words = rng.choice(texts)
        start = rng.randrange(max(1, len(words) - length))
        taken += words[start : start + length - len(taken)]
    return taken


def compose(
    kind: str, arabic: list[Words], english: list[Words], length: int, rng: random.Random
) -> Words:
    """Compose one sample of a kind."""
    if kind == "arabic":
        return running_words(arabic, length, rng)
    if kind == "english":
        return running_words(english, length, rng)
    if kind == "half arabic, half english":
        half = length // 2
        return running_words(arabic, length - half, rng) + running_words(english, half, rng)
    base, guest = {
        "english, one arabic word": (english, running_words(arabic, 1, rng)),
        "arabic, one english word": (arabic, running_words(english, 1, rng)),
        "english, one accented name": (english, [rng.choice(ACCENTED_NAMES)]),
    }[kind]
    words = running_words(base, length - 1, rng)
    at = rng.randrange(length)
    return words[:at] + guest + words[at:]


def samples(
    kind: str, encoding: str, length: int, texts: tuple[list[Words], list[Words]]
) -> Iterator[tuple[bytes, str]]:
    """Yield up to ``SAMPLES`` samples, as bytes and text, which are not ASCII alone."""
    rng = random.Random(f"{kind} {encoding} {length}")
    count = 0
    for _ in range(SAMPLES * 100):
        data = " ".join(compose(kind, *texts, length, rng)).encode(encoding, "ignore")
        if encoding.startswith("utf") or not data.isascii():
            yield data, data.decode(encoding)
            count += 1
        if count == SAMPLES:
            return


def main(folder: Path) -> int:
    """Print the table."""
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder}")
        return 0
    texts = read_texts(folder, ARABIC, "ar"), read_texts(folder, ENGLISH, "en")
    print(f"{'kind':<28}{'encoding':<11}{'words':>5}  " + "".join(f"{d:>16}" for d in DECODERS))
    for kind, encodings in KINDS.items():
        for encoding in encodings:
            for length in LENGTHS:
                pairs = list(samples(kind, encoding, length, texts))
                rates = [
                    100 * sum(decoded(data) == text for data, text in pairs) / len(pairs)
                    for decoded in DECODERS.values()
                ]
                row = "".join(f"{rate:>15.1f}%" for rate in rates)
                print(f"{kind:<28}{encoding:<11}{length:>5}  {row}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else COLLECTIONS))
