"""Decode bytes: detect the encoding of a file, from certain to likely evidence.

1. A byte-order mark decides. 2. UTF-16 without a mark is recognised by its byte pattern.
3. Bytes that are valid UTF-8, or nearly, are UTF-8: no other encoding looks like it by
chance. 4. A declared encoding outside ``CHARSETS`` is accepted. 5. The ``CHARSETS`` are
compared by `charset_model`. 6. If none of them is plausible and there are enough bytes to
decide, charset-normalizer chooses among all encodings that it supports.

Share of texts, in percent, that are decoded without an error, by their number of words
(``python tests/evaluation/encodings.py``, 300 texts in each cell; "given" is
charset-normalizer given the encodings to compare, "alone" is charset-normalizer without
them). UTF-16 has 100 with Dalil, 99 with charset-normalizer::

                                            Dalil             given            alone
    words                           3  10  50 200    3  10  50 200    3  10  50 200
    windows-1256  Arabic          100 100 100 100  100 100 100 100   59  98 100 100
                  half English    100 100 100 100   98 100 100 100   28  85 100 100
                  one Arabic word  92  97  96  97   74  78  78  73    1   1   0   0
    ISO-8859-6    Arabic           99 100 100 100   84 100 100 100    0  91 100 100
                  half English     95 100 100 100   77 100 100 100    0   3  99 100
                  one Arabic word  85  91  92  88   50  58  65  29    0   0   0   0
    windows-1252  English         100 100 100 100   98 100 100 100   62  75  89  86
                  one French name 100 100 100 100   99 100 100 100   50  56  43  43

A single Arabic word among English may be a word in both encodings (هو and من are the same
bytes); then the more common encoding is chosen.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from index.errors import BadOption
from index.extract.charset_model import CHARSETS, choose_charset, non_ascii_sample
from index.extract.unicode_marks import detect_mark, detect_utf16


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""A decoded text with ``\n`` as line ends, and its encoding."""

    text: str
    encoding: str
    confident: bool
    """False if another encoding was nearly as likely, or bytes had to be replaced."""
    utf8: bytes | None = field(default=None, compare=False, repr=False)
    """The bytes of the text in UTF-8 if they are those of the file."""


MIN_PLAUSIBILITY = 0.15
"""Score that correctly decoded text exceeds given ``MIN_EVIDENCE``; Cyrillic read as Arabic does
not."""
MIN_EVIDENCE = 20
"""Characters beyond ASCII; with fewer, charset-normalizer is less accurate than `charset_model`."""
MIN_LEAD = 3.0
"""Lead in score, summed over the characters beyond ASCII, of a confident choice."""

READ_AS_WINDOWS_1252 = {"iso-8859-1", "ascii"}
"""Declared encodings that mean windows-1252, as in every browser."""


def decode(data: bytes, *, declared: str | None = None, override: str | None = None) -> Decoded:
    """Decode any bytes.

    ``declared`` is the encoding that the file states, a hint; ``override`` is the one
    that the user set, which is always used. Raises `BadOption` if ``override`` is unknown.
    """
    if override is not None:
        return _overridden(data, override)
    for decode_certain in CERTAIN:
        if decoded := decode_certain(data):
            return decoded
    name = canonical_name(declared) if declared else None
    return (_declared(data, name) if name else None) or _most_plausible(data, name)


def canonical_name(name: str) -> str | None:
    """Return the common name of a text encoding; None if ``name`` is unknown."""
    try:
        b"a".decode(name.strip(), "ignore")
        python_name = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):  # ValueError: a null or a surrogate in the name
        return None
    return re.sub(r"^cp125", "windows-125", python_name.replace("iso8859", "iso-8859"))


def _overridden(data: bytes, name: str) -> Decoded:
    """Decode in the encoding that the user set."""
    known = canonical_name(name)
    if known is None:
        raise BadOption(
            f"No encoding is called {name!r}", "Use a name such as windows-1256 or utf-16-le."
        )
    return _read(data, known, confident=True)


def _by_mark(data: bytes) -> Decoded | None:
    name = detect_mark(data)
    return _read(data, name, confident=True) if name else None


def _by_pattern(data: bytes) -> Decoded | None:
    name = detect_utf16(data)
    return _read(data, name, confident=True) if name else None


def _by_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8, even if cut within a character, or with fewer errors than good characters."""
    try:
        text = data.decode("utf-8")
        lines = _lines(text)
        return Decoded(lines, "utf-8", confident=True, utf8=data if lines is text else None)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return Decoded(_lines(text), "utf-8", confident=False) if good > bad else None


CERTAIN: tuple[Callable[[bytes], Decoded | None], ...] = (_by_mark, _by_pattern, _by_utf8)
"""Decoders in order; None if the bytes are not of their encoding."""


def _declared(data: bytes, name: str) -> Decoded | None:
    """Decode a declared encoding outside ``CHARSETS``: no template declares koi8-r by default."""
    if name in CHARSETS or name in READ_AS_WINDOWS_1252 or name.startswith("utf"):
        return None
    try:
        return Decoded(_lines(data.decode(name)), name, confident=True)
    except (UnicodeError, ValueError):
        return None


def _most_plausible(data: bytes, declared: str | None) -> Decoded:
    """Decode in the most plausible of ``CHARSETS``, or in what charset-normalizer detects."""
    sample = non_ascii_sample(data)
    choice = choose_charset(
        sample, "windows-1252" if declared in READ_AS_WINDOWS_1252 else declared
    )
    evidence = sum(byte > 0x7F for byte in sample)
    if choice.score < MIN_PLAUSIBILITY and evidence >= MIN_EVIDENCE:
        return _read(data, _detected(sample) or choice.name, confident=False)
    return _read(data, choice.name, confident=choice.lead * evidence >= MIN_LEAD)


def _detected(sample: bytes) -> str | None:
    """Return the encoding that charset-normalizer detects in a sample, or None."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 60 ms that few files need

    match = from_bytes(sample).best()
    return canonical_name(match.encoding) if match else None


def _read(data: bytes, name: str, *, confident: bool) -> Decoded:
    """Decode with U+FFFD for invalid bytes."""
    try:
        text = data.decode(name, "replace")
    except (UnicodeError, ValueError):  # idna and punycode do not support "replace"
        text, name, confident = data.decode("latin-1"), "iso-8859-1", False
    return Decoded(_lines(text.removeprefix("\ufeff")), name, confident)


def _lines(text: str) -> str:
    r"""Return the text with ``\n`` for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
