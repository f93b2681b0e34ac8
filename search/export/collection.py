"""The dossier of hits, with how they were searched for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from index import __version__
from index.store.catalog import Catalog
from search.export.dossier import Dossier
from search.export.exhibits import Digest, exhibit, shown_name
from search.options import Options
from search.parsing import ast
from search.render.lines import one_line
from search.results import Hit


def dossier_of_hits(
    query: str,
    hits: Iterable[Hit],
    total: int,
    *,
    digest: Digest,
    index: Path,
    options: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Dossier:
    """Return the dossier of hits that were found now, ranked in their order."""
    searched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Dossier(
        query=one_line(query),
        exhibits=tuple(exhibit(hit, digest) for hit in hits),
        total=total,
        searched=searched,
        index=shown_name(str(index.absolute())),
        version=__version__,
        options=tuple(map(one_line, options)),
        notes=tuple(map(one_line, notes)),
    )


def digests(catalog: Callable[[], Catalog]) -> Digest:
    """Return what tells the digest of a file, of a catalog that is read when one is asked for."""

    def digest(path: str) -> str:
        state = catalog().files.get(path)
        return state.sha256 if state else ""

    return digest


def described(options: Options) -> Iterator[str]:
    """Yield how a query was searched besides its words, as the options and clauses are written."""
    if options.exact:
        yield "--exact"
    if options.plain:
        yield "--plain"
    if not options.names:
        yield "--no-names"
    if options.sort != "score":
        yield f"sort:{options.sort}"
    yield from map(_clause, options.filters)


def _clause(filter_: ast.Filter) -> str:
    match filter_:
        case ast.PathFilter(glob):
            return f"path:{glob}"
        case ast.TypeFilter(types):
            return f"type:{','.join(types)}"
        case ast.LanguageFilter(language):
            return f"lang:{language}"
        case ast.DateFilter(first, last) | ast.ModifiedFilter(first, last):
            field = "modified" if isinstance(filter_, ast.ModifiedFilter) else "date"
            return f"{field}:{_period(first, last)}"
        case ast.TagFilter(tags):
            return f"tag:{','.join(tags)}"
        case ast.UndatedFilter():
            return "undated"


def _period(first: date, last: date) -> str:
    begin = "" if first == date.min else first.isoformat()
    end = "" if last == date.max else last.isoformat()
    return f"{begin}..{end}"
