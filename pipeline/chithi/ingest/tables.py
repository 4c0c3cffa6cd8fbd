"""HTML tables as Markdown pipe tables, spans expanded; and which tables only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from chithi.orthography import fold, lower

_MAX_COLUMNS = 200
_MAX_CELLS = 200_000  # beyond, merged cells are no longer widened: a few bytes of markup could ask for gigabytes
# The two-column tables at a directive's head and foot are no data: each cell is a block of lines.
_FRAME = re.compile(r"độc lập\s*-\s*tự do|nơi nhận\s*:|^\s*(?:t/?m|kt|tl|tuq|q)\.\s")
_INNER_BLOCKS = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "nav", "form", "iframe")


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """The table's own rows, head first, foot last, without those of tables inside it."""
    direct = [child for child in table if child.tag in {"tr", "thead", "tbody", "tfoot"}]
    direct.sort(key=lambda child: {"thead": 0, "tfoot": 2}.get(child.tag, 1))
    return [row for part in direct for row in ([part] if part.tag == "tr" else part.findall("tr"))]


def is_layout(table: HtmlElement) -> bool:
    """Whether the table only arranges blocks on the page, so that its cells are read one after another."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return True
    rows = rows_of(table)
    if len(rows) <= 1 or max(len(_cells(row)) for row in rows) <= 1:
        return True
    if any(element is not table for element in table.iter(*_INNER_BLOCKS)):
        return True
    if len(rows) <= 4 and max(len(_cells(row)) for row in rows) <= 3:
        return any(
            _FRAME.search(re.sub(r"\s+", " ", lower(fold(cell.text_content() or ""))).strip())
            for row in rows
            for cell in _cells(row)
        )
    return False


def pipe_table(table: HtmlElement, read: Callable[[HtmlElement], str]) -> str:
    """Write a data table with one line a row; a merged cell's text stands in its first cell, empty cells follow.

    Args:
        table: the element.
        read: gives a cell's text on one line.
    """
    grid = _grid(table, read)
    if not grid:
        return ""
    width = max(map(len, grid))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in grid]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _grid(table: HtmlElement, read: Callable[[HtmlElement], str]) -> list[list[str]]:
    rows = rows_of(table)
    taken: dict[int, int] = {}  # column → rows below that a merged cell still covers
    grid: list[list[str]] = []
    count = 0
    for number, row in enumerate(rows):
        line: list[str] = []
        covered = taken
        taken = {column: left - 1 for column, left in covered.items() if left > 1}

        def skip(line: list[str] = line, covered: dict[int, int] = covered) -> None:
            while len(line) in covered:
                line.append("")

        for cell in _cells(row):
            skip()
            wide, high = _span(cell, "colspan", _MAX_COLUMNS), _span(cell, "rowspan", len(rows) - number)
            wide = max(1, min(wide, _MAX_COLUMNS - len(line))) if count < _MAX_CELLS else 1
            if high > 1:
                taken |= dict.fromkeys(range(len(line), len(line) + wide), high - 1)
            line += [read(cell).replace("|", "\\|"), *[""] * (wide - 1)]
        skip()
        grid.append(line)
        count += len(line)
    used = [row for row in grid if any(row)]
    width = max((max(i + 1 for i, cell in enumerate(row) if cell) for row in used), default=0)
    return [row[:width] for row in used]


def _span(cell: HtmlElement, name: str, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    value = int(found[1]) if found else 1
    if name == "rowspan" and value == 0:
        return most  # to the end of the table
    return max(1, min(value, most))
