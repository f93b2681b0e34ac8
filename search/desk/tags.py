"""Write the user's tags and notes on documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from index.errors import BadOption, Unreadable
from index.store.layout import TAGS
from search.bidi import clean
from search.desk.saved import write_lines
from search.hits.annotations import Annotation, Annotations, load, to_lines

MAX_TAG = 60
"""Characters of a tag."""


def tags_of(text: str) -> tuple[str, ...]:
    """Return tags that were typed with commas between, each once. Raises BadOption.

    >>> tags_of("lead, عقود،lead")
    ('lead', 'عقود')
    """
    return checked(text.replace("،", ",").split(","))


def checked(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without spaces at their ends, each once in any case. Raises BadOption."""
    known: dict[str, str] = {}
    for tag in (" ".join(clean(tag).split()).lstrip("#") for tag in tags):
        if len(tag) > MAX_TAG or any(sign in tag for sign in ',،"'):
            raise BadOption(
                f"{tag[:MAX_TAG]!r} is no tag",
                f"write 1 to {MAX_TAG} characters without , and quotes",
            )
        if tag:
            known.setdefault(tag.casefold(), tag)
    return tuple(known.values())


def annotate(folder: Path, annotation: Annotation) -> None:
    """Store the tags and the note of a document in place of those that it has; none drop them.

    Raises StorageFailed, or Unreadable if the file has a line that would be lost.
    """
    stored = _whole(folder)
    own = stored.of(annotation.path, annotation.sha256)
    replaced = own is not None and (own.path == annotation.path or _is_gone(own.path))
    kept = [entry for entry in stored.entries if not (replaced and entry is own)]
    note = " ".join(clean(annotation.note).split())
    new = replace(annotation, tags=checked(annotation.tags), note=note)
    write_lines(folder / TAGS, to_lines(kept if new.is_empty else [*kept, new]))


def _is_gone(path: str) -> bool:
    """Whether a document's file was moved or deleted: a copy of it keeps its own tags."""
    return not any(Path(part).exists() for part in (path, re.split("#|!/", path)[0]))


def _whole(folder: Path) -> Annotations:
    stored = load(folder / TAGS)
    if stored.notes:
        raise Unreadable(stored.notes[0], f"mend or remove that line of {folder / TAGS} first")
    return stored
