"""Format results for programs: JSON, CSV, TREC."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from index.analysis.lazy_pattern import lazy_pattern
from index.schema import readable_path
from search.render.lines import one_line
from search.results import Hit, SearchResults, Snippet

CSV_COLUMNS = (
    *("query", "rank", "score", "path", "id", "title", "language", "type", "date"),
    *("line", "page", "snippet", "state", "date_source", "date_marks"),
)


def results_dict(results: SearchResults) -> dict[str, Any]:
    """Return all results, as ``search --json`` prints them."""
    return {
        "query": results.query,
        "total": results.total,
        "seconds": round(results.seconds, 6),
        "suggestion": results.suggestion,
        "notes": list(results.notes),
        "hits": [hit_dict(hit) for hit in results.hits],
    }


def hit_dict(hit: Hit) -> dict[str, Any]:
    """Return one hit, as ``search --jsonl`` prints it on a line.

    A snippet has a ``part`` only if it is not of the main text.
    """
    data = asdict(hit)
    data["snippets"] = [_snippet_dict(snippet) for snippet in hit.snippets]
    data["score"] = round(hit.score, 6)
    for name in ("date_marks", "tags", "own_tags"):
        data[name] = list(data[name])
    data["copies"] = [*map(readable_path, hit.copies)]
    data["path"] = path = readable_path(hit.path)
    if path != hit.path:
        data["path_bytes"] = os.fsencode(hit.path).hex()
    return data


def _snippet_dict(snippet: Snippet) -> dict[str, Any]:
    data = asdict(snippet)
    del data["cut"]  # programs have the offsets, and the text
    if snippet.part is None:
        del data["part"]
    return data


def dumps(data: Any, *, indent: int | None = None) -> str:
    """Return JSON with readable Arabic and escaped control characters."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# json.dumps escapes C0, but not C1, DEL, line separators, bidi controls and lone surrogates.
_CONTROLS = lazy_pattern("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV (RFC 4180), safe to open in a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """Remove control characters; prefix what a spreadsheet would run as a formula with ``'``."""
    if not isinstance(value, str):
        return value
    safe = one_line(value)
    return "'" + safe if value[:1] in tuple("=+-@\t\r") else safe


def csv_row(query: str, hit: Hit) -> list[Any]:
    """Return one hit under :data:`CSV_COLUMNS`."""
    first = hit.snippets[0] if hit.snippets else None
    return [
        *(query, hit.rank, round(hit.score, 6), readable_path(hit.path), hit.id, hit.title),
        *(hit.language, hit.type, hit.date),
        *((first.line, first.page, " ".join(first.text.split())) if first else (None, None, "")),
        *(hit.state, hit.date_source, " ".join(hit.date_marks)),
    ]


def trec_line(query_id: str, document_id: str, rank: int, score: float) -> str:
    """Return a line of a TREC run; white space, which separates columns, is percent-encoded."""
    return f"{_column(query_id)} Q0 {_column(document_id)} {rank} {score:.6f} dalil"


def _column(text: str) -> str:
    return _SPACE.sub(lambda match: quote(match[0], errors="surrogatepass"), text)


_SPACE = lazy_pattern(rf"[\s%\x00-\x1f]|{_CONTROLS.pattern}")
