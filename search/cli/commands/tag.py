"""dalil tag: the user's own tags and notes on documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from index.errors import BadOption
from search.cli import options as opt
from search.cli.console import print_note
from search.cli.parameters import Argument, Option
from search.cli.registry import command
from search.desk.tags import Change, annotate, checked
from search.hits.annotations import Annotation, AnnotationFile
from search.render.lines import one_line, shown_path
from search.searcher import Searcher


@command("tag")
def tag(
    document: Annotated[
        str, Argument(metavar="PATH-OR-ID", help="Tag this document of the index.")
    ],
    tags: Annotated[
        list[str] | None,
        Argument(metavar="TAG…", help="Add these tags; without any, print those it has."),
    ] = None,
    *,
    index: opt.IndexOption = None,
    remove: Annotated[
        bool, Option("--remove", help="Remove these tags instead; without any, all.")
    ] = False,
    note: Annotated[
        str | None, Option("--note", metavar="TEXT", help="Note this; '' removes the note.")
    ] = None,
) -> None:
    """Tag documents and note what they are; `tag:NAME` in a query finds them.

    Tags survive --rebuild, changed and moved files. They are yours, and no part of the document:
    `tag:NAME` also finds documents that state a tag of this name themselves.

    Example: dalil tag contract.pdf lead urgent --note 'ask Hana'
    """
    folder = opt.index_folder(index).absolute()
    with Searcher.open(folder) as searcher:
        if searcher.roots is None:
            raise BadOption(
                f"The index at {folder} is not yours", f"`dalil trust {folder}` makes it yours"
            )
        found = searcher.documents(document)
    known = AnnotationFile(folder).current()
    for stored in found:
        path, sha256 = stored["path"], stored["sha256"]
        has = known.of(path, sha256) or Annotation(path, sha256)
        if tags or remove or note is not None:
            has = annotate(folder, path, sha256, _change(has, tags or [], note, remove=remove))
        print(_line(replace(has, path=path)))
    for problem in known.notes:
        print_note(f"note: {problem}")


def _change(has: Annotation, given: list[str], note: str | None, *, remove: bool) -> Change:
    tags = checked(given)
    return Change(remove=tags or has.tags, note=note) if remove else Change(add=tags, note=note)


def _line(annotation: Annotation) -> str:
    said = " ".join(f"#{tag}" for tag in annotation.tags)
    note = f"“{annotation.note}”" if annotation.note else ""
    facts = " · ".join(filter(None, (said, note))) or "no tags"
    return one_line(f"{shown_path(annotation.path)}: {facts}")
