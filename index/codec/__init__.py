"""How a segment lies on disk: one file of memory-mapped arrays.

``arrays``     the file: named arrays with bounds and checksums
``inversion``  tokens in the order of the text to postings in the order of the terms
``postings``   the postings of a field as a reader sees them
``stored``     what is shown of a document, in small compressed blocks
``segment``    what the arrays of a segment are, and how a batch becomes one
``merging``    several segments into one by concatenation
``codec``      all of it as Whoosh's codec: readers and matchers over the same arrays

A segment holds at most 65,536 documents, so that a document number takes two bytes.
Nothing in it is a pickle: an index may come from a stranger.
"""
