"""Executable queries: term, boolean, phrase and filter nodes, and the terms that they match."""
