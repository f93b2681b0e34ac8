"""Matching documents to hits: stored text, positions and the state of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.document import DATE_MARKS
from index.schema import filename_words, readable_path
from index.store.snapshot import Snapshot
from index.store.trust import Roots
from search.hits.annotations import Annotations
from search.hits.documents import Stored, StoredDocuments
from search.hits.file_state import FileStates
from search.hits.snippet import Kinds, fragments, matches
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import MatchTarget, Positions, target_positions
from search.results import FileState, Hit, Match, Snippet, Span

_MAX_MARKUP = 40
"""Characters within which a heading must begin."""


@dataclass(slots=True)
class ScoredDocument:
    """A document to be shown, and the paths of its copies."""

    number: int
    score: float
    stored: Stored
    copies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SnippetOptions:
    """How many fragments a hit shows, and about how many characters each."""

    fragments: int
    width: int


@dataclass(frozen=True, slots=True)
class _Filename:
    """What matches in the name of a file."""

    spans: tuple[Span, ...]
    found: tuple[Match, ...]


@dataclass(slots=True)
class _Memory:
    """What the hits of one query have in common, found out once."""

    kinds: Kinds = field(default_factory=dict)
    filenames: dict[str, _Filename] = field(default_factory=dict)
    states: FileStates | None = None


@dataclass(frozen=True, slots=True)
class HitBuilder:
    """Makes hits of the documents that match one query."""

    documents: StoredDocuments
    snapshot: Snapshot
    targets: Sequence[MatchTarget]
    options: SnippetOptions
    roots: Roots | None = None
    """The folders whose files may be checked; None for a foreign index."""
    annotations: Annotations = field(default_factory=Annotations)
    _memory: _Memory = field(default_factory=_Memory, init=False)

    def positions(self, numbers: Iterable[int]) -> dict[int, Positions]:
        """The positions of the targets in the bodies of documents, by document.

        Asked for several documents at once: looking up a term costs more than decoding it.
        """
        return self.documents.positions(numbers, self.targets)

    def text(self, stored: Stored, positions: Positions) -> StoredText:
        """The text of a document, to be read around the positions."""
        parts = [(int(start), str(label)) for start, label in stored["parts"]]
        text, pages, first_line = stored["text"], stored["pages"], stored["first_line"]
        return StoredText(text, stored["checkpoints"], pages, positions, parts, first_line)

    def build(self, rank: int, document: ScoredDocument, positions: Positions) -> Hit:
        """One document with its best fragments; ``positions`` are those in its body."""
        stored = document.stored
        text = self.text(stored, positions)
        title = StoredText.single_block(stored["title"])
        in_title = target_positions(title.tokens(), self.targets)
        path = readable_path(stored["path"])
        filename = self._filename(filename_words(path, stored["filename"]))
        own = self.annotations.of(stored["path"], stored["sha256"])
        found = (
            *matches(title, in_title, self.targets, self._memory.kinds),
            *matches(text, positions, self.targets, self._memory.kinds),
            *filename.found,
        )
        return Hit(
            rank=rank,
            path=stored["path"],
            path_spans=_moved(filename.spans, stored["filename"][0]),
            id=stored["id"],
            title=stored["title"],
            title_spans=highlight_spans(title.tokens(), in_title, 0, len(title.text)),
            language="+".join(stored["languages"]),
            type=stored["type"],
            date=stored["date"],
            date_source=stored["date_source"],
            date_marks=tuple(mark for mark in DATE_MARKS if mark in stored["date_marks"]),
            author=stored["author"],
            tags=tuple(stored["tags"]),
            own_tags=own.tags if own else (),
            own_note=own.note if own else "",
            modified=stored["modified"],
            sha256=stored["sha256"],
            score=document.score,
            snippets=self._snippets(text, title, positions),
            matched=tuple(dict.fromkeys(found)),
            copies=tuple(document.copies),
            state=self._file_state(stored),
        )

    def _file_state(self, stored: Stored) -> FileState:
        memory = self._memory
        if memory.states is None:
            memory.states = FileStates(self.snapshot.catalog, self.roots)
        return memory.states.of(stored)

    def _filename(self, words: str) -> _Filename:
        """What matches in the name of a file, which many documents may share."""
        if words not in self._memory.filenames:
            text = StoredText.single_block(words)
            positions = self._in_filename(text)
            self._memory.filenames[words] = _Filename(
                highlight_spans(text.tokens(), positions, 0, len(words)),
                matches(text, positions, self.targets, self._memory.kinds),
            )
        return self._memory.filenames[words]

    def _in_filename(self, filename: StoredText) -> Positions:
        """The positions of the targets in the name of a file, but for those of other fields."""
        found = target_positions(filename.tokens(), self.targets)
        own = {
            at: [n for n in numbers if self.targets[n].in_body and not self.targets[n].by_root]
            for at, numbers in found.items()
        }
        return {at: numbers for at, numbers in own.items() if numbers}

    def snippets(self, stored: Stored, positions: Positions) -> tuple[Snippet, ...]:
        """The best fragments of a document, in the order of the text."""
        title = StoredText.single_block(stored["title"])
        return self._snippets(self.text(stored, positions), title, positions)

    def _snippets(
        self, text: StoredText, title: StoredText, positions: Positions
    ) -> tuple[Snippet, ...]:
        return fragments(
            text,
            positions,
            [target.weight for target in self.targets],
            count=self.options.fragments,
            width=self.options.width,
            heading=_heading(title, text),
        )


def _moved(spans: Iterable[Span], start: int) -> tuple[Span, ...]:
    return tuple((begin + start, end + start) for begin, end in spans)


def _heading(title: StoredText, source: StoredText) -> int:
    """Number of positions at the beginning of a text that repeat its title."""
    start = source.text[:_MAX_MARKUP].lstrip("#= \n")
    if not title.text or not start.startswith(title.text[:_MAX_MARKUP]):
        return 0
    begin = source.text.find(title.text, 0, len(title.text) + _MAX_MARKUP)
    if begin < 0:
        return 0
    end = begin + len(title.text)
    tokens = replace(source, analyzed_positions=None).at_offsets(0, end)
    return sum(not token.alternative and token.start < end for token in tokens)
