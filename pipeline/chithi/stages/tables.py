"""Tables: what the columns mean, what kind of table it is, and the group rows that head the rows below them."""

from __future__ import annotations

from collections.abc import Sequence

from chithi.rulepack import CompiledRule, find_all
from chithi.stages.draft import Block, Draft, Table


def tables(draft: Draft) -> None:
    """Find each table's header row, its columns' meanings and its kind; group rows head the rows below them."""
    rules = draft.rules.labelled("header", "vi.columns")
    for table in draft.tables:
        for r, row in enumerate(table.rows[:4]):
            meanings = [_meaning(draft, rules, cell) for cell in row]
            if sum(bool(m) for m in meanings) >= 2:
                table.header, table.columns = r, meanings
                break
        else:
            continue
        table.kind = _kind(table.columns)
        _link_rows(draft, table)


def _meaning(draft: Draft, rules: Sequence[CompiledRule], cell: list[Block]) -> str:
    if not cell or cell[-1].end - cell[0].start > 90:
        return ""
    found = find_all(rules, draft.match.text, draft.match.low, [(cell[0].start, cell[-1].end)])
    best = max(found, key=lambda m: m.rule.rule.priority, default=None)
    return str(best.rule.rule.value["column"]) if best else ""


def _kind(columns: list[str]) -> str:
    if "procedure" in columns:
        return "procedures"
    if "indicator" in columns and "unit" in columns and "work" not in columns:
        return "indicators"
    if "lead" in columns and ("work" in columns or "product" in columns or "indicator" in columns):
        return "tasks"
    if "indicator" in columns and ("year" in columns or "value" in columns):
        return "indicators"
    if "work" in columns and ("deadline" in columns or "coordinate" in columns):
        return "tasks"
    return ""


def _link_rows(draft: Draft, table: Table) -> None:
    """Make the group rows the parents of the rows below them; group `I.2` stands below group `I`."""
    group: Block | None = None
    top: Block | None = None
    for row in table.rows[(table.header or 0) + 1 :]:
        if is_group_row(row):
            number = next(cell for cell in row if cell)[0]
            group = next(cell for cell in reversed(row) if cell)[0]
            if "." in draft.match.text[number.start : number.end].rstrip("."):
                group.parent = top
            else:
                top = group
            continue
        for cell in row:
            for block in cell:
                block.parent = group


def is_group_row(row: list[list[Block]]) -> bool:
    """Whether a row is a heading of the rows below: one filled cell, or a group's number beside one that stands out."""
    filled = [cell for cell in row if cell]
    if len(filled) == 1:
        return len(filled[0]) <= 2
    if len(filled) != 2 or filled[0] is not row[0] or filled[1] is not row[1]:
        return False
    number, title = filled[0][0], filled[1][0]
    stands_out = title.bold or title.upper or number.bold or number.upper
    return number.end - number.start <= 6 and stands_out
