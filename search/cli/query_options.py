"""The options of the commands that answer queries, declared once for all of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from index.errors import BadOption
from search.cli.parameters import Group, Option
from search.options import Options
from search.parsing import ast
from search.parsing.field_values import date_filter, type_filter


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


def query_options(
    limit: Annotated[int, Option("--limit", "-n", min=0, help="Maximum number of hits.")] = 10,
    lang: LanguageOption = None,
    path: PathOption = None,
    type_: TypeOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
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
        filters=_filters(lang, path, type_, after, before),
        sort=sort.value,
        exact=exact,
        names=names,
        plain=plain,
        strict=strict,
    )


QueryOptions = Annotated[Options, Group(query_options)]


def _filters(
    language: Language | None,
    path: str | None,
    type_: str | None,
    after: str | None,
    before: str | None,
) -> tuple[ast.Filter, ...]:
    """Return the filters of the options."""
    filters: list[ast.Filter] = []
    if language:
        filters.append(ast.LanguageFilter(language.value))
    if path:
        filters.append(ast.PathFilter(path))
    if type_:
        filters.append(type_filter(type_))
    if after or before:
        try:
            filters.append(date_filter(f"{after or ''}..{before or ''}"))
        except ValueError as error:
            raise BadOption(str(error), "write 2016, 2016-05 or 2016-05-01") from error
    return tuple(filters)
