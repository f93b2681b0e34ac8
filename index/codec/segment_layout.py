"""What a segment consists of, as one file of arrays.

=====================  ======================================================
``exact/…``            postings of a text field (``inversion``), as well as
                       ``stem/…``, and with ``title_`` and ``filename_``;
                       ``root/…``, the roots of Arabic stems
``exact/name_…``       name index of a field of exact words (``name_index``)
``path/…``             postings of a field of whole values, as well as
                       ``file/…``, ``id/…``, ``type/…``, ``language/…``, ``tag/…``,
                       ``doubtful/…``
``body_ends``          uint32: number of positions of each body; those of its title
                       follow it in the fields ``exact`` and ``stem``
``day``                uint32: the day of each document's date, as a proleptic
                       ordinal; :data:`NO_DAY` if it has none
``modified``           uint32: the day of each document's file, likewise
``forward/…``          Arabic words of each document, and ``grams/…`` their
                       n-grams (``forward_index``)
``stored/…``           stored fields of the documents (``stored_fields``)
=====================  ======================================================
"""

from __future__ import annotations

MAX_SEGMENT_DOCUMENTS = 1 << 16
"""A document number takes two bytes."""
TEXT_FIELDS = {
    "body": ("exact", "stem", "root"),
    "title": ("title_exact", "title_stem"),
    "filename": ("filename_exact", "filename_stem"),
}
"""Kind of text → the fields of its exact terms, of its stems, and of the roots of these."""
NAME_FIELDS = ("exact", "filename_exact")
"""Fields with a name index: the words of titles are among those of bodies."""
VALUE_FIELDS = ("path", "file", "id", "type", "language", "tag", "doubtful")
"""Fields whose terms are whole values."""
BODY_ENDS = "body_ends"
"""The array of the number of positions of each body."""
DAY_COLUMNS = ("day", "modified")
"""Arrays with a day for each document: of its date, and of its file."""
NO_DAY = 0
"""The day of a document without a date: less than that of any date."""
