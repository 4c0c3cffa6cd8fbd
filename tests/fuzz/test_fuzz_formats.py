"""Damaged files of every format: each document ends in a record that holds together, or in a coded failure.

`pytest tests/fuzz --runs 5000` takes more runs than the ordinary suite; `--first-seed` starts elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import COLUMN, SEEDS

from chithi.batch import Document, build, run
from chithi.ingest import read_bytes
from chithi.ingest.limits import Limits
from chithi.record import Item, Record

LIMITS = Limits(seconds=120, max_bytes=1_000_000, max_unpacked=10_000_000, max_pages=50)
MISSING = {"missing_extra", "missing_program"}
NEVER = {"internal", "worker_died", "timeout", "out_of_memory"}


@cache
def seed_of(name: str) -> bytes:
    return SEEDS[name][0]()


def damaged(name: str, seeds: range) -> Iterator[Document]:
    return (Document(f"{seed}/{name}", data=mutate(seed_of(name), seed=seed)) for seed in seeds)


def faults(record: Record) -> list[str]:
    """Items whose text is not what stands at their span."""
    text = record.text
    items: list[Item] = [
        *record.quantities, *record.deadlines, *record.bodies, *record.goals, *record.tasks, *record.references,
    ]  # fmt: skip
    return [i.id for i in items if text is not None and text[i.span.start : i.span.end] != i.text]


@pytest.mark.parametrize("name", SEEDS)
def test_a_valid_file_has_a_record(name: str) -> None:
    outcomes = list(run([Document(name, data=seed_of(name))], factory=build, text_column=COLUMN, limits=LIMITS))
    found = {o.failure.code if o.failure else "ok" for o in outcomes}
    if found & MISSING:
        pytest.skip(f"{outcomes[0].failure}")
    assert found <= {"ok", "empty"}
    assert "ok" in found


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_files_end_in_a_record_or_a_coded_failure(
    name: str, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    first, runs = pytestconfig.getoption("--first-seed"), pytestconfig.getoption("--runs")
    seeds = range(first, first + max(1, runs * SEEDS[name][1] // 100))
    wrong: list[str] = []
    for outcome in run(damaged(name, seeds), factory=build, jobs=1, limits=LIMITS, text_column=COLUMN):
        if outcome.failure is not None and outcome.failure.code in NEVER:
            wrong.append(f"{outcome.uri}: {outcome.failure.code}: {outcome.failure.message[:300]}")
        elif outcome.line is not None and (bad := faults(Record.model_validate_json(outcome.line))):
            wrong.append(f"{outcome.uri}: items {bad} are not at their spans")
    for line in wrong:
        seed = int(line.partition("/")[0])
        (tmp_path / f"{seed}-{name}").write_bytes(mutate(seed_of(name), seed=seed))
    assert wrong == [], "\n".join([f"the files lie in {tmp_path}", *wrong])


def test_the_same_seed_does_the_same_damage() -> None:
    data = b"0123456789" * 20
    assert [mutate(data, seed=n) for n in range(50)] == [mutate(data, seed=n) for n in range(50)]


def test_most_damage_changes_the_file() -> None:
    data = read_bytes(b"0123456789" * 20, uri="a").text.encode()
    assert sum(mutate(data, seed=n) != data for n in range(100)) > 80
