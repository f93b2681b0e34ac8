"""A query run over segments: matching documents, their scores, the best of them.

Two ways lead to the same answer. Arrays (numpy) answer every query: ``segment_search``,
``term_scorer``, ``phrase_matching``, ``graph_matching``. The compiled kernel answers most queries
in one call over all segments, where it fits the system:

===================== ============================================================
``kernel_encoding``   a query as bytes, and the parts that arrays have to answer
``kernel_addresses``  where the arrays of an index are in memory
``kernel_layout``     the structures that the kernel reads, as its source has them
``kernel_memory``     what a call works in, made once a process
``compiled_search``   the calls; their answer is None where arrays do the work
===================== ============================================================

Whatever the kernel does not know is answered by arrays, and handed to it as documents with
scores. Where it finds something damaged, the arrays answer too, and say what it is.
"""
