"""Scores on gold: small cases worked out by hand, and what holds for any records of the sample corpus."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chithi.errors import UsageError
from chithi.evaluate import Score, compare, evaluate, load_gold
from chithi.evaluate.floors import falls, load_floors, present
from chithi.evaluate.pairing import same_deadline, word_f1
from chithi.ingest import read_source
from chithi.stages import build_pipeline

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = load_gold(CORPUS / "gold")
LISTS = ("quantities", "deadlines", "bodies", "goals", "tasks", "references")
MANY = settings(max_examples=25, deadline=None, derandomize=True)

Json = dict[str, Any]


def gold(**lists: list[Json]) -> Json:
    return {"doc": "a.txt", "meta": {"doc_type": "ke_hoach"}, **{name: lists.get(name, []) for name in LISTS}}


def record(*, metadata: Json | None = None, **lists: list[Json]) -> Json:
    known = {"doc_type": "ke_hoach", **(metadata or {})}
    return {"source": {"uri": "docs/a.txt"}, "metadata": known, **{name: lists.get(name, []) for name in LISTS}}


def at(start: int, end: int, /, **fields: Any) -> Json:
    return {"span": {"start": start, "end": end}, **fields}


def percent(start: int, value: float, /, **fields: Any) -> Json:
    usual = {"low": value, "high": value, "op": "eq", "unit": "%", "delta": None, "role": "target"}
    return at(start, start + 3, **{**usual, **fields})


def due(start: int, end: str, /, **fields: Any) -> Json:
    return at(start, start + 12, kind="by", start=None, end=end, rrule=None, duration=None, **fields)


def perfect(annotation: Json) -> Json:
    """The record that says exactly what the annotation says."""

    def linked(item: Json) -> Json:
        out = {key: value for key, value in item.items() if key not in ("quote", "from", "to", "nth")}
        for key, letter in (("quantity", "q"), ("deadline", "d")):
            if out.get(key) is not None:
                out[key] = f"{letter}{out[key]}"
        if "bodies" in out:
            out["bodies"] = [f"b{place}" for place in out["bodies"] or ()]
        return out

    letters = dict(zip(LISTS, "qdbgtr", strict=True))
    lists = {
        name: [{"id": f"{letters[name]}{place}", **linked(item)} for place, item in enumerate(annotation[name])]
        for name in LISTS
    }
    return {"source": {"uri": annotation["doc"]}, "metadata": annotation["meta"], **lists}


def shaken(records: list[Json], random: Random) -> list[Json]:
    """Records with items lost, moved and changed; what points to a lost item points nowhere."""
    out: list[Json] = []
    for known in records:
        lists: dict[str, list[Json]] = {}
        for name in LISTS:
            kept = [dict(item) for item in known[name] if random.random() > 0.1]
            for item in kept:
                if random.random() < 0.2:
                    start = max(0, item["span"]["start"] + random.randint(-5, 5))
                    item["span"] = {"start": start, "end": max(start + 1, item["span"]["end"])}
                if "role" in item and random.random() < 0.2:
                    item["role"] = "approve"
            lists[name] = kept
        out.append({**known, **lists})
    return out


def score(annotation: Json, found: Json) -> dict[str, Score]:
    """Scores of the metrics for which there is anything to score, but for metadata."""
    scores = evaluate([annotation], [found]).scores()
    return {name: s for name, s in scores.items() if s != Score() and name != "metadata"}


def test_percentages_by_value_and_in_full() -> None:
    wanted = gold(quantities=[percent(0, 95), percent(10, 80), percent(20, 70)])
    found = record(quantities=[percent(0, 95), percent(10, 80, role="achieved"), percent(30, 5)])

    assert score(wanted, found) == {"percentage": Score(2, 3, 3), "percentage full": Score(1, 3, 3)}


def test_precision_recall_and_f1() -> None:
    assert (Score(1, 4, 2).precision, Score(1, 4, 2).recall, Score(1, 4, 2).f1) == (0.5, 0.25, 1 / 3)


def test_nothing_wanted_and_nothing_found_scores_nought() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


def test_one_found_item_answers_one_gold_item() -> None:
    wanted = gold(quantities=[percent(0, 95), percent(2, 95)])

    assert score(wanted, record(quantities=[percent(0, 95)]))["percentage"] == Score(1, 2, 1)


def test_the_best_overlap_is_paired() -> None:
    wanted = gold(quantities=[at(0, 10, low=1, high=1, op="eq", unit="%", delta=None, role="target")])
    near = at(0, 9, low=1, high=1, op="eq", unit="%", delta=None, role="target")
    far = at(8, 20, low=2, high=2, op="eq", unit="%", delta=None, role="target")

    assert score(wanted, record(quantities=[far, near]))["percentage full"] == Score(1, 1, 2)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ({"kind": "by", "end": "2025-12-31"}, {"kind": "during", "end": "2025-12-31"}, True),
        ({"kind": "by", "end": "2025-12-31"}, {"kind": "by", "end": "2026-12-31"}, False),
        ({"kind": "ongoing"}, {"kind": "ongoing"}, True),
        ({"kind": "ongoing"}, {"kind": "by"}, False),
        ({"rrule": "FREQ=YEARLY;BYMONTH=8"}, {"rrule": "bymonth=8;freq=yearly"}, True),
        ({"rrule": "FREQ=YEARLY"}, {"rrule": None, "end": "2025-12-31"}, False),
        ({"kind": "relative", "duration": "P15D"}, {"kind": "by", "duration": "P15D"}, True),
        ({"duration": "P15D"}, {"duration": None}, False),
        (None, None, True),
        ({"kind": "ongoing"}, None, False),
    ],
)
def test_deadlines(wanted: Mapping[str, Any] | None, found: Mapping[str, Any] | None, same: bool) -> None:
    assert same_deadline(wanted, found) is same


@pytest.mark.parametrize(
    ("name", "role", "right"),
    [
        ("sở giáo dục và đào tạo", "lead", {"body": 1, "body role": 1}),
        ("Sở Giáo dục và Đào tạo", "coordinate", {"body": 1, "body role": 0}),
        ("Sở Giáo dục", "lead", {"body": 0, "body role": 0}),
    ],
)
def test_bodies(name: str, role: str, right: dict[str, int]) -> None:
    wanted = gold(bodies=[at(0, 10, name="Sở Giáo dục và Đào tạo", role="lead")])

    scores = score(wanted, record(bodies=[at(0, 10, id="b1", name=name, role=role)]))

    assert {metric: s.right for metric, s in scores.items()} == right


@pytest.mark.parametrize(
    ("indicator", "deadline", "right"),
    [
        ("hộ dân dùng nước sạch", "d1", {"goal": 1, "goal + deadline": 1}),
        ("tỷ lệ hộ dân dùng nước sạch", "d1", {"goal": 1, "goal + deadline": 1}),  # word F1 10 / 12
        ("hộ dân", "d1", {"goal": 0, "goal + deadline": 0}),  # word F1 4 / 7
        ("hộ dân dùng nước sạch", "d2", {"goal": 1, "goal + deadline": 0}),
        ("hộ dân dùng nước sạch", None, {"goal": 1, "goal + deadline": 0}),
    ],
)
def test_quantified_goals(indicator: str, deadline: str | None, right: dict[str, int]) -> None:
    values = [percent(20, 95, id="q1")]
    times = [due(0, "2025-12-31", id="d1"), due(50, "2030-12-31", id="d2")]
    aim = at(0, 40, kind="quantified", indicator="hộ dân dùng nước sạch", quantity=0, deadline=0)
    answer = at(5, 30, kind="quantified", indicator=indicator, quantity="q1", deadline=deadline)

    scores = score(
        gold(quantities=values, deadlines=times, goals=[aim]),
        record(quantities=values, deadlines=times, goals=[answer]),
    )

    assert {metric: scores[metric].right for metric in ("goal", "goal + deadline")} == right


def test_a_quantified_goal_without_its_quantity_does_not_count() -> None:
    answer = at(0, 40, kind="quantified", indicator="hộ dân", quantity="q9", deadline=None)

    assert score(gold(), record(goals=[answer])) == {}


@pytest.mark.parametrize(("end", "right"), [(20, 1), (10, 1), (9, 0)])
def test_qualitative_goals_need_half_the_range(end: int, right: int) -> None:
    wanted = gold(goals=[at(0, 20, kind="qualitative", deadline=None)])

    scores = score(wanted, record(goals=[at(0, end, kind="qualitative", deadline=None)]))

    assert scores == {"goal qualitative": Score(right, 1, 1)}


@pytest.mark.parametrize(
    ("bodies", "deadline", "right"),
    [
        (["b1", "b2"], "d1", (1, 1, 1)),
        (["b1"], "d1", (1, 1, 1)),  # the coordinating body is scored as a body
        (["b2"], "d1", (1, 0, 0)),
        (["b1"], None, (1, 1, 0)),
        (["b1", "gone"], "d1", (1, 1, 1)),
    ],
)
def test_tasks(bodies: list[str], deadline: str | None, right: tuple[int, int, int]) -> None:
    named = [at(0, 8, id="b1", name="Sở Y tế", role="lead"), at(9, 15, id="b2", name="Sở Nội vụ", role="coordinate")]
    times = [due(30, "2025-12-31", id="d1")]

    scores = score(
        gold(bodies=named, deadlines=times, tasks=[at(0, 50, bodies=[0, 1], deadline=0)]),
        record(bodies=named, deadlines=times, tasks=[at(0, 50, bodies=bodies, deadline=deadline)]),
    )

    metrics = ("task", "task + lead", "task + lead + deadline")
    assert tuple(scores[metric].right for metric in metrics) == right


def test_references_by_number_whatever_the_case() -> None:
    wanted = gold(references=[at(0, 10, number="115/2020/NĐ-CP"), at(20, 30, number="10-NQ/HU")])
    found = record(references=[at(0, 10, number="115/2020/nđ-cp"), at(20, 30, number="10-NQ/TU")])

    assert score(wanted, found) == {"reference": Score(1, 2, 2)}


def test_metadata_is_a_point_a_field() -> None:
    meta = {
        "doc_type": "ke_hoach",
        "number": "5/KH",
        "title": "Về chuyển đổi số cấp xã",
        "issuer": None,
        "signer": "An",
    }
    about = {"number": "7-NQ/TU", "issuer": None}
    wanted = {**gold(), "meta": {**meta, "about": about}}
    said = {"number": "6/KH", "title": "chuyển đổi số cấp xã", "issuer": "UBND xã", "about": {"number": "7-NQ/TU"}}

    scores = evaluate([wanted], [record(metadata=said)]).scores()

    # right: type, title, about.number; wrong: number; missed: signer; spurious: issuer
    assert scores["metadata"] == Score(right=3, gold=5, found=5)


@pytest.mark.parametrize(
    ("a", "b", "value"), [("một hai", "hai một", 1.0), ("một một", "một", 2 / 3), ("", "một", 0.0), (None, None, 0.0)]
)
def test_word_f1_counts_repeated_words(a: str | None, b: str | None, value: float) -> None:
    assert word_f1(a, b) == value


def test_a_document_without_a_record_is_all_missed() -> None:
    result = evaluate([gold(quantities=[percent(0, 95)])], [])

    assert (result.missing, result.scores()["percentage"]) == (("a.txt",), Score(0, 1, 0))


def test_the_sample_corpus_stands_on_its_floors() -> None:
    run = build_pipeline()
    documents = [CORPUS / "documents" / annotation["doc"] for annotation in GOLD]
    records = [run(read_source(document)).model_dump(mode="json") for document in documents]

    below = falls(present(evaluate(GOLD, records)), load_floors(Path(__file__).parent / "floors.toml"))

    assert [str(fall) for fall in below] == []


def test_two_records_of_one_document_are_refused() -> None:
    with pytest.raises(UsageError, match=r"two records are of a document named a\.txt"):
        evaluate([gold()], [record(), record()])


def test_records_without_gold_are_passed_over() -> None:
    other = {**record(quantities=[percent(0, 5)]), "source": {"uri": "b.txt"}}

    assert evaluate([gold()], [record(), other]).scores()["percentage"] == Score()


def test_scores_of_a_kind_of_document() -> None:
    decision = {**gold(quantities=[percent(0, 95)]), "doc": "b.txt", "meta": {"doc_type": "quyet_dinh"}}
    result = evaluate([gold(quantities=[percent(0, 95)]), decision], [record(quantities=[percent(0, 95)])])

    assert {kind: result.scores(kind)["percentage"] for kind in result.kinds} == {
        "ke_hoach": Score(1, 1, 1),
        "quyet_dinh": Score(0, 1, 0),
    }


def test_a_perfect_record_has_no_mistakes() -> None:
    result = evaluate(GOLD, [perfect(annotation) for annotation in GOLD])

    assert [v for v in result.verdicts if v.result != "right"] == []


def test_the_headline_of_perfect_records_is_one() -> None:
    assert evaluate(GOLD, [perfect(annotation) for annotation in GOLD]).headline == 1.0


@given(st.integers(0, 1_000_000).map(Random))
@MANY
def test_the_order_of_the_records_does_not_matter(random: Random) -> None:
    records = shaken([perfect(annotation) for annotation in GOLD], random)
    mixed = random.sample(records, len(records))

    assert evaluate(GOLD, mixed) == evaluate(GOLD, records)


@given(st.integers(0, 1_000_000).map(Random))
@MANY
def test_every_gold_item_and_every_found_item_is_judged_once(random: Random) -> None:
    records = shaken([perfect(annotation) for annotation in GOLD], random)

    scores = evaluate(GOLD, records).scores()

    assert {name: (scores[metric].gold, scores[metric].found) for metric, name in COUNTED.items()} == {
        name: (sum(len(a[name]) for a in GOLD), sum(len(r[name]) for r in records)) for name in COUNTED.values()
    }


COUNTED = {"deadline": "deadlines", "body": "bodies", "task": "tasks", "reference": "references"}
STRICTER = (
    ("percentage full", "percentage"),
    ("body role", "body"),
    ("goal + deadline", "goal"),
    ("task + lead", "task"),
    ("task + lead + deadline", "task + lead"),
)


@given(st.integers(0, 1_000_000).map(Random))
@MANY
def test_a_stricter_metric_is_never_better(random: Random) -> None:
    scores = evaluate(GOLD, shaken([perfect(annotation) for annotation in GOLD], random)).scores()

    assert [pair for pair in STRICTER if scores[pair[0]].right > scores[pair[1]].right] == []


@given(st.integers(0, 1_000_000).map(Random))
@MANY
def test_a_change_balances(random: Random) -> None:
    records = [perfect(annotation) for annotation in GOLD]
    before, after = evaluate(GOLD, shaken(records, random)), evaluate(GOLD, shaken(records, random))

    change = compare(before, after)

    counts = {name: (len(before.mistakes(name)), len(after.mistakes(name))) for name in change.fixed}
    assert counts == {
        name: (len(change.fixed[name]) + len(change.still[name]), len(change.broken[name]) + len(change.still[name]))
        for name in change.fixed
    }


def test_a_change_tells_fixed_from_broken_and_still_wrong() -> None:
    wanted = [gold(quantities=[percent(0, 1), percent(10, 2), percent(20, 3)])]
    before = evaluate(wanted, [record(quantities=[percent(0, 9), percent(10, 2), percent(20, 9), percent(40, 5)])])
    after = evaluate(wanted, [record(quantities=[percent(0, 1), percent(50, 6)])])

    change = compare(before, after)

    parts = (change.fixed, change.broken, change.still)
    assert [[c.verdict.item for c in part["percentage"]] for part in parts] == [
        ["gold 0", "found 40-43 1"],
        ["gold 1", "found 50-53 1"],
        ["gold 2"],
    ]
