"""Which roots the user indexed on this machine, recorded outside the index.

An index can come from someone else, and with it the paths of its documents. The user's
data folder says which roots were indexed here: one file for each index folder. An index
with any other root is foreign: it is searched, but its files are never touched.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from index.store.layout import MARKER, catalog_name, latest_generation

Roots = tuple[str, ...]
_HEAD = 1 << 16
"""Bytes of a catalog in which its roots are looked for first."""
_SINCE = "since"
"""The file whose time says when records began; only older indexes are adopted."""
_SYSTEM = ("/dev", "/proc", "/sys")
"""Folders of files that are no documents, whatever is recorded."""


def data_folder() -> Path:
    """Return the folder of this user's records."""
    given = os.environ.get("XDG_DATA_HOME", "")
    if Path(given).is_absolute():
        return Path(given) / "dalil"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "dalil"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "dalil"
    return Path.home() / ".local" / "share" / "dalil"


def own_roots(folder: Path) -> Roots | None:
    """Return the recorded roots of the user's own index; None if the index is foreign."""
    try:
        stored = stored_roots(folder)
        recorded = _recorded(folder)
        if recorded is None and _is_older_and_own(folder, stored):
            record(folder, stored)
            recorded = tuple(stored)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None
    return recorded if recorded is not None and set(stored) <= set(recorded) else None


def record(folder: Path, roots: Iterable[str]) -> None:
    """Record roots of an index, beside those recorded before. Raises OSError."""
    known = _recorded(folder) or ()
    merged = list(dict.fromkeys((*known, *roots)))
    file = _file(folder)
    if tuple(merged) == known and file.exists():
        return
    _make_private(file.parent)
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as stream:  # noqa: PTH123
        json.dump({"index": str(folder.resolve()), "roots": merged}, stream)
        stream.flush()
        os.fsync(descriptor)
    new.replace(file)


def stored_roots(folder: Path) -> list[str]:
    """Return the roots that the last commit of an index names. Raises OSError or ValueError."""
    generation = latest_generation(folder)
    if generation < 0:
        return []
    with (folder / catalog_name(generation)).open("rb") as file:
        text = file.read(_HEAD).decode("ascii", "replace")
        try:
            return _roots_of(text)
        except ValueError:  # many roots, or no catalog
            return _roots_of(text + file.read().decode("ascii", "replace"))


def is_within(path: str, roots: Sequence[str]) -> bool:
    """Whether a path is a root or below one, by its name alone."""
    return (
        Path(path).is_absolute()
        and os.path.normpath(path) == path
        and any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
    )


def is_document(path: str, roots: Roots | None) -> bool:
    """Whether another program may be given a stored path: a regular file within the roots.

    A path that fails by its name is not touched.
    """
    if not roots or not path.isprintable() or not is_within(path, roots):
        return False
    if is_within(path, _SYSTEM):
        return False
    try:
        real = os.path.realpath(path, strict=True)
        regular = stat.S_ISREG(os.lstat(real).st_mode)
    except (OSError, ValueError):
        return False
    return regular and is_within(real, roots) and not is_within(real, _SYSTEM)


def _roots_of(text: str) -> list[str]:
    """Return the roots at the beginning of a catalog. Raises ValueError."""
    _, _, head = text.partition("\n")
    before = '{"roots": '
    if not head.startswith(before):
        raise ValueError("no roots")
    roots, _ = json.JSONDecoder().raw_decode(head, len(before))
    if not isinstance(roots, list) or not all(isinstance(root, str) for root in roots):
        raise ValueError("no roots")
    return roots


def _recorded(folder: Path) -> Roots | None:
    try:
        data = json.loads(_file(folder).read_text("ascii"))
    except (OSError, ValueError):
        return None
    if not isinstance(data, dict) or data.get("index") != str(folder.resolve()):
        return None
    return tuple(data["roots"])


def _file(folder: Path) -> Path:
    """Return the file of the record of an index."""
    name = os.fsencode(folder.resolve())
    return data_folder() / "indexes" / f"{zlib.crc32(name):08x}{len(name):x}.json"


def _is_older_and_own(folder: Path, roots: Sequence[str]) -> bool:
    """Whether an index was here before records began, and it and its roots are the user's."""
    since = _since()
    marker, own = os.stat(folder / MARKER), os.stat(folder)  # noqa: PTH116
    user = os.getuid() if hasattr(os, "getuid") else own.st_uid
    if not roots or marker.st_ctime > since or own.st_mode & stat.S_IWOTH:
        return False
    owners = {os.stat(root).st_uid for root in roots}  # noqa: PTH116
    return {marker.st_uid, own.st_uid, *owners} == {user}


def _since() -> float:
    """Return the time when records began on this machine: now, if this is the first."""
    folder = data_folder()
    _make_private(folder)
    with suppress(FileExistsError):
        os.close(os.open(folder / _SINCE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return os.stat(folder / _SINCE).st_mtime  # noqa: PTH116


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
