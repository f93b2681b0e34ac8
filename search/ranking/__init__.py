"""Scores: BM25, the statistics behind it, and the second stage."""
