"""Matching documents to hits: stored text, snippets, highlights, facets."""
