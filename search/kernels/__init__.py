"""Arrays in, arrays out: what a segment's documents have to do with a query.

Read in this order::

    a list of documents and what each scores    ``lists``
    who is in all of some lists, or in any      ``sets``
    the best of many scores                     ``top``
    all of them in order                        ``ranking``
    the best of a bag of words                  ``bag``
    words that stand in a row                   ``rows``

A kernel knows nothing of indexes or queries. Documents are numbers from 0 to n in
uint16, ascending within a list; scores are float64. Whatever a compiled kernel would
do has the same signature as the function here.
"""
