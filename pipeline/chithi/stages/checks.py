"""Self-checks: where a document contradicts itself, or says less than a reader of its record would look for."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from chithi.record import Diagnostic
from chithi.stages.draft import Block, Draft, GoalDraft, Mention
from chithi.stages.segments import is_heading

# `8 nhiệm vụ trọng tâm gồm:`: how many items a lead-in or heading says there are.
_DECLARED = re.compile(
    r"(?<![\d/.,])(?P<count>\d{1,2}) (?:\([^\W\d_]+\) )?(?:nhóm )?(?P<noun>nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|"
    r"nội dung|"
    r"nhóm nhiệm vụ|khâu đột phá|biện pháp|kiến nghị)(?!\w)"
)
_PARTS = re.compile(r"[^;.()]{0,60}\((?P<parts>[^()]{3,160})\)")
_PART = re.compile(r"(?<![\d/.,-])(?P<count>\d{1,4})(?= [^\W\d_])(?! (?:năm|tháng|ngày|tuổi|giờ|%))")
_WORD = re.compile(r"\w+")
_LEAST_SHARED = 0.9  # share of words that two indicators have in common to be one
_ITEMS = 2  # items below which a count is no list's


def checks(draft: Draft) -> None:
    """Add the self-checks' diagnostics."""
    _declared_counts(draft)
    _parts(draft)
    _contradictions(draft)
    _past_deadlines(draft)
    _incomplete_tasks(draft)


def _add(draft: Draft, code: str, message: str, start: int, end: int, *, level: str = "warning",
         related: list[tuple[int, int]] | None = None) -> None:  # fmt: skip
    draft.diagnostics.append(
        Diagnostic(
            level="info" if level == "info" else "warning",
            code=code,
            message=message,
            span=draft.span(start, end),
            related=[draft.span(a, b) for a, b in related or ()],
        )
    )


def _declared_counts(draft: Draft) -> None:
    """A lead-in or heading that counts its items, against the items below it."""
    for block in draft.content():
        if block.cell is not None or len(block.children) < _ITEMS or not is_heading(draft, block):
            continue
        m = _DECLARED.search(draft.match.low, block.body, block.end)
        if m is None:
            continue
        found = _items(block)
        if found >= _ITEMS and found != int(m["count"]):
            _add(draft, "count_mismatch", f"{int(m['count'])} {m['noun']} are announced, but {found} items follow.",
                 m.start(), m.end())  # fmt: skip


def _items(block: Block) -> int:
    """How many items a heading has: children with the first one's kind of label."""
    style = block.children[0].style
    return sum(child.style == style for child in block.children)


def _parts(draft: Draft) -> None:
    """`10 trường (9 … và 1 …)`: a count against the sum of its parts in brackets."""
    for q in draft.quantities:
        low, unit = q.value.get("low"), q.value.get("unit")
        if q.block is None or low is None or unit in (None, "%", "VND", "USD", "EUR", "lần") or low != int(low):
            continue
        m = _PARTS.match(draft.match.low, q.end, q.block.end)
        if m is None:
            continue
        parts = [int(p["count"]) for p in _PART.finditer(m["parts"])]
        if len(parts) >= _ITEMS and sum(parts) != int(low):
            listed = " + ".join(map(str, parts))
            _add(draft, "parts_mismatch", f"{int(low)} {unit} are stated, but the parts in brackets make {sum(parts)} "
                 f"({listed}).", q.start, m.end())  # fmt: skip


def _contradictions(draft: Draft) -> None:
    """One indicator with two values for one time."""
    groups: dict[tuple[str, str, str | None], list[GoalDraft]] = defaultdict(list)
    for goal in draft.goals:
        if goal.quantity is None or not goal.indicator:
            continue
        value = goal.quantity.value
        groups[(_time(goal.deadline), str(value.get("unit")), value.get("delta"))].append(goal)
    for (time, _, _), goals in groups.items():
        if not time:
            continue
        for i, goal in enumerate(goals):
            for other in goals[i + 1 :]:
                if _same(goal.indicator, other.indicator) and _value(goal.quantity) != _value(other.quantity):
                    assert goal.quantity is not None
                    assert other.quantity is not None
                    _add(draft, "contradiction", f"Two values for “{goal.indicator}” ({time}): "
                         f"{_shown(draft, goal.quantity)} and {_shown(draft, other.quantity)}.",
                         other.quantity.start, other.quantity.end,
                         related=[(goal.quantity.start, goal.quantity.end)])  # fmt: skip


def _time(deadline: Mention | None) -> str:
    return str((deadline.value.get("end") or deadline.value.get("rrule") or "") if deadline else "")[:10]


def _value(q: Mention | None) -> tuple[object, ...]:
    return (q.value.get("low"), q.value.get("high")) if q is not None else ()


def _shown(draft: Draft, q: Mention) -> str:
    return draft.match.text[q.start : q.end]


def _same(first: str | None, second: str | None) -> bool:
    a, b = set(_WORD.findall((first or "").lower())), set(_WORD.findall((second or "").lower()))
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= _LEAST_SHARED


def _past_deadlines(draft: Draft) -> None:
    """A deadline that had passed when the document was issued."""
    issued = draft.context.issued_on
    if issued is None or draft.metadata.issued_on is None or draft.metadata.doc_type == "bai_viet":
        return
    for task in draft.tasks:
        d = task.deadline
        end = d.value.get("end") if d is not None else None
        if d is not None and end and date.fromisoformat(end) < issued:
            _add(draft, "deadline_before_document", f"The deadline {end} lies before the document's own date, "
                 f"{issued.isoformat()}.", d.start, d.end, related=[(task.start, task.end)])  # fmt: skip


def _incomplete_tasks(draft: Draft) -> None:
    """Tasks without a deadline, and items that nobody is charged with; one line each a document."""
    undated = [t for t in draft.tasks if t.deadline is None]
    if undated:
        _add(draft, "task_without_deadline", f"{len(undated)} of {len(draft.tasks)} tasks have no deadline.",
             undated[0].start, undated[0].end, level="info",
             related=[(t.start, t.end) for t in undated[1:]])  # fmt: skip
    if draft.unassigned:
        first, *rest = draft.unassigned
        _add(draft, "task_without_body", f"{len(draft.unassigned)} items of sections of tasks name no body that is to "
             "carry them out.", *first, level="info", related=rest)  # fmt: skip
