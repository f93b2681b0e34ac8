"""Make PDFs of one text with all producers that the machine has, for ``pdf.py``.

Commands: ``chromium``, ``soffice`` (LibreOffice, with python-docx), ``pango-view``, ``gs``.
Packages: fpdf2 with uharfbuzz, reportlab, weasyprint, typst. Fonts, by fontconfig: Noto Naskh
Arabic, Noto Sans Arabic, Amiri, KacstBook, DejaVu Sans. What is missing is named and left out.
"""

from __future__ import annotations

import html
import importlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = {
    "naskh": "Noto Naskh Arabic",
    "amiri": "Amiri",
    "kacst": "KacstBook",
    "sans": "Noto Sans Arabic",
}
COLUMNS = "body{columns:2;text-align:justify}"
SECONDS = 180
"""For one run of a program."""


@dataclass(frozen=True)
class Text:
    """Paragraphs, and the rows of a table that runs from right to left."""

    paragraphs: list[str]
    table: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> Text:
        """Read the JSON file of a text."""
        data = json.loads(path.read_text("utf-8"))
        return cls(data["paras"], data["table"])


def is_rtl(text: str) -> bool:
    """Whether a paragraph runs from right to left."""
    letters = re.findall(r"[^\W\d_]", text)
    return bool(letters) and not letters[0].isascii()


def make_all(source: Path, folder: Path) -> None:
    """Fill a folder with the PDFs of a text, and with the text as ``truth.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / "truth.json")
    text = Text.read(source)
    for name, make in producers(text):
        try:
            make(folder.resolve() / f"{name}.pdf")
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            print(f"{name} is left out: {error}")


Maker = Callable[[Path], None]


def producers(text: Text) -> Iterator[tuple[str, Maker]]:
    """Yield the name of each PDF, and what makes it."""
    for key, font in FONTS.items():
        yield f"lo-{key}", lambda path, f=font: libreoffice(text, path, f)
        yield f"chromium-{key}", lambda path, f=font: chromium(text, path, f)
        yield f"weasy-{key}", lambda path, f=font: weasyprint(text, path, f)
    naskh, amiri, dejavu = map(font_file, ("Noto Naskh Arabic", "Amiri", "DejaVu Sans"))
    yield "lo-justified", lambda path: libreoffice(text, path, FONTS["naskh"], justified=True)
    yield "chromium-columns", lambda path: chromium(text, path, FONTS["naskh"], COLUMNS)
    yield "weasy-columns", lambda path: weasyprint(text, path, FONTS["naskh"], COLUMNS)
    for key, file in (("naskh", naskh), ("amiri", amiri), ("dejavu", dejavu)):
        yield f"fpdf2-{key}", lambda path, f=file: fpdf2(text, path, f)
    yield "fpdf2-unshaped", lambda path: fpdf2(text, path, dejavu, shaped=False)
    yield "reportlab-shaped", lambda path: reportlab(text, path, dejavu)
    yield "reportlab-unshaped", lambda path: reportlab(text, path, dejavu, shaped=False)
    for key in ("naskh", "amiri"):
        yield f"pango-{key}", lambda path, f=FONTS[key]: pango(text, path, f)
        yield f"typst-{key}", lambda path, f=FONTS[key]: typst(text, path, f)
    yield "gs-lo-naskh", lambda path: ghostscript(path, "lo-naskh")
    yield "gs-chromium-amiri", lambda path: ghostscript(path, "chromium-amiri")


def run(*command: object) -> str:
    """Run a program and return its output."""
    words = [str(word) for word in command]
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=SECONDS)
    return done.stdout


def font_file(family: str) -> str:
    """The file of a font family, by fontconfig; "" without it."""
    if not shutil.which("fc-match"):
        return ""
    return run("fc-match", "-f", "%{file}", f"{family}:style=Regular")


def page(text: Text, font: str, style: str = "") -> str:
    """The text as a web page."""
    paragraphs = "".join(
        f'<p dir="{"rtl" if is_rtl(one) else "ltr"}">{html.escape(one)}</p>'
        for one in text.paragraphs
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in text.table
    )
    return (
        '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><style>'
        f'body{{font-family:"{font}";font-size:14pt}} td{{border:1px solid;padding:4px}} {style}'
        f'</style></head><body>{paragraphs}<table border="1">{rows}</table></body></html>'
    )


def chromium(text: Text, path: Path, font: str, style: str = "") -> None:
    """Print the web page by Chromium."""
    source = path.with_suffix(".html")
    source.write_text(page(text, font, style), "utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    run("chromium", *options, f"--print-to-pdf={path}", source.as_uri())


def weasyprint(text: Text, path: Path, font: str, style: str = "") -> None:
    """Print the web page by WeasyPrint."""
    library: Any = importlib.import_module("weasyprint")
    library.HTML(string=page(text, font, style)).write_pdf(path)


def libreoffice(text: Text, path: Path, font: str, *, justified: bool = False) -> None:
    """Write a DOCX, and convert it by LibreOffice."""
    docx: Any = importlib.import_module("docx")
    document = docx.Document()
    for paragraph in text.paragraphs:
        _fill(document.add_paragraph(), paragraph, font, justified=justified)
    table = document.add_table(rows=0, cols=len(text.table[0]))
    table._tbl.tblPr.append(_element("bidiVisual"))
    for row in text.table:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            _fill(cell.paragraphs[0], content, font)
    source = path.with_suffix(".docx")
    document.save(str(source))
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", path.parent, source)


def _element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML."""
    oxml: Any = importlib.import_module("docx.oxml")
    namespaces: Any = importlib.import_module("docx.oxml.ns")
    element = oxml.OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(namespaces.qn(f"w:{key}"), value)
    return element


