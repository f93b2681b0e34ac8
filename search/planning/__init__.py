"""A syntax tree to an executable query, with the terms to highlight and the notes to show."""
