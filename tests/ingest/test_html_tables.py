"""Tables of web pages, down to the tasks and goals that are read from them."""

from __future__ import annotations

import pytest

from chithi.batch import extract
from chithi.ingest import read_bytes
from chithi.record import Record
from chithi.rulepack import RuleSet

HEAD = "<tr><th>TT</th><th>Công việc</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời hạn</th></tr>"
ONE = "<td>1</td><td>Rà soát quỹ đất xây trường học</td><td>Sở Xây dựng</td><td>Sở Tài chính</td><td>Quý I/2026</td>"
TWO = "<td>2</td><td>Sửa chữa các phòng học xuống cấp</td><td>Sở Tài chính</td><td>Sở Nội vụ</td><td>30/6/2026</td>"
TASKS = [
    ("Rà soát quỹ đất xây trường học", ["lead Sở Xây dựng", "coordinate Sở Tài chính"], "2026-03-31"),
    ("Sửa chữa các phòng học xuống cấp", ["lead Sở Tài chính", "coordinate Sở Nội vụ"], "2026-06-30"),
]
LEAD = "<p><b>KẾ HOẠCH</b></p><p><b>Xây dựng trường học năm 2026</b></p><p>I. NHIỆM VỤ</p>"


def read(table: str, rules: RuleSet) -> Record:
    return extract(read_bytes(f"{LEAD}{table}".encode(), uri="a.html"), rules=rules)


def tasks_of(record: Record) -> list[tuple[str, list[str], str | None]]:
    bodies = {b.id: f"{b.role} {b.name}" for b in record.bodies}
    limits = {d.id: d.end for d in record.deadlines}
    return [(t.text, [bodies[b] for b in t.bodies], limits[t.deadline] if t.deadline else None) for t in record.tasks]


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{HEAD}<tr>{ONE}</tr><tr>{TWO}</tr></table>",
        f"<table><thead>{HEAD}</thead><tbody><tr>{ONE}</tr></tbody><tbody><tr>{TWO}</tr></tbody></table>",
        f"<table><tbody><tr>{ONE}</tr><tr>{TWO}</tr></tbody><thead>{HEAD}</thead></table>",
        f"<table><thead>{HEAD}</thead><tr>{ONE}</tr><thead>{HEAD}</thead><tr>{TWO}</tr></table>",
        f"<table>{HEAD}<tr>{ONE}</tr>{HEAD}<tr>{TWO}</tr></table>",
        f"<table>{HEAD}<tr>{ONE}</tr><tr></tr><tr><td colspan=5>&nbsp;</td></tr><tr>{TWO}</tr></table>",
        f"<table>{HEAD}<tr><td colspan=5><b>I. Nhiệm vụ chung</b></td></tr><tr>{ONE}</tr><tr>{TWO}</tr></table>",
        f"<table>{HEAD.replace('Công', 'Công<br>')}<tr>{ONE.replace('quỹ đất', 'quỹ<br/>đất')}<tr>{TWO}</table>",
        f"<table>{HEAD}<tr>{ONE.replace('Sở Xây dựng', '<p>Sở Xây dựng</p>')}</tr><tr>{TWO}</tr></table>",
        f"<table>{HEAD}<tr>{ONE.replace('Sở Tài chính', '<table><td>Sở Tài chính</table>')}</tr><tr>{TWO}</tr></table>",
        f"<table>{HEAD}<tr>{ONE}</tr><tr>{TWO.replace('30/6/2026', '<ul><li>30/6/2026</li></ul>')}</tr></table>",
        f"<table width=100%><tr><td><table>{HEAD}<tr>{ONE}</tr><tr>{TWO}</tr></table></td></tr></table>",
        f"<table><tr><td>&nbsp;</td><td><table>{HEAD}<tr>{ONE}</tr><tr>{TWO}</tr></table></td></tr><tr><td></table>",
        f"<div><table role=table>{HEAD}<tr>{ONE}</tr></table></div><table>{HEAD}<tr>{TWO}</tr></table>",
    ],
    ids=[
        "plain", "thead", "thead last", "thead again", "header again", "empty rows", "group row", "breaks",
        "paragraphs",
        "table in a cell", "list in a cell", "in a layout table", "in a layout table with margins", "two tables",
    ],
)  # fmt: skip
def test_tasks_of_a_table(table: str, rules: RuleSet) -> None:
    assert tasks_of(read(table, rules)) == TASKS


