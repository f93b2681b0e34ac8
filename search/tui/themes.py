"""The two themes. No meaning depends on hue alone.

The colours of matches and badges are Okabe and Ito's, which people with colour
blindness tell apart ("Color Universal Design", 2008); a match is black on yellow in
both themes, as with a marker pen, and the chosen hit has a bar at its edge.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="dalil-dark",
    primary="#56B4E9", secondary="#009E73", accent="#E69F00", warning="#E69F00", error="#D55E00",
    success="#009E73", foreground="#D8DEE4", background="#15181C", surface="#1B1F24",
    panel="#232930", dark=True,
)  # fmt: skip
LIGHT = Theme(
    name="dalil-light",
    primary="#0072B2", secondary="#007A59", accent="#B86E00", warning="#B86E00", error="#B84A00",
    success="#007A59", foreground="#1C2126", background="#FAF9F6", surface="#F2F0EB",
    panel="#E6E3DC", dark=False,
)  # fmt: skip


def starting_theme(environ: Mapping[str, str], light: bool | None) -> str:
    """Return the name of the theme to begin with.

    DALIL_THEME is ``dark``, ``light`` or a name that the command palette lists; without it, or with
    another word in it, the background of the terminal decides. ``light``: whether that is light;
    None if it is not known, which counts as dark.
    """
    own = {"dark": DARK.name, "light": LIGHT.name, DARK.name: DARK.name, LIGHT.name: LIGHT.name}
    wanted = environ.get("DALIL_THEME", "")
    if wanted in BUILTIN_THEMES:
        return wanted
    return own.get(wanted) or (LIGHT if light else DARK).name
