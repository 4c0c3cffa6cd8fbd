"""The DOCX reader: what a reader of the page sees, and nothing else."""

import io
import zipfile
from typing import Any

import pytest
from tests.ingest.office_files import package, paragraph

from chithi.errors import DocumentError
from chithi.ingest import read_bytes
from chithi.ingest.docx import extract_docx
from chithi.ingest.limits import DEFAULT, Limits
from chithi.source import SourceText

pytest.importorskip("docx", reason="needs python-docx: pip install 'chithi[docx]'")


def text_of(body: str, **parts: str) -> list[str]:
    """The blocks that a body is read as."""
    source = SourceText(text="", uri="a.docx")
    return extract_docx(source, package(body, **parts), limits=DEFAULT).text.strip().split("\n\n")


def level(index: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LEVELS = (
    level(0, "upperRoman", "%1.") + level(1, "decimal", "Điều %2.") + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "-") + level(4, "decimal", "%2.%5.")
)  # fmt: skip
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def item(text: str, index: int, name: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{name}"/></w:numPr>')


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


WIDE, MERGED, GOES_ON = '<w:gridSpan w:val="3"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_the_source_says_what_it_is() -> None:
    source = read_bytes(package(paragraph("Kế hoạch năm 2030")), uri="tên khác.txt")
    assert (source.text, source.media_type.rpartition(".")[2], source.pages, source.carried) == (
        "Kế hoạch năm 2030\n",
        "document",
        None,
        True,
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([("Mục tiêu", 0), ("Nhiệm vụ", 0)], ["I. Mục tiêu", "II. Nhiệm vụ"]),
        ([("Phạm vi", 1), ("Hiệu lực", 1)], ["Điều 1. Phạm vi", "Điều 2. Hiệu lực"]),
        ([("Sở Nội vụ", 2), ("Sở Tài chính", 2)], ["a) Sở Nội vụ", "b) Sở Tài chính"]),
        ([("rà soát", 3)], ["- rà soát"]),
        ([("A", 1), ("B", 4), ("C", 4), ("D", 1), ("E", 4)],
         ["Điều 1. A", "1.1. B", "1.2. C", "Điều 2. D", "2.1. E"]),
    ],
    ids=["roman", "article", "letter", "dash", "two levels in one label, counted anew"],
)  # fmt: skip
def test_labels_of_lists_are_shown(items: list[tuple[str, int]], expected: list[str]) -> None:
    body = "".join(item(text, index) for text, index in items)
    assert text_of(body, numbering=NUMBERING) == expected


def test_a_second_list_goes_on_counting_unless_it_starts_anew() -> None:
    body = item("A", 0) + paragraph("giữa") + item("B", 0) + item("C", 0, name=2) + item("D", 0, name=2)
    assert text_of(body, numbering=NUMBERING) == ["I. A", "giữa", "II. B", "I. C", "II. D"]


def test_a_style_brings_its_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Base"/></w:style>'
    )
    numbering = NUMBERING.replace("</w:lvl>", '<w:pStyle w:val="Muc"/></w:lvl>', 1)
    body = paragraph("Mục tiêu", '<w:pStyle w:val="Muc"/>') + paragraph("Nhiệm vụ", '<w:pStyle w:val="Muc"/>')
    assert text_of(body, numbering=numbering, styles=styles) == ["I. Mục tiêu", "II. Nhiệm vụ"]


def test_a_paragraph_may_leave_its_styles_list() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("Không số", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text_of(body, numbering=NUMBERING, styles=styles) == ["Không số"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (run("đạt") + "<w:r><w:tab/></w:r>" + run("95%"), "đạt\t95%"),
        (run("UBND") + "<w:r><w:br/></w:r>" + run("TỈNH"), "UBND\nTỈNH"),
        (run("2021") + "<w:r><w:noBreakHyphen/></w:r>" + run("2025"), "2021‑2025"),
        (run("kế") + "<w:r><w:softHyphen/></w:r>" + run(" ho\u00adạch"), "kế hoạch"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 95%"), "≥ 95%"),
        (run("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run(" 5%"), "≤ 5%"),
        (run("ấn") + run(" mật", "<w:vanish/>") + run(" phẩm"), "ấn phẩm"),
        (run("Kế hoạch", "<w:caps/>") + run(" số 5"), "KẾ HOẠCH số 5"),
        (f'<w:ins w:id="1">{run("95%")}</w:ins><w:del w:id="2"><w:r><w:delText>90%</w:delText></w:r></w:del>', "95%"),
        (f'<w:hyperlink>{run("Nghị quyết 10")}</w:hyperlink>', "Nghị quyết 10"),
        (f'<w:sdt><w:sdtContent>{run("ngày 05/3")}</w:sdtContent></w:sdt>', "ngày 05/3"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + run("7"), "7"),
        ("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", "x=2"),
    ],
    ids=["tab", "line break", "no-break hyphen", "soft hyphens", "symbol", "letter of a symbol font", "hidden",
         "capitals", "tracked changes", "link", "content control", "field", "formula"],
)  # fmt: skip
def test_what_a_run_shows(inside: str, expected: str) -> None:
    assert text_of(f"<w:p>{inside}</w:p>") == [expected]


def test_paragraphs_whose_mark_is_deleted_are_one() -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert text_of(paragraph("đến năm ", mark) + paragraph("2030")) == ["đến năm 2030"]


def test_a_content_control_around_blocks_is_read() -> None:
    inside = paragraph("I. MỤC TIÊU") + table((cell("STT"), cell("Việc")), (cell("1"), cell("Rà soát")))
    assert text_of(f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>") == [
        "I. MỤC TIÊU",
        "| STT | Việc |\n| --- | --- |\n| 1 | Rà soát |",
    ]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(f"<w:p>{run('Ngoài khung')}<w:r>{drawing}</w:r></w:p>") == ["Ngoài khung", "Trong khung"]


def test_footnotes_stand_at_the_end() -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Số liệu năm 2021")}</w:footnote>'
    )
    body = f'<w:p>{run("đạt 95%")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("Hết")
    assert text_of(body, footnotes=notes) == ["đạt 95%", "Hết", "(1) Số liệu năm 2021"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(cell("STT"), cell("Việc")), (cell("1"), cell("Rà | soát"))],
         ["| STT | Việc |", "| --- | --- |", r"| 1 | Rà \| soát |"]),
        ([(cell("A"), cell("B"), cell("C")), (cell("Nhóm", WIDE),), (cell("1"), cell("2"), cell("3"))],
         ["| A | B | C |", "| --- | --- | --- |", "| Nhóm |  |  |", "| 1 | 2 | 3 |"]),
        ([(cell("A"), cell("B")), (cell("x", MERGED), cell("1")), (cell("", GOES_ON), cell("2"))],
         ["| A | B |", "| --- | --- |", "| x | 1 |", "|  | 2 |"]),
        ([(cell("A"), cell("B")), ('<w:trPr><w:del w:id="1"/></w:trPr>', cell("x"), cell("y")), (cell("1"), cell("2"))],
         ["| A | B |", "| --- | --- |", "| 1 | 2 |"]),
        ([(cell("A"), cell("B"), cell("C")), ('<w:trPr><w:gridBefore w:val="1"/></w:trPr>', cell("2"), cell("3"))],
         ["| A | B | C |", "| --- | --- | --- |", "|  | 2 | 3 |"]),
    ],
    ids=["pipe in a cell", "merged across", "merged down", "deleted row", "row that begins later"],
)  # fmt: skip
def test_tables(rows: list[tuple[str, ...]], expected: list[str]) -> None:
    assert text_of(table(*rows)) == ["\n".join(expected)]


