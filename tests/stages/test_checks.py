"""Self-checks: for each code a text that has the fault, and its neighbour that has not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

HEAD = (
    "UBND HUYỆN ĐÔNG GIANG\nSố: 41/KH-UBND\nĐông Giang, ngày 14 tháng 3 năm 2025\n\n"
    "KẾ HOẠCH\nCấp nước sạch nông thôn\n\n"
)
ENGLISH = (
    "The district office shall repair all wells and pumps and report on the work done each month to the council. " * 3
)
ITEMS = "- Sửa trạm bơm.\n- Xây bể chứa.\n- Lấy mẫu nước.\n"


def marked(record: Record, code: str, text: str) -> list[str]:
    """The words that each diagnostic of a code points at."""
    return [text[d.span.start : d.span.end] for d in record.diagnostics if d.code == code and d.span]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"II. 4 NHIỆM VỤ TRỌNG TÂM\n{ITEMS}", ["4 NHIỆM VỤ"]),
        (f"II. 3 NHIỆM VỤ TRỌNG TÂM\n{ITEMS}", []),
        (f"Kế hoạch đề ra 05 (năm) giải pháp gồm:\n{ITEMS}", ["05 (năm) giải pháp"]),
        (f"Kế hoạch đề ra 03 (ba) giải pháp gồm:\n{ITEMS}", []),
        (f"Nghị quyết số 5 nhiệm vụ gồm những việc sau đây\n{ITEMS}", []),
    ],
)
def test_count_mismatch(body: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}I. MỤC ĐÍCH\n- Đưa nước sạch tới thôn bản vùng cao.\n{body}"
    assert marked(extract(text), "count_mismatch", text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "- Xây 10 trạm bơm (6 trạm ở vùng cao và 3 trạm ở vùng thấp).",
            ["10 trạm bơm (6 trạm ở vùng cao và 3 trạm ở vùng thấp)"],
        ),
        ("- Xây 9 trạm bơm (6 trạm ở vùng cao và 3 trạm ở vùng thấp).", []),
        ("- Xây 10 trạm bơm (trong 2 năm và 6 tháng).", []),
    ],
)
def test_parts_mismatch(line: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}I. MỤC TIÊU\n{line}\n"
    assert marked(extract(text), "parts_mismatch", text) == found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 80%.\n- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 90%.", ["90%"]),
        ("- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 80%.\n- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 80%.", []),
        ("- Đến năm 2027, tỷ lệ hộ có bể chứa đạt 80%.\n- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 90%.", []),
        ("- Đến năm 2030, tỷ lệ hộ có bể chứa đạt 80%.\n- Đến năm 2030, tỷ lệ thôn có trạm bơm đạt 90%.", []),
    ],
    ids=["two values", "one value twice", "two years", "two indicators"],
)
def test_contradiction(lines: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}I. MỤC TIÊU\n{lines}\n"
    assert marked(extract(text), "contradiction", text) == found


def test_contradiction_points_at_the_first_value_too(extract: Extract) -> None:
    text = f"{HEAD}I. MỤC TIÊU\n- Đến năm 2030, hộ có bể chứa đạt 80%.\n- Đến năm 2030, hộ có bể chứa đạt 90%.\n"
    (found,) = [d for d in extract(text).diagnostics if d.code == "contradiction"]
    assert [text[s.start : s.end] for s in found.related] == ["80%"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1. Phòng Y tế tổ chức lấy mẫu nước trước ngày 31/01/2025.", ["trước ngày 31/01/2025"]),
        ("1. Phòng Y tế tổ chức lấy mẫu nước trước ngày 31/3/2025.", []),
        ("1. Phòng Y tế tổ chức lấy mẫu nước theo Công văn số 8/SYT-NV ngày 31/01/2025.", []),
    ],
    ids=["past", "to come", "the date of a citation"],
)
def test_deadline_before_document(line: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}II. NHIỆM VỤ\n{line}\n"
    assert marked(extract(text), "deadline_before_document", text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1. Phòng Y tế tổ chức lấy mẫu nước.", ["Phòng Y tế tổ chức lấy mẫu nước"]),
        ("1. Phòng Y tế tổ chức lấy mẫu nước trong quý III/2025.", []),
    ],
)
def test_task_without_deadline(line: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}II. NHIỆM VỤ\n{line}\n"
    assert marked(extract(text), "task_without_deadline", text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1. Tổ chức lấy mẫu nước tại các trạm cấp.", ["Tổ chức lấy mẫu nước tại các trạm cấp"]),
        ("1. Phòng Y tế tổ chức lấy mẫu nước tại các trạm cấp.", []),
    ],
)
def test_task_without_body(line: str, found: list[str], extract: Extract) -> None:
    text = f"{HEAD}II. NHIỆM VỤ\n{line}\n"
    assert marked(extract(text), "task_without_body", text) == found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(ENGLISH, ["language"], id="another language"),
        pytest.param("Huyện sửa giếng và máy bơm, mỗi tháng báo cáo một lần. " * 5, [], id="Vietnamese"),
        pytest.param("The office is open.", [], id="too short to tell"),
    ],
)
def test_language(text: str, codes: list[str], extract: Extract) -> None:
    assert [d.code for d in extract(text).diagnostics if d.code == "language"] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("", ["no_content"], id="nothing"),
        pytest.param("Nơi nhận:\n- Lưu: VT.\n", ["no_content"], id="a footer alone"),
        pytest.param("Phòng Y tế tổ chức lấy mẫu nước.", [], id="a sentence"),
    ],
)
def test_no_content(text: str, codes: list[str], extract: Extract) -> None:
    assert [d.code for d in extract(text).diagnostics if d.code == "no_content"] == codes


@pytest.mark.parametrize(
    ("code", "level", "line"),
    [
        ("task_without_body", "info", "1. Tổ chức lấy mẫu nước tại các trạm cấp."),
        ("task_without_deadline", "info", "1. Phòng Y tế tổ chức lấy mẫu nước."),
        ("deadline_before_document", "warning", "1. Phòng Y tế tổ chức lấy mẫu nước trước ngày 31/01/2025."),
    ],
)
def test_level(code: str, level: str, line: str, extract: Extract) -> None:
    record = extract(f"{HEAD}II. NHIỆM VỤ\n{line}\n")
    assert [d.level for d in record.diagnostics if d.code == code] == [level]
