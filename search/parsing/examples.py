"""The query language by example, for the help of the command line and of the screen."""

from __future__ import annotations

QUERIES = (
    ("libya russia", "documents with any of the words, those with more first"),
    ("+libya -russia", "with libya and without russia"),
    ('"oil ministry"', "these words in a row"),
    ('"oil ministry"~5', "no more than five words apart"),
    ("rail*  lib?a  sarrag~", "words that begin so; ? a letter, * any; a letter apart"),
    ('="Tripoli"', "as it is spelled, nothing else"),
    ("title:oil  name:sarraj", "in the title; a name in any spelling and script"),
    ("lang:ar  type:pdf", "Arabic documents; PDF files"),
    ("date:2016..2021", "of these years"),
    ("date:none", "documents that state no date"),
    ("modified:2024-05..", "files that were changed since then"),
    ("tag:source", "documents with this tag, theirs or yours"),
    ("path:reports", "in a folder, or a file, of this name"),
    ("sort:date", "the newest first"),
)
"""What is typed, and what it finds."""
