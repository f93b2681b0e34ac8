"""The actions of the screen and their keys, each with its twin on an Arabic keyboard.

With an Arabic layout active the key J sends ت. A binding has both, so that nobody has to
change the layout to move. The twins are those of the Arabic (101) layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import Binding
from textual.keys import _character_to_key

TWINS = {
    "q": "ض", "e": "ث", "r": "ق", "t": "ف", "y": "غ", "Y": "إ", "i": "ه", "o": "خ", "p": "ح",
    "s": "س", "d": "ي", "f": "ب", "g": "ل", "j": "ت", "k": "ن", "l": "م", "n": "ى", "N": "آ",
    "R": "arabic_dammatan", "v": "ر", "w": "ص", "x": "ء", "z": "ئ",
    "D": "right_square_bracket", "less_than_sign": "comma", "greater_than_sign": "full_stop",
    "slash": "ظ", "question_mark": "arabic_question_mark",
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
        return Binding(
            with_twins(self.keys), self.action, self.description, show=False, id=self.action
        )


def with_twins(keys: Iterable[str]) -> str:
    """Return keys with their twins as a binding has them: between commas."""
    named = [key if len(key) > 1 else _character_to_key(key) for key in keys]
    return ",".join([*named, *(TWINS[key] for key in named if key in TWINS)])


ACTIONS = (
    Action("edit_query", ("slash",), "type a query; in the document: find words in it"),
    Action("next_hit", ("j",), "next hit", inside=True),
    Action("previous_hit", ("k",), "previous hit", inside=True),
    Action("next_match", ("n",), "next match in the document", inside=True),
    Action("previous_match", ("N",), "previous match in the document", inside=True),
    Action("open_editor", ("e",), "open in your editor, at the line", inside=True),
    Action("open_file", ("o",), "open with the system's program", inside=True),
    Action("copy_path", ("y",), "copy what is selected; else the path, or all marked ones"),
    Action("copy_passage", ("Y",), "copy the passage with its source"),
    Action("write_copied", ("D",), "write what was copied to a file"),
    Action("export", ("x",), "export the marked hits, or all, to a file"),
    Action("cycle_sort", ("s",), "sort by rank, date or path"),
    Action("cycle_language", ("l",), "Arabic only, English only, both"),
    Action("toggle_exact", ("equals_sign",), "words as typed, or in all forms and spellings"),
    Action("explain", ("w",), "why this hit stands here"),
    Action("undo_query", ("alt+left",), "back to the query or filter before"),
    Action("redo_query", ("alt+right",), "forward again"),
    Action("toggle_preview", ("p",), "show or hide the document", inside=True),
    Action("toggle_side", ("f",), "show or hide the filters", inside=True),
    Action("refresh_folders", ("R",), "read what changed in the folders of the index"),
    Action("tag", ("t",), "your tags and note of the document"),
    Action("switch_index", ("i",), "another index"),
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
    ("- [ ] Del in the filters", "leave out; from, up to a year; take off"),
    ("→ ← in the filters", "folders in a folder, or the one it is in"),
    ("Esc", "back one step; twice in the box: clear it (↑ undoes that)"),
    ("Tab, Shift+Tab", "from pane to pane"),
    ("Shift+Tab in the box", "the filters of the query: ← → choose, Enter or Del takes one off"),
    ("↑ ↓, Ctrl+P, Ctrl+N", "move through the hits while typing"),
    ("↑ in an empty box, Ctrl+R", "earlier queries"),
    ("v in the document", "select the match; again: its paragraph"),
    ("Shift+arrows there", "select by word or row; y or Ctrl+C copies"),
    ("Ctrl+S", "save the search under a name; dalil new tells what came since"),
    ("F2, Ctrl+P outside the box", "all commands by name: sorts, folders, earlier queries, themes"),
    ("→ at the end of the box", "take what is completed in grey; in Arabic ←"),
    ("Ctrl+C, Ctrl+Z", "copy what is selected, or quit; leave for the shell, back with fg"),
)
"""Keys that work in any keyboard layout, and what they do."""

MOUSE = (
    ("Click", "select a hit, switch a filter on or off, place the caret"),
    ("Double click", "read the hit; in a text, select the word"),
    ("Drag", "select text, in the document or in a hit; y or Ctrl+C copies it"),
    ("Drag the border", "make the document wider, or the list"),
    ("Wheel", "scroll what is under the pointer"),
)
"""What the mouse does."""

SIGNS = (
    ("▁▁▁ below a rank", "how near the score is to that of the first hit"),
    ("✓ − · in the filters", "asked for; left out; a year in a range"),
)
"""What is drawn without a word, and what it means."""

HINTS = {
    "query": "Enter read · Tab list, filters · {help_typing} help · Ctrl+C quit · ↓ next"
    " · ↑ earlier",
    "hits": "{edit_query} type · Enter read · Space mark · {toggle_side} filters · {quit} quit"
    " · {help} help · {cycle_sort} sort · {open_editor} edit",
    "document": "/ find · {next_match} next match · Esc back · {quit} quit · {help} help"
    " · {open_editor} edit · {copy_passage} copy",
    "find": "Enter, ↓ next · ↑ the one before · Esc back to the matches of the query",
    "filters": "{edit_query} type · Enter on or off · - not · [ ] years · → folders · Esc back"
    " · {toggle_side} hide",
    "chips": "← → choose · Enter, Del take off · Esc back",
    "make": "Enter index this folder · Tab choose another · Ctrl+C quit",
    "folder": "type a path · Enter index it · ↓ the tree · Ctrl+C quit",
    "tree": "↑ ↓ Enter choose a folder · Space open it · Esc back · Ctrl+C quit",
    "indexing": "Ctrl+C stop; what is committed stays",
}
"""Id of a pane → its most important keys, for the bottom line; {actions} stand for their keys."""


def rebound(keys: Mapping[str, tuple[str, ...]]) -> list[Action]:
    """Return all actions, some with other keys; ``keys``: action → its keys."""
    return [replace(action, keys=keys.get(action.action, action.keys)) for action in ACTIONS]


def hint(pane: str, actions: Iterable[Action]) -> str:
    """Return the hints of a pane, with the keys that the actions have now; "" if it has none."""
    keys = {action.action: action.keys for action in actions}
    labels = {action: key_label(names[0]) for action, names in keys.items()}
    typing = key_label(keys["help"][-1])  # in the box ``?`` is a character of the query
    return HINTS.get(pane, "").format_map({**labels, "help_typing": typing})


_LABELS = {
    "slash": "/", "equals_sign": "=", "question_mark": "?", "arabic_question_mark": "؟", "f1": "F1",
    "alt+left": "Alt+←", "alt+right": "Alt+→", "colon": ":", "comma": ",", "full_stop": ".",
    "less_than_sign": "<", "greater_than_sign": ">", "right_square_bracket": "]",
    "arabic_dammatan": "\u064c",
}  # fmt: skip


def key_label(key: str) -> str:
    """Return the label of a key as printed on keyboards."""
    return _LABELS.get(key, key)
