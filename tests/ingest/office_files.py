"""Builds office files of the documents of the sample corpus, and compares records by value."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chithi.orthography import fold
from chithi.record import Record
from chithi.stages.draft import Block, Draft

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
DOCUMENTS = sorted(path.name for path in CORPUS.iterdir())

Part = tuple[str, Any]
"""`paragraph` or `bold` with a text, `table` with rows of cells of paragraphs, `columns` with left and right lines."""


def parts_of(draft: Draft) -> Iterator[Part]:
    """A document as a typist would set it: paragraphs, tables, and head and foot in two columns."""
    seen: set[int] = set()
    columns: tuple[list[str], list[str]] = ([], [])
    for block in draft.blocks:
        halves = re.split(r"[^\S\n]{3,}", _source(draft, block)) if block.cell is None else []
        if len(halves) == 2:
            for column, half in zip(columns, halves, strict=True):
                column.extend([half.strip()] if half.strip() else [])
            continue
        if any(columns):
            yield "columns", columns
            columns = ([], [])
        if block.cell is None:
            yield "bold" if block.bold else "paragraph", _text(draft, block)
        elif block.cell[0] not in seen:
            seen.add(block.cell[0])
            rows = draft.tables[block.cell[0]].rows
            yield "table", [[[_text(draft, b) for b in cell] for cell in row] for row in rows]
    if any(columns):
        yield "columns", columns


def _source(draft: Draft, block: Block) -> str:
    start, end = draft.match.source(block.start, block.end)
    return draft.source.text[start:end].replace("**", "").replace("*", "")


def _text(draft: Draft, block: Block) -> str:
    return re.sub(r"\s+", " ", _source(draft, block)).strip().lstrip("# ")


def docx_of(parts: Iterator[Part]) -> bytes:
    """Set the parts of a document as DOCX."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(14)
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Cm(21), Cm(29.7), Cm(3), Cm(2)
    signed = False
    for kind, content in parts:
        if kind in {"paragraph", "bold"}:
            paragraph = document.add_paragraph()
            paragraph.add_run(content).bold = kind == "bold"
            title = content.isupper() and not re.match(r"[IVX]+\.", content)
            paragraph.alignment = ALIGN.CENTER if title else ALIGN.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(0 if title else 1)
            paragraph.paragraph_format.space_after = Pt(6)
            paragraph.paragraph_format.page_break_before = signed  # an annex begins on a page of its own
            signed = False
            continue
        rows = content if kind == "table" else [content]
        ruled = kind == "table" and len(rows) > 3
        table = document.add_table(rows=0, cols=max(map(len, rows)))
        if ruled:
            table.style = "Table Grid"
        for number, row in enumerate(rows):
            cells = table.add_row().cells
            for column, (cell, lines) in enumerate(zip(cells, row, strict=False)):
                if ruled and re.fullmatch("S?TT", rows[0][0][0]):
                    cell.width = Cm(1.3) if column == 0 else Cm(14.7 / (len(cells) - 1))
                for i, line in enumerate(lines):
                    paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                    paragraph.add_run(line).bold = ruled and number == 0
                    listed = ruled or line.startswith(("-", "Nơi nhận"))
                    paragraph.alignment = ALIGN.LEFT if listed else ALIGN.CENTER
        signed = not ruled and any("Nơi nhận" in line for row in rows for cell in row for line in cell)
    document.add_paragraph()  # a document ends with a paragraph, as Word writes it
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def facts(record: Record) -> Counter[tuple[Any, ...]]:
    """What a record says, by value: items with their links written out, without ids and places."""

    def said(item: Any, *, drop: tuple[str, ...] = ()) -> tuple[Any, ...]:
        fields = item.model_dump(exclude={"id", "span", "rule", "confidence", "origin", "section", "text", *drop})
        return (type(item).__name__, _plain(item.text), *(_value(fields[name]) for name in sorted(fields)))

    quantities = {q.id: said(q) for q in record.quantities}
    deadlines = {d.id: said(d) for d in record.deadlines}
    bodies = {b.id: said(b) for b in record.bodies}
    found = Counter([*quantities.values(), *deadlines.values(), *bodies.values(), *map(said, record.references)])
    for item in [*record.goals, *record.tasks]:
        links = (
            deadlines.get(item.deadline or ""),
            tuple(sorted(map(repr, (bodies[b] for b in item.bodies)))),
            quantities.get(getattr(item, "quantity", None) or ""),
        )
        found[(*said(item, drop=("bodies", "deadline", "quantity")), *links)] += 1
    return found


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _plain(value)
    return tuple(map(_value, value)) if isinstance(value, list) else value


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text)).strip()


def agreement(expected: Record, found: Record) -> float:
    """The share of the expected items that were found, by value."""
    want, have = facts(expected), facts(found)
    return (want & have).total() / max(want.total(), 1)


DraftAfter = Callable[[Callable[[Draft], None], str], Draft]
