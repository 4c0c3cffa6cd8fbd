"""Rows of tables: task tables give tasks, indicator tables give goals; tables of procedures give neither."""

from __future__ import annotations

import re

from chithi.record import BodyRole
from chithi.stages.draft import Block, BodyMention, Draft, GoalDraft, Mention, Table, TaskDraft
from chithi.stages.mentions import cell_deadlines
from chithi.stages.names import abbreviations, find_bodies
from chithi.stages.roles import roles
from chithi.stages.tables import is_group_row
from chithi.values import Value
from chithi.values.bodies import canonical
from chithi.values.quantities import percentage

_NUMBER = re.compile(r"(?P<cmp>>=|<=|[≥≤<>~]|trên|dưới|từ|tối thiểu|ít nhất|khoảng|đạt|không quá)?\s?"
                     r"(?P<low>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s?%?(?:\s?-\s?(?P<high>\d+(?:[.,]\d+)?)\s?%"
                     r"?)?"
                     r"(?:\s(?P<after>trở lên|trở xuống))?$")  # fmt: skip
_PART = re.compile(r"[;\n]|(?<=\w) và (?=(?:cơ quan|các|sở|ubnd|địa phương))")
_COMMA_PART = re.compile(rf"{_PART.pattern}|,")
_NO_NAME = re.compile(r"(?:Theo|Khi|Sau|Không|Hằng|Hàng|Thường|Chủ trì|Phối hợp)\b")
_LIMIT = re.compile(r"thời hạn|hạn (?:chót|cuối)|hoàn thành")  # a column of last days
_WORK = 8  # characters of a cell that states some work
_NAME = 90  # characters of a cell that may be a body's name as it stands


def rows(draft: Draft) -> None:
    """Read the tables of the document."""
    for table in draft.tables:
        blocks = [b for row in table.rows for cell in row for b in cell]
        if not blocks or blocks[0].zone != "body" or not table.head:
            continue
        if table.kind == "tasks":
            _tasks(draft, table)
        elif table.kind == "indicators":
            _indicators(draft, table)


def _cell(row: list[list[Block]], column: int) -> list[Block]:
    return row[column] if 0 <= column < len(row) else []


def _tasks(draft: Draft, table: Table) -> None:
    columns = table.columns
    work = next((columns.index(c) for c in ("work", "indicator", "product") if c in columns), -1)
    names: dict[str, list[BodyMention]] = {}
    times: list[Mention] = []
    for row in table.rows:
        if is_group_row(row):
            names, times = {}, []
            continue
        cell = _cell(row, work)
        if not cell or cell[-1].end - cell[0].start < _WORK:
            continue
        # A cell that is empty or missing under a merged one inherits what stands in that.
        short = len(row) < len(columns)
        merged: tuple[tuple[BodyRole, bool], ...] = (("lead", True), ("coordinate", short))
        for role, inherits in merged:
            found = [b for i, c in enumerate(columns) if c == role for b in _bodies(draft, _cell(row, i))]
            if found or not inherits:
                names[role] = found
            for b in found:
                b.role = role
        if "deadline" in columns:
            i = columns.index("deadline")
            limits = [t for b in _cell(row, i) for t in cell_deadlines(draft, b.start, b.end, b)]
            if any(_LIMIT.search(draft.low(b)) for b in _cell(table.head, i)):
                for limit in limits:
                    if limit.value["kind"] == "on":
                        limit.value.update(kind="by", start=None)
            times = limits if _cell(row, i) else times
        start, end = cell[0].body, cell[-1].end
        own = find_bodies(draft, start, end, cell[0])
        roles(draft, own, start, end)
        bodies = [*names.get("lead", []), *names.get("coordinate", []), *(b for b in own if b.role == "approve")]
        if bodies:
            deadline = _last(times) or _group_deadline(draft, cell[0])
            draft.tasks.append(TaskDraft(start, end, "task.row", cell[0], bodies, deadline))


