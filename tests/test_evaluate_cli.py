"""`chithi evaluate`: the table, mistakes in their surroundings, two runs compared, floors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chithi.cli import main
from chithi.errors import UsageError
from chithi.evaluate.floors import load_floors, round_down

Json = dict[str, Any]

LISTS = ("quantities", "deadlines", "bodies", "goals", "tasks", "references")
PLAN = {"doc_type": "ke_hoach"}


def percent(start: int, value: float, /, **fields: Any) -> Json:
    usual = {"low": value, "high": value, "op": "eq", "unit": "%", "delta": None, "role": "target"}
    return {"span": {"start": start, "end": start + 3}, **usual, **fields}


def lists(quantities: list[Json]) -> Json:
    return {**{name: [] for name in LISTS}, "quantities": quantities}


@pytest.mark.parametrize(
    ("value", "floor"), [(0.9879, 0.987), (0.29, 0.29), (1.0, 1.0), (0.0004, 0.0), (0.999999, 0.999)]
)
def test_floors_are_rounded_down(value: float, floor: float) -> None:
    assert round_down(value) == floor


TEXT = "Phấn đấu 95% hộ dân dùng nước sạch, 80% hộ dân có điện"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Gold with two percentages, and the records of two runs that find one of them."""
    wanted = {"doc": "a.txt", "meta": PLAN, **lists([percent(9, 95), percent(36, 80)])}
    (tmp_path / "gold").mkdir()
    (tmp_path / "documents").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(wanted))
    (tmp_path / "documents" / "a.txt").write_text(TEXT, encoding="utf-8")
    run = {"source": {"uri": "docs/a.txt"}, "metadata": PLAN}
    late = [percent(9, 95), percent(36, 80, role="achieved", rule="percent.value")]
    (tmp_path / "new.jsonl").write_text(json.dumps({**run, **lists(late)}))
    (tmp_path / "old.jsonl").write_text(json.dumps({**run, **lists([percent(9, 95)])}))
    return tmp_path


def call(folder: Path, *args: str, records: str = "new.jsonl") -> Result:
    return CliRunner().invoke(main, ["evaluate", str(folder / "gold"), str(folder / records), *args])


def test_the_table_of_scores(folder: Path) -> None:
    out = call(folder, "--only", "percentage full").stdout

    assert out.splitlines() == [
        "metric                          P      R     F1   gold  found",
        "percentage full             0.500  0.500  0.500      2      2  *",
        "headline (mean F1 of the starred): 0.188, 1 documents",
    ]


def test_mistakes_are_shown_in_their_surroundings(folder: Path) -> None:
    out = call(folder, "--only", "percentage full", "--errors", "5").stdout

    assert out.splitlines()[4:] == [
        "percentage full: 1 mistakes",
        "  a.txt wrong (percent.value): Phấn đấu 95% hộ dân dùng nước sạch, [80%] hộ dân có điện",
        "      gold role target | found role achieved",
    ]


def test_gains_and_losses_against_an_earlier_run(folder: Path) -> None:
    out = call(folder, "--only", "percentage", "--against", str(folder / "old.jsonl"), "--errors", "5").stdout

    assert out.splitlines()[4:] == [
        "metric                      before   after   fixed  broken   still",
        "percentage                   0.667   1.000       1       0       0",
        "headline                     0.208   0.188",
        "",
        "percentage, fixed: 1",
        "  a.txt missed: Phấn đấu 95% hộ dân dùng nước sạch, [80%] hộ dân có điện",
    ]


def test_scores_and_changes_as_json(folder: Path) -> None:
    out = json.loads(
        call(folder, "--json", "--by", "kind", "--only", "body", "--against", str(folder / "old.jsonl")).stdout
    )

    nothing = {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 0, "found": 0}
    none = {"body": {"count": 0, "items": []}}
    assert out == {
        "headline": 0.1875,
        "documents": 1,
        "missing": [],
        "metrics": {"body": nothing},
        "kinds": {"ke_hoach": {"body": nothing}},
        "against": {
            "headline": pytest.approx((2 / 3 + 1) / 8),
            "documents": 1,
            "missing": [],
            "metrics": {"body": nothing},
            "fixed": none,
            "broken": none,
            "still_wrong": none,
        },
    }


def test_an_unknown_metric_is_refused(folder: Path) -> None:
    result = call(folder, "--only", "percent")

    assert (result.exit_code, result.stderr[:42]) == (2, "error: no metric is named 'percent'. Known")


def floors(folder: Path, text: str) -> Path:
    file = folder / "floors.toml"
    file.write_text(f"[floors]\n{text}\n")
    return file


def test_a_metric_below_its_floor_fails_the_run(folder: Path) -> None:
    file = floors(folder, 'percentage = 1.0\n"percentage full" = 0.75')

    result = call(folder, "--floors", str(file))

    wanted = "percentage full fell by 0.2500: F1 0.5000, floor 0.750\n"
    assert (result.exit_code, result.stderr) == (1, wanted)


def test_floors_rise_to_the_present_scores(folder: Path) -> None:
    file = floors(folder, 'percentage = 0.5\n"percentage full" = 0.4')

    code = call(folder, "--floors", str(file), "--update-floors").exit_code

    new = load_floors(file)
    assert (code, new["percentage"], new["percentage full"], new["headline"]) == (0, 1.0, 0.5, 0.187)


def test_a_floor_does_not_sink_unasked(folder: Path) -> None:
    file = floors(folder, 'percentage = 0.5\n"percentage full" = 0.75')

    code = call(folder, "--floors", str(file), "--update-floors").exit_code

    assert (code, load_floors(file)) == (1, {"percentage": 0.5, "percentage full": 0.75})


def test_a_floor_sinks_when_asked(folder: Path) -> None:
    file = floors(folder, '"percentage full" = 0.75')

    code = call(folder, "--floors", str(file), "--update-floors", "--allow-lower").exit_code

    assert (code, load_floors(file)["percentage full"]) == (0, 0.5)


def test_floors_are_made_where_there_are_none(folder: Path) -> None:
    code = call(folder, "--floors", str(folder / "new.toml"), "--update-floors").exit_code

    assert (code, load_floors(folder / "new.toml")["percentage full"]) == (0, 0.5)


def test_a_floor_of_no_metric_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="no metric is named percent"):
        load_floors(floors(folder, "percent = 0.5"))
