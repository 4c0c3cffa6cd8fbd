"""What a goal measures, in the document's words: its clause without value, comparator, time and verbs of reaching."""

from __future__ import annotations

import re

from chithi.stages.draft import Draft, Mention
from chithi.stages.shares import MEASURES, Share

_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_SPACE = re.compile(r"\s+")
_CUE = re.compile(
    r"(?<!\w)(?:ph[ấầ]n đ[ấầ]u|trong đó|mục tiêu(?! quốc gia)|chỉ tiêu(?! (?:về|chủ yếu))|hướng tới|quyết tâm)(?!\w)"
)
_WEAK = re.compile(r"(?<!\w)(?:bảo đảm|đảm bảo|góp phần|tập trung|nhằm)(?!\w)")
_HEAD = re.compile(
    rf"(?:^|[,:;(] ?|(?<!\w)(?:và|đạt|để|mục tiêu|thúc đẩy|đẩy mạnh|nâng|bảo đảm|đảm bảo) )(?=(?:{MEASURES})(?<= |\w))"
)
# Words right before a number that opens the name of its indicator.
_COMPLETE = re.compile(r"(?<!\w)(?:mục tiêu|chỉ tiêu|ph[ấầ]n đ[ấầ]u)(?: (?:là|có|đạt|cho))*$")
# Verbs that begin what is said of the counted: `đạt chuẩn`, `được kiểm định`; of `có` only where there is no other.
_PREDICATE = re.compile(r"(?<!\w)(?:đạt|được|có|hoàn thành|bảo đảm|đảm bảo|đáp ứng|đủ)(?!\w)")
_SHARED = (
    re.compile(r"(?<!\w)(?:đạt|được|hoàn thành|bảo đảm|đảm bảo|đáp ứng|đủ)(?!\w)"),
    re.compile(r"(?<!\w)có(?!\w)"),
)
_LEAD = re.compile(
    r"^(?:(?:và|cũng|tiếp tục|trong đó|theo đó|riêng|cụ thể|ngoài ra|đồng thời|"
    r"\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])\)|như vậy|để|cả năm|qua đó|nhất là|gồm|là|với|"
    r"mục tiêu(?: là| đặt ra| đến)?|chỉ tiêu|ph[ấầ]n đ[ấầ]u(?: để| cho)?|bảo đảm|đảm bảo|hướng tới|"
    r"quyết tâm|tập trung|tối thiểu|ít nhất|có(?! (?:trình|hoạt))|"
    r"đạt|duy trì ở mức|phải|cần|còn|tại [^:]{1,60}:|về [^:]{1,60}:|đối với [^:]{1,60}:|[-+:,;()])(?=\W|$)\s*)+"
)
_TAIL = re.compile(
    r"(?:\s*(?:(?<!\w)(?:đạt(?: mức| được)?|là|có|ở mức|còn|chiếm|được|bằng|cắt|lên|xuống|từ|đến|"
    r"khoảng|trên|dưới|hơn|tăng(?: thêm| lên| trung bình| bình quân)*|"
    r"cắt giảm|giảm(?: xuống| còn)*|bình quân|trung bình|vượt|mức|vào|trong|tối thiểu|ít nhất|không|"
    r"quá|phấn đấu|với|thêm|nâng(?: lên)?|hàng năm|hằng năm|mỗi năm|gấp|"
    r"tối đa|lần lượt|và|hoặc|ngay|gần|đưa|để|cho(?! (?:vay|thuê))|xây dựng(?: thêm| mới)?|hoàn thành|thuộc|duy trì|"
    r"với mục tiêu|mục tiêu|phải)|[,:;()-]))+\s*$"
)
_VERB = re.compile(
    r"(?<!\w)(?:đạt|được|có|hoàn thành|vào học|ra lớp|đến lớp|học nghề|đi học|tham gia|biết|sử dụng|"
    r"đủ|ứng dụng|tiếp cận|bố trí|áp dụng|thực hiện|xây dựng|"
    r"triển khai|dùng|kết nối|đăng ký|phủ|nộp|giải quyết|xử lý|công khai|cung cấp|hài lòng|khai thác|"
    r"về|hoạt động)(?!\w)"
)
_STOP = re.compile(
    r"(?:(?<=\w{3}): |(?:^|,? )(?:gắn với|góp phần|nhằm|để|qua đó|cao hơn|làm nền tảng|so với|"
    r"(?<!sáng )(?<!đào )(?<!chế )(?<!cải )tạo(?= (?:điều kiện|đà|nền|động lực|môi trường|chuyển biến|sự|bước)))(?!\w)|"
    r", (?:trong đó|nhất là|đồng thời|phấn đấu|đồng hành|cụ thể))"
)
_BUILDS = re.compile(
    r"^(?:xây dựng|thu hút|thành lập|hình thành|hỗ trợ|phát triển|đào tạo|công nhận)(?: thêm| mới)*(?= |$) ?"
)
# Where more stands: `(Phụ lục II kèm theo)`.
_ANNEXED = re.compile(
    r"\s*\((?:[^()]{0,60}(?:kèm theo|đính kèm)|(?:theo |tại |chi tiết )?phụ lục)[^()]{0,60}\)?$", re.IGNORECASE
)
_LONG = 22  # words before the number that are surely more than the indicator
_REACH = 600  # characters beside a number in which its indicator is looked for
_MAX_TAIL = 120  # characters of verbs of reaching; searching them costs the square of their number
_ORDERS = ("task", "duty")  # sections whose clauses string several actions together
# Units of measure, which are no words of the indicator.
_MEASURE = re.compile(r"ha|km2?|m[23]?|tấn.*|kwh|mw|[gmk]b/s|[gm]bps|ngày|giờ|lượt")
_MONEY = ("VND", "USD", "EUR")


