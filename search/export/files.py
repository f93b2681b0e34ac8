"""Write a dossier so that it is there as a whole or not at all, and read one."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from index.errors import BadDossier, BadOption, StorageFailed
from search.export.dossier import Dossier
from search.export.formats import Format, format_of

MAX_BYTES = 1 << 29
"""Bytes of a dossier that is read; one of 100,000 documents has about 200 MB."""


def write(dossier: Dossier, path: Path, *, force: bool = False) -> None:
    """Write a dossier in the format of the suffix.

    Raises BadOption for a name that cannot be used, StorageFailed if the system refuses. A file
    that is there already is replaced only with ``force``, and a link never.
    """
    row = format_of(path)
    check_target(path, force=force)
    part = path.with_name(f".{path.name[:80]}.{token_hex(4)}.part")
    try:
        _write(dossier, row, part)
        if not force:
            check_target(path, force=False)  # it may have come while this one was written
        part.replace(path)
    except OSError as error:
        raise StorageFailed(
            f"{path} cannot be written: {error.strerror or error}",
            "make room, or name a file in a folder of yours",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _write(dossier: Dossier, row: Format, part: Path) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # less the umask
    with open(descriptor, "w", encoding=row.encoding, newline="") as file:  # noqa: PTH123
        file.writelines(row.write(dossier))
        file.flush()
        os.fsync(file.fileno())


def check_target(path: Path, *, force: bool) -> None:
    """Check that a dossier may be written there. Raises BadOption or StorageFailed."""
    format_of(path)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise BadOption(
                f"There is no folder {path.parent}", "make it, or name a file in another folder"
            ) from None
        return
    except (OSError, ValueError) as error:
        raise StorageFailed(f"{path} cannot be written: {error}", "name another file") from error
    if not stat.S_ISREG(mode):
        kind = "a link" if stat.S_ISLNK(mode) else "a folder or a device"
        raise BadOption(f"{path} is {kind}, and no dossier is written over it", "name another file")
    if not force:
        raise BadOption(f"{path} exists already", "name another file, or use --force")


def read(path: Path) -> Dossier:
    """Read a dossier, as far as it goes. Raises BadDossier."""
    row = _checked_format(path)
    try:
        if not path.is_file():
            raise BadDossier(f"{path} is no file", "name the file of a dossier")
        if path.stat().st_size > MAX_BYTES:
            raise BadDossier(f"{path} has more than {MAX_BYTES >> 20} MB", "export fewer hits")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadDossier(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadDossier(f"{path} is no dossier: it is not UTF-8", _HINT) from error
    try:
        return row.read(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise BadDossier(
            f"{path} is no dossier, or a damaged one: {str(error)[:_SHOWN]}", _HINT
        ) from error


_SHOWN = 200
"""Characters of an error, which may quote the file."""
_HINT = "name a file that `dalil search … --export FILE` wrote"


def _checked_format(path: Path) -> Format:
    """Return the format of a dossier that can be checked. Raises BadDossier or BadOption."""
    row = format_of(path)
    if not row.is_checked:
        raise BadDossier(
            f"{path.name} cannot be checked: {row.name} keeps no offsets of its quotations",
            "export the same search to .html, .md, .csv, .jsonl or .json, and check that",
        )
    return row
