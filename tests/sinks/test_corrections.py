"""What people put right stands over what was extracted, outlives loads, and becomes gold annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy.exc import DBAPIError
from tests.sinks.samples import ask, item, load, plan, record

from chithi.cli import main
from chithi.record import Record
from chithi.sinks.jsonl import to_line

ONE = {"goal": "goals", "task": "tasks", "quantity": "quantities", "deadline": "deadlines", "body": "bodies",
       "reference": "refs"}  # fmt: skip


def correct(url: str, kind: str, item_id: str, field: str, value: Any) -> None:
    """What an analyst writes: INSERT … SELECT from the item's row."""
    ask(
        url,
        f"INSERT INTO corrections (doc_id, item, item_key, text, field, new_value, made_by) "
        f"SELECT doc_id, '{kind}', item_key, text, :field, :value, 'An' FROM {ONE[kind]} WHERE id = :id",
        field=field, value=json.dumps(value, ensure_ascii=False), id=item_id,
    )  # fmt: skip


def reject(url: str, kind: str, item_id: str) -> None:
    ask(
        url,
        f"INSERT INTO corrections (doc_id, item, item_key, text, verdict) "
        f"SELECT doc_id, '{kind}', item_key, text, 'rejected' FROM {ONE[kind]} WHERE id = :id",
        id=item_id,
    )


@pytest.mark.parametrize(
    ("kind", "item_id", "field", "value"),
    [
        ("quantity", "q1", "low", 96.5),
        ("quantity", "q1", "op", "ge"),
        ("quantity", "q1", "high", None),
        ("deadline", "t1", "end_on", "2029-06-30"),
        ("deadline", "t1", "end_on", None),
        ("body", "b1", "name", "Sở Tài chính"),
        ("body", "b1", "organisation_id", "so.tai_chinh"),
        ("goal", "g1", "indicator", "hộ dùng nước “sạch”"),
        ("goal", "g1", "quantity_id", None),
        ("reference", "r1", "issued_on", "2024-01-06"),
        ("reference", "r1", "relation", "cites"),
    ],
)
def test_a_view_shows_what_is_right_and_the_table_what_was_extracted(
    url: str, kind: str, item_id: str, field: str, value: Any
) -> None:
    load(url, [plan()])
    query = f"SELECT {field} FROM {{}}{ONE[kind]} WHERE id = '{item_id}'"
    before = ask(url, query.format(""))
    correct(url, kind, item_id, field, value)
    assert (ask(url, query.format("v_")), ask(url, query.format(""))) == ([(value,)], before)


def test_a_pointer_is_corrected_by_the_place_of_what_it_should_point_to(url: str) -> None:
    load(url, [plan()])
    [(place,)] = ask(url, "SELECT item_key FROM deadlines WHERE id = 't2'")
    correct(url, "goal", "g1", "deadline_id", place)
    assert ask(url, "SELECT deadline_id FROM v_goals") == [("t2",)]


def test_a_document_is_corrected(url: str) -> None:
    load(url, [plan("a"), plan("b")])
    ask(
        url,
        "INSERT INTO corrections (doc_id, item, field, new_value) "
        "SELECT doc_id, 'document', 'issued_on', '\"2024-03-11\"' FROM documents WHERE number LIKE 'a/%'",
    )
    assert ask(url, "SELECT number, issued_on FROM v_documents ORDER BY number") == [
        ("a/KH-UBND", "2024-03-11"),
        ("b/KH-UBND", "2024-03-01"),
    ]


def test_what_was_rejected_is_in_no_view(url: str) -> None:
    load(url, [plan()])
    reject(url, "task", "a1")
    assert ask(url, "SELECT DISTINCT task_id FROM v_body_tasks") == [("a2",)]


def test_several_fields_of_an_item(url: str) -> None:
    load(url, [plan()])
    correct(url, "quantity", "q1", "low", 90)
    correct(url, "quantity", "q1", "op", "ge")
    correct(url, "quantity", "q1", "high", None)
    assert ask(url, "SELECT low, op, high, unit FROM v_quantities") == [(90.0, "ge", None, "%")]


