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
from typing import BinaryIO

from index.errors import IndexCorrupt
from index.private_file import open_file
from index.store.layout import ATTEMPTS, MARKER, catalog_name, latest_generation

Roots = tuple[str, ...]
_HEAD = 1 << 16
"""Bytes of a catalog in which its roots are looked for first."""
_SINCE = "since"
"""The file whose time says when records began; only older indexes are adopted."""
_SYSTEM = ("/dev", "/proc", "/sys")
"""Folders of files that are no documents, whatever is recorded."""
_OF_ROOT = ("/bin", "/boot", "/etc", "/lib", "/opt", "/run", "/sbin", "/usr", "/var", *_SYSTEM)
"""Folders that belong to the administrator on every machine, whether indexed or not."""


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


def is_foreign(folder: Path) -> bool:
    """Whether an index names folders that were not indexed here, so that it is not written to.

    A new or empty index is not foreign. Where no records can be kept, and of an index whose
    catalog cannot be read, it counts who owns the folder.
    """
    if own_roots(folder) is not None:
        return False
    try:
        if _can_record():
            return bool(stored_roots(folder)) or _holds_files(folder)
    except (ValueError, OSError, IndexCorrupt):
        pass
    try:
        return not _belongs_to_user(folder)
    except OSError:
        return True


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
    for _ in range(ATTEMPTS):
        generation = latest_generation(folder)
        try:
            return _roots_of_commit(folder, generation) if generation >= 0 else []
        except FileNotFoundError as error:
            missing = error
    raise missing


def _roots_of_commit(folder: Path, generation: int) -> list[str]:
    with open_file(folder / catalog_name(generation)) as file:
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

    No link leads to it: the indexer follows none. A path that fails by its name is not touched,
    and of any other nothing outside the roots.
    """
    return path.isprintable() and holds_file(path, roots)


def holds_file(path: str, roots: Roots | None) -> bool:
    """Whether a stored path is a regular file within the roots, to which no link leads.

    Its name may have any bytes: it may be read, but not given to another program.
    """
    if not roots or not is_within(path, roots) or is_within(path, _SYSTEM):
        return False
    root = max((root for root in roots if is_within(path, [root])), key=len)
    try:
        return os.path.realpath(root) == root and _is_plain_file(root, path)
    except (OSError, ValueError):
        return False


def open_document(path: str, roots: Roots | None) -> BinaryIO | None:
    """Open a file that passes :func:`is_document`, without waiting; None for any other."""
    try:
        return open_file(Path(path)) if is_document(path, roots) else None
    except (OSError, ValueError):
        return None


def is_still(file: BinaryIO, path: str, roots: Roots | None) -> bool:
    """Whether a path is a document, and still that open file."""
    try:
        same = os.path.samestat(os.fstat(file.fileno()), os.lstat(path))
    except (OSError, ValueError):
        return False
    return same and is_document(path, roots)


def _is_plain_file(root: str, path: str) -> bool:
    """Whether a path below a root is a regular file to which no link leads. Raises OSError."""
    parts = Path(path).relative_to(root).parts
    at = root
    for part in parts:
        if not stat.S_ISDIR(os.lstat(at).st_mode):
            return False
        at = os.path.join(at, part)  # noqa: PTH118
    return stat.S_ISREG(os.lstat(at).st_mode)


def _holds_files(folder: Path) -> bool:
    """Whether an index without roots has files all the same. Raises IndexCorrupt or OSError."""
    generation = latest_generation(folder)
    from index.store.catalog import Catalog  # noqa: PLC0415 (needs numpy, and most ask for less)

    return generation >= 0 and bool(Catalog.read(folder, generation).files)


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
    return bool(
        roots
        and os.lstat(folder / MARKER).st_ctime <= since
        and _belongs_to_user(folder, folder / MARKER, *roots)
        and not (_is_administrator() and any(map(_is_of_system, roots)))
    )


def _is_administrator() -> bool:
    return hasattr(os, "getuid") and os.getuid() == 0


def _is_of_system(root: str) -> bool:
    return root == os.sep or is_within(root, _OF_ROOT)


def _belongs_to_user(*paths: str | Path) -> bool:
    """Whether this very user owns paths that are no links and that not everybody may write to.

    For the administrator too: that root may write to a folder does not make it root's own.
    """
    states = [os.lstat(path) for path in paths]
    user = os.getuid() if hasattr(os, "getuid") else states[0].st_uid
    return all(
        state.st_uid == user
        and not stat.S_ISLNK(state.st_mode)
        and (sys.platform == "win32" or not state.st_mode & stat.S_IWOTH)
        for state in states
    )


def _can_record() -> bool:
    """Whether records can be kept on this machine at all."""
    try:
        _make_private(data_folder() / "indexes")
    except OSError:
        return False
    return os.access(data_folder() / "indexes", os.W_OK)


def _since() -> float:
    """Return the time when records began on this machine: now, if this is the first."""
    folder = data_folder()
    _make_private(folder)
    with suppress(FileExistsError):
        os.close(os.open(folder / _SINCE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return os.stat(folder / _SINCE).st_mtime  # noqa: PTH116


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
