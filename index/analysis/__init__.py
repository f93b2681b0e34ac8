"""Text to terms, in reading order.

``script``      which script a character belongs to
``tokenizer``   text to pieces with offsets into the original
``normalizer``  one word as spelled, and folded by CAMeL Tools
``stopwords``   words that are indexed but not scored
``stemmer``     a light stemmer for Arabic, Snowball for English
``names``       the keys under which spellings of one name meet across scripts
``analyzer``    all of it, in one chain a kind of piece

A piece of Arabic goes through: NFKC, marks off (``exact``); letters folded
(``folded``); stop words looked up while على and علي still differ; conjunction,
article and endings off (``stem``). A piece of Latin: NFKC, case folded (``exact``);
accents and apostrophes off (``folded``); stop words; possessive off and Snowball
(``stem``).
"""

from index.analysis.analyzer import Piece, Term, Token, analyze, analyze_at, scan

__all__ = ["Piece", "Term", "Token", "analyze", "analyze_at", "scan"]
