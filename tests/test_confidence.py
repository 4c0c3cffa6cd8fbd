"""The rules' measured precision: how it is measured, kept, read, and given to the items of a record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chithi.cli import main
from chithi.confidence import Measured, load_confidence, to_json
from chithi.errors import RuleError
from chithi.evaluate import measure
from chithi.rulepack import load_rules
from chithi.source import SourceText
from chithi.stages import build_pipeline

LISTS = ("quantities", "deadlines", "bodies", "goals", "tasks", "references")
PACK = """
pack = "vi.percent"
label = "quantity"

[[rule]]
id = "percent.value"
pattern = '95%'
priority = 1
value = { low = 95.0, high = 95.0, op = "eq", unit = "%", role = "target" }
examples = [{ text = "đạt 95%", match = "95%", low = 95.0 }]

[[rule]]
id = "percent.rare"
pattern = 'chín mươi phần trăm'
value = { low = 90.0, high = 90.0, op = "eq", unit = "%", role = "target" }
examples = [{ text = "chín mươi phần trăm", match = "chín mươi phần trăm", low = 90.0 }]
"""
TABLE = {"percent.value": Measured(n=20, precision=0.95), "percent.rare": Measured(n=19, precision=1.0)}

Json = dict[str, Any]


def items(**lists: list[Json]) -> Json:
    return {"doc": "a.txt", "meta": {}, "metadata": {}, **{name: lists.get(name, []) for name in LISTS}}


def at(start: int, end: int, /, **fields: Any) -> Json:
    return {"id": f"i{start}", "span": {"start": start, "end": end}, **fields}


def value(start: int, low: float, /, **fields: Any) -> Json:
    usual = {"low": low, "high": low, "op": "eq", "unit": "%", "delta": None, "role": "target"}
    return at(start, start + 3, **{**usual, **fields})


@pytest.mark.parametrize(
    ("name", "wanted", "right", "wrong"),
    [
        ("quantities", value(0, 95), {}, {"role": "achieved"}),
        ("quantities", value(0, 10, unit="xã"), {}, {"op": "ge"}),
        ("deadlines", at(0, 9, kind="by", end="2025-12-31"), {}, {"end": "2026-12-31"}),
        ("bodies", at(0, 9, name="Sở Y tế", role="lead"), {}, {"role": "approve"}),
        ("references", at(0, 9, number="10-NQ/HU"), {}, {"number": "11-NQ/HU"}),
        ("goals", at(0, 9, kind="qualitative"), {}, {"span": {"start": 8, "end": 30}}),
        ("tasks", at(0, 9, bodies=[]), {}, {"span": {"start": 8, "end": 30}}),
    ],
)
def test_an_item_counts_as_right_or_wrong(name: str, wanted: Json, right: Json, wrong: Json) -> None:
    other = {**wanted, "span": {"start": 100, "end": 100 + wanted["span"]["end"]}}
    found = [{**wanted, **right, "rule": "a.rule"}, {**other, **wrong, "id": "i2", "rule": "a.rule"}]

    assert measure([(items(**{name: [wanted, other]}), items(**{name: found}))]) == {
        "a.rule": Measured(n=2, precision=0.5)
    }


def test_a_quantified_goal_counts_for_its_own_rule() -> None:
    aim = at(20, 50, kind="quantified", indicator="hộ dân", quantity=0)
    answer = {**aim, "quantity": "i0", "indicator": "việc khác", "rule": "goal.clause"}

    measured = measure(
        [
            (
                items(quantities=[value(0, 95)], goals=[aim]),
                items(quantities=[value(0, 95, rule="percent.value")], goals=[answer]),
            )
        ]
    )

    assert measured == {
        "goal.clause": Measured(n=1, precision=0.0),
        "percent.value": Measured(n=1, precision=1.0),
    }


def test_an_item_that_gold_does_not_have_counts_against_its_rule() -> None:
    found = items(quantities=[value(0, 95, rule="percent.value")])

    assert measure([(items(), found)]) == {"percent.value": Measured(n=1, precision=0.0)}


def test_what_a_rule_missed_does_not_count() -> None:
    assert measure([(items(quantities=[value(0, 95)]), items())]) == {}


def test_precision_has_three_digits() -> None:
    found = items(quantities=[value(10 * i, 95, rule="percent.value") for i in range(3)])

    assert measure([(items(quantities=[value(0, 95)]), found)])["percent.value"].precision == 0.333


def test_the_table_is_sorted_and_one_rule_a_line() -> None:
    assert to_json(TABLE, data="mười văn bản", documents=10, rules="abc") == (
        '{\n "data": "mười văn bản",\n "documents": 10,\n "rules": "abc",\n "precision": {\n'
        '  "percent.rare": {"n": 19, "precision": 1.0},\n'
        '  "percent.value": {"n": 20, "precision": 0.95}\n }\n}\n'
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    file.write_text(to_json(TABLE, data="x", documents=1, rules="abc"), encoding="utf-8")

    assert load_confidence(file) == (TABLE, "abc")


def test_no_file_is_no_confidence(tmp_path: Path) -> None:
    assert load_confidence(tmp_path / "confidence.json") == ({}, None)


def test_a_broken_table_names_the_file_and_the_key(tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    file.write_text('{"data": "x", "documents": 1, "rules": "", "precision": {"a.b": {"n": 3, "precision": 1.5}}}')

    with pytest.raises(RuleError, match=r"confidence\.json, key 'precision\.a\.b\.precision'.*chithi rules measure"):
        load_confidence(file)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of shipped rules with a table of precisions."""
    (tmp_path / "rules" / "vi").mkdir(parents=True)
    (tmp_path / "rules" / "vi" / "percent.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "rules" / "confidence.json").write_text(to_json(TABLE, data="x", documents=1, rules="abc"))
    return tmp_path / "rules"


def test_a_rule_with_few_items_has_no_confidence(root: Path) -> None:
    assert load_rules(root=root).confidence == {"percent.value": 0.95}


def test_a_rule_that_an_overlay_replaces_has_no_confidence(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "percent.toml").write_text(PACK, encoding="utf-8")

    assert load_rules(tmp_path / "mine", root=root).confidence == {}


def test_the_fingerprint_changes_with_the_confidence(root: Path) -> None:
    before = load_rules(root=root)
    (root / "confidence.json").unlink()
    after = load_rules(root=root)

    assert (before.digest == after.digest, before.fingerprint == after.fingerprint) == (True, False)


def test_items_carry_the_precision_of_their_rule(root: Path) -> None:
    source = SourceText.from_text("Tỷ lệ hộ dân dùng nước sạch đạt 95%; trường học đạt chín mươi phần trăm.")

    record = build_pipeline(load_rules(root=root))(source)

    assert [(q.text, q.rule, q.confidence) for q in record.quantities] == [
        ("95%", "percent.value", 0.95),
        ("chín mươi phần trăm", "percent.rare", None),
    ]


@pytest.fixture
def chithi() -> Callable[..., Result]:
    """The command, called with arguments."""
    return lambda *args: CliRunner().invoke(main, ["rules", *map(str, args)])


def test_rules_are_measured_on_pairs_of_folders(tmp_path: Path, chithi: Callable[..., Result]) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(items(quantities=[value(32, 95, role="achieved")])))
    (tmp_path / "a.txt").write_text("Năm 2023, tỷ lệ hộ nghèo đã đạt 95%.", encoding="utf-8")

    result = chithi("measure", tmp_path / "gold", tmp_path, "-o", tmp_path / "out.json", "--data", "một văn bản")

    table = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (result.exit_code, table) == (
        0,
        {
            "data": "một văn bản",
            "documents": 1,
            "rules": load_rules().digest,
            "precision": {"percent.value": {"n": 1, "precision": 1.0}},
        },
    )


