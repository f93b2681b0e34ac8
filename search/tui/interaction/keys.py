"""The actions of the screen and their keys, each with its twin on an Arabic keyboard.

With an Arabic layout active the key J sends ت. A binding has both, so that nobody has to
change the layout to move. The twins are those of the Arabic (101) layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

TWINS = {
    "q": "ض", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "Y": "إ", "i": "ه", "o": "خ", "p": "ح",
    "s": "س", "d": "ي", "f": "ب", "g": "ل", "j": "ت", "k": "ن", "l": "م", "n": "ى", "N": "آ",
    "z": "ئ", "less_than_sign": "comma", "greater_than_sign": "full_stop",
    "R": "arabic_dammatan", "slash": "ظ", "question_mark": "arabic_question_mark",
}  # fmt: skip
"""Key → what it sends while an Arabic layout is active."""
TO_START, TO_END = ("g", "ل"), ("G", "ﻷ", "أ")
"""Keys to the first and the last hit or row. With an Arabic layout ``G`` sends lam and alef: some
systems send one character (the ligature), others two, of which the second takes effect."""


@dataclass(frozen=True, slots=True)
class Action:
    """A command of the screen, its keys, and its line in the help."""

    action: str
    keys: tuple[str, ...]
    description: str
    inside: bool = False
    """Whether :class:`search.tui.widgets.panes.Panes` carries it out, instead of the app."""

    def binding(self) -> Binding:
        """Return the key binding for Textual, with the twins of the keys."""
        keys = [*self.keys, *(TWINS[key] for key in self.keys if key in TWINS)]
        return Binding(",".join(keys), self.action, self.description, show=False)


ACTIONS = (
    Action("edit_query", ("slash",), "type a query; in the document: find words in it"),
    Action("next_hit", ("j",), "next hit", inside=True),
    Action("previous_hit", ("k",), "previous hit", inside=True),
    Action("next_match", ("n",), "next match in the document", inside=True),
    Action("previous_match", ("N",), "previous match in the document", inside=True),
    Action("open_editor", ("e",), "open in your editor, at the line", inside=True),
    Action("open_file", ("o",), "open with the system's program", inside=True),
    Action("copy_path", ("y",), "copy the path, or those of all hits marked by Space", inside=True),
    Action("copy_passage", ("Y",), "copy the passage with its source", inside=True),
    Action("cycle_sort", ("s",), "sort by rank, date or path"),
    Action("cycle_language", ("l",), "Arabic only, English only, both"),
    Action("toggle_preview", ("p",), "show or hide the document", inside=True),
    Action("toggle_side", ("f",), "show or hide the filters", inside=True),
    Action("refresh_folders", ("R",), "read what changed in the folders of the index"),
    Action("go_to", ("colon",), "go to a page or a line of the document"),
    Action("read_full", ("z",), "read the document alone, or beside the list again"),
    Action("move_border(1)", ("less_than_sign",), "make the document wider, and the list narrower"),
    Action("move_border(-1)", ("greater_than_sign",), "make the list wider"),
    Action("help", ("question_mark", "f1"), "this help"),
    Action("quit", ("q",), "quit"),
)
"""All actions with a key of their own, in the order of the help."""

FIXED = (
    ("→ ←", "on a hit: unfold its further passages, fold them"),
    ("Enter", "read the document; again: go on to its next match"),
    ("Esc", "back one step; the query stays"),
    ("Tab, Shift+Tab", "from pane to pane"),
    ("↑ ↓, Ctrl+P, Ctrl+N", "move through the hits while typing"),
    ("↑ in an empty box, Ctrl+R", "earlier queries"),
    ("Ctrl+P outside the box", "all commands by name, themes too"),
    ("Ctrl+C, Ctrl+Z", "quit, from anywhere; leave for the shell, back with fg"),
)
"""Keys that work in any keyboard layout, and what they do."""


HINTS = {
    "query": "Enter read · Tab list, filters · F1 help · Ctrl+C quit · ↓ next · ↑ earlier",
    "hits": "/ type · Enter read · f filters · q quit · ? help · s sort · e edit · l lang",
    "document": "/ find · n next match · Esc back · q quit · ? help · e edit · Y copy",
    "find": "Enter, ↓ next · ↑ the one before · Esc back to the matches of the query",
    "filters": "/ type · Enter on or off · Esc back · q quit · ? help · f hide",
    "make": "Enter index this folder · Ctrl+C quit",
}
"""Id of a pane → its most important keys, for the bottom line."""


_LABELS = {
    "slash": "/", "colon": ":", "question_mark": "?", "arabic_question_mark": "؟", "f1": "F1",
    "less_than_sign": "<", "greater_than_sign": ">", "comma": ",", "full_stop": ".",
}  # fmt: skip


def key_label(key: str) -> str:
    """Return the label of a key as printed on keyboards."""
    return _LABELS.get(key, key)
