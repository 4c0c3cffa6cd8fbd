"""The due dates of recurring deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

YEARS = 10
"""How far a rule is followed, from the document's date."""
_MOST = 530  # ten years of weeks; the days of a daily rule tell nothing more
_RULE = re.compile(
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)(?:;(?:INTERVAL=[1-9]\d?|BYMONTH=[\d,]{1,40}|BYMONTHDAY=-?\d{1,2}|"
    r"BYDAY=(?:MO|TU|WE|TH|FR|SA|SU)|BYHOUR=[\d,]{1,80}))*"
)


def occurrences(rrule: str, *, since: date) -> list[tuple[date, date]]:
    """First day and due date of each occurrence of a rule, from a day on for `YEARS` years, at most ten years of weeks.

    A document that says `hằng quý` names a period, not a day: what is due in it is due on its last day. Periods are
    counted from the January of the first year, weeks from their Monday. What the rule names is due that day.

    Args:
        rrule: the body of an RFC 5545 rule in the form that records have; any other has no occurrences here.
        since: the first day that counts, the document's date.

    >>> [str(due) for _, due in occurrences("FREQ=MONTHLY;INTERVAL=3", since=date(2025, 5, 1))[:3]]
    ['2025-06-30', '2025-09-30', '2025-12-31']
    >>> [str(due) for _, due in occurrences("FREQ=YEARLY;BYMONTH=1,2,3", since=date(2025, 5, 1))[:2]]
    ['2026-03-31', '2027-03-31']
    >>> [str(due) for _, due in occurrences("FREQ=MONTHLY;BYMONTHDAY=25", since=date(2025, 5, 1))[:2]]
    ['2025-05-25', '2025-06-25']
    """
    if not _RULE.fullmatch(rrule) or since.year > date.max.year - 200:  # periods of 99 years end behind the horizon
        return []
    end = date(since.year + YEARS, since.month, min(since.day, 28))
    due = ((first, last) for first, last in _periods(rrule, since, end) if since <= last < end)
    return list(islice(due, _MOST))


def _periods(rrule: str, since: date, end: date) -> Iterator[tuple[date, date]]:
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=") for part in rrule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    named = "BYMONTHDAY" in parts or "BYDAY" in parts or parts["FREQ"] == "DAILY"
    january = datetime(since.year, 1, 1)
    monday = january - timedelta(days=january.weekday())
    # The days, not the hours: twice a day is due once.
    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name != "BYHOUR")
    if not named and "BYMONTH" in parts:
        rule += ";BYMONTHDAY=1"
    rule += f";UNTIL={end:%Y%m%d}"
    try:
        days = rrulestr(rule, dtstart=monday if parts["FREQ"] == "WEEKLY" else january)
    except ValueError:  # a month 13
        return
    starts = (day.date() for day in days)
    if named:
        yield from ((day, day) for day in starts)
    elif parts["FREQ"] == "WEEKLY":
        yield from ((day, day + timedelta(days=7 * interval - 1)) for day in starts)
    elif "BYMONTH" in parts:
        yield from _runs(starts)
    else:
        months = interval * (12 if parts["FREQ"] == "YEARLY" else 1)
        yield from ((day, _last_day(day, months)) for day in starts)


def _runs(starts: Iterator[date]) -> Iterator[tuple[date, date]]:
    """Months that follow each other are one period: those of a quarter."""
    first = last = None
    for day in starts:
        if first is not None and last is not None and day != last + timedelta(days=1):
            yield first, last
            first = None
        first = first or day
        last = _last_day(day, 1)
    if first is not None and last is not None:
        yield first, last


def _last_day(day: date, months: int) -> date:
    """The last day of so many months that begin with a month's first day."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
