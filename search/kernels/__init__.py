"""Array functions behind a query: document sets, scores, top k and term positions of one segment.

Read in this order:

===================== ================================================================
``scored_postings``   the documents of a term with their scores
``docsets``           union, intersection, difference of documents
``ranked_documents``  documents with scores in ranking order, as arrays
``top_k``             the k best of many scores
``max_score``         the k best documents of a disjunction (MaxScore)
``positions``         phrases and proximity: positions as sortable keys
===================== ================================================================

A kernel knows no index and no query. Documents are numbers from 0 in uint16, ascending in
every array; scores are float64. A compiled kernel would have the signature of the function
here. Where a kernel has two ways, a measured bound decides; ``tests/bounds.py`` patches
these bounds, so that small indexes take both.
"""
