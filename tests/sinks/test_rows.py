"""What a record's rows hold, and the due dates of what recurs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.sinks.samples import item, plan, record

from chithi.errors import DocumentError
from chithi.sinks.occurrences import occurrences
from chithi.sinks.rows import rows_of
from chithi.sinks.tables import TABLES

SINCE = date(2024, 3, 1)


def test_every_row_has_the_columns_of_its_table_in_their_order() -> None:
    rows = rows_of(plan())
    wanted = {table.name: [column.name for column in table.columns] for table in TABLES}
    assert {name: list(found[0]) for name, found in rows.items()} == wanted


def test_what_no_database_takes_becomes_one_character_for_one() -> None:
    rows = rows_of(record("a", quantities=[item("q1", "5\ud800\x00%", 3, op="eq", role="target", unit="\udfff")]))
    assert [(q["text"], q["unit"], q["span_end"] - q["span_start"]) for q in rows["quantities"]] == [
        ("5\ufffd\ufffd%", "\ufffd", 4)
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"goals": [item("g1", "x", 0, kind="qualitative", deadline="t9")]}, "goals: deadline_id 't9' is no item of"),
        ({"tasks": [item("a1", "x", 0, bodies=["b9"])]}, "task_bodies: body_id 'b9' is no item of bodies"),
        ({"goals": [item("g1", "x", n, kind="qualitative") for n in (0, 9)]}, "two items of goals have one id"),
        ({"deadlines": [item("t1", "x", 0, kind="by", end="2025-13-01")]}, "end_on: '2025-13-01' is no date"),
        ({"deadlines": [item("t1", "x", 2**63, kind="by")]}, "is no 64-bit number"),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(DocumentError, match=message) as error:
        rows_of(record("a", **fields))
    assert error.value.code == "record"


def test_a_document_without_a_date_has_no_due_dates() -> None:
    assert rows_of(plan(metadata={"issued_on": None}))["occurrences"] == []


@pytest.mark.parametrize(
    ("rrule", "first"),
    [
        ("FREQ=YEARLY", ["2024-12-31", "2025-12-31"]),
        ("FREQ=YEARLY;INTERVAL=2", ["2025-12-31", "2027-12-31"]),
        ("FREQ=YEARLY;BYMONTH=8", ["2024-08-31", "2025-08-31"]),
        ("FREQ=YEARLY;BYMONTH=1,2,3", ["2024-03-31", "2025-03-31"]),
        ("FREQ=YEARLY;BYMONTH=1,10,11,12", ["2025-01-31", "2026-01-31"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", ["2024-12-15", "2025-12-15"]),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", ["2024-03-20", "2024-06-20"]),
        ("FREQ=MONTHLY", ["2024-03-31", "2024-04-30"]),
        ("FREQ=MONTHLY;BYMONTHDAY=25", ["2024-03-25", "2024-04-25"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2024-03-31", "2024-06-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2024-06-30", "2024-12-31"]),
        ("FREQ=WEEKLY", ["2024-03-03", "2024-03-10"]),
        ("FREQ=WEEKLY;BYDAY=FR", ["2024-03-01", "2024-03-08"]),
        ("FREQ=DAILY", ["2024-03-01", "2024-03-02"]),
        ("FREQ=DAILY;BYHOUR=9,16", ["2024-03-01", "2024-03-02"]),
    ],
)
def test_the_first_due_dates_of_a_rule(rrule: str, first: list[str]) -> None:
    assert [str(due) for _, due in occurrences(rrule, since=SINCE)[:2]] == first


@pytest.mark.parametrize(
    ("rrule", "number"),
    [
        ("FREQ=YEARLY", 10),
        ("FREQ=MONTHLY", 120),
        ("FREQ=DAILY", 530),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=YEARLY;BYMONTH=13", 0),
        ("FREQ=MONTHLY;INTERVAL=0", 0),
        ("FREQ=SECONDLY", 0),
        ("FREQ=DAILY;COUNT=5", 0),
        ("anything", 0),
    ],
)
def test_a_rule_is_followed_for_ten_years_and_530_dates_at_most(rrule: str, number: int) -> None:
    assert len(occurrences(rrule, since=SINCE)) == number


@pytest.mark.parametrize("since", [date.min, date(2024, 2, 29), date.max])
def test_any_date_of_a_document_will_do(since: date) -> None:
    assert [d for _, d in occurrences("FREQ=YEARLY;INTERVAL=99", since=since) if not since <= d < date.max] == []
