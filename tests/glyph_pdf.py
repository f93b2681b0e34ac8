"""PDFs made glyph by glyph: each is a box of a Type 3 font, with any text in the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIZE = 10.0
"""Points of the font."""
WIDTH = 0.5
"""Width of a glyph, in em."""


@dataclass(frozen=True)
class Drawn:
    """A glyph: what it stands for, and where it is drawn, in points."""

    text: str
    x: float
    y: float = 700.0
    width: float = WIDTH * SIZE
    low: float = 0.0
    """Where its ink starts above the baseline…"""
    high: float = 7.0
    """…and where it ends."""


def visual_line(clusters: Iterable[str], *, x: float = 100.0, y: float = 700.0) -> list[Drawn]:
    """Glyphs from left to right, one for each cluster, with gaps for spaces."""
    drawn = []
    for cluster in clusters:
        if cluster != " ":
            drawn.append(Drawn(cluster, x, y))
        x += WIDTH * SIZE * (0.6 if cluster == " " else 1)
    return drawn


def glyph_pdf(*pages: Sequence[Drawn]) -> bytes:
    """A PDF with these glyphs on each page, in the order given."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        first = len(objects) + 1
        objects += _page(page, first)
        kids.append(f"{first} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    return assembled(objects)


def assembled(objects: Sequence[str]) -> bytes:
    """A file of these objects; the first is the catalog."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {count}\n0000000000 65535 f \n{rows}{end}".encode()


def _page(glyphs: Sequence[Drawn], first: int) -> list[str]:
    """The objects of a page: itself, its contents, a font, the map, and the shapes of the font."""
    shapes = sorted({(g.text, g.width, g.low, g.high) for g in glyphs})
    assert len(shapes) < 250
    codes = {shape: code for code, shape in enumerate(shapes, 1)}
    contents = "".join(
        f"1 0 0 1 {g.x} {g.y} Tm <{codes[g.text, g.width, g.low, g.high]:02x}> Tj\n" for g in glyphs
    )
    names = " ".join(f"/g{code}" for code in codes.values())
    procs = " ".join(f"/g{code} {first + 3 + code} 0 R" for code in codes.values())
    widths = " ".join(f"{100 * shape[1]:g}" for shape in shapes)
    return [
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
        f"/Resources << /Font << /F {first + 2} 0 R >> >> /Contents {first + 1} 0 R >>",
        stream(f"BT /F {SIZE} Tf\n{contents}ET"),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(shapes)} /Widths [{widths}] "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> "
        f"/CharProcs << {procs} >> /ToUnicode {first + 3} 0 R >>",
        stream(_map({code: text for (text, *_), code in codes.items()})),
        *(stream(_shape(width, low, high)) for _, width, low, high in shapes),
    ]


def _shape(width: float, low: float, high: float) -> str:
    box = f"{100 * width:g} {100 * low:g} {100 * (high - low):g}"
    _, low_em, height_em = box.split()
    return (
        f"{100 * width:g} 0 0 {low_em} {100 * width:g} {100 * high:g} d1 "
        f"0 {low_em} {100 * width:g} {height_em} re f"
    )


def _map(texts: dict[int, str]) -> str:
    rows = "\n".join(
        f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in texts.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /M def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(texts)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )


def stream(content: str) -> str:
    """A stream object."""
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
