"""The record: what is linked gets an id, in order of position; what nothing points to is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, TypeVar

from chithi.record import Body, Deadline, Goal, Quantity, Record, Reference, Section, Source, Task
from chithi.stages.draft import Block, Draft, GoalDraft, Mention, TaskDraft
from chithi.stages.segments import is_heading

M = TypeVar("M", bound=Mention)


def assemble(draft: Draft) -> Record:
    """Write the record of a finished draft."""
    sections, section_ids = _sections(draft)
    valued = {id(g.quantity) for g in draft.goals}
    quantities = _ordered(q for q in draft.quantities if q.value.get("unit") == "%" or id(q) in valued)
    statements: list[GoalDraft | TaskDraft] = [*draft.goals, *draft.tasks]
    linked = [d for x in statements if (d := x.deadline) is not None]
    linked_ids = {id(d) for d in linked}
    cells = {id(d.block) for d in linked if d.block is not None and d.block.cell is not None}
    ranges = sorted((x.start, x.end) for x in statements)
    reach = list(accumulate((end for _, end in ranges), max))
    deadlines = _ordered(
        d for d in draft.deadlines
        # A second time expression of a cell stays too: `Thường xuyên, hằng năm`.
        if id(d) in linked_ids or _inside(d, ranges, reach) or id(d.block) in cells
        or _heads(draft, d) or _schedules(draft, d)
    )  # fmt: skip
    bodies = _ordered(b for t in draft.tasks for b in t.bodies)
    q_ids = {id(q): f"q{i}" for i, q in enumerate(quantities, 1)}
    d_ids = {id(d): f"t{i}" for i, d in enumerate(deadlines, 1)}
    b_ids = {id(b): f"b{i}" for i, b in enumerate(bodies, 1)}
    goals = sorted(draft.goals, key=lambda g: (g.start, g.end, g.quantity.start if g.quantity else -1))
    tasks = sorted(draft.tasks, key=lambda t: (t.start, t.end))
    source = draft.source
    return Record(
        doc_id=source.doc_id,
        source=Source(uri=source.uri, media_type=source.media_type, sha256=source.sha256, size=source.size,
                      encoding=source.encoding, pages=source.pages),
        metadata=draft.metadata,
        sections=sections,
        quantities=[
            Quantity(**_item(draft, q, q_ids[id(q)]),
                     **_fields(q, "low", "high", "op", "unit", "delta", "role", "indicator"))
            for q in quantities
        ],
        deadlines=[
            Deadline(**_item(draft, d, d_ids[id(d)]),
                     **_fields(d, "kind", "start", "end", "rrule", "duration", "anchor"))
            for d in deadlines
        ],
        bodies=[Body(**_item(draft, b, b_ids[id(b)]), name=b.name, role=b.role or "lead", **b.value) for b in bodies],
        goals=[
            Goal(**_range(draft, g.start, g.end, g.rule, f"g{i}"), kind=g.kind, indicator=g.indicator,
                 quantity=q_ids[id(g.quantity)] if g.quantity else None,
                 deadline=d_ids[id(g.deadline)] if g.deadline else None,
                 bodies=[b_ids[id(b)] for b in g.bodies], section=_section_of(g.block, section_ids))
            for i, g in enumerate(goals, 1)
        ],
        tasks=[
            Task(**_range(draft, t.start, t.end, t.rule, f"a{i}"),
                 bodies=sorted({b_ids[id(b)] for b in t.bodies}, key=_number),
                 deadline=d_ids[id(t.deadline)] if t.deadline else None, section=_section_of(t.block, section_ids))
            for i, t in enumerate(tasks, 1)
        ],
        references=[
            Reference(**_item(draft, r, f"r{i}"), number=r.value["number"], doc_type=r.value.get("doc_type"),
                      issued_on=r.issued_on, issuer=r.issuer, relation=r.relation)
            for i, r in enumerate(draft.references, 1)
        ],
        diagnostics=draft.diagnostics,
        text=source.text if source.carried else None,
    )  # fmt: skip


def _fields(m: Mention, *names: str) -> dict[str, Any]:
    return {name: m.value.get(name) for name in names}


def _number(name: str) -> int:
    return int(name[1:])


def _ordered(items: Iterable[M]) -> list[M]:
    unique = {id(x): x for x in items}
    return sorted(unique.values(), key=lambda m: (m.start, m.end, m.rule))


def _inside(d: Mention, ranges: list[tuple[int, int]], reach: list[int]) -> bool:
    """Whether a goal or task holds the mention; ``reach`` is the furthest end of the sorted ranges up to each."""
    i = bisect_right(ranges, d.start, key=lambda r: r[0])
    return i > 0 and reach[i - 1] >= d.end


def _heads(draft: Draft, d: Mention) -> bool:
    """Whether a time expression stands in a heading of goals."""
    block = d.block
    if block is None or block.own_section != "goal" or not is_heading(draft, block):
        return False
    below = {id(b) for b in block.descendants()}
    return any(id(g.block) in below for g in draft.goals)


_SCHEDULE = re.compile(r"thời (?:gian|hạn)(?! (?:qua|vừa|tới|gần|này))(?!\w)")


def _schedules(draft: Draft, d: Mention) -> bool:
    """Whether a time expression stands where the document says when it is to be carried out."""
    if d.block is None or draft.metadata.doc_type == "bai_viet" or draft.normative:
        return False
    return any(_SCHEDULE.match(draft.low(b)) for b in (d.block, *d.block.ancestors()) if b.zone == "body")


def _range(draft: Draft, start: int, end: int, rule: str, name: str) -> dict[str, Any]:
    span = draft.span(start, end)
    confidence = draft.rules.confidence.get(rule)
    return {"id": name, "text": draft.text(span), "span": span, "rule": rule, "confidence": confidence,
            "origin": draft.origin(span)}  # fmt: skip


def _item(draft: Draft, m: Mention, name: str) -> dict[str, Any]:
    return _range(draft, m.start, m.end, m.rule, name)


def _sections(draft: Draft) -> tuple[list[Section], dict[int, str]]:
    """The headings of the outline that hold something or stand for themselves."""
    ids: dict[int, str] = {}
    out: list[Section] = []
    for block in draft.content():
        if block.cell is not None or not block.children or not (block.style and is_heading(draft, block)):
            continue
        name = f"s{len(out) + 1}"
        ids[block.index] = name
        above = [a for a in block.ancestors() if a.index in ids]
        out.append(
            Section(id=name, label=block.label.rstrip(".:) ") or None,
                    heading=draft.match.text[block.body : block.end].strip(" :"), level=len(above) + 1,
                    parent=ids[above[0].index] if above else None, span=draft.span(block.start, block.end))
        )  # fmt: skip
    return out, ids


def _section_of(block: Block, ids: dict[int, str]) -> str | None:
    return next((ids[a.index] for a in block.ancestors() if a.index in ids), None)
