"""Pages of words and ruled tables → one text: paragraphs parted, page furniture left out, tables joined over pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from chithi.ingest.lines import Line, Word, in_order, lines_of
from chithi.ingest.tables import Cell, Grid, expand, is_frame, write_rows
from chithi.source import Region

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_NUMBER = re.compile(r"(?:[-–—]\s?)?(?:trang\s)?(\d{1,4})(?:\s?/\s?\d{1,4})?(?:\s?[-–—])?", re.IGNORECASE)
_EDGE = 0.13  # of the page's height: where running heads and page numbers stand
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){1,2}|[a-zđA-H])[.)]?")
_YEAR = re.compile(r"(?<=/)((?:19|20)\d|[12]) ((?<=\d\d\d )\d|\d{3})(?![\d/])")  # `12/202 5`, cut by a narrow cell
_LABEL = re.compile(r"[-+•]\s|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5})[.)]\s|(?:Điều|Chương|Mục)\s[\dIVX]")
_DONE = re.compile(r"[.;:][\"”')\]]*$")
_LETTER = re.compile(r"\w")
_HYPHENATED = re.compile(r"\w[-‐]$")
_EXACT, _JITTER = 0.12, 0.3  # in sizes of the font: how far lines of one paragraph may stand from their usual distance
_INDENT = 10.0  # points
_NEAR = 4.0  # points: edges that a printer of tables means to be one


@dataclass(slots=True)
class Page:
    """What was found on one page.

    Attributes:
        words: all of its words, those in tables too.
        tables: the boxes of each ruled table's cells.
        ocr: the words were read by text recognition.
    """

    width: float
    height: float
    words: list[Word]
    tables: list[list[Box]] = field(default_factory=list)
    ocr: bool = False


@dataclass(slots=True)
class _Table:
    """A ruled table of one page: the boxes of its cells and the words in them; rows once they are laid out.

    Attributes:
        rows: each with the number of its page, from 0.
    """

    boxes: list[Box]
    words: list[Word]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def columns(self) -> list[float]:
        """Where the columns' left edges are, and the right edge of the last."""
        return _edges([*(box[0] for box in self.boxes), max(box[2] for box in self.boxes)])


@dataclass(slots=True)
class _Measures:
    """How the lines of a document are set: the usual distance of two lines, and the edges of each page format."""

    pitch: float
    margins: dict[tuple[float, float], tuple[float, float]]


Part = Line | _Table


def write_pages(pages: Sequence[Page]) -> tuple[str, tuple[int, ...], tuple[Region, ...]]:
    """The text of a document, where each of its pages begins, and what of it was read by text recognition."""
    content = [list(_parts(page)) for page in pages]
    _drop_furniture(pages, content)
    measures = _measure(pages, content)
    parts = _join_tables((number, part) for number, on_page in enumerate(content) for part in on_page)
    out: list[str] = []
    starts: list[int] = []
    length = 0

    def put(text: str, number: int) -> None:
        nonlocal length
        while len(starts) <= number:
            starts.append(length)
        out.append(text)
        length += len(text)

    before: tuple[int, Part] | None = None
    for number, part in parts:
        if before is not None:
            parted = _parted(before, (number, part), pages, measures)
            put("\n\n" if parted else _between(before[1], part), before[0])
        if isinstance(part, Line):
            put(part.text, number)
        else:
            head, rule, *rest = write_rows([row for _, row in part.rows])
            put(f"{head}\n{rule}", number)
            for (number, _), line in zip(part.rows[1:], rest, strict=True):
                put("\n", len(starts) - 1)
                put(line, number)
        before = number, part
    put("\n" if out else "", max(len(pages) - 1, 0))
    ends = [*starts[1:], length]
    runs = [list(run) for ocr, run in groupby(range(len(pages)), lambda n: pages[n].ocr) if ocr]
    regions = tuple(Region(start=starts[r[0]], end=ends[r[-1]], kind="ocr", reason="tesseract") for r in runs)
    return "".join(out), tuple(starts), regions


def _parts(page: Page) -> Iterator[Part]:
    """A page's lines and tables, from top to bottom."""
    words = page.words
    tables: list[tuple[float, _Table]] = []
    for boxes in page.tables:
        x0, top, x1, bottom = outline(boxes)
        inside: list[Word] = []
        outside: list[Word] = []
        for word in words:
            within = x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= word.bottom <= bottom + 1
            (inside if within else outside).append(word)
        words = outside
        if inside:
            tables.append((top, _Table(boxes, inside)))
    tables.sort(key=lambda placed: placed[0])
    for line in in_order(words):
        if page.ocr and not _LETTER.search(line.text):
            continue  # specks and strokes
        while tables and tables[0][0] < line.top and line.frame is None:
            yield tables.pop(0)[1]
        yield line
    for _, table in tables:
        yield table


