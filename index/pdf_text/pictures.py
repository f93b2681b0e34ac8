"""Whether a page without text shows something: a scan, a photograph, letters drawn as curves."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

SHAPES = 30
"""Drawn shapes from which on a page may show letters; an empty form has a few lines."""
SEEN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
MAX_OBJECTS = 1000
"""Objects that are looked through."""


def has_picture(page: Any) -> bool:
    """Return whether a page has a picture, or more shapes than a blank one; ``page`` is raw."""
    count = min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)
    kinds = [raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) for i in range(count)]
    return any(kind in SEEN for kind in kinds) or kinds.count(raw.FPDF_PAGEOBJ_PATH) >= SHAPES
