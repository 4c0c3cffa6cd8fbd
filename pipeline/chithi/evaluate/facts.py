"""Gold annotations and records brought to one form, so that they can be compared: facts with their pointers followed.

A gold annotation points to its own items by position, a record by id. Both become lists of `Fact` by group:
``percentage``, ``count``, ``deadline``, ``body``, ``reference``, ``goal`` (quantified), ``qualitative``, ``task``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
Facts = dict[str, list["Fact"]]

_QUANTITY = ("low", "high", "op", "unit", "delta", "role")
_DEADLINE = ("kind", "start", "end", "rrule", "duration")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says: where, and what.

    Attributes:
        start: first code point; of a quantified goal the quantity's, since that is what tells two goals apart.
        end: end of the range, exclusive.
        text: the words that it stands in.
        value: what is compared; a goal's or task's ``deadline`` is the deadline's own value or None, a task's ``leads``
            the names of the bodies that lead it.
        rule: the rule that found it, None for gold.
    """

    start: int
    end: int
    text: str
    value: Json
    rule: str | None = None


def gold_facts(gold: Json) -> Facts:
    """Facts of one gold annotation, whose spans must be filled in."""
    return _facts(gold, _by_place(gold["quantities"]), _by_place(gold["deadlines"]), _by_place(gold["bodies"]))


def record_facts(record: Json) -> Facts:
    """Facts of one record; a quantified goal without its quantity has no value and is left out."""
    return _facts(record, *(_by_id(record.get(name) or ()) for name in ("quantities", "deadlines", "bodies")))


Lookup = Callable[[Any], Json | None]


def _by_place(items: Sequence[Json]) -> Lookup:
    return lambda place: None if place is None else items[place]


def _by_id(items: Sequence[Json]) -> Lookup:
    return {item["id"]: item for item in items if "id" in item}.get


def _facts(source: Json, quantity: Lookup, deadline: Lookup, body: Lookup) -> Facts:
    def items(name: str) -> Sequence[Json]:
        return source.get(name) or ()

    def due(item: Json) -> Json | None:
        found = deadline(item.get("deadline"))
        return None if found is None else _pick(found, _DEADLINE)

    def leads(task: Json) -> list[str]:
        named = [found for pointer in task.get("bodies") or () if (found := body(pointer)) is not None]
        return [b.get("name") or "" for b in named if b.get("role") == "lead"]

    values = [(item, _fact(item, _pick(item, _QUANTITY))) for item in items("quantities")]
    aims = [(goal, quantity(goal.get("quantity"))) for goal in items("goals") if goal.get("kind") == "quantified"]
    return {
        "percentage": [fact for item, fact in values if item.get("unit") == "%"],
        "count": [fact for item, fact in values if item.get("unit") != "%"],
        "deadline": [_fact(item, _pick(item, _DEADLINE)) for item in items("deadlines")],
        "body": [_fact(item, _pick(item, ("name", "role"))) for item in items("bodies")],
        "reference": [_fact(item, _pick(item, ("number",))) for item in items("references")],
        "goal": [
            _fact(q, {**_pick(q, _QUANTITY), "indicator": g.get("indicator"), "deadline": due(g)}, rule=g.get("rule"))
            for g, q in aims
            if q is not None
        ],
        "qualitative": [_fact(g, {"deadline": due(g)}) for g in items("goals") if g.get("kind") == "qualitative"],
        "task": [_fact(item, {"leads": leads(item), "deadline": due(item)}) for item in items("tasks")],
    }


def _pick(item: Json, names: Sequence[str]) -> dict[str, Any]:
    return {name: item.get(name) for name in names}


def _fact(item: Json, value: Json, *, rule: str | None = None) -> Fact:
    # Gold writes down a quote, or only the first words of a long one; a record has the whole text.
    text = item.get("text") or item.get("quote") or item.get("from") or ""
    return Fact(item["span"]["start"], item["span"]["end"], text, value, rule or item.get("rule"))
