"""Convert days of the hijri calendar to days of the Gregorian.

By the Umm al-Qura calendar of Saudi Arabia for the years 1343 to 1500 (1924 to 2077): the lengths
of its months are those of hijridate 2.6 (R. Alshehri, MIT licence), which has them from the
calendars as they were printed, and from the King Abdulaziz City for Science and Technology.
Other years by the arithmetical calendar, ``fixed-from-islamic`` in E. M. Reingold and
N. Dershowitz, *Calendrical Calculations*, chapter 7. Other countries begin a month when its moon
is seen, a day before or after: a converted date is always marked as such.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import accumulate

_FIRST_YEAR = 1343
_FIRST_DAY = date(1924, 8, 1).toordinal()
# For each year six hexadecimal digits, in which two bits a month are its length minus 28.
_MONTH_LENGTHS = """
    9a6a2a 599999 99d8a6 5a6969 5a69a5 999a5c 999a8e 6659a6 9995a6 999999 9a6696 666999 9999a6
    599a59 99999a a65969 a99659 99999a 999999 999999 99999a 9998a9 99999a 999999 999999 99999a
    999a69 999999 99666a 66659a 666666 999a5a 999969 65a999 96669a 999999 666666 999999 9a6599
    9a6966 669999 999999 9a59a9 a5999a 59999a 699999 99999a 999a65 99999a 59999a 99599a 999969
    9a6599 9a9966 669999 999a66 666669 a6599a 666599 a99966 6a6659 69a996 5a6999 9999a6 666666
    999966 9a6659 9a9996 669a65 969a99 65a69a 5966a6 6659a6 999966 99a665 99a999 6669a6 659aa6
    595aa6 9656a6 999666 9a6599 9a6699 6669a6 599a69 965a9a 65969a 696666 699996 6a6665 9a6999
    6669a5 9999a6 666666 9a5996 9a9659 9a9996 66a665 99a699 666699 99999a 669666 6a6596 6a6965
    9a9999 669a66 599a69 996669 a65999 a99666 6a5999 6a6666 5a6699 9666a6 65969a 9965a6 a65969
    a6665a 669999 9999a6 659a69 99666a 66596a 999666 9a6599 9a6666 5a69a5 9699a9 659a69 999669
    9a6599 a69966 66a659 66a696 59a6a5 9669a6 6599a6 696666 69a659 9a6996 5a6a65 969a69 65a66a
    59999a 66659a 699966 6a6659 9a6996 66699a 5999a6 9665a6 a59666 a66599 a99966 69a599 99a666
    666669 a5966a
"""
_EPOCH = 227_015
"""The proleptic ordinal of 1 Muharram 1, which was 16 July 622 of the Julian calendar."""


def to_gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a hijri year (1 to 9000), month (1 to 12) and day (1 to 30)."""
    starts = _month_starts()
    at = (year - _FIRST_YEAR) * 12 + month - 1
    start = starts[at] if 0 <= at < len(starts) else _arithmetical_start(year, month)
    return date.fromordinal(start + day - 1)


@cache
def _month_starts() -> list[int]:
    """Return the ordinals of the first days of the months from 1343 on."""
    years = [int(digits, 16) for digits in _MONTH_LENGTHS.split()]
    lengths = [28 + (year >> shift & 3) for year in years for shift in range(22, -2, -2)]
    return list(accumulate(lengths[:-1], initial=_FIRST_DAY))


def _arithmetical_start(year: int, month: int) -> int:
    """Return the ordinal of the first day of a month: months of 30 and 29 days in turn."""
    days_of_years = 354 * (year - 1) + (3 + 11 * year) // 30
    return _EPOCH + days_of_years + 29 * (month - 1) + month // 2
