"""The palette: everything that the screen can do, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from search.bidi import Mode, clean, has_rtl, layout
from search.tui.actions.open_actions import OpenActions
from search.tui.actions.theme_actions import ThemeActions
from search.tui.interaction.commands import query_commands
from search.tui.interaction.keys import key_label

_MAX_TITLE = 100
"""Cells of the name of a command."""


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the palette."""

    title: str
    run: IgnoreReturnCallbackType
    help: str = ""


class PaletteActions(OpenActions, ThemeActions):
    """Offer all actions, orders, languages, queries, folders, indexes and themes by name."""

    def commands(self) -> Iterator[Command]:
        """Yield the commands, those that are used most first."""
        for action in self.actions:
            where = self.panes if action.inside else self
            keys = "  ".join(key_label(key) for key in action.keys)
            run = partial(self.run_action, action.action, where)
            yield Command(action.description[:1].upper() + action.description[1:], run, keys)
        earlier = self.box.history.queries if self.box.history else []
        for command in query_commands(self.box.value, earlier, self.hits.page):
            yield Command(command.title, partial(self.box.fill, command.query), command.query)
        for folder in self.indexes:
            yield Command(f"Index: {folder.name}", partial(self.switch_index, folder), str(folder))
        for name in sorted(self.available_themes, key=lambda name: not name.startswith("dalil")):
            yield Command(f"Theme: {name}", partial(self.choose_theme, name))


class Commands(Provider):
    """The commands of the screen for Textual's palette."""

    async def discover(self) -> Hits:
        """Yield all commands, for an empty search."""
        for command in self._commands:
            title = clean(command.title)
            yield DiscoveryHit(self._shown(title), command.run, title, _faint(command, self._mode))

    async def search(self, query: str) -> Hits:
        """Yield the commands that match a search."""
        matcher = self.matcher(query)
        for command in self._commands:
            title = clean(command.title)
            if (score := matcher.match(title)) > 0:
                plain = has_rtl(title) or "[" in title  # Textual would read markup in it
                shown = self._shown(title) if plain else matcher.highlight(title)
                yield Hit(score, shown, command.run, title, _faint(command, self._mode))

    @property
    def _commands(self) -> Iterator[Command]:
        app = self.app
        assert isinstance(app, PaletteActions)  # noqa: S101 (only that app has this palette)
        return app.commands()

    @property
    def _mode(self) -> Mode:
        app = self.app
        return app.plan.mode if isinstance(app, PaletteActions) else "visual"

    def _shown(self, title: str) -> Text:
        return Text(_laid_out(title, self._mode))


def _faint(command: Command, mode: Mode) -> str | None:
    """Return the second line of a command, laid out; Textual reads markup in it."""
    return _laid_out(clean(command.help), mode).replace("[", "\\[") or None


def _laid_out(text: str, mode: Mode) -> str:
    """Return the first cells of a text, its Arabic in order."""
    lines = layout(text, (), _MAX_TITLE, mode=mode, rtl=False, max_lines=1)
    return "".join(part.text for line in lines for part in line.segments)
