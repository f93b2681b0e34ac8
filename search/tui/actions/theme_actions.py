"""The user's settings, and the theme, which is kept from run to run."""

from __future__ import annotations

import os
from dataclasses import replace

from search.bidi import clean
from search.desk.screen_memory import ScreenMemory
from search.desk.settings import Settings, load, set_programs, settings_file
from search.tui.actions.desk import Desk
from search.tui.interaction.keys import ACTIONS, rebound, with_twins


class ThemeActions(Desk):
    """Take the settings over, and choose a theme."""

    settings = Settings()

    def apply_settings(self) -> None:
        """Take over keys and programs from the file of settings, and say what is wrong in it."""
        standard = {action.action: action.keys for action in ACTIONS}
        self.settings = load(settings_file(os.environ), standard)
        set_programs(self.settings, os.environ)
        keys = self.settings.keys
        self.set_keymap({action: with_twins(names) for action, names in keys.items()})
        self.actions = rebound(keys)
        for problem in self.settings.problems:
            self.notify(clean(problem), severity="warning", timeout=10, markup=False)

    def choose_theme(self, name: str) -> None:
        """Show another theme, now and in later runs."""
        self.theme = name
        replace(ScreenMemory.load(), theme=name).store()

    def first_theme(self, given: str, otherwise: str) -> str:
        """Return the theme to begin with: the given one, that chosen last, or that of the settings.

        ``given`` may be short, ``light`` for ``dalil-light``; a name that is no theme is left out.
        """
        chosen = (given, ScreenMemory.load().theme, self.settings.theme)
        names = [*(name for short in chosen for name in (short, f"dalil-{short}")), otherwise]
        return next(name for name in names if name in self.available_themes)
