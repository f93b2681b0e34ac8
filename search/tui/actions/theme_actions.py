"""The theme of the screen, kept from run to run."""

from __future__ import annotations

from dataclasses import replace

from search.desk.screen_memory import ScreenMemory
from search.tui.actions.desk import Desk


class ThemeActions(Desk):
    """Choose a theme."""

    def choose_theme(self, name: str) -> None:
        """Show another theme, now and in later runs."""
        self.theme = name
        replace(ScreenMemory.load(), theme=name).store()

    def first_theme(self, given: str, otherwise: str) -> str:
        """Return the theme to begin with: the given one, the one chosen last, or another.

        ``given`` may be short, ``light`` for ``dalil-light``; a name that is no theme is left out.
        """
        names = (given, f"dalil-{given}", ScreenMemory.load().theme, otherwise)
        return next(name for name in names if name in self.available_themes)
