"""The structures of ``index/kernel/source``, in the same order; sizes are compared by a test."""

from __future__ import annotations

from ctypes import Structure, c_double, c_uint32, c_uint64, c_void_p

MAX_HITS = 1024
"""The most documents that one call ranks."""
SEGMENT_DOCUMENTS = 65_536
"""Documents that a segment can have, for they are uint16."""


class File(Structure):
    """A mapped file and the checksums of its pages."""

    _fields_ = (
        ("bytes", c_void_p),
        ("size", c_uint64),
        ("checksums", c_void_p),
        ("verified", c_void_p),
        ("pages", c_uint64),
    )


class Field(Structure):
    """A field of a segment; all zeros until a query asks for it."""

    _fields_ = (
        ("terms", c_void_p),
        ("term_starts", c_void_p),
        ("posting_starts", c_void_p),
        ("documents", c_void_p),
        ("codes", c_void_p),
        ("positions", c_void_p),
        ("block_positions", c_void_p),
        ("large_at", c_void_p),
        ("large_frequencies", c_void_p),
        ("checked", c_void_p),
        ("table", c_void_p),
        ("lengths", c_void_p),
        ("term_bytes", c_uint64),
        ("term_count", c_uint64),
        ("posting_count", c_uint64),
        ("position_count", c_uint64),
        ("block_count", c_uint64),
        ("large_count", c_uint64),
        ("position_width", c_uint64),
        ("block_width", c_uint64),
        ("most", c_double),
        ("average", c_double),
    )


class Segment(Structure):
    """A segment: its file, its documents and its fields."""

    _fields_ = (
        ("file", File),
        ("first", c_uint64),
        ("count", c_uint64),
        ("live", c_void_p),
        ("fields", c_void_p),
    )


class Postings(Structure):
    """Documents with scores; without scores, each has the weight."""

    _fields_ = (
        ("documents", c_void_p),
        ("codes", c_void_p),
        ("scores", c_void_p),
        ("table", c_void_p),
        ("weight", c_double),
        ("bound", c_double),
        ("phrase", c_void_p),
        ("count", c_uint32),
    )


class Index(Structure):
    """All that a call is given besides the query."""

    _fields_ = (
        ("segments", c_void_p),
        ("segment_count", c_uint64),
        ("field_count", c_uint64),
        ("documents", c_double),
        ("k1", c_double),
        ("b", c_double),
        ("given", c_void_p),
        ("given_count", c_uint64),
        ("work", c_void_p),
        ("plan", c_void_p),
        ("arena", c_void_p),
        ("arena_size", c_uint64),
        ("spans", c_void_p),
        ("span_count", c_uint64),
        ("hits", c_void_p),
        ("found", c_void_p),
    )
