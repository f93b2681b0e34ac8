"""Words of a query as typed: their variants, synonyms, completions and near terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from search.names.compounds import is_article
from search.parsing.tokens import QueryPiece, QueryToken, query_pieces, query_tokens
from search.planning.context import MAX_WORDS, QueryContext
from search.planning.expansion_queries import any_term_query
from search.planning.root_queries import root_queries
from search.planning.synonyms import Synonym
from search.planning.term_queries import FieldScope, weighted_query
from search.planning.term_variants import Approximate, can_approximate
from search.query.boolean import BoostQuery, RequiredOptionalQuery, all_of, any_of
from search.query.node import Query
from search.query.query_terms import QueryTerm
from search.ranking.bm25 import JOINED_WEIGHT

MAX_RARE = 2
"""Documents up to which a word is rare, so that near terms are searched all the same.

``tests/evaluation/rare_words.py``: from none to 10 the mean nDCG@10 over nine collections is the
same within .0001, and no collection loses .001. A document that has the word in its text
and in the name of its file counts twice.
"""
MIN_COMPLETED = 3
"""Letters of an unfinished word from which it is searched as a prefix."""
MAX_COMPLETIONS = 24
"""Terms that an unfinished word may stand for: the commonest."""


def word_query(
    context: QueryContext, text: str, scope: FieldScope, *, required: bool
) -> Query | None:
    """Words without a space between them, each on its own: any of them, or all if required."""
    found = [
        query
        for piece in query_pieces(text)
        if (query := _piece_query(context, text, piece, scope, required)) is not None
    ]
    return all_of(found) if required else any_of(found)


def words_together(context: QueryContext, texts: Sequence[str], scope: FieldScope) -> list[Query]:
    """The synonyms of words that stand beside each other."""
    words = [word for text in texts for word in query_tokens(text)]
    return synonym_queries(context, context.synonyms.of_row(words[:MAX_WORDS], scope), scope)


def synonym_queries(
    context: QueryContext, synonyms: Iterable[Synonym], scope: FieldScope
) -> list[Query]:
    """The queries of synonyms, whose terms become targets."""
    found = []
    for query, text, terms, slop in synonyms:
        if terms:
            context.add_target(text, terms, scope, range(len(terms)), slop)
        found.append(query)
    return found


def target_query(context: QueryContext, text: str, term: QueryTerm, scope: FieldScope) -> Query:
    """The variants of a word, which becomes a target."""
    context.add_target(text, [term], scope)
    return context.expander.term_query(term, scope)


def _piece_query(
    context: QueryContext, text: str, piece: QueryPiece, scope: FieldScope, required: bool
) -> Query | None:
    """The words of a piece of text, a hyphenated one also as one word; None for stop words."""
    asked = required or context.stop_words
    wanted = [word for word in piece.words if asked or word.term.stem is not None]
    context.dropped_stop_word |= len(wanted) < len(piece.words)
    found = [
        _token_query(context, text, word, scope, required=required)
        for word in context.fitting(wanted)
    ]
    parts = any_of(found)
    if required:
        parts = all_of(
            with_optional_articles(
                context, list(zip(wanted, found, strict=False)), scope, joined=True
            )
        )
    if len(piece.words) == 1 or len(piece.alternatives) != 1:
        return parts
    (joined,) = piece.alternatives  # al-Koni also finds alkoni
    term = QueryTerm(joined, (("stem", joined.stem or joined.exact),))
    together = BoostQuery(target_query(context, text, term, scope), JOINED_WEIGHT)
    return together if parts is None else any_of([parts, together])


def with_optional_articles(
    context: QueryContext,
    words: Sequence[tuple[QueryToken, Query]],
    scope: FieldScope,
    *,
    joined: bool,
) -> list[Query]:
    """The queries of words that must match, but for the article of a name: it only scores."""
    found: list[Query] = []
    article: Query | None = None
    for (word, query), following in zip_longest(words, [each for each, _ in words[1:]]):
        whole = query if article is None else RequiredOptionalQuery(query, article)
        article = None
        if following and _is_article_of_name(context, word, following, scope, joined=joined):
            article = whole
        else:
            found.append(whole)
    return found


def _is_article_of_name(
    context: QueryContext,
    word: QueryToken,
    following: QueryToken,
    scope: FieldScope,
    *,
    joined: bool,
) -> bool:
    is_one = is_article(word, following, joined=joined)
    return is_one and context.builder.is_name(following, scope)


def _token_query(
    context: QueryContext, text: str, typed: QueryToken, scope: FieldScope, *, required: bool
) -> Query:
    """Query for one word; for a rare optional word also its nearest terms."""
    term = context.builder.query_term(typed, scope)
    found = target_query(context, text, term, scope)
    synonyms = synonym_queries(context, context.synonyms.of_word(typed, scope), scope)
    may_be_akin = scope.body and not required and typed.term != context.builder.unfinished
    akin = root_queries(context, text, term) if may_be_akin else []
    found = any_of([found, *synonyms, *akin]) or found
    if typed.term == context.builder.unfinished:
        completed = _completion_query(context, text, term, scope)
        if completed is not None:
            context.completed = True
            return any_of([found, completed]) or found
    if _is_sufficient(context, typed, term, required=required):
        _note_missing_number(context, term)
        return found
    approximate = _approximate_terms(context, term)
    near = _approximate_queries(context, text, term, {} if required else approximate, scope)
    return any_of([found, *near]) or found


def _is_sufficient(
    context: QueryContext, typed: QueryToken, term: QueryTerm, *, required: bool
) -> bool:
    """Whether approximate terms are not needed for a word."""
    as_typed = required or context.builder.names is None
    has_spellings = typed.written in context.builder.spellings
    enough = context.expander.frequency(term) > (0 if as_typed else MAX_RARE)
    return has_spellings or not term.term.language or enough


def _note_missing_number(context: QueryContext, term: QueryTerm) -> None:
    """A number that no document has is missing, and no other is near it."""
    if not term.term.language and not context.expander.frequency(term):
        context.missing.setdefault(term.term.exact, [])


def _approximate_terms(context: QueryContext, term: QueryTerm) -> Approximate:
    """The terms nearest to a word, while the budget lasts; first for words that are missing."""
    held = bool(context.expander.frequency(term))
    used = len(context.missing) + (context.rare_approximated if held else 0)
    left = context.max_approximated - used
    approximate = context.expander.approximate(term) if left > 0 else {}
    if held:
        context.rare_approximated += bool(approximate)
        context.deferred |= not context.max_approximated and can_approximate(term.term)
    else:
        context.missing[term.term.exact] = list(chain(*approximate.values()))
    return approximate


def _approximate_queries(
    context: QueryContext,
    text: str,
    term: QueryTerm,
    approximate: Approximate,
    scope: FieldScope,
) -> list[Query]:
    """Queries for the approximate terms of a word, which become targets; noted."""
    for kind, words in approximate.items():
        near = QueryTerm(term.term, tuple(("exact", word) for word in words), kind)
        context.add_target(text, [near], scope)
    if approximate:
        missing = term.term.exact in context.missing
        holding = "no document has" if missing else "few documents have"
        context.note(
            f"{holding} {term.term.exact}; near it: {', '.join(chain(*approximate.values()))}"
        )
    return [weighted_query(words, scope) for words in approximate.values()]


def _completion_query(
    context: QueryContext, text: str, term: QueryTerm, scope: FieldScope
) -> Query | None:
    """The terms that start with an unfinished word; None if it is a word itself.

    It may well sound like a name before it is one.
    """
    typed, own = term.term, replace(term, field_terms=term.own_terms, name_stems=())
    if len(typed.folded) < MIN_COMPLETED or not typed.language or context.expander.frequency(own):
        return None
    words = context.expander.dictionary.commonest_completions(typed.folded, MAX_COMPLETIONS)
    if not words:
        return None
    context.notes.append(f"{typed.exact}…: words that begin so")
    return any_term_query(context, text + "*", typed, words, "prefix", scope)
