"""Apply ignore files: the patterns of a folder and of its parent folders."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".ignore")
"""In the order in which they are read: the last pattern that matches decides."""


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The patterns of one folder, and the rules of its parent folder."""

    folder: Path
    spec: GitIgnoreSpec
    parent: IgnoreRules | None

    def ignores(self, path: Path, *, folder: bool) -> bool:
        """Whether ``path`` is ignored; the rules of the deepest folder decide first."""
        name = path.relative_to(self.folder).as_posix() + ("/" if folder else "")
        decided = self.spec.check_file(name).include
        if decided is None:
            return self.parent is not None and self.parent.ignores(path, folder=folder)
        return bool(decided)


def rules_of(folder: Path, names: Set[str], parent: IgnoreRules | None) -> IgnoreRules | None:
    """Return the rules for the entries ``names`` of a folder; None if there are none."""
    present = [folder / name for name in IGNORE_FILES if name in names]
    lines = [line for path in present for line in _lines(path)]
    if not lines:
        return parent
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - 100 ms that few folders need

    return IgnoreRules(folder, GitIgnoreSpec.from_lines(filter(_is_pattern, lines)), parent)


def _is_pattern(line: str) -> bool:
    """Whether a line is a valid pattern; an invalid one has no effect, as in git."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _lines(path: Path) -> list[str]:
    """Return the lines of an ignore file; empty if it is not a regular file or cannot be read."""
    try:
        return path.read_text("utf-8-sig", "replace").splitlines() if path.is_file() else []
    except OSError:
        return []