def indicator(draft: Draft, share: Share, *, times: list[tuple[int, int]], listed: list[Share]) -> str:
    """The indicator of a quantity, in the document's words.

    Args:
        draft: the document.
        share: the quantity and its own words.
        times: ranges of time expressions, which are left out.
        listed: the quantities of one coordination, this one among them; what only a later one says (`đạt chuẩn`) or
            only an earlier one (`đóng góp`) holds for all.
    """
    q = share.quantity
    order = q.block is not None and q.block.section in _ORDERS
    left = _text(draft, max(share.start, q.start - _REACH), q.start, times)
    before = _before(left, order=order)
    right = _right(draft, share, times)
    after = _after(right)
    if before and _COMPLETE.search(left.lower()) and _PREDICATE.search(after.lower(), 1) and len(after.split()) > 2:
        before = ""  # `bảo đảm mục tiêu 100% hồ sơ được giải quyết`: the number opens the indicator
    if before and draft.match.text[q.end : q.end + 1] in (",", ";"):
        after = ""  # what a comma parts from the number is said of something else
    if not before:
        before, after = _completed(draft, share, right, after, times, listed)
    noun = _noun(draft, q)
    if q.rule.startswith("count.rank") and " về " not in f" {after}":
        after += _ranked_by(draft, share, times, listed)
    if q.value.get("unit") != "%":
        before = _BUILDS.sub("", before.lower()) if _BUILDS.match(before.lower()) else before
    return _closed(_SPACE.sub(" ", f"{before} {noun} {after}"))


def _ranked_by(draft: Draft, share: Share, times: list[tuple[int, int]], listed: list[Share]) -> str:
    """What a later rank of the list says for both: `nhóm 3 nước ASEAN, nhóm 50 nước thế giới về chính phủ điện tử`."""
    for other in listed[listed.index(share) + 1 :]:
        words = _right(draft, other, times)
        at = words.lower().find(" về ")
        if other.quantity.rule.startswith("count.rank") and at >= 0:
            return _after(words)[at:]
    return ""


def _right(draft: Draft, share: Share, times: list[tuple[int, int]]) -> str:
    return _text(draft, share.quantity.end, min(share.end, share.quantity.end + _REACH), times)


