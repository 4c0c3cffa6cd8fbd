"""Lines to blocks: joins hard-wrapped lines, splits cells of tables, and builds the match text with its offset map."""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from dataclasses import dataclass, field

from chithi.orthography import fold, lower
from chithi.stages.draft import Block, Draft, MatchText, Table
from chithi.stages.grid import grid

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Marks that stand between two characters of one word without belonging to the text.
_TOKEN = re.compile(r"[^\s*\u200b-\u200d\ufeff]+")
_CLUSTER = re.compile(r".[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", re.DOTALL)
_ROW = re.compile(r"\s*\|.*\|\s*$|[^|]*\S\s\|\s[^|]*\|[^|]*")
_RULE = re.compile(r"(?=.*---)[\s|:+=-]++$")
MARKER = re.compile(
    r"(?:(?:phần|chương|mục|tiểu mục|điều|phụ lục)\s+(?:[ivxlc]+|\d+|thứ\s+\S+)\s*(?:[.:]|$)"
    r"|[ivxl]{1,5}\s?[.)/-]\s?\D|[a-h][.]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)/]?(?:[.)/-]\s?|\s)(?=\D)"
    r"|[a-zđ]\d?[.)]\s?|\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)|[-+•●○*▪]+\s?|>\s|#)",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r'[.;:!?…]["”\')\]]*$|[./]{2,3}$')
_UNFINISHED = re.compile(
    # Not the last syllable of `quan điểm`, `danh mục`, `chỉ số`, which end headings.
    r"(?:\b(?:điều|khoản|(?<!quan )(?<!thời )(?<!trọng )(?<!ưu )(?<!khuyết )(?<!đặc )(?<!địa )điểm|"
    r"(?<!danh )(?<!chuyên )(?<!hạng )(?<!tiết )mục|(?<!chỉ )(?<!dân )(?<!hệ )số|ngày|tháng|năm|quý|"
    r"và|của|các|từ|đến|đạt|khoảng|trên|dưới|trước|"
    r"giai đoạn|hoặc|với)|[,-])$"
)
# A line without text, or with marks around nothing; a closing mark that slipped onto a line of its own is neither.
_EMPTY = re.compile(r"\s*(?:\*+\s+\*+\s*)?")
# A label on a line of its own; what it numbers stands on the next.
_LABEL_ONLY = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}[.)]|[a-zđ]\)|Điều \d+\.?)")
# An annex begins here, though its title stands between the pipes of the signature's table and its own.
_ANNEX = re.compile(r"PHỤ LỤC\b|\((?:Ban hành |Đính )?[Kk]èm theo")
_MAX_CELL = 1500  # characters; longer text between two pipes is no cell of a table


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    raw: str
    bare: str  # without markdown marks and outer white space
    bold_open: bool = False
    bold_close: bool = False


@dataclass(slots=True)
class _Piece:
    """Lines that form one block."""

    lines: list[_Line]
    cell: tuple[int, int, int] | None = None
    hashes: int = 0
    bold: bool = field(default=False)


def layout(draft: Draft) -> None:
    """Cut the source into blocks and write the match text."""
    base, back = _compose(draft.source.text)
    lines = _lines(base)
    wrapped, spaced, width = _habits(lines)
    pieces: list[_Piece] = []
    tables: list[list[list[list[_Piece]]]] = []
    run: list[_Line] = []

    def flush() -> None:
        pieces.extend(_join(run, wrapped=wrapped, spaced=spaced, width=width))
        run.clear()

    i = 0
    while i < len(lines):
        taken, rows = _table_at(lines, i)
        if not taken:
            run.append(lines[i])
            i += 1
            continue
        flush()
        cells: list[list[list[_Piece]]] = []
        for r, row in enumerate(rows):
            cells.append([])
            for c, cell in enumerate(row):
                made = _join(cell, wrapped=True, spaced=False, width=width)
                for piece in made:
                    piece.cell = (len(tables), r, c)
                cells[-1].append(made)
                pieces.extend(made)
        tables.append(cells)
        i += taken
    flush()
    _write(draft, base, back, pieces, tables)


