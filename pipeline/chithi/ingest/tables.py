"""Tables as Markdown pipe tables, spans expanded; and which tables, of HTML and others, only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from chithi.orthography import fold, lower

_MAX_COLUMNS = 200
_MAX_CELLS = 200_000  # beyond, merged cells are no longer widened: a few bytes of markup could ask for gigabytes
# The two-column tables at a directive's head and foot are no data: each cell is a block of lines.
_FRAME = re.compile(r"độc lập\s*-\s*tự do|nơi nhận\s*:|^\s*(?:t/?m|kt|tl|tuq|q)\.\s")
_INNER_BLOCKS = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "nav", "form", "iframe")

Grid = list[list[str]]
"""Rows of cells' texts, each on one line; all rows have the same length."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text on one line and how many columns and rows it spans."""

    text: str
    wide: int = 1
    high: int = 1


def expand(rows: Iterable[Iterable[Cell]]) -> Grid:
    """Lay cells out: a merged cell's text stands in its first place, empty cells follow.

    Cells are taken as the layout goes on, so a generator may read them lazily. Rows and columns without text are left
    out at the end of each.
    """
    taken: dict[int, int] = {}  # column → rows below that a merged cell still covers
    grid: Grid = []
    count = 0
    for row in rows:
        line: list[str] = []
        covered = taken
        taken = {column: left - 1 for column, left in covered.items() if left > 1}
        for cell in row:
            while len(line) in covered:
                line.append("")
            wide = max(1, min(cell.wide, _MAX_COLUMNS - len(line))) if count < _MAX_CELLS else 1
            if cell.high > 1:
                taken |= dict.fromkeys(range(len(line), len(line) + wide), cell.high - 1)
            line += [cell.text, *[""] * (wide - 1)]
        while len(line) in covered:
            line.append("")
        grid.append(line)
        count += len(line)
    used = [row for row in grid if any(row)]
    width = max((max(i + 1 for i, text in enumerate(row) if text) for row in used), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in used]


def write_rows(grid: Grid) -> list[str]:
    """The lines of a pipe table, its first row as the head; the line below the head is the second."""
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in grid]
    return [lines[0], "|" + " --- |" * len(grid[0]), *lines[1:]] if lines else []


def is_frame(rows: Sequence[Sequence[str]]) -> bool:
    """Whether cells' texts, in any layout, are those of a table that arranges a directive's head or foot.

    >>> is_frame([["ỦY BAN NHÂN DÂN", "Độc lập - Tự do - Hạnh phúc"]] * 2), is_frame([["STT", "Nhiệm vụ"]] * 2)
    (True, False)
    """
    if len(rows) <= 1 or max(map(len, rows)) <= 1:
        return True
    if len(rows) > 4 or max(map(len, rows)) > 3:
        return False
    return any(_FRAME.search(re.sub(r"\s+", " ", lower(fold(text))).strip()) for row in rows for text in row)


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """The table's own rows, head first, foot last, without those of tables inside it."""
    direct = [child for child in table if child.tag in {"tr", "thead", "tbody", "tfoot"}]
    direct.sort(key=lambda child: {"thead": 0, "tfoot": 2}.get(child.tag, 1))
    return [row for part in direct for row in ([part] if part.tag == "tr" else part.findall("tr"))]


def is_layout(table: HtmlElement) -> bool:
    """Whether the table only arranges blocks on the page, so that its cells are read one after another."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return True
    if any(element is not table for element in table.iter(*_INNER_BLOCKS)):
        return True
    return is_frame([[cell.text_content() or "" for cell in _cells(row)] for row in rows_of(table)])


def pipe_table(table: HtmlElement, read: Callable[[HtmlElement], str]) -> str:
    """Write a data table with one line a row.

    Args:
        table: the element.
        read: gives a cell's text on one line.
    """
    rows = rows_of(table)

    def cells(number: int, row: HtmlElement) -> Iterator[Cell]:
        for cell in _cells(row):
            wide, high = _span(cell, "colspan", _MAX_COLUMNS), _span(cell, "rowspan", len(rows) - number)
            yield Cell(read(cell), wide, high)

    return "\n".join(write_rows(expand(cells(number, row) for number, row in enumerate(rows))))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _span(cell: HtmlElement, name: str, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    value = int(found[1]) if found else 1
    if name == "rowspan" and value == 0:
        return most  # to the end of the table
    return max(1, min(value, most))
