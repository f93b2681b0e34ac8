"""The options of the commands that answer queries, declared once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from index.errors import BadOption
from search.cli.parameters import Group, Option
from search.options import Options
from search.parsing import ast
from search.parsing.field_values import period, type_filter


class Language(StrEnum):
    """Languages to filter by."""

    AR = "ar"
    EN = "en"


class Sort(StrEnum):
    """Orders of the hits."""

    SCORE = "score"
    DATE = "date"
    PATH = "path"


LanguageOption = Annotated[
    Language | None,
    Option("--lang", help="Only documents of which at least a fifth is in this language."),
]
PathOption = Annotated[
    str | None, Option("--path", metavar="GLOB", help="Only documents whose path matches.")
]
TypeOption = Annotated[
    str | None, Option("--type", help="Only this format: text, markdown, html, pdf, …")
]
AfterOption = Annotated[
    str | None, Option("--after", metavar="DATE", help="Only documents of this day or later.")
]
BeforeOption = Annotated[
    str | None, Option("--before", metavar="DATE", help="Only documents of this day or earlier.")
]
ModifiedAfterOption = Annotated[
    str | None,
    Option("--modified-after", metavar="DATE", help="Only files changed on this day or later."),
]
ModifiedBeforeOption = Annotated[
    str | None,
    Option("--modified-before", metavar="DATE", help="Only files changed on this day or earlier."),
]


def query_options(
    limit: Annotated[
        int, Option("--limit", "-n", min=1, help="Print this many hits at most.")
    ] = 10,
    lang: LanguageOption = None,
    path: PathOption = None,
    type_: TypeOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    modified_after: ModifiedAfterOption = None,
    modified_before: ModifiedBeforeOption = None,
    sort: Annotated[Sort, Option("--sort", help="Order of the hits.")] = Sort.SCORE,
    names: Annotated[
        bool, Option("--names/--no-names", help="Whether to find names in all their spellings.")
    ] = True,
    exact: Annotated[bool, Option("--exact", help="Match every word as spelled.")] = False,
    plain: Annotated[bool, Option("--plain", help="Treat the query as words only.")] = False,
    strict: Annotated[
        bool, Option("--strict", help="Refuse a query that cannot be understood.")
    ] = False,
) -> Options:
    """Return the searcher's options. Raises BadOption for a date that is not valid."""
    return Options(
        limit=limit,
        filters=(
            *_filters(lang, path, type_),
            *_period(ast.DateFilter, after, before),
            *_period(ast.ModifiedFilter, modified_after, modified_before),
        ),
        sort=sort.value,
        exact=exact,
        names=names,
        plain=plain,
        strict=strict,
    )


QueryOptions = Annotated[Options, Group(query_options)]


def _filters(
    language: Language | None, path: str | None, type_: str | None
) -> Iterator[ast.Filter]:
    """Yield the filters of the options but those by days."""
    if language:
        yield ast.LanguageFilter(language.value)
    if path:
        yield ast.PathFilter(path)
    if type_:
        yield type_filter(type_)


def _period(
    filter_type: Callable[[date, date], ast.Filter], after: str | None, before: str | None
) -> Iterator[ast.Filter]:
    """Yield the filter of two days, of which either may be missing. Raises BadOption."""
    if not after and not before:
        return
    try:
        first, last = period(f"{after or ''}..{before or ''}")
    except ValueError as error:
        message, _, advice = str(error).partition("; ")
        raise BadOption(message, advice or "write 2016, 2016-05 or 2016-05-01") from error
    yield filter_type(first, last)
