"""The two themes. No meaning depends on hue alone.

The colours of matches and badges are Okabe and Ito's, which people with colour
blindness tell apart ("Color Universal Design", 2008); a match is black on yellow in
both themes, as with a marker pen, and the chosen hit has a bar at its edge.
"""

from __future__ import annotations

from textual.theme import Theme

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


def terminal_theme(light: bool | None) -> str:
    """Return the name of the theme for the background of the terminal.

    ``light``: whether that is light; None if it is not known, which counts as dark.
    """
    return (LIGHT if light else DARK).name
