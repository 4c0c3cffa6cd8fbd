"""Goals: what is measured, to which value, by when; and objectives that name no value."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]
Found = list[tuple[str | None, str | None, str | None]]

AIM = "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC TIÊU\n- {}\n"


def goals(record: Record) -> Found:
    """Indicator, value and deadline of each quantified goal, in the source's words."""
    quantities = {q.id: q.text for q in record.quantities}
    deadlines = {d.id: d.text for d in record.deadlines}
    return [
        (g.indicator, quantities.get(g.quantity or ""), deadlines.get(g.deadline or ""))
        for g in record.goals
        if g.kind == "quantified"
    ]


def objectives(record: Record) -> list[str]:
    return [g.text for g in record.goals if g.kind == "qualitative"]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Có từ 78% trở lên số hộ dùng nước hợp vệ sinh.", "số hộ dùng nước hợp vệ sinh"),
        ("Tỷ lệ che phủ rừng đạt 41,5 - 42%.", "Tỷ lệ che phủ rừng"),
        ("Phấn đấu tỷ lệ hộ nghèo giảm còn dưới 3%.", "tỷ lệ hộ nghèo"),
        ("Tỷ lệ thất thoát nước không vượt quá 17%.", "Tỷ lệ thất thoát nước"),
        ("Xây mới 04 nhà văn hóa.", "Xây mới nhà văn hóa"),
        ("Doanh thu làng nghề tăng 12%.", "Doanh thu làng nghề"),
        ("Chỉ số cải cách thuộc nhóm 15 tỉnh dẫn đầu.", "Chỉ số cải cách nhóm tỉnh dẫn đầu"),
        ("Bảo đảm 100% thợ trẻ được học an toàn lao động.", "thợ trẻ được học an toàn lao động"),
    ],
)
def test_indicator_is_without_value_comparator_and_verb(text: str, indicator: str, extract: Extract) -> None:
    assert [g.indicator for g in extract(AIM.format(text)).goals] == [indicator]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "Phấn đấu từ 90% hộ chăn nuôi nhỏ, 75% trang trại, 60% hợp tác xã đạt chuẩn môi trường.",
            [
                "hộ chăn nuôi nhỏ đạt chuẩn môi trường",
                "trang trại đạt chuẩn môi trường",
                "hợp tác xã đạt chuẩn môi trường",
            ],
        ),
        (
            "Trên 75% số trạm bơm, cống lấy nước và 100% hồ chứa được kiểm định an toàn.",
            [
                "số trạm bơm, cống lấy nước được kiểm định an toàn",
                "hồ chứa được kiểm định an toàn",
            ],
        ),
        (
            "100% chợ, siêu thị đạt chuẩn mức 2 và 60% đạt chuẩn mức 3.",
            ["chợ, siêu thị đạt chuẩn mức 2", "chợ, siêu thị đạt chuẩn mức 3"],
        ),
        (
            "Phấn đấu sản lượng chè năm 2027 tăng trên 4% và năm 2028 tăng từ 6% trở lên.",
            ["sản lượng chè", "sản lượng chè"],
        ),
        (
            "Tỷ lệ hộ dùng nước sạch đạt 90%, tỷ lệ hộ, cơ sở thu gom rác đạt 85%.",
            ["Tỷ lệ hộ dùng nước sạch", "tỷ lệ hộ, cơ sở thu gom rác"],
        ),
        (
            "Phấn đấu 90% trạm bơm, 75% bể chứa được kiểm định.",
            ["trạm bơm được kiểm định", "bể chứa được kiểm định"],
        ),
        (
            "Tỷ lệ người dân hài lòng với dịch vụ y tế đạt 90% ở huyện và 85% ở xã.",
            [
                "Tỷ lệ người dân hài lòng với dịch vụ y tế ở huyện",
                "Tỷ lệ người dân hài lòng với dịch vụ y tế ở xã",
            ],
        ),
    ],
)
def test_shared_words_are_written_out(text: str, indicators: list[str], extract: Extract) -> None:
    assert [g.indicator for g in extract(AIM.format(text)).goals] == indicators


