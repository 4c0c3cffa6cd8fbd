"""Header, footer and headline: what documents of the state, of the Party and articles say of themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

PLAN = """\
ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH NGUYÊN\tĐộc lập - Tự do - Hạnh phúc
Số: 73/KH-UBND\tBình Nguyên, ngày 05 tháng 3 năm 2025

KẾ HOẠCH
Phát triển thư viện trường học giai đoạn 2025 - 2030

Căn cứ Luật Thư viện ngày 21/11/2019;
Ủy ban nhân dân tỉnh đề ra các việc dưới đây:

I. MỤC TIÊU
Mỗi trường có một thư viện đạt chuẩn.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Thị Hồng Hà
"""
COUNCIL = """\
HỘI ĐỒNG NHÂN DÂN
THÀNH PHỐ AN HẢI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 08/NQ-HĐND
An Hải, ngày 12 tháng 7 năm 2024

NGHỊ QUYẾT
Về phát triển giao thông nông thôn

HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ AN HẢI
KHÓA IX, KỲ HỌP THỨ 12

Căn cứ Luật Tổ chức chính quyền địa phương;

QUYẾT NGHỊ:

Điều 1. Thông qua chỉ tiêu làm 40 km đường.

Điều 2. Nghị quyết này có hiệu lực từ ngày 22 tháng 7 năm 2024.

CHỦ TỊCH

Trần Quốc Bảo
"""
PARTY = """\
TỈNH ỦY BÌNH NGUYÊN\tĐẢNG CỘNG SẢN VIỆT NAM
*\tBình Nguyên, ngày 18 tháng 7 năm 2022
Số 10-NQ/TU

NGHỊ QUYẾT
về nâng cao chất lượng đào tạo nghề

I. QUAN ĐIỂM
1. Đào tạo nghề là việc của mọi người.

T/M TỈNH ỦY
BÍ THƯ

Phạm Minh Tuấn
"""
CONGRESS = """\
ĐẢNG BỘ HUYỆN TÂN LẬP\tĐẢNG CỘNG SẢN VIỆT NAM
\tTân Lập, ngày 20 tháng 8 năm 2020

NGHỊ QUYẾT
ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN TÂN LẬP LẦN THỨ XXI

Đại hội thống nhất phấn đấu đến năm 2025 có 60% số xã đạt chuẩn nông thôn mới.
"""
LETTER = """\
UBND TỈNH BÌNH NGUYÊN
SỞ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 512/SYT-NV
V/v rà soát trạm y tế
Bình Nguyên, ngày 02 tháng 4 năm 2025

Kính gửi: Trung tâm Y tế các huyện.

Sở Y tế đề nghị các đơn vị gửi báo cáo trước ngày 20/4/2025.

GIÁM ĐỐC

Đỗ Văn Lâm
"""
ARTICLE = """\
# Huyện Tân Lập đặt chỉ tiêu mới cho giáo dục nghề nghiệp

Đăng ngày: 12/05/2025