def test_a_correction_outlives_a_load_that_numbers_items_anew(url: str) -> None:
    load(url, [plan()])
    correct(url, "goal", "g1", "indicator", "hộ dùng nước hợp vệ sinh")
    goals = [item("g1", "mục tiêu chung", 5, kind="qualitative"), {**plan().goals[0].model_dump(), "id": "g2"}]
    load(url, [plan(goals=goals)])
    assert ask(url, "SELECT id, indicator FROM v_goals ORDER BY id") == [
        ("g1", None),
        ("g2", "hộ dùng nước hợp vệ sinh"),
    ]


def test_the_second_item_of_a_place_is_corrected_alone(url: str) -> None:
    goals = [item(name, "tăng 5%", 0, kind="qualitative", indicator=name) for name in ("g1", "g2")]
    load(url, [record("a", goals=goals)])
    correct(url, "goal", "g2", "indicator", "đúng")
    assert ask(url, "SELECT id, indicator FROM v_goals ORDER BY id") == [("g1", "g1"), ("g2", "đúng")]


def test_a_correction_whose_item_is_gone_is_listed(url: str) -> None:
    load(url, [plan()])
    correct(url, "goal", "g1", "indicator", "x")
    correct(url, "task", "a1", "deadline_id", None)
    load(url, [plan(goals=[])])
    assert ask(url, "SELECT item, field, made_by FROM v_corrections_unmatched") == [("goal", "indicator", "An")]


@pytest.mark.parametrize(
    ("kind", "item_id", "field", "value"),
    [
        ("quantity", "q1", "low", "cao"),
        ("deadline", "t1", "end_on", "31/12/2025"),
        ("goal", "g1", "low", 5),
        ("goal", "g1", "indicators", "x"),
    ],
    ids=["no number", "no ISO date", "another item's field", "no field"],
)
def test_what_no_view_could_show_is_refused(url: str, kind: str, item_id: str, field: str, value: Any) -> None:
    load(url, [plan()])
    with pytest.raises(DBAPIError):
        correct(url, kind, item_id, field, value)


def test_what_is_no_json_is_refused(url: str) -> None:
    load(url, [plan()])
    with pytest.raises(DBAPIError):
        ask(url, "INSERT INTO corrections (doc_id, item, item_key, text, field, new_value) "
                 "SELECT doc_id, 'goal', item_key, text, 'indicator', 'nước sạch' FROM goals")  # fmt: skip


# Export.


def export(url: str, folder: Path, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["corrections", "export", url, "-o", str(folder), *options])
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(Path(line).read_text(encoding="utf-8")) for line in result.stdout.splitlines()]


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["corrections", "export", f"sqlite:///{tmp_path}/none.db", "-o", str(tmp_path)])
    assert (result.exit_code, "none.db: no such database" in result.stderr, [*tmp_path.iterdir()]) == (2, True, [])


def test_a_database_without_records_is_a_wrong_call(url: str, tmp_path: Path) -> None:
    ask(url, "CREATE TABLE mine (id INTEGER)")
    result = CliRunner().invoke(main, ["corrections", "export", url, "-o", str(tmp_path / "gold")])
    assert (result.exit_code, "holds no records" in result.stderr) == (2, True)
    assert ask(url, "SELECT * FROM mine") == []


def test_only_corrected_documents_are_exported(url: str, tmp_path: Path) -> None:
    load(url, [plan("a"), record("b")])
    correct(url, "goal", "g1", "indicator", "x")
    assert [gold["doc"] for gold in export(url, tmp_path / "gold")] == ["a.txt"]


