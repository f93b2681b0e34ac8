"""The text of a list: UTF-8, or whatever encoding the program that wrote it has used."""

from __future__ import annotations

import codecs

from index.errors import Unreadable


def text_of(data: bytes, name: str) -> str:
    r"""Decode the bytes of a list, with ``\n`` as line ends.

    Excel writes windows-1256 on an Arabic Windows ("CSV") and UTF-16 ("Unicode text"). Raises
    Unreadable if the bytes are no text; ``name`` is that of the file.
    """
    try:
        if b"\0" not in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-8-sig")
            return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        pass
    return _detected(data, name)


def _detected(data: bytes, name: str) -> str:
    from index.extract.encoding import decode  # noqa: PLC0415 (few lists need it)
    from index.extract.file_signatures import describe_binary  # noqa: PLC0415

    if kind := describe_binary(data):
        raise Unreadable(
            f"{name} is not a list but {kind}", "save it as CSV or as text, from a spreadsheet too"
        )
    return decode(data).text
