"""What a percentage is in its sentence: its bounds, its direction, and whether it is a target at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

AIM = "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC TIÊU\n- {}\n"
TASK = "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC ĐÍCH\n- Giữ nghề.\nII. NHIỆM VỤ VÀ GIẢI PHÁP\n1. {}\n"
RESULT = "KẾ HOẠCH\nPhát triển làng nghề\n\nI. MỤC ĐÍCH\n- Giữ nghề.\nII. KẾT QUẢ ĐẠT ĐƯỢC\n{}\n"


def bounds(record: Record) -> list[tuple[str, str, float | None, float | None]]:
    return [(q.text, q.op, q.low, q.high) for q in record.quantities]


def parts(record: Record) -> list[tuple[str, str | None, str]]:
    """Each quantity with its direction and its role."""
    return [(q.text, q.delta, q.role) for q in record.quantities]


def roles(record: Record) -> list[tuple[str, str]]:
    return [(q.text, q.role) for q in record.quantities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Có từ 78% trở lên số hộ dùng nước hợp vệ sinh.", ("từ 78% trở lên", "ge", 78, None)),
        ("Tỷ lệ trẻ thấp còi từ 14% trở xuống.", ("từ 14% trở xuống", "le", None, 14)),
        ("Có từ 66% hộ ký cam kết bỏ rác đúng nơi.", ("từ 66%", "ge", 66, None)),
        ("Ít nhất 35% lao động làng nghề được học việc.", ("Ít nhất 35%", "ge", 35, None)),
        ("Tỷ lệ thu gom không dưới 72%.", ("không dưới 72%", "ge", 72, None)),
        ("Có trên 44% cơ sở lắp đồng hồ điện.", ("trên 44%", "gt", 44, None)),
        ("Hơn 61% số thợ có chứng chỉ.", ("Hơn 61%", "gt", 61, None)),
        ("Tỷ lệ thất thoát nước không vượt quá 17%.", ("không vượt quá 17%", "le", None, 17)),
        ("Tỷ lệ hỏng hóc tối đa 6%.", ("tối đa 6%", "le", None, 6)),
        ("Tỷ lệ hộ nghèo dưới 2,4%.", ("dưới 2,4%", "lt", None, 2.4)),
        ("Khoảng 33% cơ sở bán hàng trên mạng.", ("Khoảng 33%", "approx", 33, 33)),
        ("Gần 52% sản phẩm có nhãn hiệu.", ("Gần 52%", "approx", 52, 52)),
        ("Tỷ lệ che phủ rừng đạt 41,5 - 42%.", ("41,5 - 42%", "range", 41.5, 42)),
        ("Giá trị xuất khẩu chiếm từ 12% đến 15% doanh thu.", ("từ 12% đến 15%", "range", 12, 15)),
        ("Tỷ lệ thợ trẻ đạt khoảng 7 – 9%.", ("khoảng 7 – 9%", "range", 7, 9)),
        ("Thu gom rác thải sinh hoạt tối thiểu đạt khoảng 60%.", ("tối thiểu đạt khoảng 60%", "ge", 60, None)),
        ("Sáu mươi phần trăm số hộ có hố ủ phân.", ("Sáu mươi phần trăm", "eq", 60, 60)),
        ("Có 87 phần trăm số hộ có hố ủ phân.", ("87 phần trăm", "eq", 87, 87)),
        ("Tỷ lệ hộ có điện đạt 99.5%.", ("99.5%", "eq", 99.5, 99.5)),
        ("Tỷ lệ hộ có điện đạt 98 %.", ("98 %", "eq", 98, 98)),
    ],
)
def test_comparator(text: str, found: tuple[str, str, float | None, float | None], extract: Extract) -> None:
    assert bounds(extract(AIM.format(text))) == [found]


@pytest.mark.parametrize(
    ("text", "ops"),
    [
        (
            "Phấn đấu từ 90% hộ chăn nuôi nhỏ, 75% trang trại và 60% hợp tác xã đạt chuẩn môi trường.",
            [("từ 90%", "ge"), ("75%", "ge"), ("60%", "ge")],
        ),
        (
            "Có trên 80% nam giới, 70% nữ giới biết bơi.",
            [("trên 80%", "gt"), ("70%", "gt")],
        ),
        (
            "Ít nhất 80% hộ phân loại rác; 100% chợ có bãi tập kết.",
            [("Ít nhất 80%", "ge"), ("100%", "eq")],
        ),
        (
            "100% trạm y tế có bác sĩ và ít nhất 50% thôn có nhân viên y tế.",
            [("100%", "eq"), ("ít nhất 50%", "ge")],
        ),
    ],
)
def test_comparator_holds_over_its_list_alone(text: str, ops: list[tuple[str, str]], extract: Extract) -> None:
    assert [(q.text, q.op) for q in extract(AIM.format(text)).quantities] == ops


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Doanh thu làng nghề tăng 12% mỗi năm.", ("12%", "up", "target")),
        ("Doanh thu làng nghề tăng thêm 12%.", ("12%", "up", "target")),
        ("Tỷ lệ thợ lành nghề tăng lên 12%.", ("12%", None, "target")),
        ("Tỷ lệ hộ nghèo giảm từ 2 đến 2,5% mỗi năm.", ("từ 2 đến 2,5%", "down", "target")),
        ("Tỷ lệ hộ nghèo giảm còn dưới 3%.", ("dưới 3%", None, "target")),
        ("Tỷ lệ hộ nghèo giảm xuống 3%.", ("3%", None, "target")),
        ("Lượng bao bì nhựa giảm ít nhất 30%.", ("ít nhất 30%", "down", "target")),
    ],
)
def test_amount_of_change_or_level(text: str, found: tuple[str, str | None, str], extract: Extract) -> None:
    assert parts(extract(AIM.format(text))) == [found]


@pytest.mark.xfail(strict=True, reason="`so với năm …` is a cue of what was reached, also among goals")
@pytest.mark.parametrize(
    "text",
    [
        "Sản lượng nuôi trồng tăng ít nhất 12% so với năm 2024.",
        "Đến năm 2030, lượng phát thải giảm 12% so với năm 2020.",
    ],
)
def test_change_against_a_year_is_a_target_among_goals(text: str, extract: Extract) -> None:
    assert [q.role for q in extract(AIM.format(text)).quantities] == ["target"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nâng tỷ lệ lao động qua đào tạo từ 32% năm 2024 lên 45% vào năm 2028.",
            [("32%", "baseline"), ("45%", "target")],
        ),
        ("Giảm tỷ lệ hộ nghèo từ 8,5% xuống còn 3%.", [("8,5%", "baseline"), ("3%", "target")]),
        (
            "Diện tích nuôi công nghệ cao chiếm 25% (hiện nay mới đạt 8%).",
            [("25%", "target"), ("8%", "baseline")],
        ),
        (
            "Phấn đấu 70% hộ có nhà tiêu hợp vệ sinh (năm 2023 là 51%).",
            [("70%", "target"), ("51%", "baseline")],
        ),
    ],
)
def test_start_beside_a_target_is_a_baseline(text: str, found: list[tuple[str, str]], extract: Extract) -> None:
    assert roles(extract(AIM.format(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Năm 2024, doanh thu các làng nghề đạt 97% kế hoạch giao.", [("97%", "achieved")]),
        ("Sản lượng tăng 4,2% so với cùng kỳ.", [("4,2%", "achieved")]),
        ("Đến nay đã có 63% cơ sở xử lý nước thải.", [("63%", "achieved")]),
        ("Bình quân cả tỉnh tăng 5,1%, riêng huyện ta tăng 6,4%.", [("5,1%", "achieved"), ("6,4%", "achieved")]),
    ],
)
def test_what_was_reached(text: str, found: list[tuple[str, str]], extract: Extract) -> None:
    assert roles(extract(RESULT.format(text))) == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Đến nay mới có 21% hộ đăng ký, Ủy ban nhân dân các xã đẩy nhanh việc vận động.", "achieved"),
        ("Ủy ban nhân dân các xã vận động để đạt 90% hộ đăng ký trong quý III/2026.", "target"),
        ("Phòng Y tế phấn đấu khám bệnh cho 85% người cao tuổi.", "target"),
        ("Ngân sách huyện hỗ trợ 40% chi phí mua máy dệt cho hộ nghèo.", "other"),
        ("Áp dụng thuế suất 5% đối với hàng thủ công.", "other"),
        ("Các xã có tỷ lệ giải ngân dưới 30% phải báo cáo giải trình.", "other"),
        ("Phạt 10% giá trị hợp đồng đối với nhà thầu giao hàng chậm.", "other"),
        ("Theo dự báo, giá nguyên liệu có thể tăng 15% vào cuối năm 2026.", "other"),
        ("Cơ sở có trên 50% số phiếu tán thành thì được công nhận.", "other"),
    ],
)
def test_role_in_a_section_of_tasks(text: str, role: str, extract: Extract) -> None:
    assert [q.role for q in extract(TASK.format(text)).quantities] == [role]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thu ngân sách đạt 1.250 tỷ đồng trở lên.", (1.25e12, "VND", "ge")),
        ("Huy động 1,5 nghìn tỷ đồng vốn xã hội hóa.", (1.5e12, "VND", "eq")),
        ("Thu hút 2 vạn lượt khách du lịch.", (20000, "lượt khách", "eq")),
        ("Trồng mới 1.200.000 cây xanh.", (1200000, "cây xanh", "eq")),
        ("Xây mới 04 nhà văn hóa.", (4, "nhà văn hóa", "eq")),
        ("Mỗi xã có ít nhất 03 sản phẩm mới.", (3, "sản phẩm", "ge")),
        ("Kim ngạch xuất khẩu đạt 35 triệu USD.", (35e6, "USD", "eq")),
        ("Thu nhập bình quân đạt 68,5 triệu đồng/người.", (68.5e6, "VND", "eq")),
    ],
)
def test_count_or_sum_as_a_target(text: str, found: tuple[float, str, str], extract: Extract) -> None:
    assert [(q.low, q.unit, q.op) for q in extract(AIM.format(text)).quantities] == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chỉ số cải cách thuộc nhóm 15 tỉnh dẫn đầu cả nước.", ("nhóm 15 tỉnh dẫn đầu", "le", 15)),
        ("Chỉ số hài lòng nằm trong tốp 20 của cả nước.", ("trong tốp 20", "le", 20)),
        ("Chỉ số PCI xếp thứ hạng 30 trở lên.", ("thứ hạng 30 trở lên", "le", 30)),
    ],
)
def test_rank_is_an_upper_bound(text: str, found: tuple[str, str, float], extract: Extract) -> None:
    assert [(q.text, q.op, q.high) for q in extract(AIM.format(text)).quantities] == [found]


def test_result_heading_right_behind_the_title(extract: Extract) -> None:
    text = (
        "KẾ HOẠCH\nPhát triển làng nghề\n\nI. KẾT QUẢ ĐẠT ĐƯỢC\nNăm 2024, doanh thu các làng nghề đạt 97% kế hoạch.\n"
    )
    assert roles(extract(text)) == [("97%", "achieved")]


def test_target_and_ratio_of_the_plan_in_one_sentence(extract: Extract) -> None:
    text = TASK.format("Vốn đầu tư phải đạt 95% trong năm 2026 (đến nay mới đạt 38,4%).")
    assert roles(extract(text)) == [("95%", "target"), ("38,4%", "baseline")]


def test_percentage_of_the_page_is_no_quantity(extract: Extract) -> None:
    text = (
        "Kế hoạch trồng rừng\nĐăng ngày 15 - 04 - 2022\n100%\nPhấn đấu đến năm 2025 có 40% đồi trọc được trồng cây.\n"
    )
    assert [q.text for q in extract(text).quantities] == ["40%"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Xã đạt tỷ lệ từ 70 - 80% được cộng 03 điểm thi đua.", [("từ 70 - 80%", "other")]),
        ("Tỷ lệ hộ dùng nước sạch = số hộ dùng : tổng số hộ x 100%.", [("100%", "other")]),
        ("Bảo đảm cắt giảm ít nhất 25% chi phí vận hành trạm bơm.", [("ít nhất 25%", "target")]),
    ],
)
def test_scores_and_formulas_are_no_targets_but_cuts_are(
    text: str, found: list[tuple[str, str]], extract: Extract
) -> None:
    assert roles(extract(TASK.format(text))) == found
