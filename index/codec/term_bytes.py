"""Terms as bytes: UTF-8, also for the name of a file that is no text.

Python gives each byte of such a name as half a character (PEP 383); as a term it is three bytes.
"""

from __future__ import annotations


def encode_term(term: str) -> bytes:
    """Return the bytes of a term."""
    return term.encode("utf-8", "surrogatepass")


def decode_term(term: bytes) -> str:
    """Return the text of a term. Raises UnicodeDecodeError for bytes that are none."""
    return term.decode("utf-8", "surrogatepass")
