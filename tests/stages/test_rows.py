"""Tables: rows of tasks with merged cells and group rows, rows of indicators, procedures that give nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]
Told = list[tuple[str, list[tuple[str, str]], str | None]]

HEAD = "UBND TỈNH HÀ CHÂU\nSố: 15/KH-UBND\nHà Châu, ngày 12 tháng 02 năm 2025\n\nKẾ HOẠCH\nPhòng cháy rừng\n\nPHỤ LỤC\n"
COLUMNS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


def flat(*rows: tuple[str, ...]) -> str:
    """A table as a page turned to text shows it: a cell a line, bare pipes between."""
    return HEAD + "".join("|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in row) for row in rows)


def markdown(*rows: tuple[str, ...]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return HEAD + "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n"


def told(record: Record) -> Told:
    """Each task's text, its bodies with their roles, and its deadline."""
    bodies = {b.id: (b.name, str(b.role)) for b in record.bodies}
    texts = {d.id: d.text for d in record.deadlines}
    return [(t.text, [bodies[i] for i in t.bodies], texts.get(t.deadline or "")) for t in record.tasks]


def goals(record: Record) -> list[tuple[str | None, float | None, str | None, str | None]]:
    """Indicator, low bound, unit and last day of each goal."""
    quantities = {q.id: q for q in record.quantities}
    ends = {d.id: d.end for d in record.deadlines}
    return [
        (g.indicator, quantities[g.quantity].low, quantities[g.quantity].unit, ends.get(g.deadline or ""))
        for g in record.goals
        if g.quantity
    ]


ROWS = (
    COLUMNS,
    ("1", "Dự trữ thuốc bỏng cho mùa khô", "Sở Y tế", "Công an tỉnh", "Quý II/2025"),
    ("2", "Kiểm tra các kho xăng dầu", "Công an tỉnh", "Sở Y tế", "Tháng 3/2025"),
)
FOUND: Told = [
    ("Dự trữ thuốc bỏng cho mùa khô", [("Sở Y tế", "lead"), ("Công an tỉnh", "coordinate")], "Quý II/2025"),
    ("Kiểm tra các kho xăng dầu", [("Công an tỉnh", "lead"), ("Sở Y tế", "coordinate")], "Tháng 3/2025"),
]


@pytest.mark.parametrize("text", [flat(*ROWS), markdown(*ROWS)], ids=["flattened", "markdown"])
def test_row_is_a_task(text: str, extract: Extract) -> None:
    assert told(extract(text)) == FOUND


def test_empty_cell_under_a_merged_one_inherits_its_body(extract: Extract) -> None:
    text = markdown(
        COLUMNS,
        ("1", "Dự trữ thuốc bỏng cho mùa khô", "Sở Y tế", "", "Quý II/2025"),
        ("2", "Tập huấn sơ cứu cho dân quân", "", "", "Quý III/2025"),
    )
    assert told(extract(text)) == [
        ("Dự trữ thuốc bỏng cho mùa khô", [("Sở Y tế", "lead")], "Quý II/2025"),
        ("Tập huấn sơ cứu cho dân quân", [("Sở Y tế", "lead")], "Quý III/2025"),
    ]


def test_empty_cell_under_a_merged_one_inherits_its_deadline(extract: Extract) -> None:
    text = markdown(
        COLUMNS,
        ("1", "Dự trữ thuốc bỏng cho mùa khô", "Sở Y tế", "", "Quý II/2025"),
        ("2", "Kiểm tra các kho xăng dầu", "Công an tỉnh", "", ""),
    )
    assert [deadline for _, _, deadline in told(extract(text))] == ["Quý II/2025", "Quý II/2025"]


