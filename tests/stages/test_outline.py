"""Labels of every style, who stands under whom, and what headings announce."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.stages.draft import Block, Draft
from chithi.stages.outline import outline

DraftAfter = Callable[..., Draft]


def name(draft: Draft, block: Block | None) -> str | None:
    """A block's label, or its text where it has none."""
    if block is None:
        return None
    return block.label or draft.match.text[block.body : block.end]


def tree(draft: Draft) -> list[tuple[str | None, str | None]]:
    """Each block and the heading above it."""
    return [(name(draft, block), name(draft, block.parent)) for block in draft.blocks]


@pytest.mark.parametrize(
    ("line", "style", "label", "rest"),
    [
        ("Phần thứ hai", "part", "Phần thứ hai", ""),
        ("PHẦN II. NHIỆM VỤ", "part", "PHẦN II.", "NHIỆM VỤ"),
        ("Chương IV", "chapter", "Chương IV", ""),
        ("Mục 2. Hồ sơ", "division", "Mục 2.", "Hồ sơ"),
        ("Điều 12. Hiệu lực", "article", "Điều 12.", "Hiệu lực"),
        ("Phụ lục II", "annex", "Phụ lục II", ""),
        ("IV. TỔ CHỨC THỰC HIỆN", "roman", "IV.", "TỔ CHỨC THỰC HIỆN"),
        ("I/ Mục tiêu", "roman", "I/", "Mục tiêu"),
        ("B. GIẢI PHÁP", "alpha", "B.", "GIẢI PHÁP"),
        ("3. Giải pháp", "num", "3.", "Giải pháp"),
        ("3) Giải pháp", "num", "3)", "Giải pháp"),
        ("3.2. Giải pháp", "num2", "3.2.", "Giải pháp"),
        ("3.2.1. Giải pháp", "num3", "3.2.1.", "Giải pháp"),
        ("1.2.3.4. Giải pháp", "num4", "1.2.3.4.", "Giải pháp"),
        ("a) Giải pháp", "letter", "a)", "Giải pháp"),
        ("đ) Giải pháp", "letter", "đ)", "Giải pháp"),
        ("(2) Giải pháp", "paren", "(2)", "Giải pháp"),
        ("(iv) Giải pháp", "paren", "(iv)", "Giải pháp"),
        ("- Giải pháp", "dash", "-", "Giải pháp"),
        ("• Giải pháp", "dash", "•", "Giải pháp"),
        ("+ Giải pháp", "plus", "+", "Giải pháp"),
        ("++ Giải pháp", "plus2", "++", "Giải pháp"),
        ("## Giải pháp", "hash", "", "Giải pháp"),
        ("GIẢI PHÁP", "caps", "", "GIẢI PHÁP"),
        ("**Giải pháp**", "bold", "", "Giải pháp"),
        ("1,5% số hộ thoát nghèo", "", "", "1,5% số hộ thoát nghèo"),
        ("2.5 triệu đồng mỗi hộ", "", "", "2.5 triệu đồng mỗi hộ"),
        ("Việc này giao các xã.", "", "", "Việc này giao các xã."),
    ],
)
def test_label(line: str, style: str, label: str, rest: str, draft_after: DraftAfter) -> None:
    draft = draft_after(outline, line)
    block = draft.blocks[0]
    assert (block.style, block.label, draft.match.text[block.body : block.end]) == (style, label, rest)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Chương I\nQUY ĐỊNH CHUNG\nMục 2. Hồ sơ\nĐiều 5. Thời hạn\n1. Nộp hồ sơ:\na) Bản chính;\nđ) Bản sao.",
            [("Chương I", None), ("QUY ĐỊNH CHUNG", "Chương I"), ("Mục 2.", "Chương I"), ("Điều 5.", "Mục 2."),
             ("1.", "Điều 5."), ("a)", "1."), ("đ)", "1.")],
            id="an act",
        ),
        pytest.param(
            "I. MỤC TIÊU\n1. Chung\n1.1. Học tập\na) Lớp:\n- Mở lớp;\n+ Lớp mới;\n++ Lớp nhỏ.\nII. NHIỆM VỤ",
            [("I.", None), ("1.", "I."), ("1.1.", "1."), ("a)", "1.1."), ("-", "a)"), ("+", "-"), ("++", "+"),
             ("II.", None)],
            id="a plan",
        ),
        pytest.param(
            "1. Việc đầu\n- Chi tiết\n2. Việc hai\n2. Việc ba\n5. Việc bốn",
            [("1.", None), ("-", "1."), ("2.", None), ("2.", None), ("5.", None)],
            id="numbers given twice or left out",
        ),
        pytest.param(
            "1. Hồ sơ:\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu.",
            [("1.", None), ("c)", "1."), ("d)", "1."), ("đ)", "1."), ("e)", "1.")],
            id="đ stands behind d",
        ),
        pytest.param(
            "1. Một việc\n2. Hai việc\nPhụ lục\nDANH MỤC\n1. Việc của danh mục",
            [("1.", None), ("2.", None), ("Phụ lục", None), ("DANH MỤC", "Phụ lục"), ("1.", "DANH MỤC")],
            id="an annex begins anew",
        ),
        pytest.param(
            "# Kế hoạch\n## Mục tiêu\nMột đoạn.\n## Nhiệm vụ\n- Việc một.",
            [("Kế hoạch", None), ("Mục tiêu", "Kế hoạch"), ("Một đoạn.", "Mục tiêu"), ("Nhiệm vụ", "Kế hoạch"),
             ("-", "Nhiệm vụ")],
            id="markdown headings",
        ),
        pytest.param(
            "Sở Y tế có nhiệm vụ:\n- Mua thuốc;\n- Cấp thuốc.\nMột đoạn đứng riêng.",
            [("Sở Y tế có nhiệm vụ:", None), ("-", "Sở Y tế có nhiệm vụ:"), ("-", "Sở Y tế có nhiệm vụ:"),
             ("Một đoạn đứng riêng.", None)],
            id="a lead-in",
        ),
    ],
)  # fmt: skip
def test_tree(text: str, found: list[tuple[str | None, str | None]], draft_after: DraftAfter) -> None:
    assert tree(draft_after(outline, text)) == found


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("I. MỤC TIÊU", "goal"),
        ("II. NHIỆM VỤ, GIẢI PHÁP", "task"),
        ("III. TỔ CHỨC THỰC HIỆN", "duty"),
        ("IV. KẾT QUẢ ĐẠT ĐƯỢC", "result"),
        ("V. KINH PHÍ THỰC HIỆN", "money"),
        ("VI. NHỮNG ĐIỀU KHÁC", ""),
    ],
)
def test_heading_announces_what_stands_below(heading: str, section: str, draft_after: DraftAfter) -> None:
    draft = draft_after(outline, f"{heading}\n- Xây mới trường học trên địa bàn.")
    assert draft.blocks[1].section == section


def test_section_reaches_through_headings_that_announce_nothing(draft_after: DraftAfter) -> None:
    draft = draft_after(outline, "I. MỤC TIÊU\n1. Về học tập\n- Mở thêm lớp học.")
    assert [block.section for block in draft.blocks] == ["", "goal", "goal"]
