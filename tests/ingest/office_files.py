"""Builds office files of the documents of the sample corpus, and compares records by value."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chithi.orthography import fold
from chithi.record import Record
from chithi.stages.draft import Block, Draft

if TYPE_CHECKING:
    from PIL.Image import Image

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


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def package(body: str, *, extra: str = "", **parts: str) -> bytes:
    """A DOCX of raw markup: what stands in the body, and in other parts such as `numbering`, `styles`, `footnotes`.

    Args:
        body: markup of paragraphs and tables.
        extra: relationships of the document beside those to its parts.
        parts: what stands inside the root element of each part.
    """
    heads = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_MAIN}.{n}+xml"/>' for n in parts)
    links = "".join(f'<Relationship Id="r{n}" Type="{_KIND}/{n}" Target="{n}.xml"/>' for n in parts)
    relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{heads}</Types>',
        "_rels/.rels": f'{relationships}<Relationship Id="r1" Type="{_KIND}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{relationships}{links}{extra}</Relationships>",
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        **{f"word/{n}.xml": f"<w:{n} {_NAMES}>{markup}</w:{n}>" for n, markup in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Markup of a paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def convert(files: dict[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Have LibreOffice save DOCX files as another kind, all in one run; skips the test where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer")
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {name: (folder / f"{name}.{kind}").read_bytes() for name in files}


def scan_of(pdf: bytes, *, angle: float = 0.5, noise: float = 10.0) -> list[Image]:
    """The pages of a PDF as a scanner gives them: 300 dpi, a little askew, a little blurred, with specks."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    rng = np.random.default_rng(7)
    pages: list[Image.Image] = []
    for page in pypdfium2.PdfDocument(pdf):
        clean = page.render(scale=300 / 72, grayscale=True).to_pil()
        askew = clean.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
        grey = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32) * 0.9 + 15
        pages.append(Image.fromarray((grey + rng.normal(0, noise, grey.shape)).clip(0, 255).astype(np.uint8)))
    return pages


def saved(pages: list[Image], kind: str) -> bytes:
    """Pictures of pages as one file; TIFF in black and white, as fax machines and copiers save it."""
    out = io.BytesIO()
    if kind == "TIFF":
        pages = [page.point(lambda p: 255 if p > 150 else 0).convert("1") for page in pages]
    options = {"compression": "group4"} if kind == "TIFF" else {}
    more = {"save_all": True, "append_images": pages[1:]} if kind in {"TIFF", "PDF"} else {}
    pages[0].save(out, format=kind, resolution=300, **options, **more)
    return out.getvalue()


def need_tesseract() -> None:
    """Skip the test where Tesseract or its Vietnamese model is not installed."""
    program = shutil.which("tesseract")
    models = subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout if program else ""
    if "vie" not in models.split():
        pytest.skip("needs Tesseract: apt-get install tesseract-ocr tesseract-ocr-vie")


def canvas_font() -> str:
    """Register a font with Vietnamese letters for reportlab; skips the test where there is none."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    file = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not file.exists():
        pytest.skip("needs a font: apt-get install fonts-dejavu-core")
    pdfmetrics.registerFont(TTFont("DejaVu", str(file)))
    return "DejaVu"
