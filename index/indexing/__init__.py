"""A run of the indexer: what it has to do, files read into segments, and the commits that keep them."""
