"""Headings and lead-ins that name whose duties stand below them, and what their qualifiers and glosses mean."""

from __future__ import annotations

from collections.abc import Callable

from chithi.record import Record

Extract = Callable[[str], Record]

HEAD = "UBND TỈNH HÀ CHÂU\nSố: 15/KH-UBND\nHà Châu, ngày 12 tháng 02 năm 2025\n\nKẾ HOẠCH\nPhòng cháy rừng\n\n"
DUTY = HEAD + "III. TỔ CHỨC THỰC HIỆN\n{}\n"


def leads(text: str, extract: Extract) -> list[list[str]]:
    """The leading bodies of each task."""
    record = extract(DUTY.format(text))
    names = {b.id: b.name for b in record.bodies if b.role == "lead"}
    return [[names[i] for i in t.bodies if i in names] for t in record.tasks]


def test_members_of_a_board_are_named_by_their_items(extract: Extract) -> None:
    text = "1. Nhiệm vụ của thành viên Ban Chỉ đạo\n- Sở Y tế: dự trữ thuốc bỏng.\n- Công an tỉnh: tuần tra rừng."
    assert leads(text, extract) == [["Sở Y tế"], ["Công an tỉnh"]]


def test_qualifier_of_place_closes_a_name(extract: Extract) -> None:
    text = "1. Ủy ban nhân dân các xã tại khu vực ven rừng, ven suối:\n- Trực cháy cả ngày lẫn đêm."
    assert leads(text, extract) == [["Ủy ban nhân dân các xã tại khu vực ven rừng, ven suối"]]


def test_whom_a_body_in_turn_gives_work_does_not_lead(extract: Extract) -> None:
    text = "1. Sở Y tế\n- Phân công nhiệm vụ cho các bệnh viện, Trung tâm Y tế khu vực trực cấp cứu."
    assert leads(text, extract) == [["Sở Y tế"]]


def test_heading_glosses_its_body(extract: Extract) -> None:
    text = '1. Ban Quản lý rừng Hà Châu (sau đây gọi tắt là "Ban Quản lý")\n- Tuần tra rừng vào mùa khô.'
    assert leads(text, extract) == [["Ban Quản lý rừng Hà Châu"]]
