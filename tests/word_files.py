"""Write DOCX files part by part, in either flavour of the standard."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

WORD = {
    False: "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    True: "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
RELATIONS = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOTS = {"footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"} | {
    "header": "hdr", "footer": "ftr", "styles": "styles", "numbering": "numbering",
}  # fmt: skip


@dataclass
class WordFile:
    """A DOCX file: the XML within its body, and within the root of each other part."""

    body: str
    parts: Mapping[str, str] = field(default_factory=dict)
    """Type of a relationship, and a digit if there are several → XML within the root."""
    core: str = ""
    """XML within the core properties."""
    strict: bool = False
    raw: Mapping[str, bytes] = field(default_factory=dict)
    """Name of a file in the archive → its bytes, in place of those that would be written."""

    def files(self) -> dict[str, bytes]:
        """Return the files of the archive by their names."""
        main = self._root("document", f"<w:body>{self.body}</w:body>")
        texts = {"word/document.xml": main, "docProps/core.xml": self._core()}
        links = ""
        for number, (name, xml) in enumerate(self.parts.items()):
            kind = name.rstrip("0123456789")
            texts[f"word/x{number}.xml"] = self._root(ROOTS[kind], xml)
            links += self._link(f"{RELATIONS[self.strict]}/{kind}", f"x{number}.xml")
        texts["word/_rels/document.xml.rels"] = _links(links)
        texts["_rels/.rels"] = _links(
            self._link(f"{RELATIONS[self.strict]}/officeDocument", "word/document.xml")
            + self._link(f"{PACKAGE}/metadata/core-properties", "docProps/core.xml")
        )
        return {name: text.encode() for name, text in texts.items()} | dict(self.raw)

    def data(self) -> bytes:
        """Return the bytes of the file."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files().items():
                archive.writestr(name, content)
        return packed.getvalue()

    def _root(self, name: str, xml: str) -> str:
        return f'<w:{name} xmlns:w="{WORD[self.strict]}">{xml}</w:{name}>'

    def _core(self) -> str:
        return (
            '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{self.core}</c:coreProperties>'
        )

    def _link(self, kind: str, target: str) -> str:
        return f'<Relationship Id="r{hash(target)}" Type="{kind}" Target="{target}"/>'


def _links(xml: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{xml}</Relationships>'


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run, with properties."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph that is an item of a list."""
    levels = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return paragraph(text, f"<w:numPr>{levels}</w:numPr>")


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    """The numbering part: a list with levels, each a format and a text, as list 1."""
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{rows}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )
