"""Dates as people write them; whether the day or the month comes first is decided for a column as a whole."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from valuechain.model.cells import Cell
from valuechain.model.language import say, term
from valuechain.model.schema import Field
from valuechain.model.search import folded

_MONTHS = (
    "january jan januar jänner jän janvier janv enero ene gennaio gen styczeń stycznia sty januari",
    "february feb februar feber février févr fév febrero febbraio luty lutego lut februari",
    "march mar märz mrz mars marzo marzec marca",
    "april apr avril avr abril abr aprile kwiecień kwietnia kwi",
    "may mai mayo maggio mag maj maja",
    "june jun juni juin junio giugno giu czerwiec czerwca cze",
    "july jul juli juillet juil julio luglio lug lipiec lipca lip",
    "august aug août agosto ago sierpień sierpnia sie augusti",
    "september sep sept septembre septiembre settembre set wrzesień września wrz",
    "october oct oktober okt octobre octubre ottobre ott październik października paź",
    "november nov novembre noviembre listopad listopada lis",
    "december dec dezember dez décembre déc diciembre dic dicembre grudzień grudnia gru",
)
_MONTH_OF = {folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ].*)?)?)?")
_TIME = r"(?:,?[T ]+\d{1,2}:\d{2}.*)?"
_DAY_AND_MONTH = re.compile(rf"(\d{{1,2}})([./-])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([./-])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_YEAR_AND_MONTH = re.compile(r"(\d{4})[./](\d{1,2})")
_QUARTER = re.compile(r"(?:[qt]|(?=\d\.? ?[qtk]))([1-4])\.?\s?(?:\w{6,9})?[ /.-]*(\d{4})", re.IGNORECASE)
_YEAR_AND_QUARTER = re.compile(r"(\d{4})[ /.-]*[qt]([1-4])", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th|er|º)?[ -]*(?:of |de )?)?([^\W\d_]{3,12})[.,]?[ '’-]*(?:del? )?(\d{4}|\d{2})"
)
_NAMED_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 80_000
"""Days since 1899-12-30 that spreadsheets show as a date: 1927 to 2119."""
_EPOCH = datetime.date(1899, 12, 30)
_QUARTER_BEGINS = term(", the first month of the quarter")
_DAY_BY_NUMBER = term(", the day that spreadsheets mean by the number")


def read_dates(field: Field, cells: Sequence[Cell]) -> tuple[dict[Cell, Cell], list[str]]:
    """Return ISO dates, months or years by the cells that write them otherwise, and what is to be said.

    The month comes first only where the column proves it: a second part above 12, and no first part above 12.
    A quarter is read as its first month. Years of two digits are 1950 to 2049.
    """
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    if len(texts) == len(cells) and all(map(_ISO.fullmatch, texts)):
        return {}, []
    parts = [match for match in map(_DAY_AND_MONTH.fullmatch, texts) if match]
    firsts, seconds = [int(match[1]) for match in parts], [int(match[3]) for match in parts]
    day_first = max(firsts, default=0) > 12
    month_first = max(seconds, default=0) > 12
    changed: dict[Cell, Cell] = {}
    said: dict[str, str] = {}
    for cell in cells:
        text = cell.strip() if isinstance(cell, str) else ""
        match = _DAY_AND_MONTH.fullmatch(text)
        if match:
            date, how = _of_parts(match, day_first, month_first)
        elif isinstance(cell, str) and not re.fullmatch(r"[0-9]+", text):
            date, how = _of_words(text)
        else:
            date, how = _of_digits(cell)
        if date:
            changed[cell] = date
            said.setdefault(how, say("{cell!r} was read as {date}{how}.", cell=str(cell).strip(), date=date, how=how))
    return changed, list(said.values())


def _of_parts(match: re.Match[str], day_first: bool, month_first: bool) -> tuple[str, str]:
    """A date of two numbers and a year."""
    first, second, year = int(match[1]), int(match[3]), _year(match[4])
    if first > 12 or (day_first and not month_first):
        return _date(year, second, first), say(": day, month, year")
    if second > 12 or (month_first and not day_first):
        return _date(year, first, second), say(": month, day, year, as no other order fits the column")
    if day_first and month_first:
        return "", ""
    if match[2] == ".":
        return _date(year, second, first), say(": day, month, year")
    unsure = say(": day, month, year; no cell of the column decides whether the day or the month comes first")
    return _date(year, second, first), unsure


def _of_words(text: str) -> tuple[str, str]:
    """A date in any other order or with words, or nothing."""
    if _ISO.fullmatch(text):
        return "", ""
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), int(match[3]), int(match[4])), ""
    if match := _MONTH_OF_YEAR.fullmatch(text):
        return _month(int(match[2]), int(match[1])), ""
    if match := _YEAR_AND_MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2])), ""
    if match := _QUARTER.fullmatch(text):
        return _month(int(match[2]), 3 * int(match[1]) - 2), say(_QUARTER_BEGINS)
    if match := _YEAR_AND_QUARTER.fullmatch(text):
        return _month(int(match[1]), 3 * int(match[2]) - 2), say(_QUARTER_BEGINS)
    if match := _NAMED_MONTH_FIRST.fullmatch(text):
        return _date(int(match[3]), _MONTH_OF.get(folded(match[1]), 0), int(match[2])), ""
    if match := _NAMED.fullmatch(text):
        year, month = _year(match[3]), _MONTH_OF.get(folded(match[2]), 0)
        return (_date(year, month, int(match[1])) if match[1] else _month(year, month)), ""
    return "", ""


def _of_digits(cell: Cell) -> tuple[str, str]:
    """A date that a spreadsheet holds as a number of days, or eight digits."""
    if isinstance(cell, datetime.date) or cell is None:
        return "", ""
    if match := _COMPACT.fullmatch(str(cell).strip()):
        return _date(int(match[1]), int(match[2]), int(match[3])), ""
    days = float(cell)
    if not _FIRST_SERIAL <= days < _LAST_SERIAL:
        return "", ""
    return (_EPOCH + datetime.timedelta(int(days))).isoformat(), say(_DAY_BY_NUMBER)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _date(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(year: int, month: int) -> str:
    return _date(year, month, 1)[:7]
