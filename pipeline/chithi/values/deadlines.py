"""Values of time expressions: one function a kind, named by the rules of the deadline packs.

Every value has the keys ``kind``, ``start``, ``end``, ``rrule``, ``duration`` and ``anchor``. Dates are inclusive ISO
strings; both are None where the document states no year. A day that no calendar holds makes the whole value None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from chithi.values import Context, Groups, Normalizer, Value
from chithi.values.event_dates import event_reason, is_date_of_event, is_part_of_name, is_past
from chithi.values.periods import Period, month_end, number, read_period, read_range
from chithi.values.recurrence import day_number, every, monthly, times, weekly, yearly, yearly_span

__all__ = ["NORMALIZERS", "event_reason", "is_date_of_event", "is_part_of_name", "is_past"]

_HOLIDAYS = (
    ("quốc khánh", 9, 2),
    ("lao động", 5, 1),
    ("giải phóng miền nam", 4, 30),
    ("dương lịch", 1, 1),
    ("nhà giáo", 11, 20),
)
_DURATIONS = {"giờ": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y"}
_LAST_MONTHS = re.compile(r"(?:những|các) tháng (?:cuối|còn lại)")
_MONTHS_OF_YEAR = re.compile(r"(?P<count>\d{1,2}|[^\W\d]+(?: [^\W\d]+)?) tháng (?P<place>đầu|cuối)")


def _value(
    kind: str,
    *,
    start: date | None = None,
    end: date | None = None,
    rrule: str | None = None,
    duration: str | None = None,
    anchor: str | None = None,
) -> Value:
    return {
        "kind": kind,
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "rrule": rrule,
        "duration": duration,
        "anchor": anchor,
    }


def _recurring(rrule: str | None) -> Value | None:
    return None if rrule is None else _value("recurring", rrule=rrule)


def deadline_by(groups: Groups, context: Context) -> Value | None:
    """At the latest: the period's last day, or the day ahead of it behind `before` (a day itself is included).

    Where the group ``now`` took part and the document's date is known, it is a period that begins on that date.

    >>> deadline_by({"point": "tháng 6/2025", "before": "trước"}, Context())["end"]
    '2025-05-31'
    """
    period = read_period(groups["point"] or "", context)
    if period is None:
        return None
    if groups.get("now") and context.issued_on and period.end and context.issued_on <= period.end:
        return _value("during", start=context.issued_on, end=period.end)
    if groups.get("before") and period.unit != "day" and period.start:
        return _value("by", end=period.start - timedelta(days=1))
    return _value("by", end=period.end)


def deadline_during(groups: Groups, context: Context) -> Value | None:
    """Inside a period; a period of one day is kind `on`.

    >>> deadline_during({"point": "quý i/2025"}, Context())["start"]
    '2025-01-01'
    """
    period = read_period(groups["point"] or "", context)
    return None if period is None else _during(period)


def _during(period: Period) -> Value:
    return _value("on" if period.unit == "day" else "during", start=period.start, end=period.end)


def deadline_from(groups: Groups, context: Context) -> Value | None:
    """From a period's first day on, with no end; from the day behind it where the group `after` took part.

    >>> deadline_from({"point": "ngày 01/7/2025"}, Context())["start"]
    '2025-07-01'
    """
    period = read_period(groups["point"] or "", context)
    if period is None:
        return None
    if groups.get("after") and period.end:
        return _value("from", start=period.end + timedelta(days=1))
    return _value("from", start=period.start)


def deadline_range(groups: Groups, context: Context) -> Value | None:
    """From one period to another; the first takes from the last what it leaves out.

    >>> deadline_range({"first": "tháng 7", "last": "tháng 12/2025"}, Context())["start"]
    '2025-07-01'
    """
    period = read_range(groups["first"] or "", groups["last"] or "", context)
    return None if period is None else _during(period)


def deadline_part(groups: Groups, context: Context) -> Value | None:
    """Beginning, middle or end of a period, or the first or last months of a year.

    The beginning of a year is its first quarter, of a quarter its first month, of a month ten days. The group `to`
    (a word for "until") or `since` (a word for "from") decides the kind where it took part.

    >>> deadline_part({"part": "6 tháng đầu", "point": "năm 2025"}, Context())["end"]
    '2025-06-30'
    """
    period = read_period(groups["point"] or "", context)
    if period is None:
        return None
    part = groups.get("part") or groups.get("months") or ""
    if period.start is None or period.end is None:
        late = groups.get("to") or part.startswith(("giữa", "cuối", "thời")) or _LAST_MONTHS.match(part)
        return _value("by" if late else "during")
    start, end = period.start, period.end
    if m := _MONTHS_OF_YEAR.search(part):
        if m["count"] in {"những", "các"}:
            return _value("by", end=end) if m["place"] == "cuối" else _value("during", start=start, end=end)
        count = number(m["count"])
        if not 1 <= count <= 12:
            return None
        if m["place"] == "đầu":
            end = start + relativedelta(months=count) - timedelta(days=1)
        else:
            start = date(end.year, 13 - count, 1)
    elif part == "nửa đầu":
        end = _middle(period)
    elif part == "nửa cuối":
        start = _middle(period) + timedelta(days=1)
    elif "đầu" in part:
        end = _beginning(period)
    elif "giữa" in part:
        return _value("by", end=_middle(period))
    else:  # the end, or what is left
        return _value("by", end=end)
    if groups.get("since"):
        return _value("from", start=start)
    return _value("by", end=end) if groups.get("to") else _value("during", start=start, end=end)


def _beginning(period: Period) -> date:
    assert period.start
    if period.unit == "month":
        return period.start + timedelta(days=9)
    return month_end(period.start + relativedelta(months=2 if period.unit == "year" else 0))


def _middle(period: Period) -> date:
    assert period.start
    if period.unit == "month":
        return period.start + timedelta(days=14)
    return month_end(period.start + relativedelta(months=5 if period.unit == "year" else 1))


def deadline_this(groups: Groups, context: Context) -> Value | None:
    """The day, week, month, quarter or year in which the document was issued.

    >>> deadline_this({"whole": "cả năm"}, Context(year=2025))["end"]
    '2025-12-31'
    """
    period = read_period(groups.get("point") or "năm", context)
    return None if period is None else _during(period)


def deadline_unbound(groups: Groups, _context: Context) -> Value | None:
    """A period that only other documents date, such as a term of office: the kind, and the period as anchor.

    >>> deadline_unbound({"to": "hết", "anchor": "nhiệm kỳ"}, Context())["kind"]
    'by'
    """
    return _value("by" if groups.get("to") else "during", anchor=groups["anchor"])


def deadline_holiday(groups: Groups, context: Context) -> Value | None:
    """Before or on a public holiday; lunar feasts keep the name as anchor and get no date.

    >>> deadline_holiday({"before": "trước", "name": "ngày quốc khánh", "year": "2025"}, Context())["end"]
    '2025-09-02'
    """
    name = groups["name"] or ""
    kind = "by" if groups.get("before") else "on"
    solar = next(((month, day) for words, month, day in _HOLIDAYS if words in name), None)
    if solar is None:
        return _value(kind, anchor=name)
    month, day = solar
    period = read_period(f"{day}/{month}" + (f"/{groups['year']}" if groups.get("year") else ""), context)
    if period is None:
        return None
    return _value(kind, start=period.start if kind == "on" else None, end=period.end, anchor=name)


def deadline_lunar(groups: Groups, _context: Context) -> Value | None:
    """A day of the lunar calendar: the words stay as anchor, no date is made of them.

    >>> deadline_lunar({"point": "10/3 âm lịch"}, Context())["anchor"]
    '10/3 âm lịch'
    """
    return _value("by" if groups.get("before") else "on", anchor=groups["point"])


def deadline_every(groups: Groups, _context: Context) -> Value | None:
    """Every so many units: `hằng quý`, `định kỳ 6 tháng`, `2 lần/năm`.

    >>> deadline_every({"unit": "quý"}, Context())["rrule"]
    'FREQ=MONTHLY;INTERVAL=3'
    """
    unit = groups["unit"] or ""
    if unit == "ngày" and groups.get("clock") and (hour := re.match(r"\d+", groups["clock"] or "")):
        return _recurring(f"FREQ=DAILY;BYHOUR={int(hour[0])}")
    if groups.get("times"):
        return _recurring(times(unit, count=number(groups["times"] or "")))
    return _recurring(every(unit, count=number(groups.get("count") or "1")))


def deadline_yearly(groups: Groups, _context: Context) -> Value | None:
    """Every year on a day, in a month or quarter, or from month to month.

    >>> deadline_yearly({"point": "ngày 15 tháng 11"}, Context())["rrule"]
    'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15'
    """
    if groups.get("first"):
        return _recurring(yearly_span(groups["first"] or "", groups["last"] or ""))
    return _recurring(yearly(groups["point"] or "", before=bool(groups.get("before"))))


def deadline_monthly(groups: Groups, _context: Context) -> Value | None:
    """Every month or quarter on a day.

    >>> deadline_monthly({"day": "ngày 20", "unit": "quý", "place": "cuối"}, Context())["rrule"]
    'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20'
    """
    day = day_number(groups["day"] or "")
    return _recurring(monthly(day, unit=groups.get("unit") or "tháng", place=groups.get("place") or ""))


def deadline_weekly(groups: Groups, _context: Context) -> Value | None:
    """Every week on a day of the week.

    >>> deadline_weekly({"weekday": "thứ 6"}, Context())["rrule"]
    'FREQ=WEEKLY;BYDAY=FR'
    """
    return _recurring(weekly(groups["weekday"] or ""))


def deadline_relative(groups: Groups, _context: Context) -> Value | None:
    """A length of time, with the event that it runs from; working days count as days.

    >>> deadline_relative({"count": "15", "unit": "ngày", "anchor": "ngày ký"}, Context())["duration"]
    'P15D'
    """
    count = number(groups["count"] or "")
    unit = groups["unit"] or ""
    if count < 1 or unit not in _DURATIONS:
        return None
    return _value("relative", duration=_DURATIONS[unit].format(count), anchor=groups.get("anchor"))


def deadline_ongoing(_groups: Groups, _context: Context) -> Value | None:
    """Without pause: no dates.

    >>> deadline_ongoing({}, Context())["kind"]
    'ongoing'
    """
    return _value("ongoing")


NORMALIZERS: dict[str, Normalizer] = {
    f.__name__: f
    for f in (
        deadline_by, deadline_during, deadline_from, deadline_range, deadline_part, deadline_this, deadline_unbound,
        deadline_holiday, deadline_lunar, deadline_every, deadline_yearly, deadline_monthly, deadline_weekly,
        deadline_relative, deadline_ongoing,
    )
}  # fmt: skip
