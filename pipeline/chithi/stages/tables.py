"""Tables: the grid of flattened ones, and what the columns mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from chithi.rulepack import find_all
from chithi.stages.draft import Block, Draft, Table

T = TypeVar("T")
# First cells that open a row: a running number, a Roman group number, `1.2`.
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){1,2}|[a-zđA-H])[.)]?$")
_ORDINAL_HEAD = re.compile(r"(?:s\s?tt|tt|số tt|số thứ tự|stt\.?)$", re.IGNORECASE)


def grid(items: Sequence[list[T] | None]) -> list[list[list[T]]]:
    """Rows of a flattened table: each cell's lines stand between pipes, and a row ends and begins with a pipe of its own.

    Two pipes in a row are therefore the end of a row or an empty cell; the header's width and the running number in the
    first column decide.

    Args:
        items: None for a pipe, else the lines of a cell.

    Returns:
        Rows of cells of lines; an empty cell is an empty list.
    """
    cells: list[tuple[list[T], int]] = []  # a cell and how many pipes stand before it
    pipes = 0
    for item in items:
        if item is None:
            pipes += 1
        else:
            cells.append((item, pipes))
            pipes = 0
    if not cells:
        return []
    width, numbered = _header(cells)
    rows: list[list[list[T]]] = [[cells[0][0]]]
    for cell, before in cells[1:]:
        row = rows[-1]
        if before <= 1:
            if len(row) >= width > 1 and numbered and _ordinal(cell):
                rows.append([cell])
            else:
                row.append(cell)
            continue
        gap = before - 2  # empty cells, if one pair of pipes parts two rows
        full = len(row) + gap >= width
        if full or (numbered and _ordinal(cell)) or (len(row) == 1 and width > 2 and not _ordinal(row[0])):
            trailing = min(gap, max(width - len(row), 0))
            row.extend([] for _ in range(trailing))
            rows.append([[] for _ in range(gap - trailing)] + [cell])
        else:
            row.extend([] for _ in range(before - 1))
            row.append(cell)
    return rows


def _header(cells: list[tuple[list[T], int]]) -> tuple[int, bool]:
    """Width of the first row, and whether its first column is a running number."""
    width = 1
    for _, before in cells[1:]:
        if before > 1:
            break
        width += 1
    return width, bool(_ORDINAL_HEAD.match(_text(cells[0][0])))


def _text(cell: list[T]) -> str:
    return " ".join(str(getattr(line, "bare", line)) for line in cell)


def _ordinal(cell: list[T]) -> bool:
    return bool(_ORDINAL.match(_text(cell)))


def tables(draft: Draft) -> None:
    """Find each table's header row, the meaning of its columns and its kind; group rows become headings of the rows below."""
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
        _link_rows(table)


def _meaning(draft: Draft, rules: Sequence[object], cell: list[Block]) -> str:
    if not cell or cell[-1].end - cell[0].start > 90:
        return ""
    found = find_all(rules, draft.match.text, draft.match.low, [(cell[0].start, cell[-1].end)])  # type: ignore[arg-type]
    best = max(found, key=lambda m: m.rule.rule.priority, default=None)
    return str(best.rule.rule.value["column"]) if best else ""


def _kind(columns: list[str]) -> str:
    if "procedure" in columns:
        return "procedures"
    if "lead" in columns and ("work" in columns or "product" in columns or "indicator" in columns):
        return "tasks"
    if "indicator" in columns and ("year" in columns or "value" in columns):
        return "indicators"
    if "work" in columns and ("deadline" in columns or "coordinate" in columns):
        return "tasks"
    return ""


def _link_rows(table: Table) -> None:
    """Make the group rows the parents of the rows below them."""
    group: Block | None = None
    for row in table.rows[(table.header or 0) + 1 :]:
        if is_group_row(row):
            group = next(cell for cell in reversed(row) if cell)[0]
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
    return number.end - number.start <= 6 and (title.bold or title.upper or number.bold)
