"""Meaning: texts of both languages as vectors, near each other where they mean the same.

An :class:`~index.meaning.encoder.Encoder` is the one door. Nothing here is imported before meaning
is asked for.
"""
