"""DOCX → the text that a reader sees: paragraphs with their automatic labels, tables as pipe tables, footnotes behind.

python-docx opens the package. Its own iteration passes over text boxes, content controls and insertions, and knows
nothing of list labels, so the body is walked here. Running headers and footers live in parts of their own, which are
never opened.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from lxml import etree

from chithi.errors import DocumentError
from chithi.ingest.docx_styles import Look, Numbering, Styles, W, number, symbol, value
from chithi.ingest.limits import Limits
from chithi.ingest.package import damaged, unpack
from chithi.ingest.requirements import need
from chithi.ingest.tables import Cell, Grid, expand, is_frame, write_rows
from chithi.source import SourceText

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Wrappers that show what they hold, and what is shown nowhere.
_TRANSPARENT = {
    W + n
    for n in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "bdo", "dir")
}
_GONE = {W + n for n in ("del", "moveFrom", "sdtPr", "sdtEndPr", "pPr", "rPr", "instrText", "delText")}
# Parts that hold no content: not unpacked, so that they cost nothing.
_UNREAD = re.compile(
    r"^(?:docProps|customXml)/|/(?:theme/|glossary/|settings|webSettings|fontTable|stylesWithEffects|comments|header|footer)"
)
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "‑"}

Block = str | Grid
"""A paragraph's text, or the cells of a data table."""


def extract_docx(source: SourceText, data: bytes, *, limits: Limits) -> SourceText:
    """Read a DOCX file; macros, linked files and pictures are left alone.

    Args:
        source: what is known of the file, with an empty text.
        data: its bytes.
        limits: `Limits.max_unpacked` bounds what its parts unpack to.

    Raises:
        DocumentError: `missing_extra`, `encrypted`, `damaged`, `too_large` or `empty`.
    """
    need("docx")
    try:
        body, related = _open(data, limits=limits)
        reader = _Reader(related)
        blocks = [*reader.blocks(body), *reader.notes]
    except (etree.LxmlError, KeyError, ValueError, AttributeError, RecursionError) as e:
        raise damaged(str(e) or type(e).__name__) from e
    text = "\n\n".join("\n".join(write_rows(block)) if isinstance(block, list) else block for block in blocks)
    if not text.strip():
        raise DocumentError("holds no text; if its pages are pictures, save it as PDF to have them read", code="empty")
    return replace(source, text=text + "\n", media_type=MEDIA_TYPE, carried=True)


def _open(data: bytes, *, limits: Limits) -> tuple[Any, Callable[[str], Any]]:
    """The body's element, and a function that gives the root of a part by its kind, None where there is none."""
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    parts = unpack(data, limits=limits, keep=_is_read)
    main = Package.open(_cleaned(parts)).main_document_part

    def root_of(part: Any) -> Any:  # python-docx has parsed the parts that it knows
        return part.element if hasattr(part, "element") else parse_xml(part.blob)

    body = root_of(main).find(f"{W}body")
    if body is None:
        raise damaged("it has no body in the usual form of Word")

    def related(kind: str) -> Any:
        found = next((r for r in main.rels.values() if r.reltype == _RELATIONSHIPS + kind), None)
        return None if found is None else root_of(found.target_part)

    return body, related


