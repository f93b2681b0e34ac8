"""The format of a segment on disk: one file of memory-mapped arrays.

``array_file``       the file: named arrays with bounds and checksums
``segment_builder``  the arrays of a segment, and how they are built from documents
``text_inverter``    texts to the terms and positions of their fields
``chunk_table``      the distinct chunks of texts, cut and numbered by the kernel
``piece_table``      the distinct pieces of texts, where there is no kernel
``piece_terms``      what each of these has: terms, positions, languages, capitals
``field_terms``      their terms in one field
``text_pieces``      the pieces of one text, and its checkpoints and languages
``piece_sequence``   the pieces of all texts of a segment
``string_table``     distinct strings and their numbers, in the kernel
``inversion``        tokens in the order of the text to postings in the order of the terms
``compiled_inversion``  the same by the kernel
``name_index``       terms by the phonetic keys of names
``forward_index``    the Arabic words of each document
``ngrams``           n-grams of Arabic words
``stored_fields``    what is shown of a document, in compressed blocks
``merge``            several segments into one by concatenation
``merge_policy``     which segments to merge
``postings``         the postings of one field as a reader sees them
``segment_reader``   one segment as search reads it
``whoosh_codec``     the same arrays as Whoosh's codec: segments and their readers
``whoosh_matcher``   the same arrays as Whoosh's codec: the matcher of a term

A segment has at most 65,536 documents, so that a document number takes two bytes.
Nothing in it is a pickle: an index may come from a stranger.
"""
