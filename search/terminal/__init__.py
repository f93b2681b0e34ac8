"""The terminal that Dalil runs in: what it is asked and told, and tmux around it."""
