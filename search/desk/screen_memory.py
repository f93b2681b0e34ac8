"""What the screen remembers from run to run: the theme, and the indexes opened lately."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.private_file import read_file, replace_file
from index.store.layout import MARKER
from index.store.trust import data_folder

FILE = "screen.json"
"""In the folder of the user's records, readable by its owner alone."""
_MAX_BYTES = 1 << 16
_MAX_INDEXES = 20


@dataclass(frozen=True, slots=True)
class ScreenMemory:
    """The name of a theme, "" for none, and folders of indexes, the latest first."""

    theme: str = ""
    indexes: tuple[str, ...] = ()

    @classmethod
    def load(cls) -> ScreenMemory:
        """Return what was stored; without the file, or if it was changed, an empty memory."""
        with suppress(OSError, ValueError, TypeError):
            data = json.loads(read_file(data_folder() / FILE, _MAX_BYTES))
            theme, indexes = data["theme"], tuple(data["indexes"])
            if all(isinstance(text, str) for text in (theme, *indexes)):
                return cls(theme, indexes)
        return cls()

    def store(self) -> None:
        """Write the file; where that is not possible, it stays as it was."""
        file = data_folder() / FILE
        with suppress(OSError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(file, json.dumps(asdict(self)).encode("ascii"))

    def with_index(self, folder: Path) -> ScreenMemory:
        """Return this with an index opened just now."""
        name = str(folder)
        others = [other for other in self.indexes if other != name]
        return replace(self, indexes=(name, *others)[:_MAX_INDEXES])


def known_indexes(memory: ScreenMemory, standard: Path, current: Path) -> list[Path]:
    """Return the indexes to choose from: the open one, those opened lately, the user's own ones.

    ``standard`` is the user's own index; folders beside it that are indexes count as own. Folders
    that are gone are left out.
    """
    beside: list[Path] = []
    with suppress(OSError):
        beside = sorted(standard.parent.iterdir())
    candidates = [current, *map(Path, memory.indexes), standard, *beside]
    return [path for path in dict.fromkeys(candidates) if path == current or _is_index(path)]


def _is_index(path: Path) -> bool:
    try:
        return (path / MARKER).is_file()
    except (OSError, ValueError):
        return False
