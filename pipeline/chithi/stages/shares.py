"""Several values in one clause: which words belong to which, and which words they share."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from chithi.stages.draft import Mention
from chithi.stages.segments import Segment

# A value that stands right behind a connective goes on with the list: `90% hộ nghèo và (có) 75% hộ cận nghèo …`.
_JOINT = re.compile(
    r"(?P<mark>(?:[,;]|(?<!\w)(?:và|hoặc)(?!\w))(?: ?(?:và|hoặc)(?!\w))? ?)\s*"
    r"(?:(?:có|đạt|còn|phải|cần|sẽ|phấn đấu|hoàn thành|tăng|giảm|lần lượt)\s+)*$"
)
# Nouns that begin the name of an indicator.
MEASURES = (
    "tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|số |tốc độ|tăng trưởng|chỉ số|quy mô|kinh phí|diện tích|năng suất|sản lượng|giá trị|"
    "thu nhập|mức |tổng |doanh thu|kim ngạch|độ |thu |giải ngân|nguồn nhân lực|đóng góp|tiết kiệm|thu hút|giảm |tăng "
)
_MEASURED = re.compile(rf"(?:[,(:]\s*|(?<!\w)và\s+)(?:(?:trong đó|riêng|phấn đấu|có)\s+)*(?={MEASURES})")
_MARK = re.compile(r"[,(:]\s*(?:trong đó |và )?|(?<!\w)và (?=cả |trong |vào |phấn đấu |có )")
_ENDS = re.compile(r"\)?\s*(?:[,;]|(?<!\w)và(?!\w))")
_NESTED = re.compile(r"trong đó")


@dataclass(frozen=True, slots=True)
class Share:
    """A quantity and ``[start, end)`` of the match text, the words of its clause that are its own.

    Attributes:
        joined: it goes on with the list of the quantity before it, with which it may share words.
    """

    quantity: Mention
    start: int
    end: int
    joined: bool


def shares(text: str, part: Segment, values: list[Mention], times: list[tuple[int, int]]) -> list[Share]:
    """Divide a clause among its quantities.

    Args:
        text: the match text in lower case.
        part: the clause.
        values: its quantities, in order.
        times: ranges of time expressions, which part nothing: `8% năm 2025 và năm 2026 đạt 10%` is one list.
    """
    edges, joined = [part.start], [False]
    for first, second in itertools.pairwise(values):
        between = blanked(text, first.end, second.start, times)
        cut, joint = _cut(between)
        edges.append(first.end + cut)
        joined.append(joint)
    edges.append(part.end)
    colon = text.rfind(": ", part.start, values[0].start)
    if colon >= 0:
        edges[0] = colon + 2
    return [
        Share(q, start, max(end, q.end), j)
        for q, (start, end), j in zip(values, itertools.pairwise(edges), joined, strict=True)
    ]


def lists(found: list[Share]) -> list[list[Share]]:
    """Group neighbours whose numbers stand in one coordination."""
    groups: list[list[Share]] = []
    for share in found:
        if share.joined and groups:
            groups[-1].append(share)
        else:
            groups.append([share])
    return groups


def blanked(text: str, start: int, end: int, times: list[tuple[int, int]]) -> str:
    """A range of the text with spaces in the place of time expressions."""
    for a, b in times:
        a, b = max(a, start), min(b, end)
        if a < b:
            text = text[:a] + " " * (b - a) + text[b:]
    return text[start:end]


def _cut(between: str) -> tuple[int, bool]:
    """Where the words between two quantities part, and whether the second goes on with the first one's list."""
    joint = _JOINT.search(between)
    if joint:
        return joint.end("mark"), not _NESTED.search(between)
    measured = [m.end() for m in _MEASURED.finditer(between)]
    if measured:
        return measured[-1], False
    ends = _ENDS.match(between)
    if ends:
        return ends.end(), False  # nothing stands behind the first number: all the rest names what the second measures
    marks = [m.end() for m in _MARK.finditer(between.rstrip(" ("))]
    return (marks[-1] if marks else len(between)), False
