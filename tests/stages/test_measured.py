"""What a reported percentage measures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tỷ lệ hộ dùng nước sạch đã đạt 92,4%.", [("92,4%", "Tỷ lệ hộ dùng nước sạch")]),
        ("Đã có 81,5% học sinh lớp 9 đỗ vào lớp 10 công lập.", [("81,5%", "học sinh lớp 9 đỗ vào lớp 10 công lập")]),
        (
            "Kết quả: 88,4% giáo viên mầm non, 79,6% giáo viên tiểu học đã đạt chuẩn.",
            [("88,4%", "giáo viên mầm non đạt chuẩn"), ("79,6%", "giáo viên tiểu học đã đạt chuẩn")],
        ),
    ],
    ids=["named before", "named behind", "a list with one predicate"],
)
def test_a_result_has_its_indicator(extract: Extract, text: str, wanted: list[tuple[str, str]]) -> None:
    record = extract(f"I. KẾT QUẢ ĐẠT ĐƯỢC\n\n- {text}\n")
    assert [(q.text, q.indicator) for q in record.quantities] == wanted


def test_a_target_has_its_indicator_in_the_goal_alone(extract: Extract) -> None:
    record = extract("II. MỤC TIÊU\n\n- Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.\n")
    assert [(q.role, q.indicator) for q in record.quantities] == [("target", None)]
