"""Bytes to text: which encoding a file is in, from what is certain to what is likely.

1. A byte-order mark decides. 2. UTF-16 without one shows by its pattern. 3. Bytes
that are valid UTF-8, or nearly, are UTF-8: no other encoding looks like it by
chance. 4. A page that declares an encoding beyond our family is believed. 5. The
family is weighed, by `plausible`. 6. Where nothing in the family is plausible and
there is enough to judge by, charset-normalizer is asked about all it knows.

Share of texts, in percent, that come back letter by letter, by their number of words
(``python tests/evaluation/encodings.py``, 300 texts a cell; "told" is charset-normalizer
given the encodings to weigh, "alone" the same without). UTF-16 is 100 here, 99 there::

                                            here              told             alone
    words                           3  10  50 200    3  10  50 200    3  10  50 200
    windows-1256  Arabic          100 100 100 100  100 100 100 100   59  98 100 100
                  half English    100 100 100 100   98 100 100 100   28  85 100 100
                  one Arabic word  92  97  96  97   74  78  78  73    1   1   0   0
    ISO-8859-6    Arabic           99 100 100 100   84 100 100 100    0  91 100 100
                  half English     95 100 100 100   77 100 100 100    0   3  99 100
                  one Arabic word  85  91  92  88   50  58  65  29    0   0   0   0
    windows-1252  English         100 100 100 100   98 100 100 100   62  75  89  86
                  one French name 100 100 100 100   99 100 100 100   50  56  43  43

A single Arabic word among English may be a word in both encodings (هو and من are the
same bytes); then the commoner one is taken.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from index.errors import BadOption
from index.extract.charset_model import FAMILY, choose, telling


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""A text with ``\n`` for its line ends, and how its bytes were read."""

    text: str
    encoding: str
    confident: bool
    """False where another reading was nearly as likely, or where bytes had to be replaced."""


# UTF-32's mark before UTF-16's, which it starts with.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

PLAUSIBLE = 0.15
"""Right readings score above it wherever ``ENOUGH`` is there; Cyrillic read as Arabic below."""
ENOUGH = 20
"""Characters beyond ASCII; with fewer, the detector guesses worse than the family's tables."""
CLEAR = 3.0
"""The lead in plausibility, summed over the characters beyond ASCII, that is no accident."""

LATIN = {"iso-8859-1", "ascii"}
"""Declared, they mean windows-1252, as every browser reads them."""

CONTROLS = bytes(range(9))
USUAL = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff\u0370-\u07ff\u2010-\u203a\ufb50-\ufefc]")
WIDE = 0.6
"""The share of usual characters in text; bytes of something else read as UTF-16 have 0.1."""
HEAD = 8192
"""Bytes in which the pattern of UTF-16 is looked for."""


def decode(data: bytes, *, declared: str | None = None, override: str | None = None) -> Decoded:
    """Turn any bytes into text.

    ``declared`` is what the file says of itself, a hint; ``override`` is what the
    user says, an order. Raises `BadOption` when ``override`` names no encoding.
    """
    if override is not None:
        return _ordered(data, override)
    for attempt in ATTEMPTS:
        if found := attempt(data):
            return found
    name = canonical(declared) if declared else None
    return (_declared(data, name) if name else None) or _weighed(data, name)


def canonical(name: str) -> str | None:
    """The common name of a text encoding, or ``None`` when there is none of that name."""
    try:
        b"a".decode(name.strip(), "ignore")
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):  # ValueError: a null or a surrogate in the name
        return None
    return re.sub(r"^cp125", "windows-125", found.replace("iso8859", "iso-8859"))


def marked(data: bytes) -> str | None:
    """The encoding that a byte-order mark states."""
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def wide(data: bytes) -> str | None:
    """UTF-16 that has no mark, told by its pattern in the first 8 KB.

    Its ASCII has a zero beside every byte and its Arabic a six, which text of other
    encodings never holds; then most characters must be of scripts used here.
    """
    head = data[:HEAD]
    if len(head) < 2 or len(head.translate(None, CONTROLS)) == len(head):
        return None
    shares = {name: _usual(head.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > WIDE else None


def _usual(text: str) -> float:
    """The share of characters from the scripts west of India; none where there is a NUL."""
    return 0.0 if "\0" in text else len(USUAL.findall(text)) / len(text)


def _ordered(data: bytes, name: str) -> Decoded:
    """Read as the user says."""
    known = canonical(name)
    if known is None:
        raise BadOption(
            f"No encoding is called {name!r}", "Use a name such as windows-1256 or utf-16-le."
        )
    return _read(data, known, confident=True)


def _by_mark(data: bytes) -> Decoded | None:
    name = marked(data)
    return _read(data, name, confident=True) if name else None


def _by_pattern(data: bytes) -> Decoded | None:
    name = wide(data)
    return _read(data, name, confident=True) if name else None


def _by_utf8(data: bytes) -> Decoded | None:
    """UTF-8, also when cut within a character or with fewer bad places than good ones."""
    try:
        return Decoded(_lines(data.decode("utf-8")), "utf-8", confident=True)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return Decoded(_lines(text), "utf-8", confident=False) if good > bad else None


ATTEMPTS: tuple[Callable[[bytes], Decoded | None], ...] = (_by_mark, _by_pattern, _by_utf8)


def _declared(data: bytes, name: str) -> Decoded | None:
    """A declared encoding outside the family: nobody writes koi8-r into a page by default."""
    if name in FAMILY or name in LATIN or name.startswith("utf"):
        return None
    try:
        return Decoded(_lines(data.decode(name)), name, confident=True)
    except (UnicodeError, ValueError):
        return None


def _weighed(data: bytes, declared: str | None) -> Decoded:
    """The most plausible of the family, or what the detector knows beyond it."""
    sample = telling(data)
    choice = choose(sample, "windows-1252" if declared in LATIN else declared)
    evidence = sum(byte > 0x7F for byte in sample)
    if choice.score < PLAUSIBLE and evidence >= ENOUGH:
        return _read(data, _detected(sample) or choice.name, confident=False)
    return _read(data, choice.name, confident=choice.lead * evidence >= CLEAR)


def _detected(sample: bytes) -> str | None:
    """What charset-normalizer makes of the telling pieces."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 60 ms that few files need

    match = from_bytes(sample).best()
    return canonical(match.encoding) if match else None


def _read(data: bytes, name: str, *, confident: bool) -> Decoded:
    """Decode with U+FFFD for what the encoding does not know."""
    try:
        text = data.decode(name, "replace")
    except (UnicodeError, ValueError):  # idna, punycode and their like refuse to replace
        text, name, confident = data.decode("latin-1"), "iso-8859-1", False
    return Decoded(_lines(text.removeprefix("\ufeff")), name, confident)


def _lines(text: str) -> str:
    r"""Every line end as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