def outline(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _join_tables(parts: Iterable[tuple[int, Part]]) -> list[tuple[int, Part]]:
    """Tables laid out in rows, those that a page's end cuts in two as one; of tables that arrange blocks the lines."""
    groups: list[list[tuple[int, Part]]] = []
    for number, part in parts:
        last = groups[-1][-1] if groups else None
        if last is not None and last[0] == number - 1 and _goes_on(last[1], part):
            groups[-1].append((number, part))
        else:
            groups.append([(number, part)])
    out: list[tuple[int, Part]] = []
    for group in groups:
        tables = [(number, part) for number, part in group if isinstance(part, _Table)]
        columns = _edges(edge for _, table in tables for edge in table.columns)
        for number, part in group[:1]:
            if isinstance(part, Line):
                out.append((number, part))
            elif len(tables) == 1 and (lines := _frame_lines(part)) is not None:
                out += [(number, line) for line in lines]
            else:
                for page, table in tables:
                    _append(part.rows, [(page, row) for row in _lay_out(table, columns)])
                out += [(number, part)] if part.rows else []
    return out


def _goes_on(last: Part, part: Part) -> bool:
    """Whether two tables on pages that follow each other have the same columns, but for cells merged throughout."""
    if not isinstance(last, _Table) or not isinstance(part, _Table):
        return False
    few, many = sorted((last.columns, part.columns), key=len)
    same = [any(abs(a - b) < _NEAR for b in many) for a in few]
    return all(same) and abs(few[0] - many[0]) < _NEAR and abs(few[-1] - many[-1]) < _NEAR


def _cells(table: _Table) -> list[tuple[Box, list[Line]]]:
    """A table's cells, row by row, with the lines in them."""
    tops = _edges(box[1] for box in table.boxes)
    held: list[tuple[Box, list[Word]]] = [
        (box, []) for box in sorted(table.boxes, key=lambda b: (_index(tops, b[1]), b[0]))
    ]
    for word in table.words:
        x = (word.x0 + word.x1) / 2
        for box, words in held:
            if box[0] <= x <= box[2] and box[1] <= word.bottom <= box[3] + 1:
                words.append(word)
                break
    return [(box, lines_of(words, frame=(box[0], box[2]))) for box, words in held]


def _frame_lines(table: _Table) -> list[Line] | None:
    """The lines of a table that only arranges blocks, cell after cell; None for a table of data."""
    cells = _cells(table)
    rows: defaultdict[int, list[str]] = defaultdict(list)
    tops = _edges(box[1] for box in table.boxes)
    for box, lines in cells:
        rows[_index(tops, box[1])].append(" ".join(line.text for line in lines))
    return [line for _, lines in cells for line in lines] if is_frame(list(rows.values())) else None


def _lay_out(table: _Table, columns: list[float]) -> Grid:
    tops = _edges(box[1] for box in table.boxes)
    rows: list[list[Cell]] = [[] for _ in tops]
    for box, lines in _cells(table):
        text = _YEAR.sub(r"\1\2", _on_one_line(lines))
        wide = _index(columns, box[2]) - _index(columns, box[0])
        high = sum(box[1] - _NEAR / 2 < top < box[3] - _NEAR / 2 for top in tops)
        rows[_index(tops, box[1])].append(Cell(text, wide, high))
    return expand(rows)


def _on_one_line(lines: list[Line]) -> str:
    texts = [line.text.replace("\t", " ") for line in lines]
    return "".join(text if _HYPHENATED.search(text) else f"{text} " for text in texts).rstrip()


def _between(line: Part, after: Part) -> str:
    """What joins a line to the next of its paragraph: nothing behind a hyphen inside a word.

    In a narrow column a full line tells little of whether the next goes on: who reads the text has to decide.
    """
    if not isinstance(line, Line) or not isinstance(after, Line) or _HYPHENATED.search(line.text):
        return ""
    return "\n" if line.frame and not (after.text[0].islower() or after.text[0].isdigit()) else " "


def _edges(values: Iterable[float]) -> list[float]:
    """Distinct edges; those that nearly fall together are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _drop_furniture(pages: Sequence[Page], content: list[list[Part]]) -> None:
    """Leave out page numbers and running heads and feet: they would part the paragraphs that go on over a page."""
    edge: list[list[Line]] = []
    for page, parts in zip(pages, content, strict=True):
        lines = [part for part in parts if isinstance(part, Line)]
        limits = page.height * _EDGE, page.height * (1 - _EDGE)
        edge.append([x for x in (*lines[:2], *lines[-2:]) if x.bottom < limits[0] or x.top > limits[1]])
    offsets: Counter[int] = Counter()
    texts: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(edge):
        offsets.update({int(m[1]) - number for line in lines if (m := _NUMBER.fullmatch(line.text))})
        for line in lines:
            texts[_masked(line)].add(number)
    enough = max(2, len(pages) // 3)
    for number, lines in enumerate(edge):
        gone = {
            id(line)
            for line in lines
            if ((m := _NUMBER.fullmatch(line.text)) and (offsets[k := int(m[1]) - number] > 1 or k == 1))
            or len(texts[_masked(line)]) >= enough
        }
        content[number] = [part for part in content[number] if id(part) not in gone]


def _masked(line: Line) -> tuple[str, int]:
    """A line's text without its figures, and about where it stands."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 12)


def _measure(pages: Sequence[Page], content: list[list[Part]]) -> _Measures:
    distances: list[float] = []
    lines: defaultdict[tuple[float, float], list[Line]] = defaultdict(list)
    for page, parts in zip(pages, content, strict=True):
        for a, b in pairwise(parts):
            if isinstance(a, Line) and isinstance(b, Line) and b.bottom - a.bottom > 0.9 * _height(b):
                distances.append((b.bottom - a.bottom) / _height(b))
        lines[page.width, page.height] += [part for part in parts if isinstance(part, Line) and part.frame is None]
    distances.sort()
    # A document of short items has a gap at nearly each line; the closest lines are surely of one paragraph.
    pitch = distances[len(distances) // 10] if distances else 0.0
    margins = {
        size: (-_margin([-line.x0 for line in of_size]), _margin([line.x1 for line in of_size]))
        for size, of_size in lines.items()
        if of_size
    }
    return _Measures(pitch, margins)


def _height(line: Line) -> float:
    return max(line.bottom - line.top, 1.0)


def _margin(values: list[float]) -> float:
    """The outermost place that more than one line in forty reaches."""
    values.sort(reverse=True)
    few = len(values) // 40 + 1
    return next((a for a, b in zip(values, values[few:], strict=False) if a - b < 3), values[0])


def _append(rows: list[tuple[int, list[str]]], more: list[tuple[int, list[str]]]) -> None:
    """Add a table's rows of the next page, without the head said again, a row cut in two as one."""
    if not rows or not more:
        rows += more
        return
    width = max(len(rows[0][1]), len(more[0][1]))
    for _, row in (*rows, *more):
        row += [""] * (width - len(row))
    again = 0
    while again < min(len(more), len(rows)) and more[again][1] == rows[again][1]:
        again += 1
    more = more[again:]
    if more:
        last, first = rows[-1][1], more[0][1]
        numbered = sum(bool(_ORDINAL.fullmatch(row[0])) for _, row in rows) * 2 >= len(rows)
        if numbered and not first[0] and last[0] and any(b[:1].islower() for b in first):
            last[:] = [f"{a} {b}".strip() for a, b in zip(last, first, strict=True)]
            more = more[1:]
    rows += more


def _parted(before: tuple[int, Part], now: tuple[int, Part], pages: Sequence[Page], measures: _Measures) -> bool:
    """Whether a paragraph ends between two parts that follow each other."""
    (page, a), (number, b) = before, now
    if not isinstance(a, Line) or not isinstance(b, Line) or a.frame != b.frame or number > page + 1:
        return True
    if page == number:
        distance = (b.bottom - a.bottom) / _height(b)
        slack = _JITTER if pages[number].ocr else _EXACT
        if distance <= 0 or distance > measures.pitch + max(slack, _EXACT * measures.pitch):
            return True
    left, right = b.frame or measures.margins[pages[number].width, pages[number].height]
    # A line that had room for the next word was ended on purpose.
    room = right - left - (a.x1 - a.x0) if _centred(a, left, right) else right - a.x1
    if room > b.words[0].x1 - b.words[0].x0 + 1.5 * _height(b):
        return True
    if _DONE.search(a.text) and _LABEL.match(b.text):
        return True
    hangs = any(abs(b.x0 - w.x0) < 3 for w in a.words[1:3])
    return b.x0 - a.x0 > _INDENT and not hangs and not _centred(b, left, right)


def _centred(line: Line, left: float, right: float) -> bool:
    return line.x0 - left > _INDENT and abs((line.x0 - left) - (right - line.x1)) < _INDENT
