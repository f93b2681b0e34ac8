"""What a PDF holds beside the text of its pages: forms, comments, outline, properties.

Read by PDFium's own calls. A PDF may be made to have any number of everything, so all is counted.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.document import PROPERTIES, Part
from index.extract.pdf_attachments import Attachment, Attachments
from index.extract.sections import MAX_PARTS, Section, join_sections, label

PAGE_SEPARATOR = "\n\n"
MAX_ANNOTATIONS = 20_000
"""Form fields and comments of a document that are read. Measured: the time grows with their square,
4,000 fields on a page take 0.6 s."""
MAX_BOOKMARKS = 20_000
MAX_STRING_SIZE = 2 << 20
"""Bytes of a string in UTF-16; a longer one is left out."""
MAX_CHARACTERS = 16 << 20
"""Characters of all strings that are read of a document, which may use one any number of times."""

TICKED = ("Off", "On", "Yes")
"""Values of a box to tick that say nothing more."""
BOXES = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
TYPED = (
    *(pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX),
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
"""Types of form fields whose values are words."""
SILENT = (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK)
"""Annotations that are no comments: the window of another one, and places to click."""
STATED = ("Author", "Subject", "Keywords")
"""Entries of the metadata that are searched, beside the title."""
UNSTATED = ("", "anonymous", "unspecified", "unknown")
"""What programs write there if nobody has stated anything."""


class PdfParts:
    """Reads the parts of an open PDF. To be made before a page is loaded, for its forms."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._by_page: dict[int, dict[Section, None]] = {}
        """Number of a page, from 0 → its parts, equal ones once."""
        self._room = MAX_CHARACTERS
        self._annotations = 0
        """Number of annotations that were read."""
        self._attachments = Attachments(pdf)
        with suppress(pypdfium2.PdfiumError):  # the pages can be read without
            pdf.init_forms()

    def read_page(self, page: Any, number: int) -> None:
        """Read the form fields and the comments of a loaded page, counted from 0."""
        count = pdfium.FPDFPage_GetAnnotCount(page)
        for index in range(min(count, MAX_ANNOTATIONS - self._annotations)):
            self._annotations += 1
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if annotation:
                self._read_annotation(annotation, number)
                pdfium.FPDFPage_CloseAnnot(annotation)

    def _read_annotation(self, annotation: Any, page: int) -> None:
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            if self._pdf.formenv:
                self._add(page, "form field", self._field(annotation))
        elif kind not in SILENT:
            author = self._string(pdfium.FPDFAnnot_GetStringValue, annotation, b"T")
            comment = self._string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
            self._add(page, label("comment", author), comment)
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            self._attachments.add(pdfium.FPDFAnnot_GetFileAttachment(annotation))

    def _field(self, annotation: Any) -> str:
        """Return the value of a form field, after its name for people if it has one; or ""."""
        forms = self._pdf.formenv
        kind = pdfium.FPDFAnnot_GetFormFieldType(forms, annotation)
        if kind not in (*TYPED, *BOXES):
            return ""
        value = self._string(pdfium.FPDFAnnot_GetFormFieldValue, forms, annotation).strip()
        if not value or (kind in BOXES and value in TICKED):
            return ""
        name = self._string(pdfium.FPDFAnnot_GetFormFieldAlternateName, forms, annotation).strip()
        return f"{name}: {value}" if name else value

    def _string(self, call: Callable[..., int], *arguments: Any) -> str:
        """Return the string of a call of PDFium; "" if enough was read."""
        text = _string(call, *arguments) if self._room > 0 else ""
        self._room -= len(text)
        return text

    def _add(self, page: int, name: str, text: str) -> None:
        """Add a part to a page."""
        if text.strip():
            self._by_page.setdefault(page, {})[Section(name, text.strip())] = None

    def read_document(self, metadata: Mapping[str, str], last: int) -> None:
        """Read the outline, of which each title belongs to a page, and the properties.

        ``last`` is the number of the last page, behind which the properties stand.
        """
        page = 0
        for bookmark in islice(self._pdf.get_toc(), MAX_BOOKMARKS):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            page = page if index is None else min(index, last)
            self._add(page, "outline", self._string(pdfium.FPDFBookmark_GetTitle, bookmark))
        stated = (_clean(metadata.get(name, "")).strip() for name in STATED)
        told = dict.fromkeys(text for text in stated if text.lower() not in UNSTATED)
        self._add(last, PROPERTIES, "\n".join(told))

    def attachments(self) -> Iterator[Attachment]:
        """Yield the attached files, with their contents."""
        return self._attachments.read()

    def join(self, pages: Sequence[str]) -> tuple[list[str], tuple[Part, ...]]:
        """Return the text of each page with its parts behind it, and where those are in all."""
        joined = [self._joined(number, text) for number, text in enumerate(pages)]
        texts = [text for text, _ in joined]
        parts: list[Part] = []
        for start, (_, own) in zip(page_starts(texts), joined, strict=True):
            if parts and parts[-1].label and (not own or own[0].start):
                parts.append(Part(start, ""))
            parts += (Part(start + part.start, part.label) for part in own)
        return texts, tuple(parts[:MAX_PARTS])

    def _joined(self, number: int, text: str) -> tuple[str, tuple[Part, ...]]:
        if number not in self._by_page:
            return text, ()
        return join_sections([Section("", text), *self._by_page[number]])


def page_starts(pages: Sequence[str]) -> tuple[int, ...]:
    """Return the offset of each page in the joined text."""
    lengths = (len(page) + len(PAGE_SEPARATOR) for page in pages[:-1])
    return tuple(accumulate(lengths, initial=0))


def _string(call: Callable[..., int], *arguments: Any) -> str:
    """Return the string of a call of PDFium, which first states its size in bytes."""
    size = call(*arguments, None, 0)
    if not 2 < size <= MAX_STRING_SIZE:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return _clean(buffer.raw[: size - 2].decode("utf-16-le", "replace"))


def _clean(text: str) -> str:
    r"""Return a string with ``\n`` as line ends and without NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
