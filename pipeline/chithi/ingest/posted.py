"""When a page was posted: the line that shows it, or what the markup declares."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from lxml.html import HtmlElement

from chithi.orthography import fold, lower

_DAY = r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})"
_TIME = r"(?:\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?(?:\s?(?:am|pm|sáng|chiều|sa|ch|gmt\s?\+\s?7|\(gmt\s?\+\s?7\)))*)"
_LABEL = (
    r"(?:(?:được )?(?:đăng|đăng tải|xuất bản)\b[^\d:]{0,40}:?|(?:ngày|thời gian) (?:đăng|xuất bản)(?: tin| bài)?\s*:?)"
)
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)"
_TAIL = r"(?:(?:số )?(?:lượt|lần) (?:xem|đọc)|đã xem|lượt)\s*:?\s*[\d.,]+"
_STAMP = re.compile(
    rf"\(?\s*(?:{_LABEL}\s*)?(?:{_WEEKDAY}[\s,-]*)?(?:ngày\s+)?(?:{_TIME}[\s,|-]*(?:ngày\s+)?)?{_DAY}"
    rf"(?:[\s,|-]*{_TIME})?\s*\)?(?:[\s,|-]*{_TAIL})?"
)
_YEAR = re.compile(r"\d{4}")
_BARE = re.compile(r"\(?\s*ngày\s+\d")  # as a directive writes its own date
_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_NAMES = {"article:published_time", "datepublished", "pubdate", "publishdate", "published_time", "dc.date.issued"}
_VIETNAM = timezone(timedelta(hours=7))


def stamp_date(block: str) -> str | None:
    """The day that a line of its own gives as that of posting, in ISO form.

    >>> stamp_date("Thứ năm, 21/7/2022 | 5:25:21 Chiều"), stamp_date("An Hải, ngày 21/7/2022")
    ('2022-07-21', None)
    """
    if len(block) > 120 or not _YEAR.search(block):
        return None
    low = re.sub(r"\s+", " ", lower(fold(block))).strip()
    found = _STAMP.fullmatch(low)
    return _iso(*found.group("year", "month", "day")) if found and not _BARE.match(low) else None


def declared_date(root: HtmlElement) -> str | None:
    """The day of posting that a page's head, its linked data or a ``<time>`` in it declares, in Vietnam's time."""
    times: list[str] = []
    for element in root.iter("meta", "script", "time"):
        if element.tag == "meta":
            names = {(element.get(key) or "").lower() for key in ("property", "name", "itemprop")}
            value = element.get("content") if names & _NAMES else None
        elif element.tag == "script":
            data = _LINKED_DATA.search(element.text or "") if "ld+json" in (element.get("type") or "") else None
            value = data[1] if data else None
        else:
            times.append(element.get("datetime") or "")
            continue
        if value and (day := _local_day(value)):
            return day
    return next((day for value in times if (day := _local_day(value))), None)


def _local_day(value: str) -> str | None:
    found = _ISO.match(value)
    if not found:
        return None
    year, month, day, hour, minute, zone = found.groups()
    if zone is None:
        return _iso(year, month, day)
    try:
        moment = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}{zone}")
    except ValueError:
        return None
    return moment.astimezone(_VIETNAM).date().isoformat()


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
