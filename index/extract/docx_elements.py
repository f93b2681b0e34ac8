"""Elements of Word documents by their local names (ECMA-376, part 1, 17), by what they hold."""

from __future__ import annotations

CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that stand for a character."""
TEXTS = ("t", "delText")
LABELS = {
    "hdr": "header",
    "ftr": "footer",
    "footnote": "footnote",
    "endnote": "endnote",
    "comment": "comment",
    "dataModel": "diagram",
    "chartSpace": "chart",
    "txbxContent": "text box",
    "ins": "inserted",
    "moveTo": "moved here",
    "del": "deleted",
}
"""Elements whose text is not main text, and what it is."""
INLINE = ("ins", "moveTo")
"""Those that are a piece of a line."""
SKIPPED = (
    *("rPr", "tabs", "pPrChange", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "numberingChange"),
    *("instrText", "delInstrText", "moveFrom", "Fallback"),
)
"""Properties; codes of fields; text that stands elsewhere once more: where it was moved to, or in
the form of a drawing that newer programs read."""
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
"""Types of notes that are lines above the notes of a page."""