def test_group_row_dates_the_rows_below(extract: Extract) -> None:
    text = flat(
        ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Sản phẩm"),
        ("I", "**Giai đoạn 2025 - 2027**"),
        ("1", "Dự trữ thuốc bỏng cho mùa khô", "Sở Y tế", "Kho thuốc"),
        ("II", "**Giai đoạn 2028 - 2030**"),
        ("1", "Kiểm tra các kho xăng dầu", "Công an tỉnh", "Biên bản"),
    )
    assert told(extract(text)) == [
        ("Dự trữ thuốc bỏng cho mùa khô", [("Sở Y tế", "lead")], "Giai đoạn 2025 - 2027"),
        ("Kiểm tra các kho xăng dầu", [("Công an tỉnh", "lead")], "Giai đoạn 2028 - 2030"),
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "end", "rrule"),
    [
        ("Hằng năm", "recurring", None, "FREQ=YEARLY"),
        ("Hàng quý", "recurring", None, "FREQ=MONTHLY;INTERVAL=3"),
        ("Thường xuyên", "ongoing", None, None),
        ("6/2025", "during", "2025-06-30", None),
        ("2025 - 2027", "during", "2027-12-31", None),
        ("Trước 30/9", "by", "2025-09-30", None),
        ("Năm 2026", "during", "2026-12-31", None),
    ],
)
def test_time_limit_of_a_cell(cell: str, kind: str, end: str | None, rrule: str | None, extract: Extract) -> None:
    text = markdown(COLUMNS, ("1", "Dự trữ thuốc bỏng cho mùa khô", "Sở Y tế", "", cell))
    assert [(d.kind, d.end, d.rrule) for d in extract(text).deadlines] == [(kind, end, rrule)]


@pytest.mark.parametrize("cell", ["Công an tỉnh; Sở Y tế", "Công an tỉnh, Sở Y tế", "Công an tỉnh<br>Sở Y tế"])
def test_several_bodies_of_a_cell(cell: str, extract: Extract) -> None:
    text = markdown(COLUMNS, ("1", "Dự trữ thuốc bỏng cho mùa khô", cell, "", "Quý II/2025"))
    assert [(b.name, b.role) for b in extract(text).bodies] == [("Công an tỉnh", "lead"), ("Sở Y tế", "lead")]


def test_indicator_with_a_column_a_year(extract: Extract) -> None:
    text = markdown(
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026", "Năm 2030"),
        ("1", "Tỷ lệ che phủ rừng", "%", "41,5", "43"),
        ("2", "Số chòi canh lửa", "chòi", "12", "20"),
    )
    assert goals(extract(text)) == [
        ("Tỷ lệ che phủ rừng", 41.5, "%", "2026-12-31"),
        ("Tỷ lệ che phủ rừng", 43.0, "%", "2030-12-31"),
        ("Số chòi canh lửa", 12.0, "chòi", "2026-12-31"),
        ("Số chòi canh lửa", 20.0, "chòi", "2030-12-31"),
    ]


@pytest.mark.xfail(strict=True, reason="the heading PHỤ LỤC right behind the title is taken for a part of the title")
def test_appendix_behind_the_title_is_a_section(extract: Extract) -> None:
    assert [s.label for s in extract(markdown(*ROWS)).sections] == ["PHỤ LỤC"]


def test_table_of_procedures_gives_nothing(extract: Extract) -> None:
    text = markdown(
        ("TT", "Tên thủ tục hành chính", "Cơ quan thực hiện", "Thời hạn giải quyết"),
        ("1", "Cấp giấy phép bán rượu", "Sở Công Thương", "10 ngày làm việc"),
    )
    record = extract(text)
    assert (record.tasks, record.deadlines, record.goals, record.bodies) == ([], [], [], [])


def test_second_row_of_a_header_says_more_of_what_the_first_spans(extract: Extract) -> None:
    text = (
        "KẾ HOẠCH\nChống hạn\n\nII. NHIỆM VỤ\n\n"
        "| TT | Nhiệm vụ | Cơ quan thực hiện | Cơ quan thực hiện | Thời hạn |\n|---|---|---|---|---|\n"
        "| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn |\n"
        "| 1 | Nạo vét kênh tưới | Sở Xây dựng | Công an tỉnh | Quý I/2026 |\n"
    )
    record = extract(text)
    assert [(b.name, b.role) for b in record.bodies] == [("Sở Xây dựng", "lead"), ("Công an tỉnh", "coordinate")]
    assert [d.text for d in record.deadlines] == ["Quý I/2026"]
