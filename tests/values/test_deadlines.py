"""Values of time expressions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chithi.values import Context
from chithi.values import deadlines as d

ISSUED = Context(issued_on=date(2025, 11, 20))


def value(kind: str, **fields: str) -> dict[str, Any]:
    empty = {"start": None, "end": None, "rrule": None, "duration": None, "anchor": None}
    return {"kind": kind, **empty, **fields}


@pytest.mark.parametrize(
    ("groups", "end"),
    [
        ({"point": "năm 2027"}, "2027-12-31"),
        ({"point": "quý iii/2027"}, "2027-09-30"),
        ({"point": "tháng 2 năm 2028"}, "2028-02-29"),
        ({"point": "ngày 30/6/2027", "before": "trước"}, "2027-06-30"),
        ({"point": "tháng 6/2027", "before": "trước"}, "2027-05-31"),
        ({"point": "quý i/2027", "before": "trước"}, "2026-12-31"),
        ({"point": "năm 2030", "before": "trước"}, "2029-12-31"),
        ({"point": "năm học 2026-2027"}, "2027-05-31"),
    ],
)
def test_latest_day(groups: dict[str, str], end: str) -> None:
    assert d.deadline_by(groups, Context()) == value("by", end=end)


@pytest.mark.parametrize(
    ("point", "end"),
    [
        ("ngày 31/12", "2025-12-31"),
        ("ngày 30/6", "2025-06-30"),
        ("ngày 15/01", "2026-01-15"),
        ("quý i", "2026-03-31"),
        ("quý iv", "2025-12-31"),
    ],
)
def test_missing_year_is_the_document_s_or_the_next_for_a_long_gone_day(point: str, end: str) -> None:
    assert d.deadline_by({"point": point}, ISSUED) == value("by", end=end)


def test_year_of_the_sentence_goes_before_the_issue_date() -> None:
    context = Context(issued_on=date(2025, 11, 20), year=2027)
    assert d.deadline_by({"point": "ngày 15/01"}, context) == value("by", end="2027-01-15")


def test_unknown_year_gives_the_kind_without_dates() -> None:
    assert d.deadline_by({"point": "ngày 31/12"}, Context()) == value("by")


@pytest.mark.parametrize("point", ["31/02/2027", "ngày 31 tháng 4", "30/13/2027", "29/02/2027"])
def test_impossible_day_has_no_value(point: str) -> None:
    assert d.deadline_by({"point": point}, ISSUED) is None


@pytest.mark.parametrize(
    ("point", "kind", "start", "end"),
    [
        ("năm 2027", "during", "2027-01-01", "2027-12-31"),
        ("2026 - 2030", "during", "2026-01-01", "2030-12-31"),
        ("quý 4 năm 2027", "during", "2027-10-01", "2027-12-31"),
        ("quí i-2027", "during", "2027-01-01", "2027-03-31"),
        ("tháng tư năm 2027", "during", "2027-04-01", "2027-04-30"),
        ("tháng năm năm 2027", "during", "2027-05-01", "2027-05-31"),
        ("6/2027", "during", "2027-06-01", "2027-06-30"),
        ("năm học 2027-2028", "during", "2027-09-01", "2028-05-31"),
        ("học kỳ i năm học 2027-2028", "during", "2027-09-01", "2028-01-15"),
        ("học kỳ ii năm học 2027-2028", "during", "2028-01-16", "2028-05-31"),
        ("ngày 08 tháng 9 năm 2027", "on", "2027-09-08", "2027-09-08"),
        ("ngày mồng 5/2/2027", "on", "2027-02-05", "2027-02-05"),
        ("01.3.2027", "on", "2027-03-01", "2027-03-01"),
    ],
)
def test_period(point: str, kind: str, start: str, end: str) -> None:
    assert d.deadline_during({"point": point}, Context()) == value(kind, start=start, end=end)


def test_years_that_run_backwards_have_no_value() -> None:
    assert d.deadline_during({"point": "2030-2026"}, Context()) is None


@pytest.mark.parametrize(
    ("groups", "start"),
    [
        ({"point": "ngày 01/7/2027"}, "2027-07-01"),
        ({"point": "năm 2027"}, "2027-01-01"),
        ({"point": "năm 2030", "after": "sau"}, "2031-01-01"),
    ],
)
def test_open_beginning(groups: dict[str, str], start: str) -> None:
    assert d.deadline_from(groups, Context()) == value("from", start=start)


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("16", "20/11/2027", "2027-11-16", "2027-11-20"),
        ("ngày 08", "ngày 09 tháng 11 năm 2027", "2027-11-08", "2027-11-09"),
        ("28/2", "02/3/2027", "2027-02-28", "2027-03-02"),
        ("tháng 11", "12/2027", "2027-11-01", "2027-12-31"),
        ("tháng 7", "8 năm 2027", "2027-07-01", "2027-08-31"),
        ("tháng 11", "tháng 3/2027", "2026-11-01", "2027-03-31"),
        ("quý iii", "iv/2027", "2027-07-01", "2027-12-31"),
        ("quý iv/2026", "năm 2028", "2026-10-01", "2028-12-31"),
        ("2026", "2028", "2026-01-01", "2028-12-31"),
    ],
)
def test_range(first: str, last: str, start: str, end: str) -> None:
    found = d.deadline_range({"first": first, "last": last}, Context())
    assert found == value("during", start=start, end=end)


def test_range_that_runs_backwards_has_no_value() -> None:
    assert d.deadline_range({"first": "05/6/2027", "last": "01/3/2027"}, Context()) is None


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"part": "đầu", "point": "năm 2027"}, value("during", start="2027-01-01", end="2027-03-31")),
        ({"part": "giữa", "point": "năm 2027"}, value("by", end="2027-06-30")),
        ({"part": "cuối", "point": "năm 2027"}, value("by", end="2027-12-31")),
        ({"part": "cuối", "point": "năm"}, value("by", end="2025-12-31")),
        ({"part": "những tháng cuối", "point": "năm"}, value("by", end="2025-12-31")),
        ({"part": "thời gian còn lại của", "point": "năm 2027"}, value("by", end="2027-12-31")),
        ({"part": "6 tháng đầu", "point": "năm 2027"}, value("during", start="2027-01-01", end="2027-06-30")),
        ({"part": "sáu tháng cuối", "point": "năm 2027"}, value("during", start="2027-07-01", end="2027-12-31")),
        ({"part": "nửa đầu", "point": "năm 2027"}, value("during", start="2027-01-01", end="2027-06-30")),
        ({"part": "nửa cuối", "point": "năm 2027"}, value("during", start="2027-07-01", end="2027-12-31")),
        ({"part": "cuối", "point": "tháng 2/2027"}, value("by", end="2027-02-28")),
        ({"part": "đầu", "point": "tháng 3/2027"}, value("during", start="2027-03-01", end="2027-03-10")),
        ({"part": "đầu", "point": "năm 2027", "to": "đến"}, value("by", end="2027-03-31")),
        ({"part": "đầu", "point": "năm 2027", "since": "từ"}, value("from", start="2027-01-01")),
        ({"part": "14 tháng đầu", "point": "năm 2027"}, None),
    ],
)
def test_part_of_a_period(groups: dict[str, str], expected: dict[str, Any] | None) -> None:
    assert d.deadline_part(groups, ISSUED) == expected


@pytest.mark.parametrize(
    ("point", "start", "end"),
    [
        ("năm nay", "2025-01-01", "2025-12-31"),
        ("quý này", "2025-10-01", "2025-12-31"),
        ("tháng này", "2025-11-01", "2025-11-30"),
        ("tuần này", "2025-11-17", "2025-11-23"),
        ("năm học này", "2025-09-01", "2026-05-31"),
    ],
)
def test_current_period_is_the_document_s(point: str, start: str, end: str) -> None:
    assert d.deadline_this({"point": point}, ISSUED) == value("during", start=start, end=end)


@pytest.mark.parametrize(
    ("groups", "rrule"),
    [
        ({"unit": "năm"}, "FREQ=YEARLY"),
        ({"unit": "quý"}, "FREQ=MONTHLY;INTERVAL=3"),
        ({"unit": "tháng"}, "FREQ=MONTHLY"),
        ({"unit": "tuần"}, "FREQ=WEEKLY"),
        ({"unit": "ngày"}, "FREQ=DAILY"),
        ({"unit": "tháng", "count": "06"}, "FREQ=MONTHLY;INTERVAL=6"),
        ({"unit": "năm", "count": "hai"}, "FREQ=YEARLY;INTERVAL=2"),
        ({"unit": "năm", "times": "2"}, "FREQ=MONTHLY;INTERVAL=6"),
        ({"unit": "năm", "times": "5"}, "FREQ=YEARLY"),
    ],
)
def test_repetition(groups: dict[str, str], rrule: str) -> None:
    assert d.deadline_every(groups, ISSUED) == value("recurring", rrule=rrule)


def test_repetition_of_zero_months_has_no_value() -> None:
    assert d.deadline_every({"unit": "tháng", "count": "0"}, ISSUED) is None


@pytest.mark.parametrize(
    ("groups", "rrule"),
    [
        ({"point": "ngày 15/12"}, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
        ({"point": "01 tháng 6"}, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"),
        ({"point": "tháng 8"}, "FREQ=YEARLY;BYMONTH=8"),
        ({"point": "tháng 1", "before": "trước"}, "FREQ=YEARLY;BYMONTH=12"),
        ({"point": "quý iv"}, "FREQ=YEARLY;BYMONTH=10,11,12"),
        ({"first": "tháng 11", "last": "tháng 2"}, "FREQ=YEARLY;BYMONTH=1,2,11,12"),
    ],
)
def test_yearly(groups: dict[str, str], rrule: str) -> None:
    assert d.deadline_yearly(groups, ISSUED) == value("recurring", rrule=rrule)


@pytest.mark.parametrize("point", ["ngày 31/4", "tháng 13", "năm 2027"])
def test_yearly_day_that_no_year_has_gives_no_value(point: str) -> None:
    assert d.deadline_yearly({"point": point}, ISSUED) is None


@pytest.mark.parametrize(
    ("groups", "rrule"),
    [
        ({"day": "ngày 25", "unit": "tháng"}, "FREQ=MONTHLY;BYMONTHDAY=25"),
        ({"day": "ngày mồng 5", "unit": None}, "FREQ=MONTHLY;BYMONTHDAY=5"),
        ({"day": "ngày 10", "unit": "quý"}, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        ({"day": "ngày 20", "unit": "quý", "place": "cuối"}, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        ({"day": "ngày 10", "unit": "quý", "place": "đầu"}, "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ],
)
def test_monthly(groups: dict[str, str | None], rrule: str) -> None:
    assert d.deadline_monthly(groups, ISSUED) == value("recurring", rrule=rrule)


def test_weekly() -> None:
    assert d.deadline_weekly({"weekday": "thứ hai"}, ISSUED) == value("recurring", rrule="FREQ=WEEKLY;BYDAY=MO")


@pytest.mark.parametrize(
    ("count", "unit", "duration"),
    [
        ("15", "ngày", "P15D"),
        ("05 (năm)", "ngày", "P5D"),
        ("48", "giờ", "PT48H"),
        ("ba", "tuần", "P3W"),
        ("02", "tháng", "P2M"),
        ("5", "năm", "P5Y"),
    ],
)
def test_length_of_time(count: str, unit: str, duration: str) -> None:
    found = d.deadline_relative({"count": count, "unit": unit, "anchor": "ngày ký"}, ISSUED)
    assert found == value("relative", duration=duration, anchor="ngày ký")


def test_no_time_at_all_has_no_value() -> None:
    assert d.deadline_relative({"count": "0", "unit": "ngày"}, ISSUED) is None


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            {"before": "trước", "name": "ngày quốc khánh", "year": "2027"},
            value("by", end="2027-09-02", anchor="ngày quốc khánh"),
        ),
        (
            {"name": "tết dương lịch", "year": "2027"},
            value("on", start="2027-01-01", end="2027-01-01", anchor="tết dương lịch"),
        ),
        ({"before": "trước", "name": "tết nguyên đán", "year": "2027"}, value("by", anchor="tết nguyên đán")),
    ],
)
def test_holiday(groups: dict[str, str], expected: dict[str, Any]) -> None:
    assert d.deadline_holiday(groups, ISSUED) == expected


def test_lunar_day_keeps_its_words_and_gets_no_date() -> None:
    found = d.deadline_lunar({"before": "trước", "point": "10/3 âm lịch"}, ISSUED)
    assert found == value("by", anchor="10/3 âm lịch")


def test_term_of_office_has_no_dates() -> None:
    assert d.deadline_unbound({"to": None, "anchor": "nhiệm kỳ"}, ISSUED) == value("during", anchor="nhiệm kỳ")


def test_ongoing() -> None:
    assert d.deadline_ongoing({}, ISSUED) == value("ongoing")
