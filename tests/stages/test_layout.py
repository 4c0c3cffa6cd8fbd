"""Lines to blocks and cells, and the way back from the match text to the source."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from chithi.stages.draft import Draft
from chithi.stages.layout import layout

DraftAfter = Callable[..., Draft]


def blocks(draft: Draft) -> list[str]:
    return [draft.match.text[b.start : b.end] for b in draft.blocks]


def rows(draft: Draft) -> list[list[list[str]]]:
    """The text of every cell, table by table."""
    return [
        [[" / ".join(draft.match.text[b.start : b.end] for b in cell) for cell in row] for row in table.rows]
        for table in draft.tables
    ]


WRAPPED = (
    "Ủy ban nhân dân huyện Tân Lập giao các phòng chuyên\n"
    "môn rà soát toàn bộ danh mục công trình đang dở dang,\n"
    "báo cáo kết quả trước khi trình cấp trên xem xét và\n"
    "quyết định.\n"
    "Các xã gửi báo cáo về huyện."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Một đoạn.\n\nHai đoạn.", ["Một đoạn.", "Hai đoạn."], id="blank lines part paragraphs"),
        pytest.param("Một đoạn.\nHai đoạn.", ["Một đoạn.", "Hai đoạn."], id="a line is a paragraph"),
        pytest.param(
            WRAPPED,
            ["Ủy ban nhân dân huyện Tân Lập giao các phòng chuyên môn rà soát toàn bộ danh mục công trình đang dở "
             "dang, báo cáo kết quả trước khi trình cấp trên xem xét và quyết định.", "Các xã gửi báo cáo về huyện."],
            id="wrapped lines are joined",
        ),
        pytest.param("đoạn 2026\n- 2030 và về sau", ["đoạn 2026 - 2030 và về sau"], id="a wrapped range of years"),
        pytest.param("tăng từ 6\n- 7% mỗi năm", ["tăng từ 6 - 7% mỗi năm"], id="a wrapped range of percents"),
        pytest.param("Số hộ năm 2026\n- 20 hộ khó khăn", ["Số hộ năm 2026", "- 20 hộ khó khăn"], id="an item"),
        pytest.param("Theo Điều\n4. của quy chế", ["Theo Điều 4. của quy chế"], id="a wrapped citation"),
        pytest.param("I. QUAN ĐIỂM\n1. Dạy nghề cho mọi người", ["I. QUAN ĐIỂM", "1. Dạy nghề cho mọi người"],
                     id="a heading that ends in điểm"),
        pytest.param("Danh mục\n1. Trường học", ["Danh mục", "1. Trường học"], id="a heading that ends in mục"),
        pytest.param("- Một việc\n- Hai việc\nnối tiếp", ["- Một việc", "- Hai việc nối tiếp"], id="items of a list"),
        pytest.param("a) Một;\nb) Hai;\nđ) Ba.", ["a) Một;", "b) Hai;", "đ) Ba."], id="lettered items"),
        pytest.param("TIÊU ĐỀ\nMột đoạn văn", ["TIÊU ĐỀ", "Một đoạn văn"], id="capitals stand alone"),
        pytest.param("# Một\nHai", ["# Một", "Hai"], id="a markdown heading"),
        pytest.param("**Đạt 5%** trong  năm\u00a02025", ["Đạt 5% trong năm 2025"], id="marks and white space"),
        pytest.param("\ufeffMột", ["Một"], id="a byte-order mark"),
        pytest.param("Một\r\n\r\nHai\rBa", ["Một", "Hai", "Ba"], id="other line ends"),
        pytest.param(" \n\t\n", [], id="nothing"),
    ],
)  # fmt: skip
def test_blocks(text: str, found: list[str], draft_after: DraftAfter) -> None:
    assert blocks(draft_after(layout, text)) == found


FLAT = "|\nSTT\n|\nNội dung\n|\nChủ trì\n|\nThời hạn\n|\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "| STT | Nội dung | Chủ trì |\n|---|:---:|---|\n| 1 | Rà soát | Sở Y tế |\n| 2 | | Sở Nội vụ |\n",
            [[["STT", "Nội dung", "Chủ trì"], ["1", "Rà soát", "Sở Y tế"], ["2", "", "Sở Nội vụ"]]],
            id="markdown",
        ),
        pytest.param(
            FLAT + "|\n1\n|\nLập kế hoạch\n|\nSở Nội vụ\n|\nQuý I\n|\n|\n2\n|\nRà soát\n|\nSở Y tế\n|\nQuý II\n|\n",
            [[["STT", "Nội dung", "Chủ trì", "Thời hạn"], ["1", "Lập kế hoạch", "Sở Nội vụ", "Quý I"],
              ["2", "Rà soát", "Sở Y tế", "Quý II"]]],
            id="flattened",
        ),
        pytest.param(
            FLAT + "|\n1\n|\nLập kế hoạch\n|\n|\nQuý I\n|\n|\n2\n|\nRà soát\n|\nSở Y tế\n|\nQuý II\n|\n",
            [[["STT", "Nội dung", "Chủ trì", "Thời hạn"], ["1", "Lập kế hoạch", "", "Quý I"],
              ["2", "Rà soát", "Sở Y tế", "Quý II"]]],
            id="flattened, with an empty cell",
        ),
        pytest.param(
            FLAT + "|\nI\n|\nViệc chung\n|\n|\n|\n|\n1\n|\nRà soát\n|\nSở Y tế\n|\nQuý II\n|\n",
            [[["STT", "Nội dung", "Chủ trì", "Thời hạn"], ["I", "Việc chung", "", ""],
              ["1", "Rà soát", "Sở Y tế", "Quý II"]]],
            id="flattened, with a group row",
        ),
        pytest.param(
            "|\nNội dung\n|\nChủ trì\n|\n|\nLập kế hoạch\nvà gửi các xã\n|\nSở Nội vụ\n|\n",
            [[["Nội dung", "Chủ trì"], ["Lập kế hoạch và gửi các xã", "Sở Nội vụ"]]],
            id="flattened, with a cell of two lines",
        ),
        pytest.param("Một đoạn.\n\n| a | b |\n\nHai đoạn.\n\n| c | d |\n", [[["a", "b"]], [["c", "d"]]], id="two"),
        pytest.param("Một đoạn | không phải bảng", [], id="no table"),
    ],
)  # fmt: skip
def test_tables(text: str, found: list[list[list[str]]], draft_after: DraftAfter) -> None:
    assert rows(draft_after(layout, text)) == found


@pytest.mark.parametrize(
    ("text", "wanted", "source"),
    [
        ("Đạt **95%** số\nhộ", "95% số hộ", "95%** số\nhộ"),
        ("từ  năm\t2025", "từ năm 2025", "từ  năm\t2025"),
        ("Uỷ ban\u00a0xã", "Ủy ban xã", "Uỷ ban\u00a0xã"),
        (unicodedata.normalize("NFD", "số hộ nghèo"), "hộ", unicodedata.normalize("NFD", "hộ")),
        ("cả n\u200băm", "năm", "n\u200băm"),
        ("| a | đạt 5% |", "đạt 5%", "đạt 5%"),
        ("giai đoạn 2026\r\n- 2030", "2026 - 2030", "2026\r\n- 2030"),
    ],
)
def test_match_text_leads_back_to_the_source(text: str, wanted: str, source: str, draft_after: DraftAfter) -> None:
    draft = draft_after(layout, text)
    start = draft.match.text.index(wanted)
    assert draft.text(draft.span(start, start + len(wanted))) == source


def test_decomposed_text_may_end_without_a_line_end(draft_after: DraftAfter) -> None:
    assert blocks(draft_after(layout, unicodedata.normalize("NFD", "số hộ"))) == ["số hộ"]
