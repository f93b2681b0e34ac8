"""The terminal outside Textual: queries to it, its reordering switched off, and tmux around it."""
