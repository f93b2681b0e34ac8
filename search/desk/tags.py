"""Write the user's tags and notes on documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import BadOption, Unreadable
from index.store.layout import TAGS
from search.bidi import clean
from search.desk.own_file import changing, write_lines
from search.hits.annotations import Annotation, Annotations, load, splits, to_lines

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


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the tags and the note of a document."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    note: str | None = None
    """The note; "" removes it, None leaves it."""

    @classmethod
    def between(cls, old: Annotation, tags: tuple[str, ...], note: str) -> Change:
        """Return what a user changed who was shown an annotation and left these tags and note."""
        left = {tag.casefold() for tag in tags}
        gone = tuple(tag for tag in old.tags if tag.casefold() not in left)
        return cls(tags, gone, None if note == old.note else note)

    def of(self, old: Annotation) -> Annotation:
        """Return an annotation changed. Raises BadOption for what is no tag."""
        gone = {tag.casefold() for tag in self.remove}
        kept = [tag for tag in old.tags if tag.casefold() not in gone]
        note = old.note if self.note is None else " ".join(clean(self.note).split())
        return replace(old, tags=checked([*kept, *self.add]), note=note)


def annotate(folder: Path, path: str, sha256: str, change: Change) -> Annotation:
    """Change the tags and the note of a document, and return what it has then.

    Raises BadOption, StorageFailed, or Unreadable if the file has a line that would be lost.
    """
    with changing(folder):
        stored = _whole(folder)
        own = stored.of(path, sha256)
        new = change.of(replace(own or Annotation(path, sha256), path=path, sha256=sha256))
        replaced = own is not None and (own.path == path or _is_gone(own.path))
        kept = [entry for entry in stored.entries if not (replaced and entry is own)]
        write_lines(folder / TAGS, to_lines(kept if new.is_empty else [*kept, new]))
    return new


def _is_gone(path: str) -> bool:
    """Whether a document's file was moved or deleted: a copy of it keeps its own tags."""
    return not any(Path(file).is_file() for file in (path, *(file for file, _ in splits(path))))


def _whole(folder: Path) -> Annotations:
    stored = load(folder / TAGS)
    if stored.notes:
        raise Unreadable(stored.notes[0], f"mend or remove that line of {folder / TAGS} first")
    return stored
