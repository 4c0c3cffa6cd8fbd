"""Zones: what stands on a page and does not belong to the document, and the official header and footer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.rulepack import RuleSet
from chithi.source import Region, SourceText
from chithi.stages.draft import Draft
from chithi.stages.furniture import furniture
from chithi.stages.layout import layout

DraftAfter = Callable[..., Draft]

LONG = (
    "Ủy ban nhân dân huyện yêu cầu các xã rà soát lại toàn bộ số hộ cận nghèo trên địa bàn, phân công cán bộ đến "
    "từng nhà, lập danh sách những hộ cần vay vốn và gửi về phòng chuyên môn để tổng hợp, đề nghị ngân hàng giải ngân."
)


def zones(draft: Draft) -> list[tuple[str, str]]:
    return [(draft.match.text[b.start : b.end], b.zone) for b in draft.blocks]


def outside(draft: Draft, zone: str) -> list[str]:
    return [text for text, found in zones(draft) if found != zone]


@pytest.mark.parametrize(
    "line",
    ["100%", "Đăng ngày: 12/05/2025", "Lượt xem: 1.234", "Thứ hai, 12/05/2025 | 08:15", "09/10/2023 07:12:44"],
)
def test_line_of_a_portal_is_furniture(line: str, draft_after: DraftAfter) -> None:
    draft = draft_after(furniture, f"Huyện Tân Lập họp bàn việc giảm nghèo\n\n{line}\n\n{LONG}")
    assert outside(draft, "body") == [line]


@pytest.mark.parametrize("heading", ["Tin liên quan", "Các tin khác", "Bài viết liên quan"])
def test_related_news_end_the_content(heading: str, draft_after: DraftAfter) -> None:
    draft = draft_after(
        furniture, f"Tin của huyện\n\n{LONG}\n\n{heading}\n- Xã bên đạt 99% chỉ tiêu\n- Giải bóng đá xã"
    )
    assert outside(draft, "body") == [heading, "- Xã bên đạt 99% chỉ tiêu", "- Giải bóng đá xã"]


@pytest.mark.parametrize(
    "line", ["Đạt 100% kế hoạch.", "Tỷ lệ hộ nghèo giảm còn 5%.", "Ngày 12/5/2025, huyện họp bàn việc giảm nghèo."]
)
def test_sentence_is_content(line: str, draft_after: DraftAfter) -> None:
    assert outside(draft_after(furniture, f"{LONG}\n\n{line}"), "body") == []


HEADER = (
    "HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ AN HẢI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\nSố: 08/NQ-HĐND\nAn Hải, ngày 12 tháng 7 năm 2024\n\n"
)


def test_header_of_one_column_after_the_other(draft_after: DraftAfter) -> None:
    draft = draft_after(furniture, HEADER + "NGHỊ QUYẾT\n\nĐiều 1. Thông qua chỉ tiêu.")
    assert outside(draft, "header") == ["NGHỊ QUYẾT", "Điều 1. Thông qua chỉ tiêu."]


def test_page_above_the_header_is_furniture(draft_after: DraftAfter) -> None:
    draft = draft_after(furniture, "Trang chủ\nVăn bản mới\n\n" + HEADER + "NGHỊ QUYẾT\n\nĐiều 1. Thông qua chỉ tiêu.")
    assert zones(draft)[:2] == [("Trang chủ", "boilerplate"), ("Văn bản mới", "boilerplate")]


def test_legal_basis(draft_after: DraftAfter) -> None:
    draft = draft_after(
        furniture,
        HEADER
        + "NGHỊ QUYẾT\n\nCăn cứ Luật Thư viện;\n\nXét đề nghị của Sở Văn hóa;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Lập thư viện.",
    )
    assert [text for text, zone in zones(draft) if zone == "basis"] == [
        "Căn cứ Luật Thư viện;",
        "Xét đề nghị của Sở Văn hóa;",
    ]


@pytest.mark.parametrize(
    "tail",
    [
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Hà"],
        ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Đỗ Văn Lâm"],
        ["CHỦ TỊCH", "Trần Quốc Bảo"],
    ],
    ids=["recipients", "by order", "in his own right"],
)
def test_tail(tail: list[str], draft_after: DraftAfter) -> None:
    draft = draft_after(furniture, LONG + "\n\n" + "\n\n".join(tail))
    assert [text for text, zone in zones(draft) if zone == "footer"] == tail


def test_annex_behind_the_signature_is_content(draft_after: DraftAfter) -> None:
    draft = draft_after(furniture, f"{LONG}\n\nTM. ỦY BAN NHÂN DÂN\n\nLê Thị Hà\n\nPHỤ LỤC\n\n{LONG}")
    assert [zone for _, zone in zones(draft)] == ["body", "footer", "footer", "body", "body"]


def test_region_that_ingestion_marked_is_furniture(rules: RuleSet) -> None:
    text = f"Thủ tục trực tuyến đạt 99,9%\n\n{LONG}"
    region = Region(start=0, end=text.index("\n"), kind="boilerplate", reason="counter")
    draft = Draft(source=SourceText(text=text, uri="test.html", regions=(region,)), rules=rules)
    layout(draft)
    furniture(draft)
    assert zones(draft) == [("Thủ tục trực tuyến đạt 99,9%", "boilerplate"), (LONG, "body")]


def test_the_headline_of_a_page_is_no_line_of_the_header(rules: RuleSet) -> None:
    text = "Thông báo về giờ làm việc\n\nỦY BAN NHÂN DÂN\n\nTHỊ XÃ PHÚ LÂM\n\nTHÔNG BÁO\n\n" + LONG
    title = Region(start=0, end=25, kind="title", reason="headline")
    draft = Draft(source=SourceText(text=text, uri="a.html", regions=(title,)), rules=rules)
    layout(draft)
    furniture(draft)
    assert [zone for _, zone in zones(draft)] == ["boilerplate", "header", "header", "body", "body"]
