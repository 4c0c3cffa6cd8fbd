"""Pictures of pages: what is read of them, and files that mean harm."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from tests.ingest.office_files import need_tesseract, saved, scan_of
from tests.ingest.test_pdf import LONG, ROWS, lines, pdf_of, ruled

from chithi.errors import DocumentError
from chithi.ingest.limits import DEFAULT, Limits
from chithi.ingest.ocr import _has_bar, extract_image
from chithi.ingest.pdf import extract_pdf
from chithi.source import Region, SourceText

pytest.importorskip("PIL", reason="needs Pillow: pip install 'chithi[ocr]'")

PAGE = [(72.0, 90.0, "KẾ HOẠCH"), *lines(LONG, LONG, LONG, top=120)]


def read(data: bytes, limits: Limits = DEFAULT) -> SourceText:
    return extract_image(SourceText(text="", uri="a.png"), data, limits=limits)


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, limits)
    return caught.value.code


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff")])
def test_a_picture_of_a_page_is_read(kind: str, media_type: str) -> None:
    need_tesseract()
    source = read(saved(scan_of(pdf_of(PAGE)), kind))
    assert (source.text.split("\n\n")[0], source.media_type, source.pages, source.page_starts) == (
        "KẾ HOẠCH", media_type, 1, (0,),
    )  # fmt: skip
    assert source.regions == (Region(start=0, end=len(source.text), kind="ocr", reason="tesseract"),)


@pytest.mark.parametrize("angle", [-1.5, 2.0, 90.0, 180.0, 270.0])
def test_a_page_that_lies_askew_or_on_its_side_is_read(angle: float) -> None:
    need_tesseract()
    (page,) = scan_of(pdf_of(PAGE), angle=0)
    turned = page.rotate(angle, fillcolor=240, expand=angle > 45)
    assert "rà soát, thống kê và báo cáo kết quả" in read(saved([turned], "PNG")).text


def test_a_ruled_table_is_read_by_cells() -> None:
    need_tesseract()
    rows = [
        *ROWS[:1],
        ["Một", "Rà soát quy trình", "Năm 2025"],
        ["Hai", "Ban hành quy chế\nphối hợp", "Hằng năm"],
    ]
    data = pdf_of([(72, 80, "Danh mục nhiệm vụ")], draw=ruled({1: (rows, 120)}))
    assert read(saved(scan_of(data), "PNG")).text.split("\n")[-4:] == [
        "| --- | --- | --- |", "| Một | Rà soát quy trình | Năm 2025 |",
        "| Hai | Ban hành quy chế phối hợp | Hằng năm |", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "bar"), [("≤ 35", True), ("≥ 2,5", True), ("≥90", True), ("< 35", False), ("> 9", False)]
)
@pytest.mark.parametrize("font", ["DejaVuSans.ttf", "DejaVuSerif.ttf"])
def test_signs_that_stand_on_a_bar_are_told_from_those_that_do_not(font: str, text: str, bar: bool) -> None:
    from PIL import Image, ImageDraw, ImageFont

    file = Path("/usr/share/fonts/truetype/dejavu", font)
    if not file.exists():
        pytest.skip("needs a font: apt-get install fonts-dejavu-core")
    picture = Image.new("L", (300, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((40, 30), text, font=ImageFont.truetype(file, 58), fill=0)
    x0, top, x1, bottom = draw.textbbox((40, 30), text, font=ImageFont.truetype(file, 58))
    assert _has_bar(picture, x0, top, x1 - x0, bottom - top) == bar


def test_the_grain_of_an_empty_page_is_no_text() -> None:
    need_tesseract()
    assert code_of(saved(scan_of(pdf_of([])), "PNG")) == "empty"


def test_a_pdf_of_text_and_scans_is_read_page_by_page() -> None:
    need_tesseract()
    import pypdfium2

    mixed = pypdfium2.PdfDocument(pdf_of(PAGE))
    mixed.import_pages(pypdfium2.PdfDocument(saved(scan_of(pdf_of([*PAGE[:1], *lines(LONG)])), "PDF")))
    out = io.BytesIO()
    mixed.save(out)
    source = extract_pdf(SourceText(text="", uri="a.pdf"), out.getvalue(), limits=DEFAULT)
    (region,) = source.regions
    assert (source.pages, region.start, region.end) == (2, source.page_starts[1], len(source.text))
    assert "rà soát, thống kê" in source.text[region.start :]


def huge_png(width: int, height: int) -> bytes:
    """The head of a picture that claims a size, with no pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (huge_png(50_000, 50_000), "too_large"),
        (huge_png(10_000, 10_000), "too_large"),
        (huge_png(100, 100), "damaged"),
        (b"II*\x00\x08\x00\x00\x00", "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
    ],
    ids=["head only", "far too many pixels", "too many pixels", "no pixels", "TIFF head", "JPEG head"],
)
def test_a_bad_file_fails_with_a_code(data: bytes, code: str) -> None:
    need_tesseract()
    assert code_of(data) == code


def test_pages_are_limited() -> None:
    need_tesseract()
    (page,) = scan_of(pdf_of(PAGE))
    assert code_of(saved([page, page], "TIFF"), Limits(max_pages=1)) == "too_large"


def test_an_empty_page_holds_no_text() -> None:
    need_tesseract()
    assert code_of(saved(scan_of(pdf_of([])), "PNG")) == "empty"


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nsleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert code_of(saved(scan_of(pdf_of(PAGE)), "PNG"), Limits(seconds=3)) == "timeout"


def test_without_the_program_its_command_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match="apt-get install tesseract-ocr tesseract-ocr-vie") as caught:
        read(huge_png(10, 10))
    assert caught.value.code == "missing_program"
