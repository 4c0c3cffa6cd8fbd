"""Reading gold, records and texts for the scores: what is broken is named, with the mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chithi.errors import UsageError
from chithi.evaluate import load_gold, load_records, load_texts

LISTS = ("quantities", "deadlines", "bodies", "goals", "tasks", "references")


def gold(**lists: list[dict[str, Any]]) -> dict[str, Any]:
    return {"doc": "a.txt", "meta": {"doc_type": "ke_hoach"}, **{name: lists.get(name, []) for name in LISTS}}


def test_gold_without_spans_names_the_item_and_the_mend(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(gold(references=[{"quote": "Nghị quyết", "number": "1"}])))

    with pytest.raises(UsageError, match=r"a\.json: references\[0\] has no span\. Run corpus/resolve\.py"):
        load_gold(tmp_path)


def test_a_gold_pointer_to_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps(gold(tasks=[{"span": {"start": 0, "end": 5}, "bodies": [3], "deadline": None}]))
    )

    with pytest.raises(UsageError, match=r"tasks\[0\]: bodies points to no item of bodies"):
        load_gold(tmp_path)


def test_a_broken_line_of_records_is_named(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    record = {"source": {"uri": "a.txt"}, "metadata": {}, **{name: [] for name in LISTS}}
    file.write_text(f"{json.dumps(record)}\n\n{{}}\n")

    with pytest.raises(UsageError, match=r"records\.jsonl: line 3 is no record"):
        load_records(file)


def test_texts_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Phấn đấu", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"%PDF-")

    assert load_texts(["a.txt", "b.txt", "c.txt"], tmp_path) == {"a.txt": "Phấn đấu"}
