"""Recurrence rules (RFC 5545) from expressions that come back every year, quarter, month, week or day."""

from __future__ import annotations

import re
from datetime import date

from chithi.values.periods import number, read_parts

_FREQ = {"năm": "YEARLY", "năm học": "YEARLY", "tháng": "MONTHLY", "tuần": "WEEKLY", "ngày": "DAILY"}
_WEEKDAY = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR",
            "6": "FR", "bảy": "SA", "bẩy": "SA", "7": "SA"}  # fmt: skip
_PLACE = {"đầu": "1,4,7,10", "giữa": "2,5,8,11", "cuối": "3,6,9,12"}


def _body(freq: str, *, interval: int = 1, month: str = "", day: int | None = None) -> str:
    parts = [f"FREQ={freq}"]
    if interval > 1:
        parts.append(f"INTERVAL={interval}")
    if month:
        parts.append(f"BYMONTH={month}")
    if day is not None:
        parts.append(f"BYMONTHDAY={day}")
    return ";".join(parts)


def every(unit: str, *, count: int = 1) -> str | None:
    """Once every so many years, quarters, months, weeks or days.

    >>> every("quý"), every("tháng", count=6)
    ('FREQ=MONTHLY;INTERVAL=3', 'FREQ=MONTHLY;INTERVAL=6')
    """
    if count < 1:
        return None
    if unit in {"quý", "quí"}:
        return _body("MONTHLY", interval=3 * count)
    return _body(_FREQ[unit], interval=count) if unit in _FREQ else None


def times(unit: str, *, count: int) -> str | None:
    """So many times a year: the interval in months where it is a whole number, else the unit alone.

    >>> times("năm", count=2), times("năm", count=1)
    ('FREQ=MONTHLY;INTERVAL=6', 'FREQ=YEARLY')
    """
    if count < 1:
        return None
    if unit == "năm" and count > 1 and 12 % count == 0:
        return _body("MONTHLY", interval=12 // count)
    return every(unit)


def yearly(point: str, *, before: bool = False) -> str | None:
    """Every year on a day, in a month or in a quarter; `before` a month or quarter means in the month ahead of it.

    >>> yearly("15/12"), yearly("tháng 8"), yearly("quý i")
    ('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15', 'FREQ=YEARLY;BYMONTH=8', 'FREQ=YEARLY;BYMONTH=1,2,3')
    """
    parts = read_parts(point)
    if parts is None:
        return None
    if parts.month is not None and parts.day is not None:
        try:
            date(2024, parts.month, parts.day)
        except ValueError:
            return None
        return _body("YEARLY", month=str(parts.month), day=parts.day)
    months = [parts.month] if parts.month else []
    if parts.quarter:
        months = [3 * parts.quarter - 2, 3 * parts.quarter - 1, 3 * parts.quarter]
    if not months or not 1 <= months[0] <= months[-1] <= 12:
        return None
    if before:
        months = [months[0] - 1 or 12]
    return _body("YEARLY", month=",".join(map(str, months)))


def yearly_span(first: str, last: str) -> str | None:
    """Every year from one month to another.

    >>> yearly_span("tháng 10", "tháng 1")
    'FREQ=YEARLY;BYMONTH=1,10,11,12'
    """
    one, two = read_parts(first), read_parts(last)
    if not one or not two or not one.month or not two.month or max(one.month, two.month) > 12:
        return None
    count = (two.month - one.month) % 12 + 1
    months = sorted((one.month - 1 + i) % 12 + 1 for i in range(count))
    return _body("YEARLY", month=",".join(map(str, months)))


def monthly(day: int, *, unit: str = "tháng", place: str = "") -> str | None:
    """Every month or quarter on a day; `place` names the month of the quarter: đầu, giữa, cuối.

    >>> monthly(25), monthly(20, unit="quý", place="cuối")
    ('FREQ=MONTHLY;BYMONTHDAY=25', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20')
    """
    if not 1 <= day <= 31:
        return None
    if unit == "tháng":
        return _body("MONTHLY", day=day)
    if place:
        return _body("YEARLY", month=_PLACE[place], day=day)
    return _body("MONTHLY", interval=3, day=day)


def weekly(weekday: str) -> str | None:
    """Every week on a day of the week.

    >>> weekly("thứ sáu")
    'FREQ=WEEKLY;BYDAY=FR'
    """
    if "chủ nhật" in weekday:
        return "FREQ=WEEKLY;BYDAY=SU"
    name = weekday.removeprefix("thứ ").strip()
    return f"FREQ=WEEKLY;BYDAY={_WEEKDAY[name]}" if name in _WEEKDAY else None


def day_number(text: str) -> int:
    """The number of `ngày 25`, `mồng 5`.

    >>> day_number("ngày mồng 5")
    5
    """
    return number(re.sub(r"ngày |mồng |mùng ", "", text))
