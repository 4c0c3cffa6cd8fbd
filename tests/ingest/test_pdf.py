"""The PDF reader: reading order, paragraphs, tables over pages, page furniture, and files that mean harm."""

import io
from collections.abc import Callable

import pytest
from tests.ingest.office_files import canvas_font

from chithi.errors import DocumentError
from chithi.ingest.limits import DEFAULT, Limits
from chithi.ingest.pdf import extract_pdf
from chithi.source import SourceText

pytest.importorskip("pdfplumber", reason="needs pdfplumber: pip install 'chithi[pdf]'")
pytest.importorskip("reportlab", reason="needs reportlab: pip install reportlab")

Placed = tuple[float, float, str]
"""Left edge, distance from the top, text."""

LONG = "Ủy ban nhân dân các xã, phường rà soát, thống kê và báo cáo kết quả thực hiện hằng"


def pdf_of(*pages: list[Placed], draw: Callable[..., None] | None = None, **options: object) -> bytes:
    """Pages of text at places; ``draw`` may add to each page, given the canvas and the page's number."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **options)
    for number, page in enumerate(pages, 1):
        canvas.setFont(canvas_font(), 11)
        for x, top, text in page:
            canvas.drawString(x, 842 - top, text)
        if draw is not None:
            draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes, limits: Limits = DEFAULT) -> SourceText:
    return extract_pdf(SourceText(text="", uri="a.pdf"), data, limits=limits)


def blocks(data: bytes) -> list[str]:
    return read(data).text.strip().split("\n\n")


def lines(*texts: str, top: float = 100, step: float = 15, x: float = 72) -> list[Placed]:
    return [(x, top + step * i, text) for i, text in enumerate(texts)]


def test_lines_of_a_paragraph_are_joined_and_gaps_part_paragraphs() -> None:
    page = [*lines(LONG, "năm về Sở Nội vụ.", LONG, top=100), *lines("1. Sở Tài chính cân đối kinh phí.", top=170)]
    assert blocks(pdf_of(page)) == [f"{LONG} năm về Sở Nội vụ.", LONG, "1. Sở Tài chính cân đối kinh phí."]


def test_a_hyphen_inside_a_word_at_the_end_of_a_line_takes_no_space() -> None:
    page = lines(LONG + " theo Quyết định số 5/QĐ-", "UBND ngày 05/3/2024.", LONG)
    assert blocks(pdf_of(page))[0].endswith("số 5/QĐ-UBND ngày 05/3/2024.")


def test_head_and_foot_are_read_column_by_column() -> None:
    page = [
        (80, 60, "UBND TỈNH AN SƠN"), (320, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (80, 75, "SỞ NỘI VỤ"), (360, 75, "Độc lập - Tự do - Hạnh phúc"),
        (80, 95, "Số: 5/KH-SNV"), (350, 95, "An Sơn, ngày 05 tháng 3 năm 2024"),
        (270, 130, "KẾ HOẠCH"),
        *lines(LONG, LONG, top=160),
        (72, 220, "Nơi nhận:"), (400, 220, "GIÁM ĐỐC"),
        (72, 235, "- Như trên;"), (72, 250, "- Lưu: VT."), (390, 290, "Lương Thế Khải"),
    ]  # fmt: skip
    assert read(pdf_of(page)).text.split("\n") == [
        "UBND TỈNH AN SƠN", "SỞ NỘI VỤ", "", "Số: 5/KH-SNV", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", "An Sơn, ngày 05 tháng 3 năm 2024", "",
        "KẾ HOẠCH", "", f"{LONG} {LONG}", "",
        "Nơi nhận:", "", "- Như trên;", "", "- Lưu: VT.", "", "GIÁM ĐỐC", "", "Lương Thế Khải", "",
    ]  # fmt: skip


def test_a_narrow_gap_before_the_motto_parts_the_head() -> None:
    page = [
        (80, 60, "ỦY BAN NHÂN DÂN TỈNH AN SƠN"), (280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (80, 75, "Số: 5/KH-UBND"), (310, 75, "Độc lập - Tự do - Hạnh phúc"), *lines(LONG, LONG, top=160),
    ]  # fmt: skip
    assert read(pdf_of(page)).text.split("\n")[:6] == [
        "ỦY BAN NHÂN DÂN TỈNH AN SƠN", "Số: 5/KH-UBND", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        [(280, 30, "Kế hoạch chuyển đổi số"), *lines(LONG, LONG), (295, 815, str(n)), (72, 700, f"Việc {n} là 2024.")]
        for n in (1, 2, 3)
    ]
    text = read(pdf_of(*pages)).text
    assert ("chuyển đổi số" in text, text.count("là 2024."), text.split()[-1]) == (False, 3, "2024.")


def test_a_paragraph_goes_on_over_a_page_with_a_number() -> None:
    first = [*lines(LONG, LONG, top=700), (295, 815, "1")]
    second = [*lines("năm.", "2. Sở Nội vụ chủ trì.", step=40), (295, 815, "2")]
    source = read(pdf_of(first, second))
    assert source.text == f"{LONG} {LONG} năm.\n\n2. Sở Nội vụ chủ trì.\n"
    assert (source.pages, [source.text[at:][:3] for at in source.page_starts]) == (2, ["Ủy ", "năm"])


ROWS = [
    ["STT", "Nhiệm vụ", "Thời hạn"],
    ["1", "Rà soát quy trình", "31/12/202\n5"],
    ["2", "Ban hành quy chế\nphối hợp", ""],
]
MORE = [["STT", "Nhiệm vụ", "Thời hạn"], ["", "của các sở", "Quý II/2026"], ["3", "Báo cáo", "Hằng năm"]]


def ruled(tables: dict[int, tuple[list[list[str]], float]]) -> Callable[..., None]:
    """Draw a ruled table on some pages: its rows and how far from the top it begins."""

    def draw(canvas: object, number: int) -> None:
        from reportlab.platypus import Table

        if number in tables:
            rows, top = tables[number]
            style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), canvas_font(), 10)]
            table = Table(rows, colWidths=[40, 200, 80], style=style)
            _, height = table.wrapOn(canvas, 500, 800)
            table.drawOn(canvas, 72, 842 - top - height)

    return draw


def test_a_ruled_table_becomes_rows_in_its_place() -> None:
    data = pdf_of([(72, 80, "Danh mục nhiệm vụ"), (72, 300, "Hết.")], draw=ruled({1: (ROWS, 120)}))
    assert blocks(data) == [
        "Danh mục nhiệm vụ",
        "| STT | Nhiệm vụ | Thời hạn |\n| --- | --- | --- |\n| 1 | Rà soát quy trình | 31/12/2025 |\n"
        "| 2 | Ban hành quy chế phối hợp |  |",
        "Hết.",
    ]


def test_a_table_goes_on_over_a_page() -> None:
    pages = [[(72, 80, "Danh mục"), (295, 815, "1")], [(72, 300, "Hết."), (295, 815, "2")]]
    source = read(pdf_of(*pages, draw=ruled({1: (ROWS, 650), 2: (MORE, 60)})))
    assert source.text.split("\n\n") == [
        "Danh mục",
        "| STT | Nhiệm vụ | Thời hạn |\n| --- | --- | --- |\n| 1 | Rà soát quy trình | 31/12/2025 |\n"
        "| 2 | Ban hành quy chế phối hợp của các sở | Quý II/2026 |\n| 3 | Báo cáo | Hằng năm |",
        "Hết.\n",
    ]
    assert source.text[source.page_starts[1] :].startswith("| 3 |")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_of([(400, 300, "phải"), (72, 300, "trái"), (72, 500, "dưới")]))
    page = document[0]
    # Turn what is on the sheet one way and the sheet the other way.
    page.set_rotation(turn)
    width, height = 595, 842
    matrix = {
        90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width),
    }[turn]  # fmt: skip
    for item in page.get_objects():
        item.transform(pypdfium2.PdfMatrix(*matrix))
    if turn != 180:
        page.set_mediabox(0, 0, height, width)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).text.split() == ["trái", "phải", "dưới"]


def test_an_empty_page_counts() -> None:
    source = read(pdf_of([(72, 100, "Một")], [], [(72, 100, "Ba")]))
    assert (source.text, source.pages, source.page_starts) == ("Một\n\nBa\n", 3, (0, 5, 5))


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data, limits)
    return caught.value.code


def locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf_of([(72, 100, "Mật")], encrypt=StandardEncryption("mật khẩu", strength=128))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (locked, "encrypted"),
        (lambda: b"%PDF-1.7\n1 0 obj", "damaged"),
        (lambda: pdf_of([(72, 100, "Kế hoạch")])[:400], "damaged"),
        (lambda: pdf_of([], []), "empty"),
    ],
    ids=["password", "head only", "cut short", "no text"],
)
def test_a_bad_file_fails_with_a_code(make: Callable[[], bytes], code: str) -> None:
    assert code_of(make()) == code


def test_pages_are_limited() -> None:
    assert code_of(pdf_of([], [], []), Limits(max_pages=2)) == "too_large"


def test_time_is_limited() -> None:
    assert code_of(pdf_of([(72, 100, "Một")]), Limits(seconds=0)) == "timeout"


def test_a_page_whose_tables_cannot_be_found_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("of pdfminer's own kind")

    monkeypatch.setattr("pdfplumber.open", fail)
    assert "Rà soát quy trình" in read(pdf_of([(72, 80, "Danh mục")], draw=ruled({1: (ROWS, 120)}))).text
