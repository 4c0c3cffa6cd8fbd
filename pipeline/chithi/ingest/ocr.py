"""Scans and pictures of pages → words and their places by Tesseract, ruled tables by the lines that are seen."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chithi.errors import DocumentError
from chithi.ingest.limits import Limits
from chithi.ingest.lines import Word
from chithi.ingest.package import damaged
from chithi.ingest.pages import Box, Page, outline, write_pages
from chithi.ingest.programs import Clock, run
from chithi.ingest.requirements import need
from chithi.ingest.rules import find_cells
from chithi.ingest.setwords import put_place, put_right
from chithi.ingest.syllables import is_syllable
from chithi.source import SourceText

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 300  # what Tesseract is trained for
_POINT = 72 / _DPI
_MOST_PIXELS = 40_000_000  # of a page that is rendered: A2 at 300 dpi
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "TIFF": "image/tiff"}
_SURE = 25  # Tesseract's confidence, of 100, below which a word is a speck
_UPRIGHT = 75  # mean confidence of a page that is read the right way up
_HANGING = re.compile(r"[gjpqyQ,;()ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")  # signs that reach below the line they stand on
_HANG = 0.15  # of the font's size: how far they do
_LETTERS = 0.75  # of the font's size: the usual height of a word in mixed letters
_INSET = 6  # pixels between the middle of a cell's rule and what is read of the cell
_SPECK = re.compile(r"[^\w\-–—+=%&/<>≥≤±×•*]+|[ˆ˜ˉ˘˙ˋˊ]+")  # a sign alone that never stands so
_ROMAN = re.compile(r"(?=[IHV|]{2,5}\.?$)(?=.*[H|])[IHV|]+|\|$")  # `HI.`, `|`: what becomes of III and I
_BORDER = 10  # pixels of white around a cell: Tesseract misses letters at the edge of a picture
_BARRED = {"<": "≤", ">": "≥"}
_BAR = 0.8  # of the sign's width: ink at its foot
_DARK = 140  # of 255: ink
_SMALLEST = 12  # pixels: neither a letter nor a cell is smaller
_SMOOTH = 0.7  # pixels: the grain of a scan hides the marks of capitals, Ê from Ể, a soft edge does not
_EVEN = 0.8  # share of the paper that has one shade in a picture without grain
_PAPER = 0.9  # of the usual lightness of a page: what is lighter is paper
_TURNS = 3.0  # degrees: a page lies no more askew on the glass


def extract_image(source: SourceText, data: bytes, *, limits: Limits) -> SourceText:
    """Read a scan saved as PNG, JPEG or TIFF, of one page or more.

    Args:
        source: what is known of the file, with an empty text.
        data: its bytes.
        limits: `Limits.max_pages` bounds its pages, `Limits.seconds` the recognition.

    Raises:
        DocumentError: `missing_extra`, `missing_program`, `damaged`, `too_large`, `timeout` or `empty`.
    """
    need("ocr")
    need("tesseract")
    from PIL import Image, ImageOps, ImageSequence

    clock = Clock(limits.seconds)
    pages: list[Page] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(_TYPES)) as image:
                media_type = _TYPES[image.format or "PNG"]
                count = getattr(image, "n_frames", 1)
                if count > limits.max_pages:
                    raise DocumentError(
                        f"has {count:,} pages, the limit is {limits.max_pages:,}. Raise it with --max-pages",
                        code="too_large",
                    )
                for frame in ImageSequence.Iterator(image):
                    clock.left()
                    pages.append(_recognise(ImageOps.exif_transpose(frame.convert("L")), clock=clock))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise DocumentError(f"is a picture of too many pixels ({e}). Save it smaller", code="too_large") from e
    except (OSError, SyntaxError, TypeError, ValueError, EOFError) as e:  # Pillow's, of broken files
        raise damaged(str(e)) from e
    text, starts, regions = write_pages(pages)
    if not text.strip():
        raise DocumentError("holds no text that could be recognised", code="empty")
    return replace(
        source, text=text, media_type=media_type, pages=count, page_starts=starts, regions=regions, carried=True
    )


def recognise_page(page: Any, *, clock: Clock) -> Page:
    """Read a page of a PDF, given as PDFium's page, from its picture.

    Raises:
        DocumentError: `missing_extra`, `missing_program` or `timeout`.
    """
    need("ocr")
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    found = _recognise(page.render(scale=scale, grayscale=True).to_pil(), clock=clock)
    return found if scale == _DPI / 72 else _scaled(found, _DPI / 72 / scale)


def _scaled(page: Page, factor: float) -> Page:
    words = [Word(w.text, w.x0 * factor, w.top * factor, w.x1 * factor, w.bottom * factor) for w in page.words]
    tables = [[(a * factor, b * factor, c * factor, d * factor) for a, b, c, d in table] for table in page.tables]
    return Page(page.width * factor, page.height * factor, words, tables, ocr=True)


def _recognise(image: Image, *, clock: Clock) -> Page:
    """The words of a picture; one that lies on its side or head is turned first."""
    page, sure = _read(image, clock=clock)
    if page.words and sure < _UPRIGHT and (turn := _orientation(image, clock=clock)):
        turned, surer = _read(image.rotate(-turn, expand=True, fillcolor=255), clock=clock)
        if surer > sure:
            return turned
    return page


def _read(image: Image, *, clock: Clock) -> tuple[Page, float]:
    """The words of an upright picture, and Tesseract's mean confidence in them.

    Cells of ruled tables are read one by one: across the columns of a table Tesseract runs words together.
    """
    from PIL import ImageFilter, ImageOps

    grain = _has_grain(image)
    image = _straightened(_without_grain(image) if grain else image)
    tables = find_cells(image)
    page = _without(image, tables)
    if grain:
        page = page.filter(ImageFilter.GaussianBlur(_SMOOTH))  # once more: cells have smaller letters
    found, sure = _words([page], [(0, 0)], mode=3, least=_SURE, clock=clock)
    if cells := [box for table in tables for box in table if _has_ink(image, box)]:
        pictures = [ImageOps.expand(image.crop(_inner(box)), _BORDER, 250) for box in cells]
        corners = [(box[0] + _INSET - _BORDER, box[1] + _INSET - _BORDER) for box in cells]
        more, _ = _words(pictures, corners, mode=6, least=0, clock=clock)
        found += more
    boxes = [[(a * _POINT, b * _POINT, c * _POINT, d * _POINT) for a, b, c, d in cells] for cells in tables]
    return Page(image.width * _POINT, image.height * _POINT, found, boxes, ocr=True), sure


def _has_grain(image: Image) -> bool:
    """Whether the paper of a page is of many shades; that of a clean picture, or of one in two colours, is of one."""
    from PIL import ImageStat

    shades, paper = image.histogram(), ImageStat.Stat(image).median[0]
    return sum(shades[max(paper - 2, 0) : paper + 3]) < _EVEN * sum(shades[int(_PAPER * paper) :])


def _without_grain(image: Image) -> Image:
    """The picture smoothed, its paper white: of an empty page's grain Tesseract makes signs, for many seconds."""
    from PIL import ImageFilter, ImageStat

    smooth = image.filter(ImageFilter.GaussianBlur(_SMOOTH))
    paper = _PAPER * ImageStat.Stat(smooth).median[0]
    return smooth.point(lambda p: 255 if p > paper else p)


