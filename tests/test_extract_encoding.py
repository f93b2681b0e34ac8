"""`index.extract.encoding`: bytes are decoded by certain, then likely evidence, without failure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadOption
from index.extract.charset_model import choose_charset, non_ascii_sample, plausibility
from index.extract.encoding import canonical_name, decode
from index.extract.file_signatures import describe_binary

HEADLINE = "الدبيبة يلتقي السفير الروسي"
MIXED = "Dbeibah الدبيبة met the envoy"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (HEADLINE, "utf-8", "utf-8"),
        (HEADLINE, "utf-8-sig", "utf-8"),
        (HEADLINE, "utf-16", "utf-16-le"),
        (HEADLINE, "utf-32", "utf-32-le"),
        (HEADLINE, "utf-16-le", "utf-16-le"),
        (HEADLINE, "utf-16-be", "utf-16-be"),
        (HEADLINE, "cp1256", "windows-1256"),
        (HEADLINE, "iso8859_6", "iso-8859-6"),
        (MIXED, "utf-16-le", "utf-16-le"),
        (MIXED, "cp1256", "windows-1256"),
        (MIXED, "iso8859_6", "iso-8859-6"),
        ("Libya", "utf-16-be", "utf-16-be"),
        ("في", "utf-16-le", "utf-16-le"),
        ("Libya’s “envoy” – José Muñoz", "cp1252", "windows-1252"),
        ("Çelik met Åsa", "cp1252", "windows-1252"),
        ("وزیر خارجه گفت", "utf-8", "utf-8"),
        ("قال: «لا»، ثم سكت؛ لماذا؟", "cp1256", "windows-1256"),
        ("بِسْمِ اللَّهِ الرَّحْمَنِ", "cp1256", "windows-1256"),
        ("plain ASCII", "ascii", "utf-8"),
        ("", "ascii", "utf-8"),
    ],
)
def test_short_texts_are_read_in_their_encoding(text: str, codec: str, encoding: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, encoding)


RUSSIAN = "Министр иностранных дел России провёл переговоры с делегацией Ливии"


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_other_encodings_are_left_to_charset_normalizer(codec: str) -> None:
    decoded = decode(RUSSIAN.encode(codec))
    assert decoded.text == RUSSIAN
    assert not decoded.confident


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (HEADLINE.encode()[:-1], HEADLINE[:-1] + "\ufffd"),
        (b"\xff" + HEADLINE.encode(), "\ufffd" + HEADLINE),
    ],
)
def test_utf8_with_a_few_bad_bytes_stays_utf8(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.confident) == (text, "utf-8", False)


@pytest.mark.parametrize(
    ("text", "codec", "declared", "encoding"),
    [
        (HEADLINE, "utf-8", "windows-1256", "utf-8"),  # valid UTF-8 overrides the declaration
        (HEADLINE, "cp1256", "utf-8", "windows-1256"),
        (HEADLINE, "cp1256", "iso-8859-1", "windows-1256"),
        ("من", "iso8859_6", "iso-8859-6", "iso-8859-6"),  # in windows-1256 it would be هو
        ("из", "koi8-r", "KOI8-R", "koi8-r"),
        (HEADLINE, "cp1256", "no-such-thing", "windows-1256"),
    ],
)
def test_a_declared_encoding_is_a_hint(text: str, codec: str, declared: str, encoding: str) -> None:
    decoded = decode(text.encode(codec), declared=declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_an_override_is_always_used() -> None:
    assert decode("هو".encode("cp1256"), override="ISO-8859-6").text == "من"


@pytest.mark.parametrize("name", ["no-such-thing", "", "rot13", "idna", "base64", "a\0b"])
def test_an_unknown_override_is_a_bad_option(name: str) -> None:
    with pytest.raises(BadOption, match="No encoding is called"):
        decode(b"x", override=name)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\r\nب".encode("utf-16"), "a\nب"),
        (f"{HEADLINE}\r\n".encode("cp1256"), f"{HEADLINE}\n"),
    ],
)
def test_line_ends_become_line_feeds(data: bytes, text: str) -> None:
    assert decode(data).text == text


def test_a_tie_is_not_confident_and_a_headline_is() -> None:
    assert not decode("هو".encode("cp1256")).confident
    assert decode((HEADLINE + " في طرابلس").encode("cp1256")).confident


@given(st.binary(), st.none() | st.text(max_size=12))
def test_no_bytes_make_decoding_fail(data: bytes, declared: str | None) -> None:
    assert "\r" not in decode(data, declared=declared).text


@given(st.binary(max_size=200), st.sampled_from(["punycode", "utf-7", "cp1256", "gbk"]))
def test_no_bytes_make_an_override_fail(data: bytes, name: str) -> None:
    decode(data, override=name).text.encode()


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufeff\0"), min_size=1)
)
def test_utf8_is_decoded_unchanged(text: str) -> None:
    if not any(character < "\t" for character in text):
        assert decode(text.encode()).text == text


@given(st.text())
def test_plausibility_is_bounded(text: str) -> None:
    assert -3 <= plausibility(text) <= 2


@given(st.binary())
def test_a_charset_is_always_chosen(data: bytes) -> None:
    data.decode(choose_charset(non_ascii_sample(data)).name, "replace")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("cp1256", "windows-1256"), ("Windows-1256 ", "windows-1256"), ("latin1", "iso-8859-1")],
)
def test_encodings_have_one_name_each(name: str, expected: str) -> None:
    assert canonical_name(name) == expected


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"text\x00more", "binary data: it holds NUL bytes"),
        (b"\x01\x02\x03\x04abc", "binary data: it is full of control characters"),
        (b"", None),
        (b"\x1b[31mred\x1b[0m", None),
        ("نص".encode("utf-16"), None),
        ("text".encode("utf-16-le"), None),
        ("نص".encode("cp1256"), None),
    ],
)
def test_binary_data_is_described(data: bytes, kind: str | None) -> None:
    assert describe_binary(data) == kind