def _compose(text: str) -> tuple[str, tuple[array[int], array[int]] | None]:
    """The text in NFC, and for each of its characters where it began and ended in the source if that differs."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    out: list[str] = []
    starts, ends = array("I"), array("I")
    for m in _CLUSTER.finditer(text):
        new = unicodedata.normalize("NFC", m[0])
        out.append(new)
        starts.extend([m.start()] * len(new))
        ends.extend([m.end()] * len(new))
    return "".join(out), (starts, ends)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    pos, bold = 0, False
    while pos <= len(text):
        m = _LINE.match(text, pos)
        end = m.end() if m else pos
        raw = text[pos:end]
        opened = bold
        if raw.count("**") % 2:
            bold = not bold
        bare = raw.replace("*", "").replace("\ufeff", "").strip()
        if not bare:
            bold = False
        lines.append(_Line(pos, end, raw, bare, opened or raw.lstrip().startswith("**"),
                           not bold and raw.rstrip().endswith("**")))  # fmt: skip
        brk = _BREAK.match(text, end)
        if brk is None:
            break
        pos = brk.end()
    return lines


def _habits(lines: list[_Line]) -> tuple[bool, bool, int]:
    """Whether paragraphs are wrapped over lines, whether blank lines part them, and how wide a full line is."""
    pairs = cont = 0
    filled = [x for x in lines if x.bare and x.bare != "|"]
    for a, b in itertools.pairwise(lines):
        if a.bare and b.bare and a.bare != "|" and b.bare != "|":
            pairs += 1
            cont += b.bare[0].islower() and not MARKER.match(b.bare)
    wrapped = pairs > 0 and cont / pairs > 0.2
    spaced = len(filled) > 0 and sum(not x.bare for x in lines) / len(filled) > 0.15
    widths = sorted(len(x.bare) for x in filled)
    return wrapped, spaced, widths[int(len(widths) * 0.9)] if widths else 0


def _join(lines: list[_Line], *, wrapped: bool, spaced: bool, width: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    last: _Line | None = None
    for line in lines:
        if not line.bare:
            last = None
            continue
        if last is not None and _continues(last, line, wrapped=wrapped, spaced=spaced, width=width):
            pieces[-1].lines.append(line)
        else:
            pieces.append(_Piece([line], hashes=len(line.bare) - len(line.bare.lstrip("#"))))
        last = line
    for piece in pieces:
        piece.bold = piece.lines[0].bold_open and piece.lines[-1].bold_close
    return pieces


def _continues(last: _Line, line: _Line, *, wrapped: bool, spaced: bool, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    first = line.bare[0]
    low = last.bare.lower()
    if _LABEL_ONLY.fullmatch(last.bare):
        return True
    if last.bare.startswith("#") or line.bare.startswith("#") or _RULE.match(line.bare) or _RULE.match(last.bare):
        return False
    if MARKER.match(line.bare):
        # `2026⏎- 2030`, `Điều⏎4.`: a number in the middle of a sentence looks like a label.
        if first == "-":
            years = re.search(r"(?<!\d)(?:19|20)\d\d$", low) is not None
            follows = r"-\s?(?:19|20)\d\d(?!\d)" if years else r"-\s?\d+(?:,\d+)?\s?%"
            return low[-1].isdigit() and re.match(follows, line.bare) is not None
        return first.isdigit() and _UNFINISHED.search(low) is not None
    if first.islower():
        return True
    closed = last.bold_close and last.bold_open and not line.bold_open
    if closed or not wrapped:
        return False
    if (
        line.bold_open
        and not last.bold_open
        and (_TERMINAL.search(last.bare) or (last.bare.isupper() and line.bare.isupper()))
    ):
        return False
    if not _TERMINAL.search(last.bare):
        return not (last.bare.isupper() and not line.bare.isupper() and not first.isdigit())
    if last.bare[-1] in ":" or not spaced:
        return False
    return len(last.bare) + 1 + len(line.bare.split()[0]) > width * 0.75


def _table_at(lines: list[_Line], i: int) -> tuple[int, list[list[list[_Line]]]]:
    """A table beginning at line i: how many lines it takes and its cells' lines; (0, []) where there is none."""
    if lines[i].bare == "|":
        return _flat_table(lines, i)
    j, rows = i, []
    while j < len(lines) and _ROW.match(lines[j].bare) and lines[j].bare != "|":
        if not _RULE.match(lines[j].bare):
            rows.append(_row_cells(lines[j]))
        j += 1
    return (j - i, rows) if rows else (0, [])