def _completed(draft: Draft, share: Share, right: str, after: str, times: list[tuple[int, int]],
               listed: list[Share]) -> tuple[str, str]:  # fmt: skip
    """The indicator of a list's member that leaves out what its neighbours say."""
    at = listed.index(share)
    opened = draft.match.text[share.quantity.end : share.quantity.end + 1] in (",", ";")
    if at and (not right or opened or _PREDICATE.match(right.lower())):
        # Only the first names what is measured: `tăng trưởng năm 2025 đạt 8%, năm 2026 đạt 10%`, `100% xã đạt … và 90%
        # đạt …`.
        first = listed[0]
        before = _before(_text(draft, max(first.start, first.quantity.start - _REACH), first.quantity.start, times))
        if before or not _PREDICATE.match(right.lower()):
            return before, "" if opened else after
        subject = _right(draft, first, times)
        verb = _PREDICATE.search(subject.lower())
        return _after(subject[: verb.start()] if verb else subject), _tailless(right)
    if _PREDICATE.search(after.lower()):
        return "", after
    for other in listed[at + 1 :]:
        words = _right(draft, other, times)
        verbs = _SHARED if _VERB.search(after.lower()) else (*_SHARED, _VERB)
        verb = next((m for v in verbs if (m := v.search(words.lower(), 1))), None)
        if verb:
            return "", f"{after} {_tailless(words[verb.start() :])}"
    if at and not _VERB.search(after.lower()):
        first = listed[0]
        return _before(
            _text(draft, max(first.start, first.quantity.start - _REACH), first.quantity.start, times)
        ), after
    return "", after


def _noun(draft: Draft, q: Mention) -> str:
    """The counted noun, which the quantity's own words hold: `trường học`, `nhóm nước dẫn đầu`."""
    unit = q.value.get("unit")
    if not unit or unit in (*_MONEY, "%", "lần") or _MEASURE.fullmatch(str(unit).lower()):
        return ""
    if q.value.get("op") == "le" and q.rule.startswith("count.rank"):
        return re.sub(r"[\d.,]+ ?", "", draft.match.text[q.start : q.end])
    return str(unit)


def _text(draft: Draft, start: int, end: int, times: list[tuple[int, int]]) -> str:
    """A range of the match text without the time expressions in it."""
    parts: list[str] = []
    at = start
    for a, b in sorted(times):
        if at <= a and b <= end:
            parts.append(draft.match.text[at:a])
            at = b
    parts.append(draft.match.text[at:end])
    return _SPACE.sub(" ", _FOOTNOTE.sub(" ", " ".join(parts))).strip(" ,;:.")


def _before(text: str, *, order: bool = False) -> str:
    """The indicator's part before the number: from the last cue or noun of measuring; of an order the last member."""
    low = text.lower()
    cues = [m.end() for m in _CUE.finditer(low)]
    if cues and len(low[cues[-1] :].split()) > 1:
        text, low = text[cues[-1] :], low[cues[-1] :]
    elif cues:
        cut = _CUE.search(low, 0 if len(cues) == 1 else cues[-2])
        before_cue = low[: cut.start()] if cut else low
        if len(before_cue.split()) > 1:
            text, low = text[: len(before_cue)], before_cue
    heads = [m.end() for m in _HEAD.finditer(low)]
    weak = [m.end() for m in _WEAK.finditer(low)]
    if heads:
        text, low = text[heads[-1] :], low[heads[-1] :]
    elif weak and len(low[weak[-1] :].split()) > 1:
        text = text[weak[-1] :]
    elif (order or len(low.split()) > _LONG) and (comma := low.rfind(", ")) > 0 and len(low[comma:].split()) > 3:
        text = text[comma + 2 :]
    return _strip(text)


def _after(text: str) -> str:
    """The indicator's part behind the number."""
    m = _STOP.search(text.lower())
    return _strip(text[: m.start()] if m else text)


def _strip(text: str) -> str:
    text = text.strip(" ,;:.")
    lead = _LEAD.match(text.lower())
    return _tailless(text[lead.end() :] if lead else text)


def _tailless(text: str) -> str:
    text = _ANNEXED.sub("", text)
    tail = _TAIL.search(text.lower(), max(len(text) - _MAX_TAIL, 0))
    return _closed(text[: tail.start()] if tail else text)


def _closed(text: str) -> str:
    """Without marks at its ends and brackets that have lost their other half."""
    text = text.strip(" ,;:.-")
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(" ,;:.-")
    while text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:].lstrip(" ,;:.-")
    if text.count("(") == text.count(")") + 1:
        text += ")"
    return text
