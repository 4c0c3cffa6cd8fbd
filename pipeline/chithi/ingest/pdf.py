"""PDF → text: words and their places by PDFium, ruled tables by pdfplumber, pages without text by text recognition."""

from __future__ import annotations

import ctypes
import io
import logging
import re
import unicodedata
from contextlib import closing
from dataclasses import replace
from math import hypot
from typing import Any

from chithi.errors import DocumentError
from chithi.ingest.limits import Limits
from chithi.ingest.lines import Word
from chithi.ingest.package import damaged, encrypted
from chithi.ingest.pages import Box, Page, write_pages
from chithi.ingest.programs import Clock
from chithi.ingest.requirements import need
from chithi.source import SourceText

MEDIA_TYPE = "application/pdf"
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHENS = {0x2: "-", 0xFFFE: "-", 0xAD: "-"}  # PDFium's marks of a hyphen that ends a line, inside a word
_STRANGE = re.compile(r"[\ue000-\uf8ff\ufffd]")  # no letters: the font does not say what its signs mean
_PICTURE = 0.5  # of the page's area: a picture that is the page itself
_STAMP = 400  # characters: so much text may stand on a scan, as the visible signature does


def extract_pdf(source: SourceText, data: bytes, *, limits: Limits) -> SourceText:
    """Read a PDF file; its scripts, forms' actions, attachments and links are left alone.

    Args:
        source: what is known of the file, with an empty text.
        data: its bytes.
        limits: `Limits.max_pages` bounds its pages, `Limits.seconds` the recognition of scanned ones.

    Raises:
        DocumentError: `missing_extra`, `missing_program`, `encrypted`, `damaged`, `too_large`, `timeout` or `empty`.
    """
    need("pdf")
    import pypdfium2

    clock = Clock(limits.seconds)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        if "password" in str(e).lower():
            raise encrypted() from e
        raise damaged(str(e)) from e
    with closing(document):
        count = len(document)
        if count > limits.max_pages:
            raise DocumentError(
                f"has {count:,} pages, the limit is {limits.max_pages:,}. Raise it with --max-pages", code="too_large"
            )
        ruled: list[int] = []
        pages = []
        for number in range(count):
            clock.left()
            pages.append(_page(document, number, ruled, clock))
    if ruled:
        _find_tables(data, pages, ruled, clock)
    text, starts, regions = write_pages(pages)
    if not text.strip():
        raise DocumentError("holds no text, and none was recognised on its pages", code="empty")
    return replace(
        source, text=text, media_type=MEDIA_TYPE, pages=count, page_starts=starts, regions=regions, carried=True
    )


def _page(document: Any, number: int, ruled: list[int], clock: Clock) -> Page:
    """One page's words; its number is added to ``ruled`` if it may have ruled tables."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:  # one broken page among good ones
        return Page(595, 842, [])
    with closing(page):
        words, text = _words(page)
        if _is_scan(page, text):
            from chithi.ingest.ocr import recognise_page

            return recognise_page(page, clock=clock)
        if _has_rules(page):
            ruled.append(number)
        width, height = page.get_size()
        return Page(width, height, words)


def _words(page: Any) -> tuple[list[Word], str]:
    """The words that a page shows, with their boxes as the page is seen, and its text as PDFium has it."""
    import pypdfium2.raw as pdfium

    place = _Placer(page)
    words: list[Word] = []
    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        buffer = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(textpage, 0, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) != count:  # signs beyond U+FFFF take two units; ask for each character instead
            text = "".join(chr(pdfium.FPDFText_GetUnicode(textpage, i) or 32) for i in range(count))
        rect, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        for found in _WORD.finditer(text):
            first, last = found.start(), found.end() - 1
            pdfium.FPDFText_GetLooseCharBox(textpage, first, rect)
            x0, _, x1, _ = place.box(rect.left, rect.bottom, rect.right, rect.top)
            if last > first:
                pdfium.FPDFText_GetLooseCharBox(textpage, last, rect)
                other = place.box(rect.left, rect.bottom, rect.right, rect.top)
                x0, x1 = min(x0, other[0]), max(x1, other[2])
            pdfium.FPDFText_GetCharOrigin(textpage, first, x, y)
            bottom = place.box(x.value, y.value, x.value, y.value)[1]
            # A letter's box may be its font's or its own; the size of its font is the same along a line.
            pdfium.FPDFText_GetMatrix(textpage, first, matrix)
            tall = pdfium.FPDFText_GetFontSize(textpage, first) * hypot(matrix.c, matrix.d)
            word = unicodedata.normalize("NFC", found[0].translate(_HYPHENS))
            words.append(Word(word, x0, bottom - tall, x1, bottom))
    return words, text


class _Placer:
    """Turns a place on the sheet (y upwards) into one on the page as it is seen (y downwards)."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_mediabox()
        self.rotation = page.get_rotation()

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if self.rotation == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.rotation == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.rotation == 270:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0


def _is_scan(page: Any, text: str) -> bool:
    """Whether the page is a picture of text, or its text is in a font that hides what its signs mean."""
    import pypdfium2.raw as pdfium

    letters = len(re.sub(r"\s", "", text))
    if letters and len(_STRANGE.findall(text)) > 0.2 * letters:
        return True
    if letters > _STAMP:
        return False
    area = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = picture.get_bounds()
        if (x1 - x0) * (y1 - y0) > _PICTURE * area:
            return True
    return False


def _has_rules(page: Any) -> bool:
    """Whether lines are drawn on the page that may be a table's, more than the rules of a directive's head."""
    import pypdfium2.raw as pdfium

    upright = 0
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        x0, y0, x1, y1 = path.get_bounds()
        upright += y1 - y0 > 8 and x1 - x0 < 0.98 * page.get_width()
        if upright > 2:
            return True
    return False


def _find_tables(data: bytes, pages: list[Page], numbers: list[int], clock: Clock) -> None:
    """Give pages the cells of their ruled tables; pages that pdfplumber cannot read keep their lines of text."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of every oddity of a page on standard error
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[n + 1 for n in numbers], laparams=None) as document:
            for page in document.pages:
                clock.left()
                tables = page.find_tables()
                page.close()
                cells = [[cell for cell in table.cells if cell] for table in tables if len(table.cells) > 1]
                pages[page.page_number - 1].tables = cells
    except DocumentError:
        raise
    except Exception:  # pdfminer raises whatever it likes on broken files; PDFium has read the text already
        return
