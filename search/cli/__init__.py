"""The command line: the typer app, a file a command."""

from search.cli import analyze, batch, forget, index, search, show, status
from search.cli.app import app

__all__ = ["analyze", "app", "batch", "forget", "index", "search", "show", "status"]
