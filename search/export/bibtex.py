"""A dossier as BibTeX, for LaTeX: an entry for each document. It cannot be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.export.csl import citation_key, remark
from search.export.dossier import Dossier, Exhibit
from search.export.exhibits import shown_name

_ESCAPES = {
    **{char: f"\\{char}" for char in "#$%&_"},
    # BibTeX counts braces, also those after a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_SPECIAL = re.compile(r"[#$%&_{}~^\\]")
_LANGUAGES = {"ar": "arabic", "en": "english"}


def write(dossier: Dossier) -> Iterator[str]:
    """Yield a remark on the search, then the entries."""
    query = dossier.query.replace("@", " ")  # BibTeX takes what follows an @ for an entry
    yield f"% {len(dossier.exhibits)} of {dossier.total} documents, {dossier.searched}: {query}\n"
    for exhibit in dossier.exhibits:
        yield _entry(dossier, exhibit)


def _entry(dossier: Dossier, exhibit: Exhibit) -> str:
    fields = {
        "title": exhibit.title,
        "author": exhibit.author,
        "date": exhibit.date or "",
        "year": (exhibit.date or "")[:4],
        "urldate": dossier.searched[:10],
        "howpublished": shown_name(exhibit.path),
        "langid": _LANGUAGES.get(exhibit.language.split("+")[0], ""),
        "keywords": ", ".join(exhibit.tags),
        "abstract": " … ".join(quotation.text for quotation in exhibit.quotations),
        "note": remark(exhibit),
    }
    # The second pair of braces keeps capitals, and an author with several names.
    lines = (
        f"  {name} = {{{{{tex(value)}}}}},\n" if name in ("title", "author")
        else f"  {name} = {{{tex(value)}}},\n"
        for name, value in fields.items()
        if value.strip()
    )  # fmt: skip
    return f"\n@misc{{{citation_key(exhibit)},\n{''.join(lines)}}}\n"


def tex(text: str) -> str:
    r"""Return a text for LaTeX, on one line.

    >>> tex("50 % of {a}")
    '50 \\% of \\textbraceleft{}a\\textbraceright{}'
    """
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], " ".join(text.split()))
