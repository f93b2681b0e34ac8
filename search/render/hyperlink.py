"""The address of a file, for a link on a terminal."""

from __future__ import annotations

import os
import platform
from urllib.parse import quote

from index.document import containing_file
from index.store.trust import Roots, is_document
from search.results import Hit


def hit_uri(hit: Hit, roots: Roots | None) -> str:
    """Return the address of the file of a hit; "" unless the user indexed the file here.

    ``roots`` are the user's own; a foreign index, for which they are None, names any file.
    """
    path = containing_file(hit.path, hit.id, hit.type)
    return file_uri(path) if is_document(path, roots) else ""


def file_uri(path: str) -> str:
    """Return the address of a file: ASCII letters, digits and signs, all else percent-encoded."""
    return f"file://{quote(platform.node())}{quote(os.fsencode(path))}"
