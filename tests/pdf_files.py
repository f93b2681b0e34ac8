"""Write PDF files object by object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FONT = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def string(text: str) -> str:
    """A string of PDF, in UTF-16."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


@dataclass
class PdfFile:
    """A PDF: the words of each page, and objects beside the pages."""

    pages: Sequence[str]
    annotations: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Number of a page, from 0 → the dictionaries of its annotations, without << >>."""
    catalog: str = ""
    """Entries of the catalog; ``{0}`` is the object of the first of ``objects``."""
    info: Mapping[str, str] = field(default_factory=dict)
    objects: Sequence[str | bytes] = ()
    fields: bool = False
    """Whether the widgets among the annotations are fields of a form."""

    def data(self) -> bytes:
        """Return the bytes of the file."""
        count = len(self.pages)
        first = 2 + 2 * count  # after the catalog, the pages and their contents
        notes = [(page, note) for page, list_ in self.annotations.items() for note in list_]
        numbers = [first + 1 + n for n in range(len(notes))]
        others = [first + 1 + len(notes) + n for n in range(len(self.objects))]
        references = [f"{number} 0 R" for number in others]
        form = ""
        if self.fields:
            form = f"/AcroForm << /Fields [{' '.join(f'{n} 0 R' for n in numbers)}] >>"
        kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
        objects: list[str | bytes] = [
            f"<< /Type /Catalog /Pages 2 0 R {form} {_filled(self.catalog, references)} >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 600 800] >>",
        ]
        for number, text in enumerate(self.pages):
            own = [
                f"{n} 0 R" for n, (page, _) in zip(numbers, notes, strict=True) if page == number
            ]
            objects += [
                f"<< /Type /Page /Parent 2 0 R /Contents {4 + 2 * number} 0 R "
                f"/Resources {FONT} /Annots [{' '.join(own)}] >>",
                stream(f"BT /F 20 Tf 50 700 Td ({text}) Tj ET".encode()),
            ]
        objects += [
            f"<< /Type /Annot /Rect [10 10 90 30] {_filled(note, references)} >>"
            for _, note in notes
        ]
        objects += [_filled(o, references) if isinstance(o, str) else o for o in self.objects]
        entries = "".join(f"/{name} {string(text)}" for name, text in self.info.items())
        objects.append(f"<< {entries} >>")
        return _file(objects)


def stream(data: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def field_of(text: str, name: str = "f", kind: str = "/Tx", more: str = "") -> str:
    """A widget that is a field of its own, with a value."""
    return f"/Subtype /Widget /FT {kind} /T {string(name)} /V {text} {more}"


def comment(text: str, author: str = "", kind: str = "/Text") -> str:
    """An annotation with contents."""
    return f"/Subtype {kind} /Contents {string(text)} /T {string(author)}"


def attached(files: Sequence[tuple[str, bytes]]) -> tuple[str, list[str | bytes]]:
    """Entries of the catalog and objects for attached files, from the first object on."""
    names = " ".join(f"{string(f'{n:05}')} {{{2 * n}}}" for n in range(len(files)))
    objects: list[str | bytes] = []
    for n, (name, content) in enumerate(files):
        specification = f"<< /Type /Filespec /F {string(name)} /UF {string(name)}"
        objects += [f"{specification} /EF << /F {{{2 * n + 1}}} >> >>"]
        objects += [stream(content, "/Type /EmbeddedFile")]
    return f"/Names << /EmbeddedFiles << /Names [{names}] >> >>", objects


def _filled(text: str, references: Sequence[str]) -> str:
    for number, reference in enumerate(references):
        text = text.replace(f"{{{number}}}", reference)
    return text


def _file(objects: Sequence[str | bytes]) -> bytes:
    """Put objects, counted from 1, into a file; the first is the catalog, the last the info."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        data = content.encode() if isinstance(content, str) else content
        out += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R "
            f"/Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )
