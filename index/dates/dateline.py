"""Find the dateline of a text: the line near its beginning that says when it was written.

The rule is strict, for most dates in a text are those of what it tells of. A date counts

- in one of the first :data:`MAX_LINES` lines that are not blank, within the first
  :data:`MAX_CHARACTERS` characters;
- if before it in the line there is nothing (``3 March 2016``); or labels and a weekday (``Date:``,
  ``Published on Thursday,``); or a place of up to four words and a sign (``Tripoli, Libya, 3 March
  2016``; ``طرابلس - ١٥ نيسان ٢٠٢١``; ``طرابلس في ١٥ نيسان ٢٠٢١``), or of one or two without a sign;
  or, in a line of up to :data:`MAX_BYLINE` characters, anything that ends with a sign (``By Jane
  Doe | 3 March 2016``);
- and if behind it the line ends; or a time, an update or an author follows (``, last updated
  22:00``); or a dash, a colon, a bar, a slash or a bracket that begins no other date (``3 March
  2016 (LANA) – The council…``).

So no date counts that a sentence goes on with, such as ``On 3 March 2016, the council met``, no
item of a list and no period. A text with :data:`CHRONOLOGY` days in such lines is a chronology,
and has no dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.dates.calendar_date import StatedDate
from index.dates.expressions import CALENDARS_APART, Expression, expressions
from index.dates.folding import fold
from index.document import HIJRI

MAX_CHARACTERS = 1200
MAX_LINES = 12
MAX_BYLINE = 90
MAX_PLACE = 60
"""Characters."""
CHRONOLOGY = 3
_MAX_LINE = 160
"""Characters of a line that are read: a place and a date are shorter."""

_HAS_YEAR = re.compile(r"[0-9٠-٩۰-۹]{4}")
_HAS_DAY = re.compile(r"(?<![0-9٠-٩۰-۹])[0-9٠-٩۰-۹]{1,2}(?![0-9٠-٩۰-۹])")
_WEEKDAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|(?:ال)?(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)"
)
_LABEL = (
    r"date|dated|published|posted|issued|sent|created|added|released?|updated|modified|last|first"
    r"|on|at|by|time|le|du|publie"
    r"|(?:ال)?تاريخ|بتاريخ|(?:ال)?نشر|نشرت?|منشور|صدرت?|حررت?|كتبت?|اضيفت?"
    r"|اخر|(?:ال)?تحديث|(?:ال)?اصدار|في|يوم|اليوم|(?:ال)?موافق|مساء|صباح"
)
_TIME = (
    r"[0-9]{1,2}(?:[:.h][0-9]{2}){0,2}\s?(?:[AP]\.?M\.?)?|(?:GMT|UTC)?[+-]?[0-9]{1,2}:?[0-9]{2}"
    r"|GMT|UTC|[A-Z]{2,4}T|ص|م|صباحا|مساءا|ظهرا|(?:ال)?ساعه|بتوقيت\s+\w+|hrs|edited"
)
_LATIN = r"[A-Z\u00c0-\u00de][\w'./-]*"
"""A word that begins with a capital letter."""
_ARABIC = r"[\u0621-\u064a]+"
_WORD = r"[^\W\d_][\w'.-]*"

_LABELS = re.compile(rf"(?:(?<!\w)(?:{_WEEKDAY}|{_LABEL})(?!\w)[\s,.:-]*)+$", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?:{_LATIN}(?:[\s,-]+{_LATIN}){{0,3}}|{_ARABIC}(?:[\s,-]+{_ARABIC}){{0,3}})"
    r"(?:\s*\([^()]{1,20}\)\s*[,/|:-]*|\s*[,/|:-]+)\s*"
)
_PLACE_ALONE = re.compile(
    r"(?!(?i:since|until|till|before|after|from|by|in|the)\b)"
    r"(?![وف]?(?:في|منذ|قبل|بعد|حتي|خلال|من|الي|عن|كان)\b)"
    rf"(?:{_LATIN}(?:\s+{_LATIN})?|{_ARABIC})"
)
_IN_A_PLACE = re.compile(
    rf"(?:(?:{_LABEL})\s+){{0,2}}{_ARABIC}\s*[,-]?\s+(?:في|بتاريخ)\s+(?:(?:يوم|{_WEEKDAY})[\s,]+){{0,2}}"
)
_SIGN_AT_END = re.compile(r"[,/|(:·•-]\s*$")
_ITEM = re.compile(r"\s*(?:[-*•·+>]|[0-9]+[.)])\s")
_TAIL = re.compile(
    rf"(?:,\s*(?-i:{_LATIN}(?:[\s,]+{_LATIN}){{0,2}}|{_ARABIC})\s*$)?"
    rf"[\s,.;)|-]*+(?:(?>(?:{_TIME}|{_LABEL})(?!\w))[\s,.:;()|-]*+)*+"
    rf"(?:(?:by|par|بقلم|كتبه?)\s+{_WORD}(?:\s+{_WORD}){{0,4}}\s*)?",
    re.IGNORECASE,
)
_STRONG_SIGN = re.compile(r"\s*(?:[-|:/(·•]|\)\s*[-:])")
_PERIOD = re.compile(r"\s*(?:-|to|until|till|الي|حتي)\s*", re.IGNORECASE)


def read_dateline(text: str) -> StatedDate | None:
    """Return the date of the dateline of a text; None if it has none. See the module."""
    found = list(_datelines(text[:MAX_CHARACTERS]))
    if not found or len({each.day for each in found}) >= CHRONOLOGY:
        return None
    return next((each for each in found if _needs_no_conversion(each, found[0])), found[0])


def _needs_no_conversion(each: StatedDate, first: StatedDate) -> bool:
    """Whether a date is our calendar's of a hijri date in a line before it."""
    days = abs((each.day - first.day).days)
    return HIJRI in first.marks and HIJRI not in each.marks and days <= CALENDARS_APART


def _datelines(head: str) -> Iterator[StatedDate]:
    lines = [line for line in head.split("\n") if line.strip()][:MAX_LINES]
    for line in lines:
        start = line.strip()[: _MAX_LINE + 1]
        if _HAS_YEAR.search(start) and _HAS_DAY.search(start):
            found = _date_of_line(fold(start))
            if found is not None:
                yield found


def _date_of_line(line: str) -> StatedDate | None:
    """Return the date of a folded line if the line is a dateline."""
    dates = expressions(line)
    if not dates or _ITEM.match(line):
        return None
    for first, second in pairwise(dates):
        if _PERIOD.fullmatch(line, first.end, second.start):
            return None
    return next((each.date for each in dates if _is_dateline(line, each)), None)


def _is_dateline(line: str, each: Expression) -> bool:
    before, ends = line[: each.start], _TAIL.fullmatch(line, each.end) is not None
    rest = _LABELS.sub("", before).strip()
    if ends and len(line) <= MAX_BYLINE and _SIGN_AT_END.search(rest):
        return True
    if len(rest) > MAX_PLACE:
        return False
    if rest.strip("("):
        places = ((_PLACE, rest), (_PLACE_ALONE, rest), (_IN_A_PLACE, before))
        if not any(pattern.fullmatch(text) for pattern, text in places):
            return False
    return ends or _STRONG_SIGN.match(line, each.end) is not None
