"""`search.render.hyperlink`: addresses of files, and which files have one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from hypothesis import given
from hypothesis import strategies as st

from search import Searcher
from search.render.hyperlink import file_uri, hit_uri
from search.render.style import linked
from tests.commands import indexed, written

NAMES = st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name)


@given(NAMES)
def test_an_address_is_ascii_without_signs_that_a_terminal_obeys(name: bytes) -> None:
    path = os.fsdecode(b"/" + name)
    uri = file_uri(path)
    assert re.fullmatch(r"file://[A-Za-z0-9._~%/-]*", uri)
    host = os.uname().nodename
    assert unquote_to_bytes(uri.removeprefix("file://"))[len(host) :] == os.fsencode(path)


def test_a_file_of_the_users_own_index_has_an_address_and_one_of_a_foreign_index_none(
    tmp_path: Path,
) -> None:
    line = '{"id": "a#1", "text": "oil"}\n'
    docs = written(tmp_path / "docs", {"نفط 1.txt": "oil", "b.jsonl": line})
    with Searcher.open(indexed(docs)) as searcher:
        hits = searcher.search("oil").hits
        assert {hit_uri(hit, searcher.roots) for hit in hits} == {
            file_uri(str(docs.resolve() / name)) for name in ("نفط 1.txt", "b.jsonl")
        }
        assert [hit_uri(hit, None) for hit in hits] == ["", ""]
        assert [hit_uri(hit, ("/elsewhere",)) for hit in hits] == ["", ""]


def test_a_text_without_an_address_stays_as_it_is() -> None:
    assert linked("a.txt", "") == "a.txt"
    assert linked("a.txt", "file:///a") == "\x1b]8;;file:///a\x1b\\a.txt\x1b]8;;\x1b\\"
