"""The keys under which the spellings of one name meet, and the similarity that verifies them.

Dbeibah, Dabaiba and الدبيبة are one name. A word of either script is read as the sounds
that its letters may stand for; the consonants among them, in a coarse alphabet of their
own, are its keys. Words that share a key are candidates; which of them pass for the same
name is decided by laying their sounds beside each other.

``prefixes``    what may stand before a name: و, ال, Al-
``phonology``   the tables, and how they are read: **the place to correct a rule**
``forms``       a word to the forms in which it may be a name, as sounds
``keys``        a word to its keys
``heads``       what begins a name of two words that may be written as one
``sounds``      words as the sounds of their forms, in one run of bytes
``similarity``  a word and others to numbers from 0 to 1
``spellings``   of the words that share a key, those that are the same name

Words are given as ``Term.exact`` has them: case folded and without marks, but with the
letters that their author chose, for گ and ج or ة and ه sound different. The proclitics ب
ل ك without an article are not taken off: too many words begin with them, and
``search.dictionary.proclitics`` meets them by the words that the index holds.

What the tables achieve on lists of names, and what each rule is worth, is printed by
``tests/evaluation/names.py``.
"""

from index.analysis.names.phonetic_keys import keys
from index.analysis.names.similarity import similarity
from index.analysis.names.verification import least_similarity, may_be_name, spellings

__all__ = ["keys", "least_similarity", "may_be_name", "similarity", "spellings"]
