"""What a goal measures, in the document's words: the clause without value, comparator, time and verbs of reaching."""

from __future__ import annotations

import re

from chithi.stages.draft import Draft, Mention

_LEAD = re.compile(
    r"^(?:(?:và|cũng|trong đó|theo đó|riêng|cụ thể|ngoài ra|đồng thời|như vậy|nhằm|để|cả năm|qua đó|nhất là|gồm|là|với|nghị quyết \S+ (?:đặt|đề ra)|"
    r"mục tiêu(?: là| đặt ra| đến)?|chỉ tiêu|ph[ấầ]n đ[ấầ]u(?: để| cho)?|bảo đảm|đảm bảo|hướng tới|quyết tâm|tập trung|tối thiểu|ít nhất|có|đạt|duy trì ở mức|phải|"
    r"tại [^:]{1,60}:|về [^:]{1,60}:|đối với [^:]{1,60}:|[-+:,;()])(?=\W|$)\s*)+"
)
_TAIL = re.compile(
    r"(?:\s*(?:(?<!\w)(?:đạt(?: mức| được)?|là|có|ở mức|còn|chiếm|được|bằng|lên|xuống|từ|đến|khoảng|trên|dưới|hơn|tăng(?: thêm| lên| trung bình| bình quân)*|"
    r"giảm(?: xuống| còn)*|bình quân|trung bình|vượt|mức|vào|trong|tối thiểu|ít nhất|không|quá|phấn đấu|với|thêm|nâng(?: lên)?|hàng năm|hằng năm|mỗi năm|gấp|"
    r"tối đa|gần|nâng|đưa|để|cho|xây dựng(?: thêm| mới)?|hoàn thành)|[,:;()-]))+\s*$"
)
_VERB = re.compile(
    r"(?<!\w)(?:đạt|được|có|hoàn thành|vào|ra|học|tham gia|biết|sử dụng|đến|đủ|ứng dụng|tiếp cận|bố trí|áp dụng|thực hiện|xây dựng|"
    r"triển khai|dùng|kết nối|đăng ký|đeo|mắc|sinh|phủ|trả|nộp|giải quyết|xử lý|công khai|cung cấp|hài lòng|khai thác)(?!\w)"
)
_SPACE = re.compile(r"\s+")
_LEVEL_UP = re.compile(r"^(?:xây dựng|thu hút|thành lập|hình thành|hỗ trợ|phát triển|đào tạo)(?: thêm| mới)? ")


def indicator(draft: Draft, q: Mention, start: int, end: int, *, times: list[tuple[int, int]],
              listed: list[tuple[Mention, int, int]]) -> str:  # fmt: skip
    """The indicator of a quantity in the subclause ``[start, end)``.

    Args:
        draft: the document.
        q: the quantity.
        start: where its subclause begins in the match text.
        end: where it ends.
        times: ranges of time expressions, which are left out.
        listed: the neighbours of a list with one predicate, each with its subclause, in order.
    """
    before = _clean(draft, start, q.start, times)
    after = _clean(draft, q.end, end, times)
    if not _VERB.search(after) and after and not before:
        following = [(a, b) for m, a, b in listed if m.start > q.start]
        if following:
            last = listed[-1]
            tail = draft.match.text[last[0].end : last[2]]
            verb = _VERB.search(tail.lower())
            if verb:
                after = f"{after} {_cut(tail[verb.start() :])}"
        elif len(listed) > 1:
            first = listed[0]
            lead = _clean(draft, first[1], first[0].start, times)
            if lead and not _LEVEL_UP.match(lead):
                before = lead
    noun = q.value.get("unit") or ""
    if noun and noun not in ("%", "VND", "USD", "EUR", "lần"):
        after = f"{noun} {after}"
    before = _LEVEL_UP.sub("", before) if noun != "%" else before
    return _SPACE.sub(" ", f"{before} {after}").strip(" ,;:.-()")


def _clean(draft: Draft, start: int, end: int, times: list[tuple[int, int]]) -> str:
    """The text of a range without time expressions, leading cues and trailing verbs of reaching."""
    parts: list[str] = []
    at = start
    for a, b in sorted(times):
        if start <= a and b <= end:
            parts.append(draft.match.text[at:a])
            at = b
    parts.append(draft.match.text[at:end])
    return _cut(" ".join(parts))


def _cut(text: str) -> str:
    text = _SPACE.sub(" ", text).strip(" ,;:.")
    low = text.lower()
    lead = _LEAD.match(low)
    if lead:
        text, low = text[lead.end() :], low[lead.end() :]
    tail = _TAIL.search(low)
    if tail:
        text = text[: tail.start()]
    return text.strip(" ,;:.()-")
