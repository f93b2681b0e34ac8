"""The words in the name of a file and of the folders it is in, as far as they were indexed.

A path is what the system gave, also if it is not UTF-8: then it has half a character for each byte
(PEP 383), and opens the file. What is shown and searched is its readable form.
"""

from __future__ import annotations

import os
import re

SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
SIGNS = re.compile(r"[/_+]|%20")
"""What stands for a space in names of files and folders."""
BYTES = re.compile("[\udc80-\udcff]")
"""A byte of a name that is not UTF-8."""


def readable_path(path: str) -> str:
    """Return a path as people read it: names that are not UTF-8 in their likeliest encoding.

    Archives that were made on an old Windows have such names, in windows-1256 for example.
    """
    if not BYTES.search(path):
        return path
    from index.extract.encoding import decode  # noqa: PLC0415 (few paths need it)

    names = path.split("/")
    return "/".join(decode(os.fsencode(n)).text if BYTES.search(n) else n for n in names)


def filename_span(path: str, root: str) -> tuple[int, int]:
    """Return where the words of a readable path lie: below the indexed folder, without suffix.

    Of a root that is the file itself, the name of the file.
    """
    begin = len(root.rstrip("/")) + 1
    if not path.startswith(root.rstrip("/") + "/"):
        begin = path.rfind("/") + 1
    suffix = SUFFIX.search(path, begin)
    return begin, suffix.start() if suffix else len(path)


def filename_words(path: str, span: tuple[int, int]) -> str:
    """Return that part of a readable path as text: as long as it is, with spaces for signs."""
    begin, end = span
    return SIGNS.sub(lambda sign: " " * len(sign[0]), path[begin:end])