@pytest.mark.xfail(strict=True, reason="a shared predicate is known by verbs of reaching alone")
def test_predicate_that_is_no_verb_of_reaching_is_shared(extract: Extract) -> None:
    text = AIM.format("Đến năm 2029, từ 90% hộ nuôi cá, 75% trang trại, 60% hợp tác xã ký cam kết.")
    assert [g.indicator for g in extract(text).goals] == [
        "hộ nuôi cá ký cam kết", "trang trại ký cam kết", "hợp tác xã ký cam kết",
    ]  # fmt: skip


@pytest.mark.xfail(strict=True, reason="the baseline beside the target is left in the indicator")
@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        (
            "Nâng tỷ lệ lao động qua đào tạo từ 32% năm 2024 lên 45% vào năm 2028.",
            "tỷ lệ lao động qua đào tạo",
        ),
        ("Diện tích nuôi công nghệ cao chiếm 25% (hiện nay mới đạt 8%).", "Diện tích nuôi công nghệ cao"),
    ],
)
def test_baseline_is_no_part_of_the_indicator(text: str, indicator: str, extract: Extract) -> None:
    assert [g.indicator for g in extract(AIM.format(text)).goals] == [indicator]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Tỷ lệ dùng hồ sơ điện tử đạt 65% năm 2027 và 90% năm 2030.",
            [
                ("Tỷ lệ dùng hồ sơ điện tử", "65%", "năm 2027"),
                ("Tỷ lệ dùng hồ sơ điện tử", "90%", "năm 2030"),
            ],
        ),
        pytest.param(
            "Đến năm 2027 đạt 65%, đến năm 2030 đạt 90% số hộ có hố ủ phân.",
            [("số hộ có hố ủ phân", "65%", "Đến năm 2027"), ("số hộ có hố ủ phân", "90%", "đến năm 2030")],
            marks=pytest.mark.xfail(strict=True, reason="the later value is left in the earlier one's indicator"),
        ),
    ],
)
def test_values_of_different_years(text: str, found: Found, extract: Extract) -> None:
    assert goals(extract(AIM.format(text))) == found


@pytest.mark.parametrize(
    "text",
    [
        "Đến nay đã có 63% cơ sở xử lý nước thải.",
        "Doanh thu 6 tháng ước đạt 48% dự toán.",
    ],
)
def test_what_was_reached_is_no_goal(text: str, extract: Extract) -> None:
    plan = "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC ĐÍCH\n- Giữ nghề.\nII. KẾT QUẢ ĐẠT ĐƯỢC\n- {}\n"
    assert goals(extract(plan.format(text))) == []


@pytest.mark.xfail(strict=True, reason="the subject and its verb of securing stay in the indicator")
def test_indicator_of_a_task_is_without_its_body(extract: Extract) -> None:
    text = "KẾ HOẠCH\nDạy nghề\n\nII. NHIỆM VỤ\n1. Phòng Nội vụ bảo đảm 100% cán bộ xã được tập huấn trong năm 2026.\n"
    assert goals(extract(text)) == [("cán bộ xã được tập huấn", "100%", "trong năm 2026")]


def test_coverage_ordered_in_a_task_is_a_goal(extract: Extract) -> None:
    text = "KẾ HOẠCH\nDạy nghề\n\nII. NHIỆM VỤ\n1. Tập huấn nghề cho 100% cán bộ xã trong năm 2026.\n"
    assert [value for _, value, _ in goals(extract(text))] == ["100%"]


def test_goal_text_is_the_clause_that_states_it(extract: Extract) -> None:
    text = AIM.format("Có 80% số hộ phân loại rác; tỷ lệ che phủ rừng đạt 42%.")
    assert [g.text for g in extract(text).goals] == ["Có 80% số hộ phân loại rác", "tỷ lệ che phủ rừng đạt 42%"]


def test_item_without_a_value_is_one_objective(extract: Extract) -> None:
    text = AIM.format("Giữ gìn nghề truyền thống, tạo việc làm tại chỗ, bảo vệ cảnh quan của làng.")
    assert objectives(extract(text)) == ["Giữ gìn nghề truyền thống, tạo việc làm tại chỗ, bảo vệ cảnh quan của làng"]


