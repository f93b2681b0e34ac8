"""Query text to a syntax tree. Reads no index."""
