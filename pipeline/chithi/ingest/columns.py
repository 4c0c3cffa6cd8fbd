"""Tables of web pages that are not what they look like: heads in two columns, data with tables in its cells."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from chithi.ingest.tables import rows_of
from chithi.orthography import fold, lower

_FRAME = re.compile(r"độc lập\s*-\s*tự do|nơi nhận\s*:")
_MAX_ROWS, _MAX_TEXT = 8, 2_000  # of a directive's head or foot


def by_columns(table: HtmlElement) -> list[HtmlElement]:
    """The cells of a directive's head or foot in reading order: the issuer's column, then the motto's; else nothing."""
    rows = [_cells(row) for row in rows_of(table)]
    if not 2 <= len(rows) <= _MAX_ROWS or not 2 <= max(map(len, rows)) <= 3:
        return []
    text = re.sub(r"\s+", " ", lower(fold(table.text_content() or "")))
    if len(text) > _MAX_TEXT or not _FRAME.search(text):
        return []
    return [row[i] for i in range(max(map(len, rows))) for row in rows if i < len(row)]


def is_data(table: HtmlElement) -> bool:
    """Whether a table with tables in its cells is one of data all the same: rows of three cells, a short head."""
    if next(table.iter("h1", "h2", "h3", "h4", "h5", "h6", "article", "nav", "form", "iframe"), None) is not None:
        return False
    rows = [cells for row in rows_of(table) if (cells := _cells(row))]
    if len(rows) < 3 or len(rows[0]) < 3:
        return False
    head = [(cell.text_content() or "").strip() for cell in rows[0]]
    return all(0 < len(text) <= 60 for text in head) and sum(len(cells) >= 3 for cells in rows) > len(rows) / 2


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]
