"""Recognise spellings of one name across scripts: Dbeibah, Dabaiba and الدبيبة.

A word of either script is transcribed to phonemes. Its consonants, in a coarse alphabet,
give its phonetic keys; words that share a key are candidates. A candidate is accepted as
a spelling of the name if its phonemes, aligned with those of the name, are similar enough.

``prefixes``        optional beginnings of a name: و, ال, Al-
``rule_tables``     reads the tables of letters, phonemes and costs: **correct a rule there**
``contexts``        where a rule applies
``transcription``   letters → phonemes
``phonology``       the tables compiled for lookup
``pronunciations``  word → pronunciations, with and without its prefixes
``phonetic_keys``   word → keys
``particles``       first words of compound names: عبد, Abdul, Abu
``phoneme_codes``   words → bytes of their pronunciations, as an index stores them
``columns``         many words → their keys and encoded pronunciations
``compiled``        the same by the compiled kernel
``name_rules``      the tables that it goes by
``similarity``      word and candidates → numbers from 0 to 1
``verification``    of the candidates, those that are the same name

Words are given as ``Term.exact``: case folded and without marks, but in the letters that
their author chose, because گ and ج, or ة and ه, sound different. The proclitics ب ل ك
without an article are not removed, because too many words begin with these letters;
``search.dictionary.proclitics`` finds such words through the terms of the index.

``tests/evaluation/names.py`` prints what the tables achieve on lists of names, and what
each rule is worth.
"""

from index.analysis.names.phonetic_keys import name_keys
from index.analysis.names.similarity import similarity
from index.analysis.names.verification import may_be_name, min_similarity, passing_spellings

__all__ = ["may_be_name", "min_similarity", "name_keys", "passing_spellings", "similarity"]