def test_running_numbers_of_a_column_are_shown() -> None:
    number = f"<w:tc>{item('', 1)}</w:tc>"
    body = table((cell("Điều"), cell("Việc")), (number, cell("Rà soát")), (number, cell("Báo cáo")))
    assert text_of(body, numbering=NUMBERING) == [
        "| Điều | Việc |\n| --- | --- |\n| Điều 1. | Rà soát |\n| Điều 2. | Báo cáo |"
    ]


def test_head_and_foot_are_read_cell_after_cell() -> None:
    head = table(
        (cell("UBND TỈNH AN SƠN"), cell("Độc lập - Tự do - Hạnh phúc")),
        (cell("Số: 5/KH-UBND"), cell("An Sơn, ngày 05 tháng 3 năm 2024")),
    )
    assert text_of(head) == [
        "UBND TỈNH AN SƠN", "Độc lập - Tự do - Hạnh phúc", "Số: 5/KH-UBND", "An Sơn, ngày 05 tháng 3 năm 2024",
    ]  # fmt: skip


def test_a_table_inside_a_cell_stays_in_its_row() -> None:
    inner = table((cell("2025"), cell("90%")), (cell("2030"), cell("95%")))
    body = table((cell("STT"), cell("Việc"), cell("Chỉ tiêu")), (cell("1"), cell("Rà soát"), f"<w:tc>{inner}</w:tc>"))
    assert text_of(body) == ["| STT | Việc | Chỉ tiêu |\n| --- | --- | --- |\n| 1 | Rà soát | 2025 90%; 2030 95% |"]


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(DocumentError) as caught:
        extract_docx(SourceText(text="", uri="a.docx"), data, limits=limits)
    return caught.value.code


def with_document(markup: bytes) -> bytes:
    """The good file with other markup of its document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, markup if name == "word/document.xml" else old.read(name))
    return out.getvalue()


GOOD = package(paragraph("Kế hoạch năm 2030"))
BOMB = b'<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
DEEP = b"<w:sdt>" * 100_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(""), "empty"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK\x03\x04 word/document.xml", "damaged"),
        (with_document(BOMB), "damaged"),
        (with_document(b'<w:document xmlns:w="x"><w:body>' + DEEP), "damaged"),
        (with_document(b"<w:document"), "damaged"),
    ],
    ids=["no text", "cut short", "no archive", "entities", "nested deeply", "no XML"],
)
def test_a_bad_file_fails_with_a_code(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_unpacked_bytes_are_counted() -> None:
    assert code_of(package(paragraph("x" * 1_000_000)), Limits(max_unpacked=500_000)) == "too_large"


def test_a_size_that_the_archive_claims_is_not_believed() -> None:
    honest = package(paragraph("x" * 1_000_000))
    lying = honest.replace((1_000_000).to_bytes(4, "little")[:3], b"\x01\x00\x00")
    assert code_of(lying, Limits(max_unpacked=500_000)) in {"too_large", "damaged"}


def test_an_encrypted_member_is_named_as_that() -> None:
    data = bytearray(GOOD)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert code_of(bytes(data)) == "encrypted"


def test_links_that_lead_outside_or_nowhere_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        pytest.fail("went out")

    monkeypatch.setattr("socket.socket.connect", refuse)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    extra = (
        f'<Relationship Id="e1" Type="{kind}/attachedTemplate" Target="http://127.0.0.1:9/t" TargetMode="External"/>'
        f'<Relationship Id="e2" Type="{kind}/image" Target="NULL"/>'
        f'<Relationship Id="e3" Type="{kind}/styles" Target="../../../../etc/passwd"/>'
    )
    source = SourceText(text="", uri="a.docx")
    assert extract_docx(source, package(paragraph("Hết"), extra=extra), limits=DEFAULT).text == "Hết\n"