UBND huyện Tân Lập vừa ban hành Kế hoạch số 45/KH-UBND ngày 10/5/2025 về giáo dục nghề nghiệp. Theo đó, huyện phấn đấu
có 60% lao động qua đào tạo.
"""


def stated(text: str, extract: Extract) -> dict[str, Any]:
    return extract(text).metadata.model_dump(exclude_none=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            PLAN,
            {"number": "73/KH-UBND", "doc_type": "ke_hoach",
             "title": "Phát triển thư viện trường học giai đoạn 2025 - 2030",
             "issuer": "Ủy ban nhân dân tỉnh Bình Nguyên", "issued_on": "2025-03-05", "place": "Bình Nguyên",
             "signer": "Lê Thị Hồng Hà", "signer_title": "Phó chủ tịch"},
            id="two columns on one line",
        ),
        pytest.param(
            COUNCIL,
            {"number": "08/NQ-HĐND", "doc_type": "nghi_quyet", "title": "Về phát triển giao thông nông thôn",
             "issuer": "Hội đồng nhân dân thành phố An Hải", "issued_on": "2024-07-12", "place": "An Hải",
             "effective_on": "2024-07-22", "signer": "Trần Quốc Bảo", "signer_title": "Chủ tịch"},
            id="one column after the other",
        ),
        pytest.param(
            PARTY,
            {"number": "10-NQ/TU", "doc_type": "nghi_quyet", "title": "về nâng cao chất lượng đào tạo nghề",
             "issuer": "Tỉnh ủy Bình Nguyên", "issued_on": "2022-07-18", "place": "Bình Nguyên",
             "signer": "Phạm Minh Tuấn", "signer_title": "Bí thư"},
            id="the Party",
        ),
        pytest.param(
            CONGRESS,
            {"doc_type": "nghi_quyet", "title": "ĐẠI HỘI ĐẠI BIỂU ĐẢNG BỘ HUYỆN TÂN LẬP LẦN THỨ XXI",
             "issuer": "Đảng bộ huyện Tân Lập", "issued_on": "2020-08-20", "place": "Tân Lập"},
            id="a congress, which gives no number",
        ),
        pytest.param(
            LETTER,
            {"number": "512/SYT-NV", "doc_type": "cong_van", "title": "V/v rà soát trạm y tế", "issuer": "Sở Y tế",
             "issued_on": "2025-04-02", "place": "Bình Nguyên", "signer": "Đỗ Văn Lâm", "signer_title": "Giám đốc"},
            id="a letter",
        ),
        pytest.param(
            ARTICLE,
            {"doc_type": "bai_viet", "title": "Huyện Tân Lập đặt chỉ tiêu mới cho giáo dục nghề nghiệp",
             "issued_on": "2025-05-12",
             "about": {"number": "45/KH-UBND", "doc_type": "ke_hoach", "issuer": "Ủy ban nhân dân huyện Tân Lập",
                       "issued_on": "2025-05-10"}},
            id="an article",
        ),
    ],
)  # fmt: skip
def test_metadata(text: str, found: dict[str, Any], extract: Extract) -> None:
    assert stated(text, extract) == found


@pytest.mark.parametrize("text", [PLAN, COUNCIL, PARTY, LETTER], ids=["plan", "council", "Party", "letter"])
def test_own_number_is_no_reference(text: str, extract: Extract) -> None:
    record = extract(text)
    assert [r.number for r in record.references if r.number == record.metadata.number] == []


@pytest.mark.parametrize("day", ["31 tháng 02", "00 tháng 5", "12 tháng 13"])
def test_impossible_date_is_left_out(day: str, extract: Extract) -> None:
    assert "issued_on" not in stated(PLAN.replace("05 tháng 3", day), extract)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        pytest.param(
            "# Không để dân thiếu nước sạch\n\nCông điện nêu rõ: Thời gian qua hạn hán kéo dài, nhiều nơi thiếu nước "
            "sinh hoạt nghiêm trọng.\n\nThủ tướng Chính phủ yêu cầu Bộ Xây dựng bố trí xe chở nước tới các thôn "
            "đang thiếu.\n",
            (None, "cong_dien", "Thủ tướng Chính phủ", None),
            id="a telegram known by its kind alone",
        ),
        pytest.param(
            "# Xe chở nước về các thôn\n\nTheo Chỉ thị 45/CT-TTg năm 2025, để không thôn nào thiếu nước, Bộ Xây dựng "
            "phải bố trí xe chở nước như sau:\n\n- Rà soát nhu cầu của từng thôn.\n",
            ("45/CT-TTG", "chi_thi", "Thủ tướng Chính phủ", None),
            id="the source that a paragraph names",
        ),
        pytest.param(
            "# Mức phạt khi lãng phí nước\n\nCăn cứ Điều 9 Nghị định 155/2016/NĐ-CP, hành vi xả nước bừa bãi bị phạt "
            "tiền theo mức sau đây, tùy theo lượng nước bị xả.\n",
            None,
            id="a law that is quoted",
        ),
    ],
)
def test_what_an_article_reports(text: str, about: tuple[str | None, ...] | None, extract: Extract) -> None:
    found = extract(text).metadata.about
    assert (found and (found.number, found.doc_type, found.issuer, found.issued_on)) == about


def test_office_that_dispatches_a_telegram_issues_it(extract: Extract) -> None:
    text = "CÔNG ĐIỆN\n\nV/V TẬP TRUNG CHỐNG HẠN\n\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n\n- Chủ tịch UBND các tỉnh.\n"
    assert extract(text).metadata.issuer == "Thủ tướng Chính phủ"


def test_party_office_stands_below_the_central_committee(extract: Extract) -> None:
    text = (
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC\n*\nĐẢNG CỘNG SẢN VIỆT NAM\nSố 12-HD/BTCTW\n"
        "Hà Nội, ngày 05 tháng 3 năm 2025\n\nHƯỚNG DẪN\nVề sinh hoạt chi bộ\n\n1. Chi bộ họp mỗi tháng.\n"
    )
    assert extract(text).metadata.issuer == "Ban Tổ chức Trung ương"


def test_library_says_what_a_letter_without_a_header_is(extract: Extract) -> None:
    text = (
        "|\n**Số hiệu:**\n|\n625/SXD-QLN\n|\n|\n**Loại văn bản:**\n|\nCông văn\n|\n**Nơi ban hành:**\n|\n"
        "Sở Xây dựng tỉnh Hà Châu\n|\n|\n**Ngày ban hành:**\n|\n18/11/2025\n|\n|\n**Kính gửi:**\n|\n"
        "UBND các xã, phường\n|\nSở Xây dựng đề nghị UBND các xã, phường rà soát nhà ở đã xuống cấp.\n"
    )
    found = extract(text).metadata
    assert (found.number, found.doc_type, found.issuer, found.issued_on, found.about) == (
        "625/SXD-QLN", "cong_van", "Sở Xây dựng tỉnh Hà Châu", "2025-11-18", None,
    )  # fmt: skip


def test_bold_capitals_below_a_title_name_who_issues(extract: Extract) -> None:
    text = (
        "**ỦY BAN NHÂN DÂN\nTỈNH HÀ CHÂU**\nSố: 281/QĐ-UBND\n*Hà Châu, ngày 20 tháng 11 năm 2025*\n\n**QUYẾT ĐỊNH**\n"
        "VỀ VIỆC PHÊ DUYỆT PHƯƠNG ÁN CHỐNG HẠN TRÊN ĐỊA\nBÀN TỈNH\n**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ CHÂU**\n"
        "*Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;*\n"
    )
    found = extract(text).metadata
    assert found.issuer == "Chủ tịch Ủy ban nhân dân tỉnh Hà Châu"
    assert found.title == "VỀ VIỆC PHÊ DUYỆT PHƯƠNG ÁN CHỐNG HẠN TRÊN ĐỊA BÀN TỈNH"