def _last(times: list[Mention]) -> Mention | None:
    """The time limit of a cell: a date or a recurrence says more than `thường xuyên`."""
    dated = [t for t in times if t.value["kind"] != "ongoing"]
    return dated[0] if dated else times[0] if times else None


def _group_deadline(draft: Draft, block: Block) -> Mention | None:
    heads = [head for head in block.ancestors() if head.cell is not None]
    return next((d for head in heads for d in draft.deadlines if d.block is head), None)


def _bodies(draft: Draft, cell: list[Block]) -> list[BodyMention]:
    """The bodies of a cell; what no rule knows in it is a name as it stands, if it looks like one."""
    out: list[BodyMention] = []
    for block in cell:
        found = find_bodies(draft, block.body, block.end, block)
        out += found
        text = draft.match.text[block.body : block.end]
        if len(text) > _NAME and not found:
            continue
        at = block.body
        for part in (_PART if ";" in text else _COMMA_PART).split(text):
            a = draft.match.text.index(part, at) if part else at
            at = a + len(part)
            stripped = part.strip(" .-")
            a += part.find(stripped)
            b = a + len(stripped)
            if any(f.begin < b and a < f.end for f in found) or not _looks_like_name(stripped):
                continue
            name = canonical(stripped, abbreviations(draft.rules))
            out.append(BodyMention(a, b, "body.cell", {}, block, name=name, begin=a))
    return sorted(out, key=lambda m: m.start)


def _looks_like_name(text: str) -> bool:
    return 3 < len(text) <= _NAME and text[:1].isupper() and _NO_NAME.match(text) is None


def _indicators(draft: Draft, table: Table) -> None:
    columns = table.columns
    name_column = next((columns.index(c) for c in ("indicator", "work") if c in columns), -1)
    unit_column = columns.index("unit") if "unit" in columns else -1
    times: dict[int, Mention | None] = {}
    for i, column in enumerate(columns):
        if column == "year":
            found = [t for b in _cell(table.head, i) for t in cell_deadlines(draft, b.start, b.end, b)]
            times[i] = found[-1] if found else None
    for row in table.rows:
        names = _cell(row, name_column)
        if not names or is_group_row(row):
            continue
        unit = " ".join(draft.match.text[b.body : b.end] for b in _cell(row, unit_column)) or None
        for i, column in enumerate(columns):
            if column not in ("year", "value", "done", "product"):  # `Kết quả` beside a unit holds the value
                continue
            for block in _cell(row, i)[:1]:
                value = _value(draft, block, unit)
                if value is None:
                    continue
                value["role"] = "achieved" if column == "done" else "target"
                inside = [q for q in draft.quantities if q.block is block]
                draft.quantities = [q for q in draft.quantities if q.block is not block]
                q = Mention(block.body, block.end, inside[0].rule if inside else "table.value", value, block)
                if column == "done" and unit != "%":
                    continue
                draft.quantities.append(q)
                if column == "done":
                    continue
                deadline = times.get(i) or _group_deadline(draft, names[0])
                name = draft.match.text[names[0].body : names[-1].end].strip(" .;:")
                goal = GoalDraft(names[0].body, block.end, "quantified", "table.value", block)
                goal.indicator, goal.quantity, goal.deadline = name, q, deadline
                draft.goals.append(goal)


def _value(draft: Draft, block: Block, unit: str | None) -> Value | None:
    """The value of an indicator's cell, its unit from the unit column unless the cell has its own."""
    low = draft.match.low[block.body : block.end].strip()
    m = _NUMBER.match(low)
    if m is None:
        return None
    groups = {"before": f"{m['cmp']} " if m["cmp"] and m["cmp"] != "đạt" else None, "low": m["low"], "high": m["high"],
              "after": m["after"]}  # fmt: skip
    value = percentage(groups, draft.context)
    if value is None:
        return None
    value["unit"] = "%" if "%" in low or unit == "%" else unit
    value["delta"] = None
    return value
