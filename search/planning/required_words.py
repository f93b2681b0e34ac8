"""Words that must all match: a compound name also as one word, an article only if it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.names.compounds import bare_name, name_pairs
from search.parsing.tokens import QueryToken, query_tokens
from search.planning.context import QueryContext
from search.planning.term_queries import FieldScope
from search.planning.word_queries import synonym_queries, with_optional_articles
from search.query.boolean import NOTHING, all_of, any_of
from search.query.node import Query

WordQuery = tuple[str, Query]
"""A word as it was typed, and its query."""
Run = tuple[int, int, Sequence[QueryToken]]
"""The first word of some, the one behind the last, and the parts of the name that they are."""


def required_words(
    context: QueryContext, words: Sequence[WordQuery], scope: FieldScope
) -> Iterator[Query]:
    """Yield queries that must all match, for words beside each other.

    ``+Abdul +Hamid`` is answered by Abdulhamid too, and ``+al +Sarraj`` by Sarraj.
    """
    tokens = [query_tokens(text) for text, _ in words]
    for start, end, parts in _runs(context, tokens, scope):
        typed = [(tokens[at][-1], words[at][1]) for at in range(start, end)]
        apart = with_optional_articles(context, typed, scope, joined=False)
        if parts:
            together = synonym_queries(context, context.synonyms.joined(parts, scope), scope)
            yield any_of([all_of(apart) or NOTHING, *together]) or NOTHING
        else:
            yield from apart


def _runs(
    context: QueryContext, tokens: Sequence[Sequence[QueryToken]], scope: FieldScope
) -> Iterator[Run]:
    """Yield the compound names among words, and the words between them."""
    flat = [(at, token) for at, own in enumerate(tokens) for token in own]
    word_of = {id(token): at for at, token in flat}
    done = 0
    for parts in name_pairs([token for _, token in flat]):
        start, end = word_of[id(parts[0])], word_of[id(parts[-1])] + 1
        if start >= done and context.builder.is_name(bare_name(parts), scope):
            yield done, start, ()
            yield start, end, parts
            done = end
    yield done, len(tokens), ()
