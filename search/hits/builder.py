"""Matching documents to hits: stored text, positions and the state of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.analysis.analyzer import Token
from index.document import DATE_MARKS
from index.schema import filename_words, readable_path
from index.store.snapshot import Snapshot
from index.store.trust import Roots
from search.hits.annotations import Annotations
from search.hits.documents import Stored, StoredDocuments
from search.hits.excerpt import Excerpts
from search.hits.file_state import FileStates
from search.hits.found_words import WordMatches, word_matches
from search.hits.headings import heading, repeated_title
from search.hits.short_text import short_text
from search.hits.snippet import Kinds, fragments, matches, matches_of
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import AcceptedTerms, MatchTarget, Positions
from search.results import Hit, Match, Snippet, Span


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


Matches = tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _InShortText:
    """What matches in a title, or in the name of a file."""

    spans: tuple[Span, ...]
    found: tuple[Match, ...]


_NOTHING = _InShortText((), ())


@dataclass(slots=True)
class _Memory:
    """What the hits of one query have in common, found out once."""

    kinds: Kinds = field(default_factory=dict)
    words: WordMatches = field(default_factory=dict)
    filenames: dict[str, _InShortText] = field(default_factory=dict)


@dataclass(frozen=True)
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

    @cached_property
    def _weights(self) -> list[float]:
        return [target.weight for target in self.targets]

    @cached_property
    def _excerpts(self) -> Excerpts | None:
        return Excerpts.of(self._weights, self.options.fragments, self.options.width)

    @cached_property
    def _accepted(self) -> AcceptedTerms:
        return AcceptedTerms(self.targets)

    @cached_property
    def _states(self) -> FileStates:
        return FileStates(self.snapshot.catalog, self.roots)

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
        title = self._title(stored["title"])
        snippets, in_text = self._excerpt(stored, positions)
        path = readable_path(stored["path"])
        filename = self._filename(filename_words(path, stored["filename"]))
        own = self.annotations.of(stored["path"], stored["sha256"])
        return Hit(
            rank=rank,
            path=stored["path"],
            path_spans=_moved(filename.spans, stored["filename"][0]),
            id=stored["id"],
            title=stored["title"],
            title_spans=title.spans,
            language="+".join(stored["languages"]),
            type=stored["type"],
            date=stored["date"],
            date_source=stored["date_source"],
            date_marks=_known_marks(stored["date_marks"]),
            author=stored["author"],
            tags=tuple(stored["tags"]),
            own_tags=own.tags if own else (),
            own_note=own.note if own else "",
            modified=stored["modified"],
            sha256=stored["sha256"],
            score=document.score,
            snippets=snippets,
            matched=_distinct(title.found, in_text, filename.found),
            copies=tuple(document.copies),
            state=self._states.of(stored),
        )

    def _excerpt(self, stored: Stored, positions: Positions) -> tuple[tuple[Snippet, ...], Matches]:
        """The best fragments of a document, and the words of its text that match."""
        text = self.text(stored, positions)
        title_end = repeated_title(stored["title"], text.text)
        found = self._excerpts and self._excerpts.excerpt(text, positions, title_end)
        if found:
            return found.snippets, word_matches(found.words, self.targets, self._memory.words)
        snippets = fragments(
            text,
            positions,
            self._weights,
            count=self.options.fragments,
            width=self.options.width,
            heading=heading(text, title_end),
        )
        return snippets, matches(text, positions, self.targets, self._memory.kinds)

    def _tokens(self, text: str) -> list[Token]:
        """The tokens of a title, or of the name of a file, that a target may match."""
        short = short_text(text)
        is_wanted = self._accepted.may_be_in(short.stems, short.exact)
        return self._accepted.tokens_in(short.pieces) if is_wanted else []

    def _title(self, title: str) -> _InShortText:
        """What matches in a title."""
        if not (tokens := self._tokens(title)):
            return _NOTHING
        return self._short_text(title, tokens, self._accepted.positions(tokens))

    def _filename(self, words: str) -> _InShortText:
        """What matches in the name of a file, which many documents may share.

        Words of other fields and roots are not searched in it.
        """
        if words not in self._memory.filenames:
            tokens = self._tokens(words)
            own = {
                at: [n for n in numbers if self.targets[n].in_body and not self.targets[n].by_root]
                for at, numbers in self._accepted.positions(tokens).items()
            }
            positions = {at: numbers for at, numbers in own.items() if numbers}
            self._memory.filenames[words] = self._short_text(words, tokens, positions)
        return self._memory.filenames[words]

    def _short_text(self, text: str, tokens: list[Token], positions: Positions) -> _InShortText:
        """What matches in a text at positions, given all tokens there."""
        if not positions:
            return _NOTHING
        at: dict[int, list[Token]] = {}
        for token in tokens:
            at.setdefault(token.position, []).append(token)
        found = matches_of(text, at.__getitem__, positions, self.targets, self._memory.kinds)
        return _InShortText(highlight_spans(tokens, positions, 0, len(text)), found)

    def snippets(self, stored: Stored, positions: Positions) -> tuple[Snippet, ...]:
        """The best fragments of a document, in the order of the text."""
        return self._excerpt(stored, positions)[0]


def _known_marks(marks: Sequence[str]) -> tuple[str, ...]:
    return tuple([mark for mark in DATE_MARKS if mark in marks]) if marks else ()


def _moved(spans: Iterable[Span], start: int) -> tuple[Span, ...]:
    return tuple([(begin + start, end + start) for begin, end in spans])


def _distinct(title: Matches, text: Matches, filename: Matches) -> Matches:
    """All matches, each once; each part has its own once."""
    return tuple(dict.fromkeys((*title, *text, *filename))) if title or filename else text
