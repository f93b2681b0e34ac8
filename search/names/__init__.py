"""Names in all their spellings: from the index, from aliases, from compound names."""
