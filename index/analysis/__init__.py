"""Turn text into terms. The modules, in reading order:

``lazy_pattern``  regular expressions that are compiled when they are first used
``script``      scripts of characters, invisible characters, marks
``ligatures``   signs that are a phrase, and ﷲ
``tokenizer``   text → pieces with offsets into the original text
``number_groups``  numbers with spaces and brackets, and the one form of every number
``normalizer``  word → exact form, and folded form by CAMeL Tools
``small_vowels``  dagger alef and its kin → the letters they write
``stopwords``   words that are indexed but not scored
``stemmer``     light stemming of Arabic, Snowball for English
``chains``      piece → terms: one chain of the above for each kind of piece
``analyzer``    text → tokens: terms with offsets and positions
``columns``     many pieces → their terms, for an index
``compiled``    the same by the compiled kernel
``word_rules``  the tables that it goes by
``letter_tables``  tables by letter and sets of words, for the compiled kernel
``names``       spellings of one name across scripts: keys and similarity

An Arabic word passes through: NFKC, marks removed (``exact``); letters folded
(``folded``); stop words looked up in the exact form, where على and علي still differ;
conjunction, article and endings stripped (``stem``). A Latin word: NFKC, case folded
(``exact``); accents and apostrophes removed (``folded``); stop words; possessive ending
stripped, then Snowball (``stem``).
"""

from index.analysis.analyzer import Token, analyze, analyze_at, scan
from index.analysis.chains import Piece, Term

__all__ = ["Piece", "Term", "Token", "analyze", "analyze_at", "scan"]
