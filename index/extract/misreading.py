"""Misreading: bytes written in one encoding and read in another, and how to undo that."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

_LOST = 0xFF
"""Stands for the byte of a character that a program has replaced (U+FFFD): UTF-8 never has it."""
_LOST_FEH = bytes([0xD9, _LOST])
"""ف is D9 81. Of the bytes that windows-1252 lacks, the others are vowels after D9."""
_VOWELS = re.compile(b"\xd9[\x8b\x8c\x8e\x91\x92]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Misreading:
    """A wrong reading of bytes."""

    written: str
    """The encoding of the bytes."""
    read: str
    """The encoding in which they were read."""

    @property
    def name(self) -> str:
        """What to call the encoding of a text that was read so and then saved in UTF-8."""
        twice = (self.written, self.read) == ("utf-8", "windows-1252")
        return "utf-8 twice" if twice else f"{self.written} read as {self.read}"

    def may_have_made(self, text: str) -> bool:
        """Whether every character of a text is one that such bytes may give."""
        return set(text) <= _characters(self.read)

    def looks_like_utf8(self, head: str) -> bool:
        """Whether the characters beyond ASCII are sequences of two or three bytes, or nearly."""
        sequences = len(_sequence(self.read).findall(head))
        return sequences > 0 and len(_NON_ASCII.findall(head)) <= 4 * sequences

    def bytes_of(self, text: str) -> bytes:
        """Return the bytes that were read as ``text``."""
        data, _ = codecs.charmap_encode(text, "replace", _bytes_by_character(self.read))
        return data

    def undo(self, text: str) -> str:
        """Return what a text was before, with U+FFFD for what is lost.

        A lost ف is restored in a text without vowel marks: no other letter has a byte that
        windows-1252 lacks.
        """
        data = self.bytes_of(text)
        if self.written == "utf-8" and _LOST_FEH in data and not _has_vowels(data):
            data = data.replace(_LOST_FEH, "ف".encode())
        return re.sub("\ufffd+", "\ufffd", data.decode(self.written, "replace"))


def _has_vowels(data: bytes) -> bool:
    """Whether UTF-8 has vowels, of those that windows-1252 can show, at one letter in fifty."""
    return 50 * len(_VOWELS.findall(data)) > data.count(b"\xd8")


@cache
def _bytes_by_character(encoding: str) -> dict[int, int]:
    """Return code point → byte. Bytes that an encoding lacks are read as controls, by latin-1."""
    table = {byte: byte for byte in range(0x80, 0xA0)}
    for byte in range(256):
        table[ord(bytes([byte]).decode(encoding, "ignore") or chr(byte))] = byte
    return table | {0xFFFD: _LOST}


@cache
def _characters(encoding: str) -> frozenset[str]:
    return frozenset(map(chr, _bytes_by_character(encoding)))


@cache
def _sequence(encoding: str) -> re.Pattern[str]:
    """Return a pattern of the first two bytes of a character in UTF-8, read in an encoding."""
    read = _bytes_by_character(encoding)
    first = re.escape("".join(chr(code) for code, byte in read.items() if 0xC2 <= byte <= 0xF4))
    second = re.escape("".join(chr(code) for code, byte in read.items() if 0x80 <= byte <= 0xBF))
    return re.compile(f"[{first}][{second}\ufffd]")