def test_an_annotation_has_corrected_values_and_points_by_place(url: str, tmp_path: Path) -> None:
    load(url, [plan()])
    correct(url, "body", "b1", "name", "Sở Tài chính")
    correct(url, "quantity", "q1", "op", "ge")
    reject(url, "body", "b2")
    reject(url, "deadline", "t2")
    assert export(url, tmp_path / "gold") == [
        {
            "doc": "a.txt",
            "meta": {"number": "a/KH-UBND", "doc_type": None, "title": None, "issuer": None, "issued_on": "2024-03-01",
                     "signer": None, "about": None},
            "quantities": [{"quote": "95%", "low": 95.0, "high": 95.0, "op": "ge", "unit": "%", "delta": None,
                            "role": "target", "span": {"start": 30, "end": 33}}],
            "deadlines": [{"quote": "đến năm 2030", "kind": "by", "start": None, "end": "2030-12-31", "rrule": None,
                           "duration": None, "span": {"start": 40, "end": 52}}],
            "goals": [{"quote": "95% hộ dùng nước sạch", "kind": "quantified", "indicator": "hộ dùng nước sạch",
                       "quantity": 0, "deadline": 0, "span": {"start": 30, "end": 51}}],
            "bodies": [{"quote": "Sở KH&ĐT", "name": "Sở Tài chính", "role": "lead", "span": {"start": 80, "end": 88}}],
            "tasks": [
                {"quote": "lập dự án cấp nước", "deadline": 0, "span": {"start": 120, "end": 138}, "bodies": [0]},
                {"quote": "báo cáo kết quả", "deadline": None, "span": {"start": 150, "end": 165}, "bodies": [0]},
            ],
            "references": [{"quote": "Quyết định số 05/QĐ-TTg", "number": "05/QĐ-TTG",
                            "span": {"start": 200, "end": 223}}],
        }
    ]  # fmt: skip


def test_an_annotation_tells_a_repeated_quote_apart_where_the_document_is_at_hand(url: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("đạt 5%; thêm 95%; còn 5%", encoding="utf-8")
    quantities = [item("q1", "5%", 22, low=5.0, op="eq", unit="%", role="target")]
    load(url, [record("a", quantities=quantities)])
    correct(url, "quantity", "q1", "op", "le")
    [gold] = export(url, tmp_path / "gold", "--documents", str(tmp_path / "docs"))
    assert [(q["quote"], q["nth"]) for q in gold["quantities"]] == [("5%", 3)]


def test_documents_of_one_name_get_a_file_each(url: str, tmp_path: Path) -> None:
    load(url, [_named(plan("a"), "x/n.txt"), _named(plan("b"), "y/n.md")])
    correct(url, "goal", "g1", "indicator", "x")
    assert sorted(gold["doc"] for gold in export(url, tmp_path / "gold")) == ["n.md", "n.txt"]


@pytest.mark.parametrize("uri", ["../../evil", "/etc/passwd", "..", "a/..", "", "a.zip!/b.txt"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, uri: str) -> None:
    url = f"sqlite:///{tmp_path}/policy.db"
    load(url, [_named(plan("a"), uri)])
    correct(url, "goal", "g1", "indicator", "x")
    export(url, tmp_path / "in" / "gold")
    assert [path.parent for path in (tmp_path / "in").rglob("*.json")] == [tmp_path / "in" / "gold"]


def _named(each: Record, uri: str) -> Record:
    return each.model_copy(update={"source": each.source.model_copy(update={"uri": uri})})


def test_the_export_is_a_test_of_a_later_run(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/policy.db"
    load(url, [plan()])
    correct(url, "quantity", "q1", "low", 96.0)
    correct(url, "quantity", "q1", "high", 96.0)
    export(url, tmp_path / "gold")
    (tmp_path / "records.jsonl").write_text(to_line(plan()) + "\n", encoding="utf-8")
    result = CliRunner().invoke(
        main,
        ["evaluate", str(tmp_path / "gold"), str(tmp_path / "records.jsonl"), "--errors", "9", "--only", "percentage"],
    )
    assert (result.exit_code, "0.000  0.000" in result.stdout, "96" in result.stdout) == (0, True, True)
