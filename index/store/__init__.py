"""The folder of an index: its files, its commits, its catalog, its lock."""
