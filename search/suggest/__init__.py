"""Queries to try when one finds nothing: corrections, the other keyboard layout, fewer clauses.

``keyboard`` swaps the layout of a word; ``suggestions`` makes the candidates and counts them.
"""
