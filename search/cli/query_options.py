"""The options of the commands that answer queries, declared once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from index.errors import BadOption
from search.cli import options as opt
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
    Option(
        "--lang",
        help="Keep documents of which at least a fifth is in this language.",
        panel=opt.NARROW,
    ),
]
PathOption = Annotated[
    str | None,
    Option(
        "--path",
        metavar="GLOB",
        help="Keep documents whose path matches: a folder, a file, or a pattern with *.",
        panel=opt.NARROW,
    ),
]
TypeOption = Annotated[
    str | None,
    Option(
        "--type",
        help="Keep documents of these formats, with commas between them: text, markdown, html, …",
        panel=opt.NARROW,
    ),
]
AfterOption = Annotated[
    str | None,
    Option(
        "--after",
        metavar="DATE",
        help="Keep documents dated on this day or later.",
        panel=opt.NARROW,
    ),
]
BeforeOption = Annotated[
    str | None,
    Option(
        "--before",
        metavar="DATE",
        help="Keep documents dated on this day or earlier.",
        panel=opt.NARROW,
    ),
]
ModifiedAfterOption = Annotated[
    str | None,
    Option(
        "--modified-after",
        metavar="DATE",
        help="Keep files that were changed on this day or later.",
        panel=opt.NARROW,
    ),
]
ModifiedBeforeOption = Annotated[
    str | None,
    Option(
        "--modified-before",
        metavar="DATE",
        help="Keep files that were changed on this day or earlier.",
        panel=opt.NARROW,
    ),
]


def query_options(
    lang: LanguageOption = None,
    path: PathOption = None,
    type_: TypeOption = None,
    after: AfterOption = None,
    before: BeforeOption = None,
    modified_after: ModifiedAfterOption = None,
    modified_before: ModifiedBeforeOption = None,
    names: Annotated[
        bool,
        Option(
            "--names/--no-names",
            help="Find names in all their spellings, or only as typed.",
            panel=opt.MATCHING,
        ),
    ] = True,
    exact: Annotated[
        bool,
        Option("--exact", help="Match every word exactly as it is spelled.", panel=opt.MATCHING),
    ] = False,
    plain: Annotated[
        bool,
        Option(
            "--plain", help="Take the whole query as words, without operators.", panel=opt.MATCHING
        ),
    ] = False,
    strict: Annotated[
        bool,
        Option(
            "--strict",
            help="Refuse a query that cannot be understood, instead of searching its words.",
            panel=opt.MATCHING,
        ),
    ] = False,
    limit: Annotated[
        int, Option("--limit", "-n", min=0, help="Print this many hits at most.", panel=opt.OUTPUT)
    ] = 10,
    sort: Annotated[
        Sort,
        Option(
            "--sort",
            help="Print the best, the newest or the first by path first.",
            panel=opt.OUTPUT,
        ),
    ] = Sort.SCORE,
) -> Options:
    """Return the searcher's options. Raises BadOption for a date that is not valid, and for 0."""
    if not limit:
        raise BadOption(
            "-n 0 leaves no hits",
            "give a number; a search has --count for the total, --all for all",
        )
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
