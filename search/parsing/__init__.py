"""Query text to a syntax tree, and to the analyzed tokens of its words. Reads no index.

Read in this order: ``ast``, the nodes of the tree; ``parser`` for the public function and
``grammar`` for the query language; ``lexer`` for characters and operators; ``text_signs`` for the
signs of running text that are none; ``word_clauses`` for prefixes and patterns; ``field_values``
for what follows ``date:`` and the like; ``tokens`` for the words of a clause. ``query_list`` reads
the queries of a file, by ``list_text``, ``rows`` and ``headings``.
"""