def _fill(paragraph: Any, text: str, font: str, *, justified: bool = False) -> None:
    """Write a paragraph as Word does: a run for each script."""
    properties = paragraph._p.get_or_add_pPr()
    if is_rtl(text):
        properties.append(_element("bidi"))
        if justified:
            properties.append(_element("jc", val="both"))
    latin = r"[A-Za-z0-9@./+%,'-]+(?: [A-Za-z]+)*|[^A-Za-z0-9]+"
    for part in re.findall(latin, text) if is_rtl(text) else [text]:
        style = paragraph.add_run(part)._r.get_or_add_rPr()
        style.append(_element("rFonts", ascii=font, hAnsi=font, cs=font))
        if re.search("[\u0600-\u06ff]", part):
            style.append(_element("rtl"))


def fpdf2(text: Text, path: Path, font: str, *, shaped: bool = True) -> None:
    """Write a PDF by fpdf2, shaped by HarfBuzz or letter by letter."""
    library: Any = importlib.import_module("fpdf")
    pdf = library.FPDF()
    pdf.add_page()
    pdf.add_font("F", fname=font)
    pdf.set_font("F", size=13)
    if (other := font_file("DejaVu Sans")) != font:
        pdf.add_font("D", fname=other)
        pdf.set_fallback_fonts(["D"])
    pdf.set_text_shaping(shaped)
    for line in text.paragraphs:
        side = "R" if is_rtl(line) else "L"
        pdf.multi_cell(0, 9, line, align=side, new_x="LMARGIN", new_y="NEXT")
    for row in text.table:
        for cell in reversed(row):
            pdf.cell(55, 9, cell, border=1, align="R")
        pdf.ln()
    pdf.output(str(path))


def reportlab(text: Text, path: Path, font: str, *, shaped: bool = True) -> None:
    """Draw each line in visual order by reportlab, in presentation forms or in plain letters."""
    canvas: Any = importlib.import_module("reportlab.pdfgen.canvas")
    metrics: Any = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    fonts: Any = importlib.import_module("reportlab.pdfbase.ttfonts")
    reshaper: Any = importlib.import_module("arabic_reshaper")
    bidi: Any = importlib.import_module("bidi.algorithm")
    metrics.registerFont(fonts.TTFont("F", font))
    pdf = canvas.Canvas(str(path))
    pdf.setFont("F", 11)
    options = {"support_ligatures": True, "ARABIC LIGATURE ALLAH": False}
    shape = reshaper.ArabicReshaper(options).reshape if shaped else str

    def visual(line: str, like: str) -> str:
        return str(bidi.get_display(shape(line), base_dir="R" if is_rtl(like) else "L"))

    height = 800
    for paragraph in text.paragraphs:
        for line in _wrapped(paragraph):
            if is_rtl(paragraph):
                pdf.drawRightString(560, height, visual(line, paragraph))
            else:
                pdf.drawString(40, height, visual(line, paragraph))
            height -= 22
    for row in text.table:
        for number, cell in enumerate(row):
            pdf.drawRightString(560 - 150 * number, height, visual(cell, cell))
        height -= 20
    pdf.save()


def _wrapped(text: str, width: int = 88) -> Iterator[str]:
    """Yield the lines of a paragraph."""
    line = ""
    for word in text.split():
        if len(line) + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def pango(text: Text, path: Path, font: str) -> None:
    """Write a PDF by Pango and cairo."""
    source = path.with_suffix(".txt")
    source.write_text("\n".join([*text.paragraphs, *map("\n".join, text.table)]), "utf-8")
    run(
        "pango-view", "--no-display", f"--font={font} 14", "--width=560", f"--output={path}", source
    )


def typst(text: Text, path: Path, font: str) -> None:
    """Write a PDF by Typst."""
    library: Any = importlib.import_module("typst")

    def quoted(line: str) -> str:
        return "#" + json.dumps(line, ensure_ascii=False)

    lines = [f'#set text(font: "{font}", lang: "ar", size: 13pt)']
    for line in text.paragraphs:
        language = "ar" if is_rtl(line) else "en"
        lines.append(f'#text(lang: "{language}")[{quoted(line)}]')
    cells = ", ".join(f"[{quoted(cell)}]" for row in text.table for cell in row)
    lines.append(f"#table(columns: {len(text.table[0])}, {cells})")
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(lines), "utf-8")
    library.compile(str(source), output=str(path), font_paths=[str(Path(font_file(font)).parent)])


def ghostscript(path: Path, source: str) -> None:
    """Write another PDF anew by Ghostscript."""
    target = f"-sOutputFile={path}"
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", target, path.with_stem(source))
