"""Tables: what the columns mean, what kind of table it is, and the group rows that head the rows below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chithi.rulepack import CompiledRule, find_all
from chithi.stages.draft import Block, Draft, Table

_APART = 2  # blocks between the halves of a table: a page number may stand there
_REPEATED = 2  # cells that say what the header's do: it stands again on a new page
_SEARCHED = 4  # rows that may stand above the one that names the columns
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}[.)]?")


def tables(draft: Draft) -> None:
    """Find each table's header, its columns' meanings and its kind; group rows head the rows below them.

    Header rows, and what stands above the first, leave ``table.rows``.
    """
    rules = draft.rules.labelled("header", "vi.columns")
    before: Table | None = None
    for table in draft.tables:
        meanings = [[_meaning(draft, rules, cell) for cell in row] for row in table.rows]
        heads = [
            r for r, row in enumerate(meanings) if sum(map(bool, row)) >= 2 and not _numbered(draft, table.rows[r])
        ]
        if before is not None and _goes_on(draft, before, table):
            # A page break cut the table in two: the header stands above the first half only.
            table.head, table.columns, table.kind = before.head, before.columns, before.kind
        elif heads and heads[0] < _SEARCHED:
            table.head, table.columns = _two_rows(table.rows, meanings, heads)
            if _lacks_ordinal(draft, table):
                table.head, table.columns = [[], *table.head], ["ordinal", *table.columns]
            table.kind = _kind(table.columns)
            table.rows = table.rows[heads[0] :]
        if not table.head:
            continue
        names = {_text(draft, cell) for cell in table.head if cell}
        table.rows = [row for row in table.rows if sum(_text(draft, cell) in names for cell in row) < _REPEATED]
        _link_rows(draft, table)
        if table.kind:
            before = table


def _two_rows(rows: list[list[list[Block]]], meanings: list[list[str]], heads: list[int]) -> tuple[
    list[list[Block]], list[str]
]:  # fmt: skip
    """The header's cells and meanings: a second row says more of what the first spans (`Thực hiện`: `Chủ trì`, …)."""
    first = heads[0]
    head, columns = rows[first], meanings[first]
    if heads[1:2] != [first + 1] or len(rows[first + 1]) != len(head):
        return head, columns
    below, closer = rows[first + 1], meanings[first + 1]
    return (
        [b or a for a, b in zip(head, below, strict=True)],
        [b or a for a, b in zip(columns, closer, strict=True)],
    )


def _meaning(draft: Draft, rules: Sequence[CompiledRule], cell: list[Block]) -> str:
    if not cell or cell[-1].end - cell[0].start > 90:
        return ""
    found = find_all(rules, draft.match.text, draft.match.low, [(cell[0].start, cell[-1].end)])
    best = max(found, key=lambda m: m.rule.rule.priority, default=None)
    return str(best.rule.rule.value["column"]) if best else ""


def _text(draft: Draft, cell: list[Block]) -> str:
    return draft.match.text[cell[0].start : cell[-1].end] if cell else ""


def _numbered(draft: Draft, row: list[list[Block]]) -> bool:
    """Whether a row begins with its running number."""
    return bool(row) and _NUMBERED.fullmatch(_text(draft, row[0])) is not None


def _lacks_ordinal(draft: Draft, table: Table) -> bool:
    """Whether the rows begin with a running number that the header has no column for."""
    width = len(table.columns)
    wider = [row for row in table.rows if len(row) > width]
    return "ordinal" not in table.columns and len(wider) > len(table.rows) / 2 and _numbered(draft, wider[0])


def _goes_on(draft: Draft, before: Table, table: Table) -> bool:
    """Whether a table of numbered rows stands right behind one of as many columns."""
    first = next((b for row in table.rows for cell in row for b in cell), None)
    last = next((cell[-1] for row in reversed(before.rows) for cell in reversed(row) if cell), None)
    near = first is not None and last is not None and first.index - last.index <= _APART
    return near and len(table.rows[0]) == len(before.columns) and _numbered(draft, table.rows[0])


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
    for row in table.rows:
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
