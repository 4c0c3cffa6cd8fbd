"""The stage that says who the bodies are: its fields in the record."""

from __future__ import annotations

from collections.abc import Callable

from chithi.record import Body, Record

Extract = Callable[[str], Record]

PLAN = """UBND TỈNH HÀ CHÂU
Số: 15/KH-UBND
Hà Châu, ngày 12 tháng 02 năm 2025

KẾ HOẠCH
Phòng, chống cháy rừng năm 2025

III. NHIỆM VỤ
1. Sở KH&ĐT chủ trì, phối hợp với các sở, ban, ngành bố trí kinh phí mua sắm trang thiết bị.
2. Giao Uỷ ban nhân dân huyện Tam Sơn tổ chức diễn tập trước ngày 31/3/2025.
3. Đề nghị Tổ Tự quản số 3 tham gia trực gác.
"""


def identities(record: Record) -> list[tuple[str | None, ...]]:
    return [(b.name, b.canonical, b.body_id, b.kind, b.level, b.jurisdiction) for b in record.bodies]


def test_bodies_carry_who_they_are(extract: Extract) -> None:
    assert identities(extract(PLAN))[:3] == [
        ("Sở Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu tư", "so.ke_hoach_dau_tu", "state", "province", "tỉnh Hà Châu"),
        ("Các sở, ban, ngành", "Các sở, ban, ngành", None, "group", "province", "tỉnh Hà Châu"),
        (
            "Uỷ ban nhân dân huyện Tam Sơn",
            "Ủy ban nhân dân huyện",
            "ubnd.huyen",
            "state",
            "district",
            "huyện Tam Sơn, tỉnh Hà Châu",
        ),
    ]


def test_successors_stand_beside_a_body_that_was_to_end(extract: Extract) -> None:
    assert [b.successors for b in extract(PLAN).bodies][:3] == [["so.tai_chinh"], [], ["ubnd.xa"]]


def test_an_articles_place_comes_from_the_directive_it_reports(extract: Extract) -> None:
    article = (
        "Huyện Tam Sơn đẩy mạnh trồng cây phân tán trong mùa mưa\n"
        "Ngày 12/5/2023, Ủy ban nhân dân huyện Tam Sơn ban hành Kế hoạch số 48/KH-UBND về trồng cây phân tán.\n"
        "Theo đó, giao Phòng Nội vụ tham mưu UBND huyện khen thưởng các xã trồng vượt chỉ tiêu.\n"
    )
    places = {b.body_id: b.jurisdiction for b in extract(article).bodies}
    assert places["phong.noi_vu"] == "huyện Tam Sơn"


def test_a_party_number_tells_the_unit_of_the_place_of_signing(extract: Extract) -> None:
    resolution = (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nSố 07-NQ/HU\nThanh Lâm, ngày 12 tháng 5 năm 2022\n\n"
        "NGHỊ QUYẾT\nvề xây dựng đời sống văn hóa\n\n"
        "III. NHIỆM VỤ\n1. Ủy ban nhân dân huyện xây dựng kế hoạch thực hiện Nghị quyết trước ngày 30/6/2022.\n"
    )
    bodies = extract(resolution).bodies
    assert [(b.body_id, b.jurisdiction) for b in bodies] == [("ubnd.huyen", "huyện Thanh Lâm")]


def test_a_body_needs_none_of_the_fields() -> None:
    body = {"id": "b1", "text": "Tổ", "span": {"start": 0, "end": 2}, "rule": "x", "name": "Tổ", "role": "lead"}
    made = Body.model_validate(body)
    assert (made.canonical, made.body_id, made.kind, made.level, made.jurisdiction, made.successors) == (
        None, None, None, None, None, [],
    )  # fmt: skip
