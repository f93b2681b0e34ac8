"""The names of months, in all spellings that Arabic, English and French texts use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from index.dates.folding import fold

# A row for each month from January on: English, the Levant and Iraq, Egypt and the Gulf, Tunisia
# and Algeria, Morocco, Libya from 1986 to 2011, French. Hamza, marks, case, accents, and what
# stands between two parts of a name make no difference.
_GREGORIAN = """
January, Jan, كانون الثاني, كانون ثاني, كانون ثان, يناير, ينير, جانفي, أي النار, janvier, janv
February, Feb, Febr, شباط, فبراير, فيبراير, فيفري, النوار, février, févr, fév
March, Mar, آذار, مارس, مارت, الربيع, mars
April, Apr, نيسان, أبريل, ابرايل, أفريل, الطير, avril, avr
May, أيار, مايو, مايس, ماي, الماء, mai
June, Jun, حزيران, يونيو, يونية, جوان, الصيف, juin
July, Jul, تموز, يوليو, يولية, جويلية, يوليوز, ناصر, juillet, juil
August, Aug, آب, أغسطس, أوغسطس, أغسطوس, أوت, غشت, هانيبال, août
September, Sept, Sep, أيلول, سبتمبر, سيبتمبر, سبتنبر, شتنبر, الفاتح, septembre
October, Oct, تشرين الأول, تشرين أول, أكتوبر, أوكتوبر, التمور, octobre
November, Nov, تشرين الثاني, تشرين ثاني, تشرين ثان, نوفمبر, نوفنبر, نونبر, الحرث, novembre
December, Dec, كانون الأول, كانون أول, ديسمبر, دسمبر, دجنبر, الكانون, décembre, déc
"""
# A row for each month from Muharram on; for "al" see `_ARTICLES`.
_HIJRI = """
محرم, المحرم, محرم الحرام, Muharram, Moharram
صفر, صفر الخير, Safar
ربيع الأول, ربيع أول, Rabi al awwal, Rabi I, Rabia al awwal
ربيع الآخر, ربيع آخر, ربيع الثاني, ربيع ثاني, ربيع ثان, Rabi al thani, Rabi al akhir, Rabi II
جمادى الأولى, جمادى الأول, جماد الأول, جماد أول, Jumada al ula, Jumada al awwal, Jumada I
جمادى الآخرة, جمادى الآخر, جمادى الثانية, جمادى الثاني, جماد الثاني, جماد ثاني, جماد الآخر, \
Jumada al thani, Jumada al thaniya, Jumada al akhira, Jumada al akhirah, Jumada II
رجب, Rajab
شعبان, Shaban, Shaaban
رمضان, رمضان المبارك, Ramadan, Ramadhan
شوال, Shawwal, Shawal
ذو القعدة, ذي القعدة, ذو قعدة, Dhu al qadah, Dhu al qada, Dhu al qidah, Dhu al qida, Zul qadah
ذو الحجة, ذي الحجة, ذو حجة, Dhu al hijjah, Dhu al hijja, Dhu al hija, Zul hijjah
"""
_BETWEEN = re.compile(r"[\s'._-]+")
# The Latin spellings of the article behind Rabi, Jumada and Dhu, all read as "al".
_ARTICLES = re.compile(
    r"(?<=rabi)(?:ul|el|ath)(?=[at])|(?<=jumada)(?:ul|el|ath)(?=[uat])|(?<=^dh)ul(?=[qh])"
)


def month_key(name: str) -> str:
    """Return the key under which a month is found by its folded name."""
    return _ARTICLES.sub(_article, _BETWEEN.sub("", name).lower())


def _article(match: re.Match[str]) -> str:
    return "ual" if match.string.startswith("dh") else "al"


def _by_key(table: str) -> Mapping[str, int]:
    """Return the number of each month by the keys of its names."""
    rows = enumerate(table.strip().split("\n"), 1)
    keys = {month_key(fold(name)): number for number, row in rows for name in row.split(", ")}
    return MappingProxyType(keys)


GREGORIAN_MONTHS = _by_key(_GREGORIAN)
HIJRI_MONTHS = _by_key(_HIJRI)
"""The number of a month, from 1, by the key of its name."""
