"""Styles of a Word document: which is that of titles, and which number their paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

MAX_ANCESTORS = 20
"""Styles on which a style is based, one on the other; a file may state a circle."""


class Styles:
    """The styles of a document by their ids, which programs translate and shorten."""

    def __init__(self, load: Callable[[], Any]) -> None:
        """``load`` returns the root element, or None; it is called when a style is asked for."""
        self._load = load
        self._lists: dict[str, str | None] = {}

    @cached_property
    def _elements(self) -> dict[str, Any]:
        root = self._load()
        styles = root.iterchildren("{*}style") if root is not None else ()
        return {attribute(style, "styleId"): style for style in styles}

    def is_title(self, style: str) -> bool:
        """Whether the paragraphs of a style are the title of the document.

        The names of the styles that are built in are English, whatever the language of the program.
        """
        element = self._elements.get(style)
        name = style if element is None else child_value(element, "name") or ""
        return name.lower() == "title"

    def list_of(self, style: str) -> str | None:
        """Return the id of the list to which paragraphs of a style belong, or None."""
        if style not in self._lists:
            self._lists[style] = self._find_list(style)
        return self._lists[style]

    def _find_list(self, style: str) -> str | None:
        """Look for the list of a style, and of those on which it is based."""
        for _ in range(MAX_ANCESTORS):
            element = self._elements.get(style)
            if element is None:
                return None
            if (found := child_value(element, "pPr/numPr/numId")) is not None:
                return found
            style = child_value(element, "basedOn") or ""
        return None


def attribute(element: Any, name: str) -> str:
    """Return an attribute in the namespace of its element, or ""."""
    value: str = element.get(f"{element.tag.partition('}')[0]}}}{name}", "")
    return value


def child_value(element: Any, path: str) -> str | None:
    """Return the ``val`` of a descendant; None if there is none. ``path``: local names and /."""
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return None if found is None else attribute(found, "val")
