"""`index.dates`: what counts as a date in a value, at the beginning of a text, in a file's name."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import date_fields, read_date, read_dateline, read_name
from index.dates.hijri import to_gregorian

# --- values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-07-23", date(2019, 7, 23)),
        ("2019-07-23T10:00:00+02:00", date(2019, 7, 23)),
        (" 2019-07-23 10:00", date(2019, 7, 23)),
        ("20190723", date(2019, 7, 23)),
        ("D:20190723101500+02'00'", date(2019, 7, 23)),
        ("2019/7/23", date(2019, 7, 23)),
        ("23/07/2019", date(2019, 7, 23)),
        ("07/23/2019", date(2019, 7, 23)),
        ("23.7.2019 10:30", date(2019, 7, 23)),
        ("٢٣/٠٧/٢٠١٩", date(2019, 7, 23)),
        ("۲۳-۷-۲۰۱۹", date(2019, 7, 23)),
        ("Tue, 23 Jul 2019 22:41:00 -0500", date(2019, 7, 23)),
        ("23 July 2019", date(2019, 7, 23)),
        ("23rd of July, 2019", date(2019, 7, 23)),
        ("July 23rd, 2019", date(2019, 7, 23)),
        ("Jul. 23, 2019 at 4:15 pm", date(2019, 7, 23)),
        ("23-JUL-2019", date(2019, 7, 23)),
        ("23 juillet 2019", date(2019, 7, 23)),
        ("1er août 2019", date(2019, 8, 1)),
        ("0622-07-16", date(622, 7, 16)),
        ("2019-13-04", None),
        ("2019-02-30", None),
        ("31/02/2019", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31", None),
        ("July 2019", None),
        ("2019", None),
        ("soon", None),
        ("", None),
        (None, None),
        (2019, None),
    ],
)
def test_a_value_states_a_day_in_any_usual_order(value: object, day: date | None) -> None:
    found = read_date(value)
    assert (found.day if found else None) == day
    assert found is None or found.marks == ()


MONTHS = [
    ("كانون الثاني", "يناير", "جانفي", "أي النار"),
    ("شباط", "فبراير", "فيفري", "النوار"),
    ("آذار", "مارس", "الربيع", "اذار"),
    ("نيسان", "أبريل", "إبريل", "ابريل", "أفريل", "الطير"),
    ("أيار", "مايو", "ماي", "الماء"),
    ("حزيران", "يونيو", "يونيه", "جوان", "الصيف"),
    ("تموز", "يوليو", "يوليه", "جويلية", "يوليوز", "ناصر"),
    ("آب", "أغسطس", "اغسطس", "أوت", "غشت", "هانيبال"),
    ("أيلول", "سبتمبر", "شتنبر", "الفاتح"),
    ("تشرين الأول", "تشرين اول", "أكتوبر", "اكتوبر", "التمور"),
    ("تشرين الثاني", "نوفمبر", "نونبر", "الحرث"),
    ("كانون الأول", "ديسمبر", "دجنبر", "الكانون"),
]


@pytest.mark.parametrize(
    ("name", "month"), [(name, month) for month, names in enumerate(MONTHS, 1) for name in names]
)
def test_an_arabic_month_has_many_names(name: str, month: int) -> None:
    for text in (f"17 {name} 2018", f"١٧ {name} ٢٠١٨", f"17 من {name} عام 2018م"):
        found = read_date(text)
        assert found is not None, text
        assert (found.day, found.marks) == (date(2018, month, 17), ())


@pytest.mark.parametrize(
    "text",
    ["9 أيار/مايو 2017", "9 أيار (مايو) 2017", "9 مايو/ أيار 2017", "9 مايو-أيار ، 2017",
     "مايو 9، 2017"],
)  # fmt: skip
def test_two_names_of_one_month_are_one_month(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.day == date(2017, 5, 9)


@pytest.mark.parametrize(
    ("value", "day"), [("5/6/2018", date(2018, 6, 5)), ("٥-٦-٢٠١٨", date(2018, 6, 5)),
                       ("7/8/19", date(2019, 8, 7)), ("7/8/71", date(1971, 8, 7))],
)  # fmt: skip
def test_digits_in_two_orders_are_read_day_first_and_marked(value: str, day: date) -> None:
    found = read_date(value)
    assert found is not None
    assert (found.day, found.marks) == (day, ("ambiguous",))


def test_digits_that_are_a_day_in_one_order_alone_are_not_ambiguous() -> None:
    for value in ("6/6/2018", "13/6/2018", "6/13/2018", "2018/5/6"):
        found = read_date(value)
        assert found is not None
        assert found.marks == ()


@pytest.mark.parametrize(
    ("value", "day", "marks"),
    [
        ("1 محرم 1445", date(2023, 7, 19), ("hijri",)),
        ("12 ربيع الأول 1442 هـ", date(2020, 10, 29), ("hijri",)),
        ("٢٧ رجب ١٤٤٠هـ", date(2019, 4, 3), ("hijri",)),
        ("10 ذي الحجة 1441", date(2020, 7, 31), ("hijri",)),
        ("3 جمادى الآخرة ١٤٤١ هجرية", date(2020, 1, 28), ("hijri",)),
        ("9 Dhul-Hijjah 1443 AH", date(2022, 7, 8), ("hijri",)),
        ("17 Rabi' al-Thani 1440", date(2018, 12, 24), ("hijri",)),
        ("20/10/1439هـ", date(2018, 7, 4), ("hijri",)),
        ("4/5/1439 هـ", date(2018, 1, 21), ("ambiguous", "hijri")),
        ("1439/10/20", date(2018, 7, 4), ("hijri",)),
        ("20 شوال 1439 هـ الموافق 4 يوليو 2018 م", date(2018, 7, 4), ()),
        ("4 يوليو 2018 الموافق 20 شوال 1439", date(2018, 7, 4), ()),
        ("31 رمضان 1442", None, ()),
    ],
)
def test_a_hijri_date_is_converted_and_marked(
    value: str, day: date | None, marks: tuple[str, ...]
) -> None:
    found = read_date(value)
    assert (found.day if found else None) == day
    assert (found.marks if found else ()) == marks


def test_the_hijri_calendar_begins_on_its_first_day_and_has_no_gaps() -> None:
    assert to_gregorian(1, 1, 1) == date(622, 7, 19)  # 16 July 622 of the Julian calendar
    days = [
        to_gregorian(year, month, 1).toordinal()
        for year in range(1400, 1461)
        for month in range(1, 13)
    ]
    lengths = {second - first for first, second in pairwise(days)}
    assert lengths == {29, 30}


# --- datelines -----------------------------------------------------------------------------

DATELINES = [
    ("الثلاثاء، 17 أيلول/سبتمبر 2019، آخر تحديث 21:15", date(2019, 9, 17)),
    ("Sebha, 17 September 2019", date(2019, 9, 17)),
    ("SEBHA, Libya, Sept. 17, 2019 (Agency) - The mayor of the town opened…", date(2019, 9, 17)),
    ("سبها، ١٧ أيلول ٢٠١٩", date(2019, 9, 17)),
    ("سبها - ١٧ أيلول ٢٠١٩ - افتتح رئيس البلدية", date(2019, 9, 17)),
    ("سبها في ١٧ سبتمبر ٢٠١٩", date(2019, 9, 17)),
    ("سبها (وكالة) 17 سبتمبر 2019 – افتتح رئيس البلدية المدرسة الجديدة", date(2019, 9, 17)),
    ("17 September 2019", date(2019, 9, 17)),
    ("(17 September 2019)", date(2019, 9, 17)),
    ("2019-09-17 21:15", date(2019, 9, 17)),
    ("By Jane Roe | September 17, 2019 | 9:15 pm EST", date(2019, 9, 17)),
    ("The Daily Gazette, 17 September 2019", date(2019, 9, 17)),
    ("Date: 17 September 2019", date(2019, 9, 17)),
    ("Sent: Tuesday, September 17, 2019 9:15 PM", date(2019, 9, 17)),
    ("Published on Tuesday, 17 September 2019 at 21:15", date(2019, 9, 17)),
    ("التاريخ: ١٧/٩/٢٠١٩ م", date(2019, 9, 17)),
    ("تاريخ النشر : 17-09-2019", date(2019, 9, 17)),
    ("الثلاثاء الموافق 17 سبتمبر 2019", date(2019, 9, 17)),
    ("حرر في سبها بتاريخ 17/9/2019", date(2019, 9, 17)),
    ("18 محرم 1441 هـ", date(2019, 9, 17)),
    ("الثلاثاء ١٧ أيلول ٢٠١٩ الساعة ٩:١٥ صباحاً بتوقيت طرابلس", date(2019, 9, 17)),
    ("كتب: سالم عمر | ١٧ سبتمبر ٢٠١٩ | ٢١:١٥", date(2019, 9, 17)),
    ("سبها ـ 17 سبتمبر 2019 ـ افتتح رئيس البلدية", date(2019, 9, 17)),
    ("سبها 17 سبتمبر 2019 (وكالة) – افتتح رئيس البلدية", date(2019, 9, 17)),
    ("التاريخ : 18 / 1 / 1441 هـ", date(2019, 9, 17)),
    ("Sept. 17, 2019, 9:15pm", date(2019, 9, 17)),
    ("First published on Tue 17 Sep 2019 21.15 GMT", date(2019, 9, 17)),
    ("Date: Tue, 17 Sep 2019 21:15:00 +0200", date(2019, 9, 17)),
    ("17 September 2019, Sebha, Libya", date(2019, 9, 17)),
    ("SEBHA/MURZUQ - Agency - 17 September 2019 - The mayor", date(2019, 9, 17)),
    ("Sebha 17 September 2019", date(2019, 9, 17)),
    ("Publié le 17 septembre 2019", date(2019, 9, 17)),
]


@pytest.mark.parametrize(("line", "day"), DATELINES)
def test_a_dateline_near_the_beginning_is_found(line: str, day: date) -> None:
    for text in (line, f"A title\n\n{line}\n\nThe text.", f"عنوان\n{line}\nنص"):
        found = read_dateline(text)
        assert found is not None, text
        assert found.day == day


@pytest.mark.parametrize(
    "line",
    [
        "On 17 September 2019, the mayor opened the school and left again.",
        "On Tuesday, 17 September 2019, the mayor opened the school.",
        "The mayor came on 17 September 2019 and left",
        "17 September 2019 was a long day",
        "في 17 سبتمبر 2019، افتتح رئيس البلدية المدرسة الجديدة في المدينة",
        "في 17 سبتمبر 2019 افتتح رئيس البلدية المدرسة",
        "افتتح رئيس البلدية المدرسة في 17 سبتمبر 2019",
        "17 سبتمبر 2019 كان يوما طويلا",
        "وفي يوم الثلاثاء الموافق 17 سبتمبر 2019 — وهو يوم طويل — افتتحت المدرسة",
        "A report on the fire of 17 September 2019",
        "- 17 September 2019: the school opens",
        "3. 17 September 2019",
        "17 September 2019 - 4 October 2019",
        "17 September 2019 to 4 October 2019",
        "Case 17/9/2019/44 of the court",
        "Since 17 September 2019 - and this is long",
        "منذ 17 سبتمبر 2019: المدرسة مفتوحة",
        "سالم عمر (17 سبتمبر 1952 -) معلم من سبها",
        "Salem Omar (17 September 1952 - 3 May 2018) was a teacher",
        "September 2019",
    ],
)
def test_a_date_that_a_text_tells_of_is_no_dateline(line: str) -> None:
    assert read_dateline(line) is None
    assert read_dateline(f"A title\n\n{line}\nMore.") is None


def test_a_date_far_from_the_beginning_is_no_dateline() -> None:
    assert read_dateline("A line.\n" * 12 + "17 September 2019") is None
    assert read_dateline("word " * 300 + "\n17 September 2019") is None


def test_the_same_day_in_two_calendars_is_not_converted() -> None:
    found = read_dateline("التاريخ: 18/1/1441 هـ\nالموافق: 17 سبتمبر 2019 م\n\nقرار")
    assert found is not None
    assert (found.day, found.marks) == (date(2019, 9, 17), ())


def test_a_chronology_has_no_dateline() -> None:
    lines = [f"{day} September 2019: the school" for day in (3, 9, 17)]
    assert read_dateline("\n".join(lines)) is None
    assert read_dateline("\n".join(lines[:2])) is not None


# --- names of files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-09-17-school.txt", date(2019, 9, 17)),
        ("school_2019_09_17.html", date(2019, 9, 17)),
        ("20190917.pdf", date(2019, 9, 17)),
        ("IMG_20190917_211500.txt", date(2019, 9, 17)),
        ("20190917211500.html", date(2019, 9, 17)),
        ("17-09-2019 report.docx", date(2019, 9, 17)),
        ("Report 17 September 2019.docx", date(2019, 9, 17)),
        ("تقرير ١٧ أيلول ٢٠١٩.txt", date(2019, 9, 17)),
        ("2019-09-school.txt", None),
        ("87654321.txt", None),
        ("20191799.txt", None),
        ("2019-09-17_2019-10-04.txt", None),
        ("school.txt", None),
        ("", None),
    ],
)
def test_a_name_states_a_day(name: str, day: date | None) -> None:
    found = read_name(name)
    assert (found.day if found else None) == day


def test_what_a_document_states_counts_before_its_dateline_and_that_before_the_name() -> None:
    text, name = "Sebha, 17 September 2019", "2018-01-02.txt"
    assert date_fields(date(2020, 1, 31), text, name)["date_source"] == "stated"
    assert date_fields(None, text, name)["date_source"] == "dateline"
    assert date_fields(None, "", name) == {
        "date": date(2018, 1, 2), "date_source": "file name", "date_marks": (),
    }  # fmt: skip
    assert date_fields(None, "", "a.txt") == {}


# --- all texts ---------------------------------------------------------------------------------

pieces = st.sampled_from(
    [*"0123456789٠١٢٣۴۵/-.,،:() \n", "2019", "1442", "هـ", "سبتمبر", "رمضان", "Sept", "17", "في",
     "Tripoli", "طرابلس", "الموافق", "\u200f", "on", "Date", "\ufdf2"]
)  # fmt: skip


@given(st.text() | st.lists(pieces, max_size=60).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    for read in (read_date, read_dateline, read_name):
        found = read(text)
        assert found is None or isinstance(found.day, date)


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_from_its_iso_form_as_value_dateline_and_name(day: date) -> None:
    for found in (
        read_date(day.isoformat()),
        read_dateline(day.isoformat()),
        read_name(f"{day}.txt"),
    ):
        assert found is not None
        assert (found.day, found.marks) == (day, ())
