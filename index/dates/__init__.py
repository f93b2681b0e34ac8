"""Dates as people and programs write them, in Arabic, English and French.

::

    date_fields    the date of a document, by the three below
    read_date      a value that states a date: metadata, front matter, a header
    read_dateline  the beginning of a text: ``Tripoli, 3 March 2016``
    read_name      the name of a file: ``2021-04-15-name.txt``
      expressions  where a line states a day, in digits or with a month's name
        months     the names of months in all their spellings
        hijri      days of the Islamic calendar to days of ours
        folding    one spelling for digits, letters and separators

Nothing here raises for any text, and nothing depends on a language setting.
"""

from index.dates.calendar_date import StatedDate
from index.dates.dateline import read_dateline
from index.dates.document_date import date_fields
from index.dates.file_name import read_name
from index.dates.value import read_date

__all__ = ["StatedDate", "date_fields", "read_date", "read_dateline", "read_name"]
