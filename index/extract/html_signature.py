"""Recognise an HTML page by its beginning, whatever the name of its file says."""

from __future__ import annotations

import re

from index.extract.unicode_marks import detect_mark, detect_utf16

# What may precede a page: white space, comments, and the declaration of XML.
_PRELUDE = re.compile(r"(?:[\s\ufeff\0]++|<!--.*?-->|<\?xml\b[^>]*+>|<!--.*\Z)*+", re.DOTALL)
# The declaration of the type of the document, and elements that nothing else begins with.
_OPENING = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|base|frameset)(?=[\s/>]))", re.IGNORECASE
)
_ELEMENT = re.compile(
    r"<(?:article|b|blockquote|center|div|font|form|h[1-6]|header|img|li|main|nav|ol|p|section|span"
    r"|strong|style|table|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"</(?:a|article|b|blockquote|body|center|div|font|form|h[1-6]|header|html|li|main|nav|ol|p"
    r"|section|span|strong|table|td|th|title|tr|ul)\s*>",
    re.IGNORECASE,
)
_BLANK = b" \t\r\n\x0c\0\xef\xbb\xbf\xfe\xff"
"""Bytes of white space and of byte-order marks in any encoding."""
_MIN_CLOSED = 4
"""Elements that a fragment of a page closes in its beginning."""


def is_page(head: bytes) -> bool:
    """Whether a file is HTML or XHTML by its first bytes, in any encoding.

    It is if it opens with the declaration of HTML or with an element of a page's frame, behind
    white space and comments; or, as a fragment does, with an element of text, and closes several.
    A program that writes pages, such as one that begins with ``<?php``, is none.
    """
    if head.lstrip(_BLANK)[:1] != b"<":
        return False
    text = head.decode(detect_mark(head) or detect_utf16(head) or "latin-1", "replace")
    prelude = _PRELUDE.match(text)
    start = prelude.end() if prelude else 0
    if _OPENING.match(text, start):
        return True
    if not _ELEMENT.match(text, start):
        return False
    return len(_CLOSED.findall(text, start)) >= _MIN_CLOSED
