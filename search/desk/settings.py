"""The user's settings for the screen: keys, theme, editor, opener.

``settings.toml`` lies in the user's folder of settings for ``dalil``; ``DALIL_SETTINGS`` names
another file. No document and no index has a part in it. ::

    theme  = "light"
    editor = ["code", "--reuse-window"]
    opener = ["xdg-open"]

    [keys]
    next_hit = "J"
    copy_path = ["c", "ctrl+y"]
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.private_file import read_file

_MAX_BYTES = 1 << 16
OPENER = "DALIL_OPENER"
"""The variable with the command that opens a file, in the form of VISUAL and EDITOR."""
Keys = Mapping[str, tuple[str, ...]]
"""Action → its keys, by Textual's names of them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set; a setting that is missing or wrong is as if it were not there."""

    theme: str = ""
    editor: tuple[str, ...] = ()
    opener: tuple[str, ...] = ()
    """Words of a command; the file is put behind them."""
    keys: Keys = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """What is wrong with the file, a sentence each."""


def settings_file(environ: Mapping[str, str]) -> Path:
    """Return the file of the settings, which need not exist."""
    if given := environ.get("DALIL_SETTINGS"):
        return Path(given).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415 (only for the screen)

    return user_config_path("dalil") / "settings.toml"


def load(file: Path, standard: Keys) -> Settings:
    """Return the settings in a file; none if it is missing, and its problems if it is wrong.

    ``standard`` are all actions with the keys that they have without settings.
    """
    try:
        data = tomllib.loads(read_file(file, _MAX_BYTES).decode())
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problems=(f"The settings at {file} cannot be read: {error.strerror}.",))
    except (UnicodeError, tomllib.TOMLDecodeError) as error:
        return Settings(problems=(f"The settings at {file} are no TOML: {error}.",))
    return _checked(data, standard)


def _checked(data: Mapping[str, Any], standard: Keys) -> Settings:
    """Take every setting that is right, and say what is wrong with the others."""
    taken: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in data.items():
        if name == "keys":
            keys, wrong = _keys(value if isinstance(value, dict) else {"": value}, standard)
            taken[name], problems = keys, [*problems, *wrong]
        elif name not in _READERS:
            known = ", ".join((*_READERS, "keys"))
            problems.append(f"There is no setting {name!r}; settings are {known}.")
        elif (read := _READERS[name](value)) is None:
            problems.append(f"The setting {name!r} is not {_SHAPES[name]}.")
        else:
            taken[name] = read
    return Settings(**taken, problems=tuple(problems))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _command(value: object) -> tuple[str, ...] | None:
    """Return the words of a command; a text alone is a program without arguments."""
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not words or not all(map(_is_word, words)):
        return None
    return tuple(words)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value


_KEY = re.compile(r"((ctrl|alt|shift|super)\+)*(\S|[a-z][a-z0-9_]+)")
"""The name of a key: a letter or a sign, or a word such as ``f5`` or ``slash``."""
_SCREEN = "the screen itself"
_FIXED = (
    *("enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right"),
    *("ctrl+c", "ctrl+z", "ctrl+p", "f2", "g", "G"),
)
"""Keys that no action can have."""

_READERS: dict[str, Callable[[object], object | None]] = {
    "theme": _text,
    "editor": _command,
    "opener": _command,
}
_COMMAND = 'a list of words, such as ["code", "--wait"]'
_SHAPES = {
    "theme": "the name of a theme",
    "editor": _COMMAND,
    "opener": _COMMAND,
}


def _keys(given: Mapping[str, object], standard: Keys) -> tuple[Keys, list[str]]:
    """Return the keys that may be set, and what is wrong with the others."""
    owners = {
        key: action
        for action, keys in (*standard.items(), (_SCREEN, _FIXED))
        for key in keys
        if action not in given
    }
    taken: dict[str, tuple[str, ...]] = {}
    problems = []
    for action, value in given.items():
        keys = _command(value) or ()
        shared = next((key for key in keys if key in owners), "")
        if action not in standard:
            problems.append(f"There is no action {action!r} to set keys for.")
        elif not keys or not all(map(_KEY.fullmatch, keys)):
            problems.append(f"The keys of {action!r} are neither a key nor a list of keys.")
        elif shared:
            problems.append(f"The key {shared!r} of {action!r} belongs to {owners[shared]!r}.")
        else:
            taken[action] = keys
            owners |= dict.fromkeys(keys, action)
    return taken, problems


def set_programs(settings: Settings, environ: MutableMapping[str, str]) -> None:
    """Let the editor and the opener of the settings be those of this process."""
    for variable, words in (("VISUAL", settings.editor), (OPENER, settings.opener)):
        if words:
            environ[variable] = shlex.join(words)
