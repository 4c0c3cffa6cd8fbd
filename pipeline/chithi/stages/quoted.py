"""What an article quotes from a law, decree or circular to explain it: rules that hold for good."""

from __future__ import annotations

import re

from chithi.stages.draft import Draft

# `Căn cứ theo khoản 2 Điều 7 Nghị định 80/2025/NĐ-CP quy định như sau:`
_QUOTES = re.compile(
    r"(?:căn cứ|theo|dựa|tại)"
    r"(?: (?:vào|theo|tại|của|các|và|quy định|nội dung|điểm|khoản|mục|tiểu mục|\d+[.,]?|[a-zđ],?)){0,8} điều \d+\w? "
    r"(?:của )?(?:bộ luật|luật|pháp lệnh|nghị định|thông tư)(?!\w)"
)
_ENDS = ("hash", "bold", "caps")


def quoted(draft: Draft) -> None:
    """Mark as standing rules what stands behind such an opening, up to the next question or heading."""
    if draft.metadata.doc_type != "bai_viet":
        return
    inside = False
    for block in draft.blocks:
        if block.zone != "body" or block.cell is not None:
            continue
        low = draft.match.low[block.start : block.end]
        if _QUOTES.match(low):
            inside = True
        elif block.style in _ENDS or low.endswith("?") or low.startswith(("căn cứ ", "theo ")):
            inside = False
        if inside:
            block.section = block.own_section = "standing"