def test_folders_to_measure_on_come_in_pairs(tmp_path: Path, chithi: Callable[..., Result]) -> None:
    result = chithi("measure", tmp_path, "-o", tmp_path / "out.json")

    wanted = f"error: {tmp_path}: no folder of documents after it. Name pairs: GOLD DOCUMENTS\n"
    assert (result.exit_code, result.stderr) == (2, wanted)


def test_a_document_that_is_missing_stops_the_measurement(tmp_path: Path, chithi: Callable[..., Result]) -> None:
    (tmp_path / "a.json").write_text(json.dumps(items()))

    result = chithi("measure", tmp_path, tmp_path, "-o", tmp_path / "out.json")

    assert (result.exit_code, result.stderr) == (2, f"error: {tmp_path / 'a.txt'}: a.txt: no such file\n")


def test_listed_rules_show_their_precision(
    chithi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr("chithi.rulepack.rules_root", lambda: root)

    assert chithi("list").stdout.splitlines() == [
        "percent.rare\tvi.percent\tquantity\t0\t19\t1.000",
        "percent.value\tvi.percent\tquantity\t1\t20\t0.950",
    ]


def test_a_table_of_other_rules_is_noted(
    chithi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr("chithi.rulepack.rules_root", lambda: root)

    wanted = "note: the rules have changed since their precision was measured. Run chithi rules measure\n"
    assert chithi("list").stderr == wanted