def test_a_cell_merged_over_rows_counts_for_each(rules: RuleSet) -> None:
    first = ONE.replace("<td>Sở Xây dựng", "<td rowspan=2>Sở Xây dựng").replace("<td>Quý", "<td rowspan=2>Quý")
    second = "<td>2</td><td>Sửa chữa các phòng học xuống cấp</td><td>Sở Nội vụ</td>"
    assert tasks_of(read(f"<table>{HEAD}<tr>{first}</tr><tr>{second}</tr></table>", rules)) == [
        ("Rà soát quỹ đất xây trường học", ["lead Sở Xây dựng", "coordinate Sở Tài chính"], "2026-03-31"),
        ("Sửa chữa các phòng học xuống cấp", ["lead Sở Xây dựng", "coordinate Sở Nội vụ"], "2026-03-31"),
    ]


def test_goals_of_a_table(rules: RuleSet) -> None:
    table = (
        "<table><tr><th>TT<th>Chỉ tiêu<th>Đơn vị tính<th>Năm 2026<th>Năm 2030<tr><td>1<td>Trường đạt chuẩn<td>%<td>74"
        "<td>≥ 90<tr><td>2<td>Phòng học kiên cố<td>%<td>95,5<td>100</table>"
    )
    record = read(table, rules)
    quantities = {q.id: (q.op, q.low, q.unit) for q in record.quantities}
    limits = {d.id: d.end for d in record.deadlines}
    assert [(g.indicator, quantities[g.quantity or ""], limits[g.deadline or ""]) for g in record.goals] == [
        ("Trường đạt chuẩn", ("eq", 74.0, "%"), "2026-12-31"),
        ("Trường đạt chuẩn", ("ge", 90.0, "%"), "2030-12-31"),
        ("Phòng học kiên cố", ("eq", 95.5, "%"), "2026-12-31"),
        ("Phòng học kiên cố", ("eq", 100.0, "%"), "2030-12-31"),
    ]


HEADERS = [
    "<tr><td>ỦY BAN NHÂN DÂN<br>HUYỆN PHÚ LÂM<br>Số: 7/KH-UBND<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
    "Độc lập - Tự do - Hạnh phúc<br>Phú Lâm, ngày 21 tháng 7 năm 2022",
    "<tr><td>ỦY BAN NHÂN DÂN<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr><td>HUYỆN PHÚ LÂM<td>Độc lập - Tự do - Hạnh phúc"
    "<tr><td>Số: 7/KH-UBND<td>Phú Lâm, ngày 21 tháng 7 năm 2022",
    "<tr><td><p>ỦY BAN NHÂN DÂN</p><p>HUYỆN PHÚ LÂM</p><p>-------</p><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
    "<p>Độc lập - Tự do - Hạnh phúc</p><p>------</p><tr><td>Số: 7/KH-UBND<td>Phú Lâm, ngày 21 tháng 7 năm 2022",
]


@pytest.mark.parametrize("table", HEADERS, ids=["one row", "a row a line", "two rows"])
def test_a_header_in_two_columns_is_read_by_columns(table: str, rules: RuleSet) -> None:
    page = f"<table>{table}</table><p><b>KẾ HOẠCH</b></p><p><b>Giảm nghèo năm 2022</b></p><p>Giảm 3% hộ nghèo.</p>"
    source = read_bytes(page.encode(), uri="a.html")
    m = extract(source, rules=rules).metadata
    assert source.text.index("7/KH") < source.text.index("CỘNG HÒA")
    assert (m.number, m.issuer, m.place, m.issued_on, m.title) == (
        "7/KH-UBND",
        "Ủy ban nhân dân huyện Phú Lâm",
        "Phú Lâm",
        "2022-07-21",
        "Giảm nghèo năm 2022",
    )


def test_a_signature_in_two_columns_is_read_by_columns(rules: RuleSet) -> None:
    foot = (
        "<table><tr><td><b>Nơi nhận:</b></td><td><b>TM. ỦY BAN NHÂN DÂN</b></td></tr><tr><td>- Như trên;</td><td>"
        "<b>CHỦ TỊCH</b></td></tr><tr><td>- Lưu: VT.</td><td></td></tr><tr><td></td>"
        "<td><b>Lê Văn Bình</b></td></tr></table>"
    )
    record = extract(read_bytes(f"{LEAD}<p>Giảm 3% hộ nghèo.</p>{foot}".encode(), uri="a.html"), rules=rules)
    assert (record.metadata.signer, record.metadata.signer_title) == ("Lê Văn Bình", "Chủ tịch")
