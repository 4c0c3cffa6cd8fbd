"""The sample corpus is whole: every document has its gold, and every gold item says what stands in its document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS = sorted((CORPUS / "documents").iterdir())
GOLD = sorted((CORPUS / "gold").glob("*.json"))
LISTS = ("quantities", "deadlines", "goals", "bodies", "tasks", "references")
POINTERS = {"quantity": "quantities", "deadline": "deadlines", "bodies": "bodies"}


def load(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold


def text_of(gold: dict[str, Any]) -> str:
    return (CORPUS / "documents" / gold["doc"]).read_bytes().decode("utf-8")


def items(gold: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}[{i}]", item) for name in LISTS for i, item in enumerate(gold[name])]


def covered(text: str, item: dict[str, Any]) -> str:
    return " ".join(text[item["span"]["start"] : item["span"]["end"]].split())


def quoted(text: str, item: dict[str, Any]) -> bool:
    """Whether an item's span covers its quote, or begins and ends with its first and last words."""
    found = covered(text, item)
    if "quote" in item:
        return found == " ".join(item["quote"].split())
    return found.startswith(" ".join(item["from"].split())) and found.endswith(" ".join(item["to"].split()))


def pointers(gold: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Where items point to: the item, the list and the place in it."""
    out: list[tuple[str, str, Any]] = []
    for where, item in items(gold):
        for key, target in POINTERS.items():
            value = item.get(key)
            out += [(where, target, at) for at in (value if isinstance(value, list) else [value]) if at is not None]
    return out


def test_every_document_has_its_gold() -> None:
    assert [p.name for p in DOCUMENTS] == sorted(load(p)["doc"] for p in GOLD)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_stands_beside_its_document(path: Path) -> None:
    assert Path(load(path)["doc"]).stem == path.stem


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_spans_cover_their_quotes(path: Path) -> None:
    gold = load(path)
    text = text_of(gold)
    assert [where for where, item in items(gold) if not quoted(text, item)] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_pointers_resolve(path: Path) -> None:
    gold = load(path)
    assert [(w, to, at) for w, to, at in pointers(gold) if not 0 <= at < len(gold[to])] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_task_has_a_body(path: Path) -> None:
    assert [i for i, task in enumerate(load(path)["tasks"]) if not task["bodies"]] == []


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_quantified_goals_have_a_quantity_and_the_others_none(path: Path) -> None:
    goals = load(path)["goals"]
    assert [i for i, g in enumerate(goals) if (g["kind"] == "quantified") != (g.get("quantity") is not None)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_is_utf8_without_a_mark(path: Path) -> None:
    assert not path.read_bytes().decode("utf-8").startswith("\ufeff")
