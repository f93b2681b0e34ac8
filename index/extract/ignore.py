"""Ignore files: which paths the patterns of a folder and of those around it leave out."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".ignore")
"""In the order they are read: the last pattern that matches decides."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one folder, and the rules of the folders around it."""

    folder: Path
    spec: GitIgnoreSpec
    around: Rules | None

    def leave_out(self, path: Path, *, folder: bool) -> bool:
        """Whether the patterns leave ``path`` out, the deepest folder's first to decide."""
        name = path.relative_to(self.folder).as_posix() + ("/" if folder else "")
        decided = self.spec.check_file(name).include
        if decided is None:
            return self.around is not None and self.around.leave_out(path, folder=folder)
        return bool(decided)


def rules_under(folder: Path, names: Set[str], around: Rules | None) -> Rules | None:
    """The rules for what is in ``folder``, whose entries are ``names``."""
    present = [folder / name for name in IGNORE_FILES if name in names]
    lines = [line for path in present for line in _lines(path)]
    if not lines:
        return around
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - 100 ms that few folders need

    return Rules(folder, GitIgnoreSpec.from_lines(filter(_makes_sense, lines)), around)


def _makes_sense(line: str) -> bool:
    """Whether a line is a pattern; one that is not ignores nothing, as in git."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - as above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _lines(path: Path) -> list[str]:
    """The lines of an ignore file; none when it is no plain file or may not be read."""
    try:
        return path.read_text("utf-8-sig", "replace").splitlines() if path.is_file() else []
    except OSError:
        return []