def test_each_bullet_is_an_objective(extract: Extract) -> None:
    text = (
        "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC ĐÍCH\n- Khôi phục các nghề đã mai một.\n- Đưa nghề vào trường học.\n"
    )
    assert objectives(extract(text)) == ["Khôi phục các nghề đã mai một", "Đưa nghề vào trường học"]


def test_item_with_a_value_is_no_objective(extract: Extract) -> None:
    assert objectives(extract(AIM.format("Tỷ lệ che phủ rừng đạt 42%."))) == []


def test_action_in_a_section_of_tasks_is_no_objective(extract: Extract) -> None:
    text = "KẾ HOẠCH\nDạy nghề\n\nII. NHIỆM VỤ\n1. Phòng Nội vụ mở lớp dạy nghề dệt cho phụ nữ các xã vùng cao.\n"
    assert extract(text).goals == []


def test_goal_knows_its_section(extract: Extract) -> None:
    record = extract(AIM.format("Tỷ lệ che phủ rừng đạt 42%."))
    headings = {s.id: s.heading for s in record.sections}
    assert [headings[g.section or ""] for g in record.goals] == ["MỤC TIÊU"]


@pytest.mark.parametrize(
    "text",
    [
        "QUỐC HỘI\nLuật số: 91/2031/QH19\n\nLUẬT\nNghề thủ công\n\nĐiều 7. Hỗ trợ\n"
        "1. Nhà nước hỗ trợ 30% tiền thuê đất đối với làng nghề.\n"
        "2. Cơ sở sử dụng trên 50% lao động nữ được ưu tiên vay.\n",
        "BỘ Y TẾ\nSố: 44/2031/TT-BYT\n\nTHÔNG TƯ\nQuy định về kiểm nghiệm nước\n\nĐiều 3. Mẫu nước\n"
        "Mẫu có từ 5% tạp chất trở lên bị loại.\n",
    ],
    ids=["a law", "a circular"],
)
def test_acts_set_no_goals(text: str, extract: Extract) -> None:
    assert extract(text).goals == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Cắt giảm ít nhất 20% số lần kiểm tra, 25% chi phí vận chuyển và 30% thời gian chờ trong năm 2027.",
            [("ít nhất 20%", "trong năm 2027"), ("25%", "trong năm 2027"), ("30%", "trong năm 2027")],
            id="a time behind the list bounds its every value",
        ),
        pytest.param(
            "Khai trương sàn giao dịch làng nghề ngay trong tháng 11 năm 2026, số hóa 100% mẫu hoa văn, bản khắc "
            "trong năm 2027.",
            [("100%", "trong năm 2027")],
            id="a time that closes the words before a comma is theirs",
        ),
        pytest.param(
            "Đến năm 2030 có ít nhất 4 làng nghề thuộc nhóm 50 làng nghề tiêu biểu của cả nước.",
            [("ít nhất 4 làng nghề", "Đến năm 2030")],
            id="the rank inside what is counted is no value",
        ),
        pytest.param(
            "100% cơ sở, hợp tác xã sử dụng ít nhất 01 nền tảng bán hàng trong năm 2026.",
            [("100%", "trong năm 2026")],
            id="nor is what each of them has",
        ),
    ],
)
def test_values_and_times_of_one_clause(text: str, found: list[tuple[str, str]], extract: Extract) -> None:
    assert [(value, time) for _, value, time in goals(extract(AIM.format(text)))] == found


def test_headline_dates_no_goal(extract: Extract) -> None:
    text = (
        "# Trong tháng 6 năm 2026 phải chọn xong điểm dạy nghề\n\nNgày đăng: 02/5/2026\n\n"
        "UBND tỉnh Hà Châu vừa ban hành Kế hoạch số 15/KH-UBND về dạy nghề cho thanh niên ở các xã miền núi.\n\n"
        "Mục tiêu là 75% thanh niên được học một nghề.\n"
    )
    assert [(value, time) for _, value, time in goals(extract(text))] == [("75%", None)]