def _is_read(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and not _UNREAD.search(name)


def _cleaned(parts: dict[str, bytes]) -> io.BytesIO:
    """The package without pictures, and without relationships to what lies outside or is missing.

    Word bears a relationship that leads nowhere (`word/NULL`), python-docx does not.
    """
    import posixpath
    import zipfile

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            if name.endswith(".rels"):
                root = etree.fromstring(content, parser)
                base = posixpath.dirname(posixpath.dirname(name))
                for element in list(root):
                    target = posixpath.normpath(posixpath.join("/" + base, element.get("Target") or "")).lstrip("/")
                    if element.get("TargetMode") == "External" or target not in parts:
                        root.remove(element)
                content = etree.tostring(root)
            archive.writestr(name, content)
    out.seek(0)
    return out


class _Reader:
    """Walks the body and gathers the notes it meets; lists count on from paragraph to paragraph."""

    def __init__(self, related: Callable[[str], Any]) -> None:
        self.styles = Styles(related("styles"))
        self.numbering = Numbering(related("numbering"), self.styles)
        self.notes: list[str] = []
        self._notes: dict[str, dict[str | None, Any]] = {}
        for kind in ("footnote", "endnote"):
            root = related(f"{kind}s")
            self._notes[kind] = {} if root is None else {n.get(f"{W}id"): n for n in root.iter(W + kind)}

    def blocks(self, parent: Any, *, in_cell: bool = False) -> Iterator[Block]:
        """What stands in the body, a cell, a text box or a note, in reading order."""
        carried: list[tuple[str, Look]] = []  # of paragraphs whose mark a tracked change has deleted
        for child in _shown(parent):
            if child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}p":
                label = self._label(child)
                boxes: list[Any] = []
                pieces = carried + list(self._pieces(child, self._style(child), boxes))
                if child.find(f"{W}pPr/{W}rPr/{W}del") is not None:
                    carried = pieces
                else:
                    carried = []
                    text = _written(pieces)
                    if text or (label and in_cell):  # a column of running numbers has labels only
                        yield (label + text).strip()
                for box in boxes:
                    yield from self.blocks(box)
        if text := _written(carried):
            yield text

    def _style(self, paragraph: Any) -> str:
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.styles.paragraph

    def _label(self, paragraph: Any) -> str:
        style = self._style(paragraph)
        own = paragraph.find(f"{W}pPr/{W}numPr")
        name, level = self.styles.list_of(style)
        if own is not None:
            level = number(own.find(f"{W}ilvl")) if own.find(f"{W}ilvl") is not None else level
            name = value(own.find(f"{W}numId")) or name
        if not name or name == "0":
            return ""
        return self.numbering.label(name, self.numbering.level_of(name, style) if level is None else level)

    def _pieces(self, parent: Any, style: str, boxes: list[Any]) -> Iterator[tuple[str, Look]]:
        """A paragraph's text in pieces of one look each; the text boxes anchored in it are set aside."""
        for child in _shown(parent):
            tag = child.tag
            if tag == f"{W}r":
                look = self.styles.look(child.find(f"{W}rPr"), style)
                if not look.hidden:
                    yield from self._run(child, look, boxes)
            elif tag.startswith(_MATH):
                yield "".join(t.text or "" for t in child.iter(f"{_MATH}t")), Look()

    def _run(self, run: Any, look: Look, boxes: list[Any]) -> Iterator[tuple[str, Look]]:
        for child in _shown(run):
            tag = child.tag
            if tag == f"{W}t":
                yield child.text or "", look
            elif tag in _BREAKS:
                yield _BREAKS[tag], look
            elif tag == f"{W}sym":
                code = child.get(f"{W}char") or ""
                if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code):
                    yield symbol(int(code, 16), child.get(f"{W}font")), Look()
            elif tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                self._note(tag.removeprefix(W).removesuffix("Reference"), child.get(f"{W}id"))
            elif tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                boxes += _boxes(child)

    def _note(self, kind: str, name: str | None) -> None:
        note = self._notes[kind].pop(name, None)
        if note is None:
            return
        place = len(self.notes) + 1
        self.notes.append("")  # keeps its place while its own text is read
        text = " ".join(_flat(block) for block in self.blocks(note))
        self.notes[place - 1] = f"({place}) {text}".strip()

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [self._row(row) for row in _shown(table) if row.tag == f"{W}tr"]
        rows = [row for row in rows if row]
        texts = [[Cell(" ".join(map(_flat, content)), wide) for content, wide in row] for row in rows]
        nested = any(isinstance(block, list) for row in rows for content, _ in row for block in content)
        if not rows or is_frame([[cell.text for cell in row] for row in texts]) or (nested and max(map(len, rows)) < 3):
            for row in rows:
                for content, _ in row:
                    yield from content
        elif grid := expand(texts):
            yield grid

    def _row(self, row: Any) -> list[tuple[list[Block], int]]:
        """A row's cells: what they hold, nothing where they go on with the cell above, and the columns they span."""
        properties = row.find(f"{W}trPr")
        before = 0
        if properties is not None:
            if properties.find(f"{W}del") is not None:
                return []
            before = number(properties.find(f"{W}gridBefore")) or 0
        cells: list[tuple[list[Block], int]] = [([], before)] if before else []
        for cell in _shown(row):
            if cell.tag != f"{W}tc":
                continue
            wide = number(cell.find(f"{W}tcPr/{W}gridSpan")) or 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and value(merge) != "restart"
            cells.append(([] if goes_on else list(self.blocks(cell, in_cell=True)), wide))
        return cells


def _shown(parent: Any) -> Iterator[Any]:
    """An element's children, those of transparent wrappers among them, without what tracked changes have deleted."""
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str) or tag in _GONE:
            continue
        if tag in _TRANSPARENT:
            yield from _shown(child)
        elif tag == f"{_MC}AlternateContent":  # one drawing in two notations
            choice = next((c for c in child if c.tag in {f"{_MC}Choice", f"{_MC}Fallback"}), None)
            if choice is not None:
                yield from _shown(choice)
        else:
            yield child


def _boxes(drawing: Any) -> list[Any]:
    """The contents of a drawing's text boxes, without those inside them and without second notations."""
    found: list[Any] = []
    for element in drawing.iter(f"{W}txbxContent"):
        above = set(element.iterancestors(f"{W}txbxContent", f"{_MC}Fallback"))
        if not any(a is drawing or drawing in a.iterancestors() for a in above):
            found.append(element)
    return found


def _written(pieces: list[tuple[str, Look]]) -> str:
    """A paragraph's text: runs of one look together, since a word, even a letter, may be cut between two."""
    return "".join(_as_shown("".join(t for t, _ in run), look) for look, run in groupby(pieces, lambda p: p[1])).strip()


def _as_shown(text: str, look: Look) -> str:
    """Text as its font shows it. The only place where a run's characters and its font's name (`Look.font`) meet."""
    text = re.sub(r"[\uf000-\uf0ff]", lambda m: symbol(ord(m[0]), look.font), text)
    text = text.replace("\u00ad", "")  # a place where a word may be broken
    return text.upper() if look.caps else text


def _flat(block: Block) -> str:
    """A block on one line; of a table inside a cell, rows parted by semicolons."""
    if isinstance(block, list):
        return "; ".join(" ".join(filter(None, row)) for row in block)
    return re.sub(r"\s+", " ", block).strip()
