"""The grid of flattened tables: rows of cells out of lines between bare pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
# First cells that open a row: a running number, a Roman group number, `1.2`.
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){1,2}|[a-zđA-H])[.)]?$")
_ORDINAL_HEAD = re.compile(r"(?:s\s?tt|tt|số tt|số thứ tự|stt\.?)$", re.IGNORECASE)


def grid(items: Sequence[list[T] | None]) -> list[list[list[T]]]:
    """Rows of a flattened table: cells stand between pipes, and a row ends and begins with a pipe of its own.

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
