"""Dates that are visibly no deadlines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chithi.values import Context
from chithi.values.event_dates import event_reason, is_part_of_name, is_past


def span(text: str) -> tuple[str, int, int]:
    """The text without its brackets, and where they stood."""
    start, end = text.index("["), text.index("]") - 1
    return text.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("thực hiện kế hoạch số 12/kh-ubnd [ngày 05/3/2026] của huyện", "citation"),
        ("theo nghị quyết 9-nq/hu [năm 2026]", "citation"),
        ("theo luật thư viện [năm 2019]", "citation"),
        ("bảng giá mới có hiệu lực kể [từ ngày 01/4/2026]", "effect"),
        ("bài đăng [ngày 02/4/2026]", "issue"),
        ("[ngày 02/4/2026] | 08:30", "issue"),
        ("nam hà, [ngày 02 tháng 4 năm 2026]", "issue"),
        ("[ngày 14 tháng 4 năm 2026], phó chủ tịch huyện đã chủ trì buổi giao ban", "event"),
        ("phát biểu tại hội nghị [ngày 14/4/2026]", "event"),
        ("kỷ niệm ngày thành lập trường [20/11/1986]", "event"),
        ("tăng 3% so với [năm 2024]", "comparison"),
        ("số liệu tính [đến ngày 31/3/2026]", "statistics"),
        ("[10 tháng đầu năm 2026] thu ngân sách ước đạt 80%", "statistics"),
        ("[năm 2025] toàn xã đã hoàn thành 4 tiêu chí", "statistics"),
        ("theo dự báo, từ đêm nay [đến ngày 18/9/2026] có gió mạnh", "forecast"),
        ("lập dự toán ngân sách [hằng năm] của xã", "noun"),
        ("theo kế hoạch [hằng năm]", "noun"),
        ("[hằng năm] và trung hạn", "noun"),
        ("giấy phép đã được cấp [trước ngày 01/8/2024] còn giá trị", "cut-off"),
        ("sau khi kết thúc [năm học 2025-2026] thì xét", "condition"),
    ],
)
def test_reason(text: str, reason: str) -> None:
    assert event_reason(*span(text)) == reason


@pytest.mark.parametrize(
    "text",
    [
        "gửi báo cáo [trước ngày 30/6/2026].",
        "[đến hết năm 2030], cần đạt được các chỉ tiêu sau",
        "phủ sóng 90% [trong năm 2026] (đến nay mới đạt 40%)",
        "giải quyết vướng mắc (nếu có) [trong tháng 5 năm 2026]",
        "ban hành quy chế theo luật số 61/2026/qh15 [trước ngày 01/6/2026]",
        "kết quả thực hiện kế hoạch [hằng năm (trước ngày 05 tháng 10)]",
        "[hằng năm], các trường rà soát chỉ tiêu",
        "từ nay [đến cuối năm 2026] để hoàn thành mục tiêu",
    ],
)
def test_nothing_speaks_against(text: str) -> None:
    assert event_reason(*span(text)) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("triển khai đề án trồng rừng [giai đoạn 2026-2030] tại các xã", True),
        ('chương trình "mỗi bản một nghề" [giai đoạn 2026-2030]', True),
        ("nghị quyết đại hội đảng bộ xã [nhiệm kỳ 2025-2030]", True),
        ("phê duyệt quy hoạch vùng trung du, [tầm nhìn đến năm 2050]", True),
        ("mục tiêu của đề án [đến năm 2030]", False),
        ("theo kế hoạch, phấn đấu [đến năm 2030] phủ xanh", False),
        ("xây dựng kế hoạch [năm học 2026-2027]", False),
        ("trình đề án [trước ngày 30/6/2026]", False),
        ("mục tiêu chiến lược biển [đến năm 2030] như sau:", False),
    ],
)
def test_period_in_a_name(text: str, named: bool) -> None:
    assert is_part_of_name(*span(text)) is named


@pytest.mark.parametrize(
    ("value", "past"),
    [
        ({"kind": "during", "start": "2024-01-01", "end": "2024-12-31"}, True),
        ({"kind": "by", "start": None, "end": "2025-03-31"}, True),
        ({"kind": "by", "start": None, "end": "2025-11-20"}, False),
        ({"kind": "from", "start": "2025-07-01", "end": None}, False),
        ({"kind": "from", "start": "2021-05-01", "end": None}, True),
        ({"kind": "recurring", "start": None, "end": None}, False),
        (None, False),
    ],
)
def test_past(value: dict[str, Any] | None, past: bool) -> None:
    assert is_past(value, Context(issued_on=date(2025, 11, 20))) is past


def test_nothing_is_past_where_the_document_has_no_date() -> None:
    assert is_past({"kind": "by", "end": "1999-12-31"}, Context()) is False
