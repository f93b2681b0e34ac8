"""The table of formats of a dossier: the suffix of the file decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from index.errors import BadOption
from search.export.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table. Its module is imported when it is used."""

    suffix: str
    name: str
    module: str
    encoding: str = "utf-8"
    is_checked: bool = True
    """Whether it can be read again, to check it."""

    @property
    def write(self) -> Callable[[Dossier], Iterator[str]]:
        """The function that yields the text of a dossier."""
        return cast(Callable[[Dossier], Iterator[str]], self._module.write)

    @property
    def read(self) -> Callable[[str], Dossier]:
        """The function from the text to the dossier. Raises ValueError."""
        return cast(Callable[[str], Dossier], self._module.read)

    @property
    def _module(self) -> Any:
        return import_module(f"search.export.{self.module}")


FORMATS = (
    Format(".html", "a page to read and print", "html"),
    Format(".md", "Markdown", "markdown"),
    Format(".csv", "a table", "csv_table", "utf-8-sig"),  # by the mark Excel knows UTF-8
    Format(".jsonl", "JSON, a line for each document", "jsonl"),
    Format(".json", "CSL-JSON for Zotero", "csl"),
    Format(".bib", "BibTeX", "bibtex", is_checked=False),
)


def format_of(path: Path) -> Format:
    """Return the format for the suffix of a file, in any case. Raises BadOption."""
    for row in FORMATS:
        if path.suffix.lower() == row.suffix:
            return row
    listed = ", ".join(f"{row.suffix} ({row.name})" for row in FORMATS)
    named = f"of {path.suffix!r}" if path.suffix else "without a suffix"
    raise BadOption(f"A dossier cannot be a file {named}: {path.name}", f"name it {listed}")
