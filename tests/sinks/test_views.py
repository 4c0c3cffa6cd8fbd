"""The questions that the views answer, each on all databases."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sinks.samples import ask, item, load, plan, record

from chithi.record import Record
from chithi.sinks.views import names


def body(item_id: str, name: str, role: str = "lead", start: int = 0, **fields: Any) -> dict[str, Any]:
    return item(item_id, name, start, name=name, role=role, **fields)


@pytest.mark.parametrize("name", names())
def test_view_can_be_read(url: str, name: str) -> None:
    load(url, [plan()])
    assert isinstance(ask(url, f"SELECT * FROM {name}"), list)


def test_who_must_finish_what_before_a_day(url: str) -> None:
    def task(content: str, day: str) -> Record:
        return record(
            content,
            bodies=[body("b1", f"Sở {content}")],
            deadlines=[item("t1", "hạn", 50, kind="by", end=day)],
            tasks=[item("a1", f"việc {content}", 90, bodies=["b1"], deadline="t1")],
        )

    load(url, [task("sớm", "2025-06-30"), task("muộn", "2026-01-01"), record("không")])
    query = "SELECT body, task, due_on FROM v_due WHERE role = 'lead' AND due_on < '2026-01-01' ORDER BY due_on"
    assert ask(url, query) == [("Sở sớm", "việc sớm", "2025-06-30")]


def test_the_next_three_dates_of_what_recurs(url: str) -> None:
    load(url, [plan()])
    query = """
        SELECT task, body, due_on FROM (
          SELECT r.*, ROW_NUMBER() OVER (PARTITION BY doc_id, task_id, body ORDER BY due_on) AS n
          FROM v_recurring r WHERE due_on >= '2026-01-01'
        ) next WHERE n <= 3 ORDER BY due_on"""
    assert ask(url, query) == [
        ("báo cáo kết quả", "Sở Kế hoạch và Đầu tư", "2026-03-31"),
        ("báo cáo kết quả", "Sở Kế hoạch và Đầu tư", "2026-06-30"),
        ("báo cáo kết quả", "Sở Kế hoạch và Đầu tư", "2026-09-30"),
    ]


def test_where_a_body_leads_and_coordinates_under_former_names_too(url: str) -> None:
    old = plan("a")
    new = record(
        "b",
        bodies=[body("b1", "Sở Tài chính", "coordinate", body_id="so.tai_chinh")],
        tasks=[item("a1", "cân đối vốn", 90, bodies=["b1"])],
    )
    load(url, [old, new])
    query = "SELECT body, role, task FROM v_body_tasks WHERE heir_id = 'so.tai_chinh' ORDER BY number, task_id"
    assert ask(url, query) == [
        ("Sở Kế hoạch và Đầu tư", "lead", "lập dự án cấp nước"),
        ("Sở Kế hoạch và Đầu tư", "lead", "báo cáo kết quả"),
        ("Sở Tài chính", "coordinate", "cân đối vốn"),
    ]


def test_a_body_without_an_organisation_is_found_by_its_name(url: str) -> None:
    load(url, [plan()])
    assert ask(url, "SELECT task, heir_id FROM v_body_tasks WHERE body = 'Các xã'") == [("lập dự án cấp nước", None)]


def test_heirs_of_heirs(url: str) -> None:
    load(url, [])
    ask(url, "INSERT INTO organisations VALUES ('x.a', 'A', 'state', 'any', NULL, '2020-01-01'), "
             "('x.b', 'B', 'state', 'any', NULL, '2021-01-01'), ('x.c', 'C', 'state', 'any', NULL, NULL)")  # fmt: skip
    ask(url, "INSERT INTO organisation_successors VALUES ('x.a', 'x.b'), ('x.b', 'x.c')")
    assert ask(url, "SELECT heir_id FROM v_heirs WHERE organisation_id = 'x.a' ORDER BY heir_id") == [
        ("x.a",),
        ("x.b",),
        ("x.c",),
    ]


def goal(content: str, indicator: str, low: float, *, op: str = "ge", end: str = "2025-12-31", **fields: Any) -> Record:
    return record(
        content,
        quantities=[item("q1", f"{low}%", 30, low=low, op=op, unit="%", role="target")],
        deadlines=[item("t1", "hạn", 40, kind="by", end=end)],
        goals=[item("g1", indicator, 30, kind="quantified", indicator=indicator, quantity="q1", deadline="t1")],
        **fields,
    )


def test_all_targets_of_an_indicator_over_documents_years_and_issuers(url: str) -> None:
    load(url, [
        goal("a", "Tỷ lệ hộ dùng nước sạch", 90, metadata={"issuer": "UBND tỉnh Hà Châu"}),
        goal("b", "hộ dùng  nước sạch", 95, end="2030-12-31", metadata={"issuer": "UBND huyện Phú Lâm"}),
        goal("c", "hộ nghèo", 5),
    ])  # fmt: skip
    query = "SELECT issuer, year, low FROM v_targets WHERE indicator_key = 'hộ dùng nước sạch' ORDER BY year"
    assert ask(url, query) == [("UBND tỉnh Hà Châu", 2025, 90.0), ("UBND huyện Phú Lâm", 2030, 95.0)]


def test_tasks_that_lack_a_body_or_a_deadline(url: str) -> None:
    load(url, [record(
        "a",
        text="x" * 100 + "vận động Nhân dân",
        bodies=[body("b1", "Sở Y tế")],
        deadlines=[item("t1", "hạn", 40, kind="by", end="2025-01-01")],
        tasks=[item("a1", "đủ", 0, bodies=["b1"], deadline="t1"), item("a2", "thiếu hạn", 5, bodies=["b1"]),
               item("a3", "thiếu cơ quan", 20, bodies=[], deadline="t1"), item("a4", "thiếu cả", 40, bodies=[])],
        diagnostics=[{"level": "info", "code": "task_without_body", "message": "1 item.",
                      "span": {"start": 100, "end": 117}}],
    )])  # fmt: skip
    assert ask(url, "SELECT task, lacks FROM v_task_gaps ORDER BY span_start") == [
        ("thiếu hạn", "deadline"),
        ("thiếu cơ quan", "body"),
        ("thiếu cả", "body and deadline"),
        ("vận động Nhân dân", "body"),
    ]


def test_documents_that_contradict_themselves(url: str) -> None:
    quiet = {"level": "info", "code": "task_without_deadline", "message": "1 of 1."}
    load(url, [plan("a"), record("b", diagnostics=[quiet])])
    assert ask(url, "SELECT number, code, message FROM v_contradictions") == [
        ("a/KH-UBND", "contradiction", "Two values.")
    ]


def cites(number: str, relation: str = "based_on", **fields: Any) -> dict[str, Any]:
    return {"references": [item("r1", number, 0, number=number, relation=relation, **fields)]}


BASE = {"number": "05/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh Hà Châu", "issued_on": "2024-01-05"}
TWIN = {"number": "5/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh Trà Lâm", "issued_on": "2024-01-09"}
MINE = {"issuer": "UBND tỉnh Hà Châu", "issued_on": "2024-06-01"}


@pytest.mark.parametrize(
    ("citation", "found"),
    [
        ({"issuer": "UBND tỉnh Hà Châu"}, ["base"]),
        ({"issuer": "UBND tỉnh", "issued_on": "2024-01-09"}, ["twin"]),
        ({"issuer": "UBND tỉnh Trà Lâm", "issued_on": "2024-01-05"}, []),
        ({"issued_on": "2024-01-05"}, ["base"]),
        ({}, ["base"]),
    ],
    ids=["issuer", "short issuer and date", "another's date", "date alone", "neither: the citing document's issuer"],
)
def test_a_citation_finds_its_document_among_those_of_its_number(
    url: str, citation: dict[str, str], found: list[str]
) -> None:
    documents = {"base": record("base", metadata=BASE), "twin": record("twin", metadata=TWIN)}
    load(url, [*documents.values(), record("c", metadata=MINE, **cites("5/KH-UBND", **citation))])
    cited = [row[0] for row in ask(url, "SELECT cited_doc_id FROM v_links WHERE cited_doc_id IS NOT NULL")]
    assert cited == [documents[name].doc_id for name in found]


def test_a_citation_of_a_document_that_is_not_loaded_stays(url: str) -> None:
    load(url, [record("c", **cites("99/NQ-CP"))])
    assert ask(url, "SELECT cited_number, cited_doc_id FROM v_links") == [("99/NQ-CP", None)]


def test_goals_beside_those_of_a_document_that_implements_them(url: str) -> None:
    base = goal("a", "hộ dùng nước sạch", 90, metadata=BASE)
    left_out = goal("a2", "hộ nghèo", 5, op="le", metadata={**BASE, "number": "06/KH-UBND"})
    follower = goal("b", "Hộ dùng nước sạch", 95, metadata=MINE, references=[
        item("r1", "x", 0, number="5/KH-UBND", issuer="UBND tỉnh Hà Châu", relation="based_on"),
        item("r2", "y", 5, number="6/KH-UBND", issuer="UBND tỉnh Hà Châu", relation="based_on"),
    ])  # fmt: skip
    load(url, [base, left_out, follower])
    query = "SELECT number, indicator, low, follower_number, follower_low FROM v_goals_compared ORDER BY number"
    assert ask(url, query) == [
        ("05/KH-UBND", "hộ dùng nước sạch", 90.0, "b/KH-UBND", 95.0),
        ("06/KH-UBND", "hộ nghèo", 5.0, "b/KH-UBND", None),
    ]


def test_what_a_decision_replaces(url: str) -> None:
    old = record("old", metadata=BASE)
    load(url, [old, record("new", metadata=MINE, **cites("05/KH-UBND", "replaces", issued_on="2024-01-05")),
               record("c", **cites("1/NQ-CP"))])  # fmt: skip
    assert ask(url, "SELECT number, relation, cited_number, cited_doc_id FROM v_replaced") == [
        ("new/KH-UBND", "replaces", "05/KH-UBND", old.doc_id)
    ]


@pytest.mark.parametrize(
    ("op", "low", "high", "achieved", "reached"),
    [
        ("ge", 95.0, None, 95.0, "yes"),
        ("ge", 95.0, None, 94.9, "no"),
        ("gt", 95.0, None, 95.0, "no"),
        ("le", None, 5.0, 4.0, "yes"),
        ("lt", None, 5.0, 5.0, "no"),
        ("lt", None, 5.0, 4.9, "yes"),
        ("range", 3.0, 5.0, 3.5, "yes"),
        ("eq", 100.0, 100.0, 100.0, "yes"),
    ],
)
def test_where_a_report_meets_a_target(
    url: str, op: str, low: float | None, high: float | None, achieved: float, reached: str
) -> None:
    target = record(
        "a",
        quantities=[item("q1", "x", 30, low=low, high=high, op=op, unit="%", role="target")],
        goals=[item("g1", "hộ dùng nước sạch", 30, kind="quantified", indicator="hộ dùng nước sạch", quantity="q1")],
    )
    value = {"low": achieved, "high": achieved, "op": "eq", "unit": "%", "role": "achieved"}
    report = record(
        "b", metadata={"issued_on": "2024-12-31"},
        quantities=[item("q1", "x", 30, indicator="tỷ lệ hộ dùng nước sạch", **value),
                    item("q2", "y", 40, indicator="hộ nghèo", **value)],
    )  # fmt: skip
    earlier = record("c", metadata={"issued_on": "2023-12-31"}, quantities=report.model_dump()["quantities"])
    load(url, [target, report, earlier])
    query = "SELECT number, report_number, achieved, reached FROM v_progress"
    assert ask(url, query) == [("a/KH-UBND", "b/KH-UBND", achieved, reached)]
