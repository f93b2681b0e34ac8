"""Form fields, comments, outline, properties and attached files of a PDF are found."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from commands import run as dalil
from extracted import only_document, write_file
from pdf_files import PdfFile, attached, comment, field_of, stream, string
from word_files import WordFile, paragraph

from index.document import MAX_LABEL_LENGTH, Document, Part, Skipped, containing_file
from index.extract import pdf_attachments, pdf_parts, read


def labelled(document: Document) -> list[tuple[str, str]]:
    """The texts of a document with their labels, in order."""
    parts = [Part(0, ""), *document.parts]
    ends = [*(part.start for part in parts[1:]), len(document.text)]
    found = [
        (p.label, document.text[p.start : end].strip()) for p, end in zip(parts, ends, strict=True)
    ]
    return [(label, text) for label, text in found if text]


def texts(tmp_path: Path, file: PdfFile) -> list[tuple[str, str]]:
    return labelled(only_document(write_file(tmp_path, "a.pdf", file.data())))


def page_of(document: Document, word: str) -> int:
    at = document.text.index(word)
    return sum(start <= at for start in document.pages)


def test_values_of_forms_are_read_with_the_names_that_people_see(tmp_path: Path) -> None:
    widgets = [
        field_of(string("سفينة الكرنك"), "f1", more=f"/TU {string('Vessel')}"),
        field_of(string("Karnak Shipping"), "f2"),
        field_of("/Married", "f3", "/Btn", "/AS /Married /AP << /N << /Married {0} >> >>"),
        field_of("/Off", "f4", "/Btn", "/AS /Off"),
        field_of(string(""), "f5"),
    ]
    file = PdfFile(["Declaration", "Rest"], {0: widgets}, objects=[stream(b"")], fields=True)
    found = texts(tmp_path, file)
    assert found[:3] == [
        ("", "Declaration"),
        ("form field", "Vessel: سفينة الكرنك\n\nKarnak Shipping\n\nMarried"),
        ("", "Rest"),
    ]


def test_a_page_of_fields_alone_is_text(tmp_path: Path) -> None:
    file = PdfFile([""], {0: [field_of(string("Karnak"))]}, fields=True)
    assert texts(tmp_path, file) == [("form field", "Karnak")]


def test_comments_say_who_wrote_them_on_which_page(tmp_path: Path) -> None:
    notes = [comment("ask the port", "منى\u202e"), comment("typed", kind="/FreeText")]
    notes += [comment("ask the port", "منى\u202e"), comment("a window", kind="/Popup")]
    document = only_document(
        write_file(tmp_path, "a.pdf", PdfFile(["One", "Two", "Three"], {1: notes}).data())
    )
    assert labelled(document) == [
        ("", "One\n\nTwo"),
        ("comment by منى", "ask the port"),
        ("comment", "typed"),
        ("", "Three"),
    ]
    assert [page_of(document, word) for word in ("port", "typed", "Three")] == [2, 2, 3]


OUTLINE = [
    "<< /Type /Outlines /First {1} /Last {2} /Count 2 >>",
    f"<< /Title {string('Ports')} /Parent {{0}} /Next {{2}} /Dest [3 0 R /Fit] >>",
    f"<< /Title {string('الموانئ')} /Parent {{0}} /Next {{3}} /Dest [5 0 R /Fit] >>",
    f"<< /Title {string('Cover')} /Parent {{0}} /Next {{1}} /Dest [3 0 R /Fit] >>",
]


def test_titles_of_the_outline_belong_to_their_pages_and_a_circle_ends(tmp_path: Path) -> None:
    file = PdfFile(["One", "Two"], catalog="/Outlines {0}", objects=OUTLINE)
    assert texts(tmp_path, file) == [
        ("", "One"),
        ("outline", "Ports\n\nCover"),
        ("", "Two"),
        ("outline", "الموانئ"),
    ]


def test_properties_are_searched_and_on_no_page(tmp_path: Path) -> None:
    info = {"Author": "Rania Quince", "Subject": "unspecified", "Keywords": "nutmeg", "Title": "T"}
    docs = tmp_path / "docs"
    docs.mkdir()
    write_file(docs, "a.pdf", PdfFile(["One", "Two"], info=info).data())
    assert labelled(only_document(docs / "a.pdf"))[-1] == ("properties", "Rania Quince\nnutmeg")
    assert dalil("index", docs, "--index", tmp_path / "ix").code == 0
    hit = json.loads(dalil("search", "nutmeg", "--json", "--index", tmp_path / "ix").out)["hits"][0]
    assert (hit["snippets"][0]["part"], hit["snippets"][0]["page"]) == ("properties", None)


def test_parts_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_parts, "MAX_ANNOTATIONS", 3)
    notes = [comment("wire", "a" * 500), comment("y"), comment("z"), comment("w")]
    found = texts(tmp_path, PdfFile(["One"], {0: notes}))
    assert [text for _, text in found] == ["One", "wire", "y\n\nz"]
    assert len(found[1][0]) == MAX_LABEL_LENGTH


def test_a_string_that_is_used_without_end_is_read_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_parts, "MAX_CHARACTERS", 1000)
    notes = ["/Subtype /Text /Contents {0}"] * 2000 + [comment("last")]
    file = PdfFile(["One"], {0: notes}, objects=[string("wire " * 100)])
    assert texts(tmp_path, file) == [("", "One"), ("comment", ("wire " * 100).strip())]


# --- attached files --------------------------------------------------------------------------


def with_files(*files: tuple[str, bytes], pages: tuple[str, ...] = ("Contract",)) -> bytes:
    catalog, objects = attached(files)
    return PdfFile(pages, catalog=catalog, objects=objects).data()


def members(path: Path) -> dict[str, Document | Skipped]:
    """The documents and notes of the files attached to a PDF, by their names."""
    items = [item for item in read(path) if item.path != str(path)]
    return {item.path.removeprefix(f"{path}!/"): item for item in items}


def test_attached_files_are_documents_of_their_own(tmp_path: Path) -> None:
    word = WordFile(paragraph("مرفق"), {"footnotes": f"<w:footnote>{paragraph('x')}</w:footnote>"})
    path = write_file(
        tmp_path,
        "a.pdf",
        with_files(
            ("annex.txt", b"Tamarind"),
            ("annex.docx", word.data()),
            ("page.html", b"<title>Page</title><p>saffron threads</p>"),
            ("inner.pdf", PdfFile(["Inner", "page"]).data()),
            ("noname", b"plain words"),
            ("lines.jsonl", b'{"id": "1", "text": "x"}'),
        ),
    )
    found = members(path)
    documents = {name: item for name, item in found.items() if isinstance(item, Document)}
    assert {name: item.type for name, item in documents.items()} == {
        "annex.txt": "text",
        "annex.docx": "docx",
        "page.html": "html",
        "inner.pdf": "pdf",
        "noname": "text",
        "lines.jsonl": "text",
    }
    assert labelled(documents["annex.txt"]) == [("attachment", "Tamarind")]
    assert labelled(documents["annex.docx"]) == [("attachment", "مرفق"), ("footnote", "x")]
    assert documents["page.html"].title == "Page"
    assert len(documents["inner.pdf"].pages) == 2


def test_what_is_no_document_among_attached_files_is_reported(tmp_path: Path) -> None:
    inner = with_files(("deep.txt", b"deep"), pages=("Inner",))
    path = write_file(
        tmp_path,
        "a.pdf",
        with_files(
            ("a.png", b"\x89PNG\r\n\x1a\n"), ("b.pdf", b"no PDF"), ("c.pdf", inner), ("d.txt", b"")
        ),
    )
    items = list(read(path))
    reasons = {item.path: item.reason for item in items if isinstance(item, Skipped)}
    assert reasons == {
        f"{path}!/a.png": "not a type that is read: a PNG image",
        f"{path}!/b.pdf": "is named .pdf but is not a PDF",
        f"{path}!/c.pdf": "the files attached to it are not read",
    }
    assert [item.path for item in items if isinstance(item, Document)] == [
        str(path),
        f"{path}!/c.pdf",
        f"{path}!/d.txt",
    ]


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\a.txt", "a.txt"),
        ("a\u202etxt\x07\u2029b.txt", "a txt b.txt"),
        ("..", "attachment"),
        (" ", "attachment"),
        ("x" * 500 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_the_name_of_an_attached_file_is_cleaned(tmp_path: Path, stated: str, name: str) -> None:
    path = write_file(tmp_path, "a.pdf", with_files((stated, b"wire")))
    assert list(members(path)) == [name]


def test_attached_files_of_one_name_stay_apart_and_equal_ones_are_one(tmp_path: Path) -> None:
    files = [("a.txt", b"one"), ("x/a.txt", b"two"), ("a.txt", b"one")]
    assert list(members(write_file(tmp_path, "a.pdf", with_files(*files)))) == [
        "a.txt",
        "a (2).txt",
    ]


def test_a_file_attached_to_a_comment_is_read(tmp_path: Path) -> None:
    file = PdfFile(
        ["One"],
        {0: ["/Subtype /FileAttachment /FS {0}"]},
        objects=[f"<< /Type /Filespec /F {string('n.txt')} /EF << /F {{1}} >> >>", stream(b"wire")],
    )
    (document,) = members(write_file(tmp_path, "a.pdf", file.data())).values()
    assert isinstance(document, Document)
    assert document.text == "wire"


def test_attached_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_attachments, "MAX_ATTACHED_SIZE", 6)
    monkeypatch.setattr(pdf_attachments, "MAX_ATTACHMENTS", 3)
    files = [("a.txt", b"1234"), ("b.txt", b"1234"), ("c.txt", b"12"), ("d.txt", b"1")]
    found = members(write_file(tmp_path, "a.pdf", with_files(*files)))
    assert [isinstance(item, Document) for item in found.values()] == [True, False, True]


def test_an_attached_file_that_unpacks_to_too_much_costs_no_other(tmp_path: Path) -> None:
    catalog, objects = attached([("big.txt", b"")])
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(900)) + packer.flush()
    objects[1] = stream(packed, "/Filter /FlateDecode")
    docs = tmp_path / "docs"
    docs.mkdir()
    write_file(docs, "a.pdf", PdfFile(["Contract"], catalog=catalog, objects=objects).data())
    ran = dalil("index", docs, "--index", tmp_path / "ix")
    assert (ran.code, "a.pdf" in ran.err) == (0, True)
    assert dalil("search", "contract", "--index", tmp_path / "ix", "-l").code == 0


def test_attached_files_go_with_the_file_that_holds_them(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "ix"
    docs.mkdir()
    path = write_file(docs, "a.pdf", with_files(("n.txt", b"tamarind"), ("m.txt", b"nutmeg")))

    def hits(query: str) -> list[dict[str, object]]:
        found = json.loads(dalil("search", query, "--json", "--index", index).out)
        return list(found["hits"])

    assert dalil("index", docs, "--index", index).code == 0
    (hit,) = hits("tamarind")
    assert (hit["path"], hit["state"], hit["type"]) == (f"{path}!/n.txt", "current", "text")
    assert dalil("show", f"{path}!/n.txt", "--index", index).out == "tamarind\n"
    assert dalil("status", "--verify", "--index", index).code == 0
    again = json.loads(dalil("index", docs, "--json", "--index", index).out)
    assert again["unchanged"] == 1
    moved = path.rename(docs / "b.pdf")
    assert dalil("index", docs, "--index", index).code == 0
    assert [hit["path"] for hit in hits("tamarind")] == [f"{moved}!/n.txt"]
    write_file(docs, "b.pdf", with_files(("m.txt", b"nutmeg")))
    assert [hit["state"] for hit in hits("tamarind")] == ["changed"]
    assert dalil("index", docs, "--index", index).code == 0
    assert (hits("tamarind"), len(hits("nutmeg"))) == ([], 1)
    moved.unlink()
    assert dalil("index", docs, "--index", index).code == 0
    empty = dalil("search", "nutmeg", "--json", "--index", index)
    assert (empty.code, "is empty" in empty.err) == (2, True)


@pytest.mark.parametrize(
    ("path", "type_", "file"),
    [
        ("/d/a.pdf!/n.txt", "text", "/d/a.pdf"),
        ("/d/a.PDF!/n.pdf", "pdf", "/d/a.PDF"),
        ("/d/a.txt", "text", "/d/a.txt"),
        ("/d!/a.txt", "text", "/d!/a.txt"),
        ("/d/x.jsonl#7", "jsonl", "/d/x.jsonl"),
    ],
)
def test_the_file_of_a_document_is_known_by_its_path(path: str, type_: str, file: str) -> None:
    assert containing_file(path, "7", type_) == file
