"""Write what was copied to a file, for a terminal from which nothing else can be pasted."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

_MODE: Final = 0o600


def write_copied(text: str, folder: Path, now: datetime) -> Path:
    """Write ``text`` to a new file in ``folder`` that only its owner can read; return its path.

    The name has the time in it; another file of that name is never replaced. Raises OSError.
    """
    path = folder / f"dalil-copied-{now:%Y-%m-%d-%H%M%S-%f}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text.rstrip("\n") + "\n")
    return path
