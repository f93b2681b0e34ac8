"""The contexts in which a rule applies to some letters, for ``re`` and for the compiled kernel."""

from __future__ import annotations

from typing import NamedTuple

ANY = r"^\n"
"""Any letter, as the inside of a character class of ``re``."""


class Context(NamedTuple):
    """What must stand around the letters of a rule."""

    following: tuple[str, ...] = ()
    """What each letter behind them must be: the inside of a character class of ``re``."""
    before: int = 0
    """How many letters must stand before them."""
    first: bool = False
    """Whether they must begin the word."""
    last: bool = False
    """Whether they must end it."""

    def pattern(self, letters: str) -> str:
        """Return the expression of some letters in this context.

        The context is behind the letters, because ``re`` skips a branch by its first letter.
        """
        length = "." * len(letters)
        begins = rf"(?<=\A{length})" if self.first else ""
        behind = f"(?<={'.' * self.before}{length})" if self.before else ""
        following = "".join(f"[{each}]" for each in self.following)
        ahead = f"(?={following})" if following else ""
        return letters + begins + behind + ahead + (r"\Z" if self.last else "")
