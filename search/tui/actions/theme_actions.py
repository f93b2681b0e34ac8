"""The user's settings, and the theme, which is kept from run to run."""

from __future__ import annotations

import os
from dataclasses import replace

from textual.app import App

from search.bidi import clean
from search.desk.screen_memory import ScreenMemory
from search.desk.settings import Settings, load, set_programs, settings_file
from search.tui.actions.desk import Desk
from search.tui.interaction.keys import ACTIONS, rebound, with_twins
from search.tui.interaction.themes import DARK, LIGHT


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

    def begin_with_theme(self, given: str, otherwise: str) -> None:
        """Set the theme to begin with: the given one, that chosen last, or that of the settings.

        ``given`` may be short, ``light`` for ``dalil-light``; a name that is no theme is left out.
        It is set before the first style: Textual would compute all of them twice.
        """
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        chosen = (given, ScreenMemory.load().theme, self.settings.theme)
        names = [*(name for short in chosen for name in (short, f"dalil-{short}")), otherwise]
        self.set_reactive(App.theme, next(name for name in names if name in self.available_themes))
        dark = self.current_theme.dark
        classes = {f"-theme-{self.theme}": True, "-dark-mode": dark, "-light-mode": not dark}
        self.update_classes(classes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
