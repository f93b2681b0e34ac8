"""dalil status: print what is indexed, from where, its size, and what was skipped and why."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from index.errors import IndexCorrupt
from index.kernel import library
from index.store.directory import IndexDirectory
from search.cli import options as opt
from search.cli.console import print_foreign_note
from search.cli.parameters import Option
from search.cli.registry import command
from search.render import data
from search.render.lines import amount, one_line, shown_path
from search.searcher import Searcher


@command("status")
def status(
    index: opt.IndexOption = None,
    verify: Annotated[bool, Option("--verify", help="Check every checksum.")] = False,
    json: opt.JsonOption = False,
) -> None:
    """What the index holds, and which files were skipped and why.

    Example: dalil status --verify
    """
    folder = opt.index_folder(index).expanduser().absolute()
    if verify:
        _verify(folder)
    with Searcher.open(folder) as searcher:
        facts = _facts(folder, searcher)
    if searcher.roots is None:
        print_foreign_note(folder)
    if verify:
        facts["verified"] = True
    if json:
        print(data.dumps(facts, indent=2))
    else:
        for line in _lines(facts):
            print(one_line(line))


def _verify(folder: Path) -> None:
    """Read every file of an index. Raises IndexCorrupt with each damaged file and its remedy."""
    from index.store.verification import damaged_files  # noqa: PLC0415 (only for --verify)

    with suppress(IndexCorrupt):  # it is one of those that are named below
        IndexDirectory.open(folder)
    damaged = damaged_files(folder)
    if damaged:
        files = "file is" if len(damaged) == 1 else "files are"
        listed = "".join(f"\n  {file}" for file in damaged)
        raise IndexCorrupt(f"In the index at {folder}, {len(damaged)} {files} damaged:{listed}")


def _facts(folder: Path, searcher: Searcher) -> dict[str, Any]:
    """Return the status under its JSON keys."""
    catalog = searcher.catalog
    read = {path for path, state in catalog.files.items() if state.documents}
    roots = {root: len(read.intersection(catalog.under(root))) for root in catalog.roots}
    files = sorted(catalog.files.items())
    encodings = Counter(state.encoding for state in catalog.files.values() if state.encoding)
    return {
        "index": str(folder),
        "documents": searcher.document_count,
        "files": len(read),
        "bytes": sum(size for size, _ in catalog.checksums.values()),
        "languages": searcher.counts("language"),
        "types": searcher.counts("type"),
        "encodings": dict(encodings.most_common()),
        "roots": roots,
        "missing_roots": [
            root for root in roots if searcher.roots is not None and not Path(root).exists()
        ],
        "repaired": {path: state.repaired for path, state in files if state.repaired},
        "doubtful": {path: state.doubtful for path, state in files if state.doubtful},
        "kernel": library.state(),
        "skipped": [{"path": s.path, "reason": s.reason} for s in catalog.skipped],
    }


def _lines(facts: dict[str, Any]) -> list[str]:
    """Return the status as lines of text."""

    def listed(counts: dict[str, int]) -> str:
        return " · ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"

    lines = [
        f"index      {facts['index']} ({facts['bytes'] / (1 << 20):.1f} MB)",
        f"documents  {facts['documents']:,} from {amount(facts['files'], 'file')}",
        f"languages  {listed(facts['languages'])}",
        f"types      {listed(facts['types'])}",
        f"encodings  {listed(facts['encodings'])}",
        f"kernel     {facts['kernel']}",
    ]
    for root, files in facts["roots"].items():
        missing = "  (not there now)" if root in facts["missing_roots"] else ""
        lines.append(f"from       {shown_path(root)}  {amount(files, 'file')}{missing}")
    lines += [
        f"repaired   {shown_path(path)}: the order of letters on {pages}"
        for path, pages in facts["repaired"].items()
    ]
    lines += [f"skipped    {shown_path(s['path'])}: {s['reason']}" for s in facts["skipped"]]
    return lines + (["verified   every checksum is right"] if facts.get("verified") else [])
