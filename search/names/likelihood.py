"""Likelihood: how much a spelling may count beside one that is likelier to be the name.

Latin letters do not tell ط from ت: Tabari sounds like الطبري, and less well like تبرا. Arabic
authors do tell them apart, so of the Arabic spellings of a Latin name only those with the emphatic
and guttural consonants of the likeliest are sure to be that name. The others are found, but their
weights are such that no text with them alone, however short, stands above a text with the likeliest
spelling or with the one typed, however long, if as many documents have either.

Which is the likeliest cannot be told from the Latin letters alone. What Arabic names are made of
tells a little more: few have a hamza behind their first letter, where a plain alef is read alike,
and ط and ح are rather meant by t and h than these letters cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.analysis import analyze, stemmer
from index.analysis.script import language_of
from search.dictionary.dictionary import Dictionary
from search.names.false_friends import has_consonants_of
from search.names.spelling import Spelling
from search.ranking.bm25 import K1, WEIGHTS, bm25, idf

_MAX_SCORE = K1 + 1
"""What BM25 approaches for an idf of 1, for ever more matches in ever shorter texts."""
_FIELDS = ("stem", "title_stem", "filename_stem")
_OF_NAMES = {"ط": 0.02, "ح": 0.02}
_OF_OTHER_WORDS = dict.fromkeys("أإآؤئ", -0.03)
"""Similarity that an Arabic spelling of a Latin name gains by letters anywhere, and loses by
letters behind the first. Of 6,704 pairs of a name of ``names-attested-units`` or ``names-gold`` and
a word of 15,000 passages that sounds like it with other emphatics or gutturals, the word was the
more similar or level in 1,191; with these in 953, with .01 for ط and ح in 980, with none for them
in 1,053, and with .02 or .05 for the others in 999 and 942. ص, ض, ظ, ع and ق tell nothing."""


def with_unlikely_ones_below(
    found: Sequence[Spelling], name: str, dictionary: Dictionary
) -> list[Spelling]:
    """The spellings of a name, the likeliest first, with less weight for the unlikely ones."""
    others = unlikely(name, [each.written for each in found])
    if not others:
        return list(found)
    likeliest = next(each for each in found if language_of(each.written) == "ar")
    longest = max(map(dictionary.longest_text, (likeliest.stem, *_stems_of(name))))
    least = likeliest.weight * _least_score(longest, dictionary.average_length or 1.0)
    bounded = list(found)
    for at in others:
        idfs = _idfs(found[at].stem, dictionary)
        bounded[at] = replace(found[at], greatest_weight=_bound(least, idfs, len(others)))
    return bounded


def likeness_of_names(name: str, written: str) -> float:
    """How much likelier an Arabic word is to spell a Latin name than its sound says; 0 for others.

    >>> words = "طنطاوي", "تنتاوي", "الأحمد", "تأويل"
    >>> [round(likeness_of_names("tantawi", word), 2) for word in words]
    [0.04, 0.0, 0.02, -0.03]
    """
    if language_of(name) == "ar" or language_of(written) != "ar":
        return 0.0
    bare = written.removeprefix(stemmer.ARTICLE)
    gained = (_OF_NAMES.get(letter, 0.0) for letter in bare)
    lost = (_OF_OTHER_WORDS.get(letter, 0.0) for letter in bare[1:])
    return sum(gained) + sum(lost)


def unlikely(name: str, written: Sequence[str]) -> list[int]:
    """Return which of the spellings of a name, the likeliest first, may be another word.

    None for an Arabic name: ``without_false_friends`` has left out its other consonants.
    """
    arabic = [at for at, word in enumerate(written) if language_of(word) == "ar"]
    if language_of(name) == "ar" or not arabic:
        return []
    likeliest = written[arabic[0]]
    return [at for at in arabic if not has_consonants_of(likeliest, written[at])]


def _least_score(longest: int, average: float) -> float:
    """The least score, for an idf of 1, of texts of at most ``longest`` words."""
    return float(bm25(1.0, float(longest), average, 1.0))


def _bound(least: float, idfs: Sequence[float], spellings: int) -> float:
    """The weight with which ``spellings`` stems in one document score at most ``least``.

    ``idfs`` are those of one stem in texts, titles and names of files.
    """
    shares = (WEIGHTS[field] * each / idfs[0] for field, each in zip(_FIELDS, idfs, strict=True))
    return least / (_MAX_SCORE * sum(shares) * spellings)


def _idfs(stem: str, known: Dictionary) -> list[float]:
    return [idf(known.documents, known.document_frequency(field, stem)) for field in _FIELDS]


def _stems_of(word: str) -> list[str]:
    terms = [token.term for token in analyze(word) if not token.alternative]
    return [term.stem for term in terms if term.stem is not None]