def _without(image: Image, tables: list[list[Box]]) -> Image:
    """The picture with its tables painted over."""
    if not tables:
        return image
    out = image.copy()
    for cells in tables:
        x0, top, x1, bottom = outline(cells)
        out.paste(255, (int(x0) - _INSET, int(top) - _INSET, int(x1) + _INSET, int(bottom) + _INSET))
    return out


def _inner(box: Box) -> tuple[int, int, int, int]:
    """What is inside a cell's rules."""
    return int(box[0]) + _INSET, int(box[1]) + _INSET, int(box[2]) - _INSET, int(box[3]) - _INSET


def _has_ink(image: Image, box: Box) -> bool:
    x0, top, x1, bottom = _inner(box)
    if x1 - x0 < _SMALLEST or bottom - top < _SMALLEST:
        return False
    return sum(image.crop((x0, top, x1, bottom)).histogram()[:_DARK]) > _SMALLEST


def _words(
    images: list[Image], corners: list[tuple[float, float]], *, mode: int, least: float, clock: Clock
) -> tuple[list[Word], float]:
    """The words of pictures, and Tesseract's mean confidence in them, 0 where lines run up or down the page.

    Args:
        images: a page, or cells of its tables.
        corners: where the upper left corner of each picture is on the page, in pixels.
        mode: Tesseract's way to part a picture into lines.
        least: words that Tesseract is less sure of are left out.
        clock: what is left of the time.
    """
    table = _tesseract(images, "-l", "vie", "--psm", str(mode), "tsv", clock=clock)
    lines: defaultdict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = defaultdict(list)
    confidence: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != "5" or not text:
            continue
        left, top, width, height, sure = (float(row[k] or 0) for k in ("left", "top", "width", "height", "conf"))
        confidence.append(sure)
        line = row["page_num"], row["block_num"], row["par_num"], row["line_num"]
        # What is unsure but reads as a word and follows surer ones is no speck.
        if (sure >= least or (line in lines and _is_word(text))) and not _SPECK.fullmatch(text):
            number = int(row["page_num"]) - 1
            x, y = corners[number]
            if text[0] in _BARRED and _has_bar(images[number], left, top, width, height):
                text = _BARRED[text[0]] + text[1:]
            lines[line].append((text, x + left, y + top, width, height))
    heights = sorted(height for line in lines.values() for *_, height in line)
    usual = heights[len(heights) // 2] if heights else 0.0
    shown = put_place([put_right([text for text, *_ in line]) for line in lines.values()])
    words = [word for line, texts in zip(lines.values(), shown, strict=True) for word in _on_line(line, texts, usual)]
    long = [width > height for line in lines.values() for text, *_, width, height in line if len(text) > 2]
    if sum(long) * 2 < len(long):
        return words, 0.0  # letters that stand on each other: the page lies on its side
    return words, sum(confidence) / len(confidence) if confidence else 0.0


def _is_word(text: str) -> bool:
    letters = text.strip(".,;:/-()\"'")
    return len(letters) > 2 and is_syllable(letters)


def _on_line(line: list[tuple[str, float, float, float, float]], texts: list[str], usual: float) -> Iterator[Word]:
    """Words of one line, with one height; that of most words on the page unless they are clearly of another size."""
    heights = sorted(height for *_, height in line)
    tall = heights[len(heights) // 2]
    tall = (usual if 0.7 * usual < tall < 1.4 * usual else tall) / _LETTERS
    bottoms = sorted(top + height for text, _, top, _, height in line if not _HANGING.search(text))
    bottom = bottoms[len(bottoms) // 2] if bottoms else min(t + h for _, _, t, _, h in line) - _HANG * tall
    for text, (_, left, _, width, _) in zip(texts, line, strict=True):
        x0, top, x1, y = (n * _POINT for n in (left, bottom - tall, left + width, bottom))
        yield Word(_ROMAN.sub(_roman, text), x0, top, x1, y)


def _has_bar(image: Image, left: float, top: float, width: float, height: float) -> bool:
    """Whether the sign that a word begins with, read as `<` or `>`, stands on a bar: the model knows no `≤` or `≥`."""
    import numpy as np

    box = (int(left), int(top), int(left + width), int(top + height * (1 + _HANG)))  # the word's box may end above it
    dark: np.ndarray = np.asarray(image.crop(box)) < _DARK
    columns: np.ndarray = np.any(dark, axis=0)
    first = int(columns.argmax())
    end = first + int((~columns[first:]).argmax()) if not columns[first:].all() else len(columns)
    sign = dark[:, first:end]
    ink = np.flatnonzero(sign.any(axis=1))
    if end - first < _SMALLEST // 2 or len(ink) == 0 or end - first > 2 * height:
        return False
    foot = sign[max(int(ink[-1]) - (len(ink) // 5), 0) : int(ink[-1]) + 1]
    return bool(foot.any(axis=0).mean() > _BAR)


def _roman(found: re.Match[str]) -> str:
    return found[0].replace("H", "II").replace("|", "I")


def _straightened(image: Image) -> Image:
    """Turn a page that was laid askew on the glass so that its lines run level."""
    from PIL.Image import Resampling

    small = image.convert("L")
    small.thumbnail((900, 900))
    dark = small.point(lambda p: 255 if p < _DARK else 0)
    best = 0.0
    for step, reach in ((0.5, _TURNS), (0.1, 0.4)):
        tries = [best + step * n for n in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tries, key=lambda angle: _evenness(dark, angle))
    return image.rotate(best, expand=False, fillcolor=255, resample=Resampling.BICUBIC) if abs(best) > 0.05 else image


def _evenness(dark: Image, angle: float) -> float:
    """How sharply rows of ink and rows without follow each other, once the picture is turned."""
    import numpy as np

    rows = np.asarray(dark.rotate(angle), dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _orientation(image: Image, *, clock: Clock) -> int:
    """By how many degrees the picture must be turned clockwise to stand upright, as far as Tesseract can tell."""
    found = _tesseract([image], "--psm", "0", clock=clock)
    for line in found.splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1])
    return 0


def _tesseract(images: list[Image], *options: str, clock: Clock) -> str:
    """What Tesseract says of one picture or several, read in one run."""
    program = need("tesseract")
    with tempfile.TemporaryDirectory(prefix="chithi-") as name:
        folder = Path(name)
        for number, image in enumerate(images):
            image.save(folder / f"{number}.png", dpi=(_DPI, _DPI), compress_level=1)
        (folder / "list.txt").write_text("".join(f"{folder / str(n)}.png\n" for n in range(len(images))))
        # One thread: the library's own four are slower than one, and documents are read side by side anyway.
        code, text, error = run(
            [program, str(folder / "list.txt"), "stdout", *options], clock=clock, folder=folder,
            env={"OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    if code and b"vie.traineddata" in error:
        raise DocumentError(
            "needs Tesseract's Vietnamese model, which is not installed. Install it with: "
            "apt-get install tesseract-ocr-vie",
            code="missing_program",
        )
    return text.decode("utf-8", "replace")
