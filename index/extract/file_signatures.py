"""Recognise binary data by its first bytes, whatever the name of the file says."""

from __future__ import annotations

from index.extract.unicode_marks import detect_mark, detect_utf16, has_any

HEAD_SIZE = 8192
"""Bytes that are examined."""

# The first bytes of a file type, which a text never has, and its name.
SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)

STARTS = tuple(start for start, _ in SIGNATURES)

CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r\x1b"})
"""Control characters except those of text: tab, line feed, form feed, return, escape."""


def describe_binary(data: bytes) -> str | None:
    """Return what binary data is, such as ``"a PNG image"``; None if it is text."""
    head = data[:HEAD_SIZE]
    if head.startswith(STARTS):
        return next(name for start, name in SIGNATURES if head.startswith(start))
    if not has_any(head, CONTROLS):
        return None
    if detect_mark(head) or detect_utf16(head):
        return None
    if b"\x00" in head:
        return "binary data: it holds NUL bytes"
    controls = len(head) - len(head.translate(None, CONTROLS))
    return "binary data: it is full of control characters" if controls * 20 > len(head) else None
