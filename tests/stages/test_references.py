"""Citations: numbers of state and Party, damaged ones too, their dates and issuers, and how the document uses them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record

Extract = Callable[[str], Record]

PLAN = "UBND HUYỆN ĐÔNG GIANG\nSố: 41/KH-UBND\nĐông Giang, ngày 14 tháng 3 năm 2025\n\nKẾ HOẠCH\nCấp nước sạch\n\n{}\n"


def cited(record: Record) -> list[tuple[str, str | None]]:
    return [(r.number, r.doc_type) for r in record.references]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Các xã bám sát Nghị quyết số 19-NQ/HU về nước sạch.", ("19-NQ/HU", "nghi_quyet")),
        ("Các xã bám sát Chỉ thị số 27-CT/TW về tiết kiệm.", ("27-CT/TW", "chi_thi")),
        ("Các xã bám sát Quyết định số 1288/QĐ-UBND về phân vùng.", ("1288/QĐ-UBND", "quyet_dinh")),
        ("Các xã bám sát Nghị định số 133/2024/NĐ-CP về giá nước.", ("133/2024/NĐ-CP", "nghi_dinh")),
        ("Các xã bám sát Thông tư liên tịch số 05/2013/TTLT-BYT-BTC.", ("05/2013/TTLT-BYT-BTC", "thong_tu")),
        ("Các xã bám sát Luật Tài nguyên nước số 28/2023/QH15.", ("28/2023/QH15", "luat")),
        ("Các xã bám sát Công văn số 745/SNNMT-TL về hạn hán.", ("745/SNNMT-TL", "cong_van")),
        ("Các xã bám sát Kết luận số 204- KL/TU về hạn hán.", ("204-KL/TU", "ket_luan")),
        ("Các xã bám sát Nghị định số 133 / 2024 / NĐ - CP về giá nước.", ("133/2024/NĐ-CP", "nghi_dinh")),
        ("Các xã bám sát Chương trình số 31–CTr/HU về hạn hán.", ("31-CTR/HU", "chuong_trinh")),
        ("Các xã bám sát Quyết định số 1288/QÐ-UBND về phân vùng.", ("1288/QĐ-UBND", "quyet_dinh")),
    ],
)
def test_number(text: str, found: tuple[str, str], extract: Extract) -> None:
    assert cited(extract(PLAN.format(text))) == [found]


@pytest.mark.xfail(strict=True, reason="the layout does not join a short line that ends in `số` to the number below it")
def test_line_break_inside_a_citation(extract: Extract) -> None:
    text = PLAN.format("I. MỤC ĐÍCH\nHuyện bám sát Quyết định số\n1288/QĐ-UBND về phân vùng.")
    assert cited(extract(text)) == [("1288/QĐ-UBND", "quyet_dinh")]


def test_text_of_a_citation_runs_from_type_word_to_number(extract: Extract) -> None:
    text = PLAN.format("Các xã bám sát Kết luận số 204- KL/TU ngày 05/01/2025 về hạn hán.")
    assert [r.text for r in extract(text).references] == ["Kết luận số 204- KL/TU"]


@pytest.mark.parametrize(
    ("text", "day", "issuer"),
    [
        ("Các xã bám sát Nghị quyết số 19-NQ/HU ngày 12/01/2025 của Huyện ủy về nước.", "2025-01-12", "Huyện ủy"),
        ("Các xã bám sát Nghị quyết số 19-NQ/HU, ngày 12/01/2025.", "2025-01-12", None),
        (
            "Các xã bám sát Nghị định số 133/2024/NĐ-CP ngày 15 tháng 10 năm 2024 của Chính phủ.",
            "2024-10-15",
            "Chính phủ",
        ),
        ("Các xã bám sát Chỉ thị số 27-CT/TW.", None, None),
    ],
)
def test_date_and_issuer(text: str, day: str | None, issuer: str | None, extract: Extract) -> None:
    assert [(r.issued_on, r.issuer) for r in extract(PLAN.format(text)).references] == [(day, issuer)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị định số 133/2024/NĐ-CP về giá nước;", "based_on"),
        ("Thực hiện Nghị quyết số 19-NQ/HU về nước sạch, huyện xây dựng Kế hoạch như sau:", "based_on"),
        ("Văn bản này thay thế Kế hoạch số 12/KH-UBND ngày 03/02/2021.", "replaces"),
        ("Bãi bỏ Quyết định số 1288/QĐ-UBND ngày 04/5/2019.", "repeals"),
        ("Sửa đổi, bổ sung Điều 4 Quyết định số 1288/QĐ-UBND ngày 04/5/2019.", "amends"),
        ("Kế hoạch này hướng dẫn thi hành Nghị định số 133/2024/NĐ-CP về giá nước.", "guides"),
        ("(Ban hành kèm theo Quyết định số 1288/QĐ-UBND ngày 04/5/2019)", "attached_to"),
        ("Các xã tham khảo Báo cáo số 66/BC-UBND về hạn hán.", "cites"),
    ],
)
def test_relation(text: str, relation: str, extract: Extract) -> None:
    assert [r.relation for r in extract(PLAN.format(text)).references] == [relation]


def test_list_shares_its_relation_and_type(extract: Extract) -> None:
    text = PLAN.format("Bãi bỏ các Quyết định số 51/QĐ-UBND ngày 04/5/2019, số 88/QĐ-UBND ngày 06/6/2020.")
    assert [(r.number, r.doc_type, r.relation) for r in extract(text).references] == [
        ("51/QĐ-UBND", "quyet_dinh", "repeals"),
        ("88/QĐ-UBND", "quyet_dinh", "repeals"),
    ]


def test_three_replaced_documents(extract: Extract) -> None:
    text = PLAN.format(
        "Thay thế Quyết định số 51/QĐ-UBND ngày 04/5/2019 của UBND huyện; Quyết định số 88/QĐ-UBND ngày 06/6/2020 "
        "của UBND huyện Tam Sơn; Quyết định số 93/QĐ-UBND ngày 07/7/2020."
    )
    assert [(r.number, r.relation) for r in extract(text).references] == [
        ("51/QĐ-UBND", "replaces"), ("88/QĐ-UBND", "replaces"), ("93/QĐ-UBND", "replaces"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Các xã tổ chức thực hiện Kế hoạch số 41/KH-UBND đến từng thôn.",
        "Các xã bám sát Nghị quyết 19, Nghị quyết 22 về nước.",
        "Các xã lập tờ khai theo mẫu số 02-TK/NS.",
        "Các xã chờ Quyết định số      /QĐ-UBND của huyện.",
    ],
    ids=["its own number", "short forms", "a form", "a blank"],
)
def test_no_reference(text: str, extract: Extract) -> None:
    assert cited(extract(PLAN.format(text))) == []


def test_date_of_a_citation_is_no_deadline(extract: Extract) -> None:
    text = PLAN.format("II. NHIỆM VỤ\n1. Phòng Y tế triển khai Công văn số 745/SNNMT-TL ngày 20/12/2025 về hạn hán.")
    assert extract(text).deadlines == []


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        pytest.param(
            "Bãi bỏ các Quyết định sau:\na) Quyết định số 19/2019/QĐ-UBND về thủy lợi phí;\n"
            "b) Quyết định số 27/2020/QĐ-UBND về giá nước.",
            ["repeals", "repeals"],
            id="items go on with their lead-in",
        ),
        pytest.param(
            "Bãi bỏ điểm b, điểm d, điểm đ khoản 4 Điều 7 Quyết định số 15/2018/QĐ-UBND.", ["repeals"], id="its parts"
        ),
        pytest.param(
            "Căn cứ tình hình hạn hán, các xã thực hiện việc được giao tại Kế hoạch số 12/KH-UBND.",
            ["cites"],
            id="where something is set out",
        ),
        pytest.param(
            "Trên cơ sở Đề án số 37/ĐA-UBND, các xã xây dựng phương án chống hạn.", ["based_on"], id="a ground"
        ),
    ],
)
def test_relation_by_lead_in_and_parts(text: str, relations: list[str], extract: Extract) -> None:
    assert [r.relation for r in extract(PLAN.format(text)).references] == relations
