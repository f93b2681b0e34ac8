"""The address of a file for OSC 8 links: ``file://HOST/path``, percent-encoded.

A terminal opens an address when its text is clicked. The host says whose file it is: over ssh
a terminal would otherwise open its own file of that name.
"""

from __future__ import annotations

import os
from functools import cache
from urllib.parse import quote

from index.document import containing_file
from index.store.trust import Roots, is_within
from search.results import Hit

OSC_8_END = "\x1b]8;;\x1b\\"
"""Ends the text of a link."""


def file_uri(path: str) -> str:
    r"""Return the address of an absolute path, which may hold bytes that are not UTF-8.

    All but unreserved ASCII characters is percent-encoded (RFC 3986), so that no control
    character of a name reaches a terminal.

    >>> file_uri("/tmp/a \x1b;é").partition("/tmp")[2]
    '/a%20%1B%3B%C3%A9'
    """
    return f"file://{_host()}{quote(os.fsencode(path), safe='/')}"


def hit_uri(hit: Hit, roots: Roots | None) -> str | None:
    """Return the address of the file that holds a hit; None if it may not be linked to.

    ``roots`` are the folders whose files may be opened, None for a foreign index: whoever made
    it chose its paths. The path is compared with them by its name alone; nothing is opened.
    """
    file = containing_file(hit.path, hit.id, hit.type)
    return file_uri(file) if roots and file.isprintable() and is_within(file, roots) else None


def linked(text: str, uri: str | None) -> str:
    """Return a text, already safe to print, as a link to an address; unchanged if None."""
    return f"\x1b]8;;{uri}\x1b\\{text}{OSC_8_END}" if uri else text


@cache
def _host() -> str:
    """Return the name of this machine, without asking a network; "" where none is known."""
    return quote(os.uname().nodename, safe="") if hasattr(os, "uname") else ""
