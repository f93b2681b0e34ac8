"""Letters instead of the shapes that they have in a word."""

from __future__ import annotations

import re
import unicodedata

FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")
"""The two blocks of presentation forms; those of Latin letters are left as they are."""
STROKES = re.compile("\u0640+(?=[\u0620-\u064a])")
"""A tatweel before a letter; one at the end of a word is written: 1440هـ."""
BLANKS = re.compile(" {2,}")
ALLAH_AFTER_ALEF = re.compile("(?<=ا)\ufdf2")
"""The ligature has an alef of its own, but is drawn after another."""

LATIN_LIGATURES = {
    "\u6600": "f", "\u6900": "i", "\u6c00": "l", "\u7400": "t", "\ucf00": "fi", "\ud200": "fl",
}  # fmt: skip
"""What Ghostscript 10 makes of the letters of ``fi``, ``ffi``, ``ffl``, ``tt``: their bytes are
swapped, and for the last two of three added up."""
SWAPPED = re.compile(
    f"(?<=[A-Za-z])[{''.join(LATIN_LIGATURES)}]+|[{''.join(LATIN_LIGATURES)}]+(?=[a-z])"
)


def fold(text: str) -> str:
    """Return a text without presentation forms, and without the strokes that lengthen words."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not LATIN_LIGATURES.keys().isdisjoint(text):
        text = SWAPPED.sub(lambda run: "".join(map(LATIN_LIGATURES.__getitem__, run.group())), text)
    if "\ufdf2" in text:
        text = ALLAH_AFTER_ALEF.sub("لله", text)
    text = FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms.group()), text)
    return BLANKS.sub(" ", STROKES.sub("", text))
