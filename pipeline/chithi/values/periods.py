"""Calendar periods read from words: days, months, quarters, years and spans of years.

Texts are folded and lower-case. A period whose year nobody states has no dates; one that no calendar holds (31/02) is
None. There is no clock: a missing year comes from the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from chithi.values import Context

Unit = Literal["day", "month", "quarter", "year", "span"]

NUMBERS = {
    "một": 1, "nhất": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12, "mười lăm": 15, "hai mươi": 20,
    "ba mươi": 30, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip

_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_TAIL = r"(?:(?: ?[/.-] ?|,? (?:của )?năm | )(?P<year>(?:19|20)\d\d))?"
_DAY = re.compile(
    rf"(?:ngày )?(?:mồng |mùng )?(?P<day>\d{{1,2}})(?: ?[/.-] ?| (?:của )?tháng )(?P<month>\d{{1,2}}|{_WORDS}){_TAIL}"
)
_DAY_ALONE = re.compile(r"ngày (?:mồng |mùng )?(?P<day>\d{1,2})")
_MONTH = re.compile(rf"tháng (?P<month>\d{{1,2}}|{_WORDS}){_TAIL}")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})(?: ?[/.-] ?|,? năm )(?P<year>\d{4})")
_QUARTER = re.compile(rf"qu[ýí] (?P<quarter>\d|{_WORDS}){_TAIL}")
_YEAR = re.compile(r"(?:(?:năm|giai đoạn|thời kỳ|nhiệm kỳ) )?(?P<year>\d{4})")
_YEARS = re.compile(
    r"(?P<school>năm học )?(?:\D{0,30} )?(?P<year>\d{4}) ?(?:[-/]|đến|tới) ?(?:hết )?(?:năm )?(?P<last>\d{4})"
)
_SCHOOL_TERM = re.compile(r"(?:học )?k[ỳì] (?P<term>ii|i|1|2|một|hai) (?P<rest>năm học .*)")
_THIS = re.compile(r"(?P<unit>năm học|năm|quý|quí|tháng|tuần|ngày) ?(?:hôm )?(?:nay|này|mới)?")
_NUMBER = re.compile(r"\d{1,2}")
# An order rarely falls due half a year before it is given: such a date without a year belongs to the next one.
_STALE = timedelta(days=183)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Inclusive dates; both None where the year is unknown."""

    start: date | None
    end: date | None
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The numbers that an expression states, before any is supplied from elsewhere."""

    day: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    last_year: int | None = None
    school: bool = False
    bare: int | None = None


def number(text: str) -> int:
    """A written or spelt number from 1 to 30.

    >>> number("09"), number("mười hai"), number("iv"), number("05 (năm)")
    (9, 12, 4, 5)
    """
    head = text.split("(", maxsplit=1)[0].strip()
    return int(head) if head.isdigit() else NUMBERS[head]


def read_parts(text: str) -> Parts | None:
    """The numbers of one day, month, quarter, year or span of years; None for other words.

    >>> read_parts("quý iv năm 2025") == Parts(quarter=4, year=2025)
    True
    """
    text = text.strip()
    if m := _YEARS.fullmatch(text):
        return Parts(year=int(m["year"]), last_year=int(m["last"]), school=m["school"] is not None)
    if m := _YEAR.fullmatch(text):
        return Parts(year=int(m["year"]))
    for pattern in (_MONTH_YEAR, _DAY, _MONTH, _QUARTER, _DAY_ALONE):
        if m := pattern.fullmatch(text):
            found = {name: number(value) for name, value in m.groupdict().items() if value is not None}
            return Parts(
                day=found.get("day"), month=found.get("month"), quarter=found.get("quarter"), year=found.get("year")
            )
    if m := _NUMBER.fullmatch(text):
        return Parts(bare=int(text))
    return None


def resolve(parts: Parts, context: Context) -> Period | None:
    """The period that the numbers name, its year supplied from the document where they lack it.

    >>> resolve(Parts(month=2, day=31, year=2025), Context()) is None
    True
    """
    year = parts.year or context.default_year
    checked = year or 2024  # a leap year: 29/02 without a year is a possible day
    try:
        period = _build(parts, checked)
    except ValueError:
        return None
    if year is None:
        return Period(start=None, end=None, unit=period.unit)
    issued = context.issued_on
    if (
        parts.year is None and context.year is None and issued and period.end and period.start
        and period.end < issued - _STALE
    ):  # fmt: skip
        return _build(parts, year + 1) if (parts.day, parts.month) != (29, 2) else None
    return period


def _build(parts: Parts, year: int) -> Period:
    if parts.last_year is not None:
        if not parts.year or parts.last_year < parts.year:
            raise ValueError("a span of years runs backwards")
        if parts.school:
            return Period(start=date(parts.year, 9, 1), end=date(parts.last_year, 5, 31), unit="span")
        return Period(start=date(parts.year, 1, 1), end=date(parts.last_year, 12, 31), unit="span")
    if parts.day is not None:
        if parts.month is None:
            raise ValueError("a day without its month")
        day = date(year, parts.month, parts.day)
        return Period(start=day, end=day, unit="day")
    if parts.month is not None:
        first = date(year, parts.month, 1)
        return Period(start=first, end=month_end(first), unit="month")
    if parts.quarter is not None:
        if parts.quarter > 4:
            raise ValueError("a year has four quarters")
        first = date(year, 3 * parts.quarter - 2, 1)
        return Period(start=first, end=month_end(first + relativedelta(months=2)), unit="quarter")
    if parts.bare is not None:
        raise ValueError("a number that names no period")
    return Period(start=date(year, 1, 1), end=date(year, 12, 31), unit="year")


def month_end(day: date) -> date:
    """The last day of the month.

    >>> month_end(date(2024, 2, 1))
    datetime.date(2024, 2, 29)
    """
    return day + relativedelta(day=31)


def read_period(text: str, context: Context) -> Period | None:
    """The period that an expression names.

    >>> read_period("quý iii/2025", Context()).end
    datetime.date(2025, 9, 30)
    """
    text = text.strip()
    if m := _SCHOOL_TERM.fullmatch(text):
        return _school_term(first=m["term"] in {"i", "1", "một"}, school=read_period(m["rest"], context))
    if m := _THIS.fullmatch(text):
        return _this(m["unit"], context)
    parts = read_parts(text)
    return None if parts is None else resolve(parts, context)


def _school_term(*, first: bool, school: Period | None) -> Period | None:
    # The ministry's yearly frame lets the first term end in mid January.
    if school is None or school.start is None or school.end is None:
        return school
    middle = date(school.end.year, 1, 15)
    return replace(school, end=middle) if first else replace(school, start=middle + timedelta(days=1))


def _this(unit: str, context: Context) -> Period | None:
    kinds: dict[str, Unit] = {"năm": "year", "quý": "quarter", "quí": "quarter", "tháng": "month", "ngày": "day"}
    kind = kinds.get(unit, "span")
    day = context.issued_on
    if unit == "năm" and context.default_year:
        return _build(Parts(), context.default_year)
    if day is None:
        return Period(start=None, end=None, unit=kind)
    if unit == "quý" or unit == "quí":
        return _build(Parts(quarter=(day.month + 2) // 3), day.year)
    if unit == "tháng":
        return _build(Parts(month=day.month), day.year)
    if unit == "ngày":
        return Period(start=day, end=day, unit="day")
    if unit == "tuần":
        monday = day - timedelta(days=day.weekday())
        return Period(start=monday, end=monday + timedelta(days=6), unit="span")
    # Until May the running school year is meant, from June on the coming one.
    first = day.year if day.month >= 6 else day.year - 1
    return _build(Parts(year=first, last_year=first + 1, school=True), first)


def read_range(first: str, last: str, context: Context) -> Period | None:
    """The span from one period to another; the first takes from the last what it leaves out.

    >>> span = read_range("16", "20/11/2025", Context())
    >>> span.start.isoformat(), span.end.isoformat()
    ('2025-11-16', '2025-11-20')
    """
    one = read_parts(first)
    two = read_parts(last) or read_parts(f"quý {last}")
    if one is None or two is None:
        return None
    if two.bare is not None:
        two = _adopt(two, one)
    if one.bare is not None:
        one = _adopt(one, two)
    inherited = one.year is None
    if one.day is not None and one.month is None:
        one = replace(one, month=two.month)
    start_year = one.year if not inherited else two.year
    end = resolve(two, context)
    if end is None:
        return None
    begin = resolve(replace(one, year=start_year or (end.start.year if end.start else None)), context)
    if begin is None:
        return None
    if begin.start is None or end.end is None:
        return Period(start=None, end=None, unit="span")
    if begin.start > end.end:
        if not inherited:
            return None
        begin = resolve(replace(one, year=begin.start.year - 1), context)  # from November to March
        if begin is None or begin.start is None:
            return None
    return Period(start=begin.start, end=end.end, unit="span")


def _adopt(number_only: Parts, model: Parts) -> Parts:
    """Read a bare number as the finest part of its neighbour: `16` before `20/11`, `III` before `IV`."""
    value = number_only.bare
    if model.day is not None:
        return Parts(day=value, month=model.month)
    if model.month is not None:
        return Parts(month=value)
    if model.quarter is not None:
        return Parts(quarter=value)
    return number_only