def _row_cells(line: _Line) -> list[list[_Line]]:
    """The cells of a markdown row, each one line of the source."""
    edges = [line.start + i for i, c in enumerate(line.raw) if c == "|"]
    if not line.raw.lstrip().startswith("|"):
        edges.insert(0, line.start - 1)
    if line.raw[edges[-1] - line.start + 1 :].strip():
        edges.append(line.end)
    cells: list[list[_Line]] = []
    for a, b in itertools.pairwise(edges):
        raw = line.raw[a + 1 - line.start : b - line.start]
        bare = raw.replace("*", "").strip()
        cells.append([_Line(a + 1, b, raw, bare)] if bare else [])
    return cells


def _flat_table(lines: list[_Line], i: int) -> tuple[int, list[list[list[_Line]]]]:
    """A table whose cells stand one a line between lines of a bare pipe."""
    items: list[list[_Line] | None] = []  # None is a pipe, a list the lines of a cell
    j = i
    end = i
    while j < len(lines):
        if lines[j].bare == "|":
            items.append(None)
            j += 1
            end = j
            continue
        k = j
        while k < len(lines) and lines[k].bare != "|":
            k += 1
        cell = lines[j:k]
        if k == len(lines) or not _is_cell(cell):
            break
        items.append(cell)
        j = k
    rows = grid(items)
    return (end - i, rows)


def _is_cell(cell: list[_Line]) -> bool:
    if any(_EMPTY.fullmatch(x.raw) for x in cell):
        return False
    if sum(len(x.bare) for x in cell) > _MAX_CELL or any(_ANNEX.match(x.bare) for x in cell):
        return False
    return sum(bool(re.match(r"(?:[IVX]{1,4}|Điều \d+)[.]", x.bare)) for x in cell) < 2


def _write(draft: Draft, base: str, back: tuple[array[int], array[int]] | None, pieces: list[_Piece],
           tables: list[list[list[list[_Piece]]]]) -> None:  # fmt: skip
    out: list[str] = []
    starts, ends = array("I"), array("I")
    size = 0
    made: dict[int, Block] = {}
    for piece in pieces:
        first = size
        previous = -1
        for line in piece.lines:
            for m in _TOKEN.finditer(base, line.start, line.end):
                a, b = m.span()
                if previous >= 0 and (
                    previous < line.start or base[previous:a].strip("*\u200b\u200c\u200d\ufeff") != ""
                ):
                    out.append(" ")
                    starts.append(previous)
                    ends.append(a)
                    size += 1
                out.append(base[a:b])
                starts.extend(range(a, b))
                ends.extend(range(a + 1, b + 1))
                size += b - a
                previous = b
        if size == first:
            continue
        block = Block(len(draft.blocks), first, size, body=first, bold=piece.bold, cell=piece.cell, level=piece.hashes)
        made[id(piece)] = block
        draft.blocks.append(block)
        out.append("\n")
        starts.append(previous - 1)  # the last character's place: the source may end here
        ends.append(previous)
        size += 1
    text = fold("".join(out))
    if back is not None:
        starts = array("I", (back[0][i] for i in starts))
        ends = array("I", (back[1][i - 1] if i else 0 for i in ends))
    draft.match = MatchText(text, lower(text), starts, ends)
    for block in draft.blocks:
        letters = text[block.start : block.end]
        block.upper = letters.isupper()
    draft.tables = [
        Table([[[made[id(p)] for p in cell if id(p) in made] for cell in row] for row in rows]) for rows in tables
    ]
