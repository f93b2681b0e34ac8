"""Choose among single-byte encodings by the plausibility of the decoded text.

Bytes decoded in a wrong encoding give pairs of characters that do not occur in text: an
accented letter next to an Arabic one (``الدوêلة``), capitals within a word
(``ÇáÏÈíÈÉ``), a vowel mark on a Latin letter. The two Arabic encodings share half their
letters; between them the frequent letter pairs of Arabic decide: ``الناس`` in one is
``افلاس`` in the other, and far fewer words begin like that.

The plausibility of a text is the mean weight of its pairs of adjacent characters, from
two tables: ``CLASS_WEIGHTS`` by the classes of the two characters, and ``PAIR_WEIGHTS``
for frequent pairs of Arabic letters, which weigh more. Pairs of ASCII characters are the
same in every encoding compared here, so they are left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

# The eighty pairs that make up 55 % of all pairs of adjacent letters in running Arabic,
# counted over 7,000 passages of encyclopedia and books, in four rows of falling
# frequency: the weight of the pairs of a row, and its pairs. `_` is the start of a word.
PAIR_ROWS = (
    (2.0, "ال _ا _و _م _ف _أ _ب لم في _ع وا من _ل ما لا ان ية _ت ها _ي"),
    (1.2, "لي ين عل _إ لى ول با را ات ار ري لأ _ك يا نا لت لك ام ني ير"),
    (0.9, "بي أن _ه دي ون _س لع _ح _ق كا عا قا له إل اد نه ور اب لب مي"),
    (0.8, "لح وم لو _ن هم اس لق رة لس دا اء سي سا لل وي ته ست يه _ج مر"),
)
PAIR_WEIGHTS = {
    pair.replace("_", " "): weight for weight, pairs in PAIR_ROWS for pair in pairs.split()
}

# The classes of the left and the right character: their weight.
#   _ space, ASCII punctuation, digit      a A letters of ASCII     x X accented Latin letters
#   ر Arabic letter   َ Arabic mark   ٌ mark at the end of a word   ، Arabic punctuation
#   ' typographic punctuation   s symbol   ? control, other script, or undefined byte
CLASS_WEIGHTS = {
    "_ر": 0.1, "رر": 0.2, "ر_": 0.3, "رَ": 0.5, "َر": 0.4, "ََ": 0.3, "َ_": 0.2,
    "رٌ": 0.1, "ٌ_": 0.3, "ٌ'": 0.2, "ٌ،": 0.2, "ٌَ": 0.3, "ٌَ": 0.3,
    "ر،": 0.3, "َ،": 0.3, "،_": 0.3, "_،": 0.1, "'ر": 0.3, "ر'": 0.3, "َ'": 0.2, "،'": 0.1, "'،": 0.1,
    "ax": 0.6, "xa": 0.6, "Ax": 0.6, "Xa": 0.6, "AX": 0.3, "XA": 0.3, "xx": -0.3,
    "_x": 0.2, "x_": 0.3, "_X": 0.3, "X_": 0.2, "x'": 0.2, "'x": 0.1, "'X": 0.2, "X'": 0.2,
    "a'": 0.5, "'a": 0.5, "A'": 0.5, "'A": 0.5, "_'": 0.5, "'_": 0.5, "''": 0.5,
    "_s": 0.2, "s_": 0.2, "'s": 0.2, "s'": 0.2, "ss": 0.0,
    "رa": -3, "رA": -3, "رx": -3, "رX": -3, "aر": -3, "Aر": -3, "xر": -3, "Xر": -3,
}  # fmt: skip
UNLISTED_WEIGHT = -1.0
"""The weight of a pair of classes that is not in the table."""

# An isolated Arabic letter is more often a wrongly decoded symbol than a word (و is one).
ISOLATED_LETTER = re.compile("(?<![\u0600-\u06ff])[\u0621-\u0647\u0649\u064a](?![\u0600-\u06ff])")
CLASS_OF_CHARACTER = {
    **dict.fromkeys("‘’‚“”„–—…•‹›«»", "'"),
    **dict.fromkeys("،؛؟", "،"),
    **dict.fromkeys("\u064c\u064d", "ٌ"),  # dammatan and kasratan, only at the end of a word
    **dict.fromkeys("\u0085\ufffd", "?"),
}
# Unicode category → class: of Arabic characters, of Latin ones, and of all others.
ARABIC_CLASSES = {"Lo": "ر", "Lm": "ر", "Mn": "َ", "Cf": "_"}
LATIN_CLASSES = {"Ll": "x", "Lu": "X", "Lo": "s"}
OTHER_CLASSES = {"Zs": "_", "Cf": "_", **dict.fromkeys(("Sc", "Sk", "Sm", "So", "No", "Po"), "s")}

# The encodings that are compared, with an initial score: ISO-8859-6 is rare, so a tie goes to
# windows-1256. If several give the same text, the first is chosen.
CHARSETS = {"windows-1252": 0.0, "windows-1256": 0.0, "iso-8859-6": -0.1}
DECLARED_BONUS = 0.3
"""Added to the score of a declared encoding: often a page only repeats its template."""
NON_ASCII_PIECE = re.compile(rb"[\x21-\x7f]{0,4}[\x80-\xff][\x21-\xff]{0,40}")
MAX_PIECES = 1000
"""Pieces of words in a sample."""


@dataclass(frozen=True, slots=True)
class CharsetChoice:
    """An encoding of ``CHARSETS``, its score, and its lead over the best different text."""

    name: str
    score: float
    lead: float


def non_ascii_sample(data: bytes) -> bytes:
    """Return the first thousand pieces of words with a byte beyond ASCII, joined by spaces."""
    return b" ".join(piece.group() for piece in islice(NON_ASCII_PIECE.finditer(data), MAX_PIECES))


def choose_charset(sample: bytes, declared: str | None = None) -> CharsetChoice:
    """Choose the encoding of ``CHARSETS`` in which ``sample`` is most plausible."""
    texts = {name: sample.decode(name, "replace") for name in CHARSETS}
    scores = {
        name: plausibility(texts[name]) + initial + DECLARED_BONUS * (name == declared)
        for name, initial in CHARSETS.items()
    }
    best = max(scores, key=scores.__getitem__)
    rivals = [scores[name] for name in CHARSETS if texts[name] != texts[best]]
    return CharsetChoice(best, scores[best], scores[best] - max(rivals, default=-1.0))


def plausibility(text: str) -> float:
    """Return the mean weight of the character pairs of a text, from -3 to 2; 0 if it is ASCII."""
    prepared = ISOLATED_LETTER.sub("¤", text)
    weights = [_weight(a, b) for a, b in pairwise(f" {prepared} ") if not (a + b).isascii()]
    return sum(weights) / len(weights) if weights else 0.0


@lru_cache(maxsize=4096)
def _weight(left: str, right: str) -> float:
    """Return the weight of two adjacent characters."""
    before, after = _class(left), _class(right)
    pair = (" " if before == "_" else left) + right
    return PAIR_WEIGHTS.get(pair) or CLASS_WEIGHTS.get(before + after, UNLISTED_WEIGHT)


@lru_cache(maxsize=1024)
def _class(character: str) -> str:
    """Return the class of a character, one of those listed at ``CLASS_WEIGHTS``."""
    if character.isascii():
        return _ascii_class(character)
    category = unicodedata.category(character)
    if "\u0600" <= character <= "\u06ff":
        return CLASS_OF_CHARACTER.get(character) or ARABIC_CLASSES.get(category, "?")
    latin = LATIN_CLASSES if character <= "\u024f" else {}
    listed = CLASS_OF_CHARACTER.get(character)
    return listed or latin.get(category) or OTHER_CLASSES.get(category, "?")


def _ascii_class(character: str) -> str:
    """Return the class of an ASCII character."""
    if character.isalpha():
        return "a" if character.islower() else "A"
    return "_" if character.isprintable() or character.isspace() else "?"
