"""Rules of tables in a picture of a page: long straight runs of ink, and the cells between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

    from chithi.ingest.pages import Box

_LONG = 120  # pixels at 300 dpi, 1 cm: longer than any stroke of a letter
_THICK = 14  # pixels: thicker is a bar or a picture


def find_cells(image: Image) -> list[list[Box]]:
    """The boxes of the cells of each ruled table, in pixels."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    across, down = _rules(image)
    if len(across) < 2 or len(down) < 2:
        return []
    edges = merge_edges([*across, *down], 12, 12, 30, 30)
    cells = intersections_to_cells(edges_to_intersections(edges, 12, 12))
    return [table for table in cells_to_tables(cells) if len(table) > 1]


def _rules(image: Image) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rules across and down the page, in the form of pdfplumber's edges."""
    import numpy as np

    dark = np.asarray(image.convert("L")) < 140
    across = [
        {"x0": a, "x1": b, "top": y, "bottom": y, "width": b - a, "height": 0, "orientation": "h"}
        for y, a, b in _segments(_long(dark))
    ]
    down = [
        {"x0": x, "x1": x, "top": a, "bottom": b, "width": 0, "height": b - a, "orientation": "v"}
        for x, a, b in _segments(_long(dark.T))
    ]
    return across, down


def _long(dark: Any) -> Any:
    """Those dark pixels that lie in a long run along their row."""
    import numpy as np

    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    out = np.zeros_like(dark)
    keep = ends - starts >= _LONG
    for row, start, end in zip(rows[keep], starts[keep], ends[keep], strict=True):
        out[row, start:end] = True
    return out


def _segments(lines: Any) -> list[tuple[float, float, float]]:
    """Runs in rows that touch, as one rule: its middle, where it begins and ends. Bars are left out."""
    import numpy as np

    found: list[list[float]] = []  # first row, last row, start, end
    open_: list[list[float]] = []
    for row in np.nonzero(lines.any(axis=1))[0].tolist():
        padded = np.concatenate(([0], lines[row].astype(np.int8), [0]))
        change = np.diff(padded)
        open_ = [rule for rule in open_ if row - rule[1] <= 3]
        for start, end in zip(np.nonzero(change == 1)[0].tolist(), np.nonzero(change == -1)[0].tolist(), strict=True):
            rule = next((r for r in open_ if start <= r[3] and end >= r[2]), None)
            if rule is None:
                rule = [row, row, start, end]
                open_.append(rule)
                found.append(rule)
            rule[1], rule[2], rule[3] = row, min(rule[2], start), max(rule[3], end)
    return [((a + b) / 2, float(x), float(y)) for a, b, x, y in found if b - a <= _THICK]
