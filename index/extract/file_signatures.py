"""What bytes are, whatever the file's name says."""

from __future__ import annotations

import re

from index.extract.encoding import marked, wide

HEAD = 8192
"""Bytes that are looked at."""

# How a file of a kind starts, and what to call it. A text may not start so.
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

# Control characters that running text holds: tab, line feed, page feed, return, escape.
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def binary(data: bytes) -> str | None:
    """Say what ``data`` is when it is not text, such as ``"a PNG image"``; else ``None``."""
    head = data[:HEAD]
    for start, name in SIGNATURES:
        if head.startswith(start):
            return name
    if marked(head) or wide(head):
        return None
    if b"\x00" in head:
        return "binary data: it holds NUL bytes"
    controls = len(CONTROLS.findall(head))
    return "binary data: it is full of control characters" if controls * 20 > len(head) else None
