"""PDFs made glyph by glyph: each is a box of a Type 3 font, with any text in the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

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
    span: str = ""
    """The ActualText of the glyphs that follow one another with it."""
    is_mapped: bool = True
    """Whether its font says what it stands for."""


def visual_line(clusters: Iterable[str], *, x: float = 100.0, y: float = 700.0) -> list[Drawn]:
    """Glyphs from left to right, one for each cluster, with gaps for spaces."""
    drawn = []
    for cluster in clusters:
        if cluster != " ":
            drawn.append(Drawn(cluster, x, y))
        x += WIDTH * SIZE * (0.6 if cluster == " " else 1)
    return drawn


def glyph_pdf(*pages: Sequence[Drawn], matrix: str = "1 0 0 1 0 0") -> bytes:
    """A PDF with these glyphs on each page, in the order given, moved and turned by a matrix."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        first = len(objects) + 1
        objects += _page(page, first, matrix)
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


Shape = tuple[str, float, float, float, bool]
"""Text, width, lower and upper end of the ink, whether it is in the map."""


def _shape_of(glyph: Drawn) -> Shape:
    return glyph.text, glyph.width, glyph.low, glyph.high, glyph.is_mapped


def _page(glyphs: Sequence[Drawn], first: int, matrix: str) -> list[str]:
    """The objects of a page: itself, its contents, a font, the map, and the shapes of the font."""
    shapes = sorted({_shape_of(glyph) for glyph in glyphs})
    assert len(shapes) < 250
    codes = {shape: code for code, shape in enumerate(shapes, 1)}
    names = " ".join(f"/g{code}" for code in codes.values())
    procs = " ".join(f"/g{code} {first + 3 + code} 0 R" for code in codes.values())
    widths = " ".join(f"{100 * shape[1]:g}" for shape in shapes)
    texts = {code: shape[0] for shape, code in codes.items() if shape[-1]}
    return [
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
        f"/Resources << /Font << /F {first + 2} 0 R >> >> /Contents {first + 1} 0 R >>",
        stream(f"{matrix} cm\n{_contents(glyphs, codes)}"),
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(shapes)} /Widths [{widths}] "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> "
        f"/CharProcs << {procs} >> /ToUnicode {first + 3} 0 R >>",
        stream(_map(texts)),
        *(stream(_shape(width, low, high)) for _, width, low, high, _ in shapes),
    ]


def _contents(glyphs: Sequence[Drawn], codes: dict[Shape, int]) -> str:
    """The drawing of a page, each glyph by itself."""
    drawing = ""
    for span, group in groupby(glyphs, key=lambda glyph: glyph.span):
        drawn = "".join(
            f"BT /F {SIZE} Tf 1 0 0 1 {g.x} {g.y} Tm <{codes[_shape_of(g)]:02x}> Tj ET\n"
            for g in group
        )
        text = f"feff{span.encode('utf-16-be').hex()}"
        drawing += f"/Span << /ActualText <{text}> >> BDC\n{drawn}EMC\n" if span else drawn
    return drawing


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
