"""What became of the quotations of a dossier: as JSON, and as a line for each that differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from search.export.dossier import Dossier
from search.export.exhibits import shown_name
from search.export.verification import Check, Place, counted
from search.render.lines import one_line, relative_path

_DIGITS = 12
"""Hexadecimal digits of a SHA-256 that are shown."""
_VERDICT = 12
"""Width of the column of verdicts, in cells."""


def report(dossier: Dossier, checks: Sequence[Check]) -> dict[str, Any]:
    """Return the outcome under its JSON keys."""
    return {
        "query": dossier.query,
        "searched": dossier.searched,
        "documents": len(dossier.exhibits),
        "expected": dossier.expected,
        "quotations": dossier.quotations,
        "counts": counted(checks),
        "checks": [_check(check) for check in checks],
    }


def _check(check: Check) -> dict[str, Any]:
    quotation, place = check.quotation, check.place
    return {
        "verdict": check.verdict,
        "rank": check.exhibit.rank,
        "path": shown_name(check.exhibit.path),
        "quotation": quotation.text if quotation else None,
        "start": quotation.start if quotation else None,
        "sha256": check.exhibit.sha256,
        "sha256_now": check.sha256 or None,
        "now": {**asdict(place), "path": shown_name(place.path)} if place else None,
        "difference": asdict(check.difference) if check.difference else None,
        "problem": check.problem or None,
    }


def check_line(check: Check) -> str:
    """Return the verdict on a quotation, where it stood, and what is known, on a line."""
    exhibit, quotation = check.exhibit, check.quotation
    where = f"{_name(exhibit.path)}:{quotation.line}" if quotation else _name(exhibit.path)
    return one_line(f"{check.verdict:<{_VERDICT}} {where}: {_detail(check)}")


def _detail(check: Check) -> str:
    """Return what is known besides the verdict."""
    place, difference = check.place, check.difference
    match check.verdict:
        case "moved" if place:
            file = f"in {_name(place.path)}, " if place.path != check.exhibit.path else "at "
            return f"now {file}{_at(place)}{_digests(check)}"
        case "changed" if place and difference:
            was, now = (f"“{side}”" if side else "nothing" for side in _sides(check))
            return f"differs at {_at(place)}: was {was}, is {now}{_digests(check)}"
        case "file changed":
            return f"the quotation still stands there{_digests(check)}"
        case "missing":
            return "there is no such document now"
        case "not checked":
            return check.problem
    return "as it was"


def _sides(check: Check) -> tuple[str, str]:
    difference = check.difference
    return (difference.was, difference.now) if difference else ("", "")


def _digests(check: Check) -> str:
    """Return how the digest has changed, or "" if it has not."""
    was, now = check.exhibit.sha256, check.sha256
    return f"; SHA-256 was {was[:_DIGITS]}…, is {now[:_DIGITS]}…" if was != now else ""


def _at(place: Place) -> str:
    page = f", page {place.page}" if place.page else ""
    return f"line {place.line}{page}, character {place.start}"


def _name(path: str) -> str:
    return shown_name(relative_path(path))


def summary(dossier: Dossier, checks: Sequence[Check]) -> str:
    """Return the counts as a sentence."""
    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in counted(checks).items())
    quotations, documents = _of(dossier.quotations, "quotation"), len(dossier.exhibits)
    return f"{quotations} in {_of(documents, 'document')}: {counts or 'nothing to check'}"


def _of(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
