"""Time expressions that are visibly no deadlines: dates of citations, events and statistics, periods inside names.

All functions work on folded lower-case text and look at one sentence's neighbourhood. They answer only where the words
leave no doubt; whether anything is due by the rest is the matter of later stages.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from chithi.values import Context, Value

_BEFORE, _AFTER = 140, 140  # characters looked at on each side
_LONG_AGO = timedelta(days=366)
_SENTENCE = re.compile(r"[;!?]|\.(?= |$)")
_DAY = re.compile(r"ngày \d|(?<![\d/])\d{1,2} ?[/.-] ?\d{1,2}(?!\d)")
_MEETING = r"(?:hội nghị|cuộc họp|phiên họp|kỳ họp|buổi (?:làm việc|họp|lễ)|hội thảo|đại hội|tọa đàm|lễ)"

_CITED = re.compile(
    r"(?<!\w)\d{1,5}[a-zđ]?(?:/\d{4})?[/-][a-zđ][a-zđ\d&-]*(?:/[a-zđ\d-]+)?"
    r"(?: của [^,;:]{2,60})?,? ?\(?(?:ký |ban hành )?$"
    r"|(?<!\w)(?:bộ luật|(?<!pháp )luật|pháp lệnh|hiến pháp)(?: [^\s,;:.]+){0,9} $"
)
_EFFECT = re.compile(r"hiệu lực(?: thi hành| pháp luật)?(?: bắt đầu)?(?: kể)? ?(?:là )?$")
_EFFECT_AFTER = re.compile(r"^(?: thì)? (?:có|hết|chưa có) hiệu lực")
_ISSUED = re.compile(
    r"(?:(?<!\w)(?:đăng(?: tải)?|cập nhật|ban hành|ký(?: ban hành)?|thông qua|công bố|phát hành|ngày (?:đăng"
    r"|ký|tạo|gửi)|sinh)"
    r"(?: (?:lúc|ngày|vào|vào ngày))?:? ?\(?)$"
)
_PLACE_AND_DATE = re.compile(r"^(?:\(?số:?[^,]{0,30} )?[^\W\d_]+(?:[ .-]{1,2}[^\W\d_]+){0,4}, $")
_STAMP = re.compile(
    r"(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? ?\|? ?-? ?(?:ngày )?$"
)
_STAMP_AFTER = re.compile(r"^ ?[|,-]? ?\d{1,2}:\d\d")
_COMPARED = re.compile(r"(?<!\w)(?:so (?:với )?(?:cùng kỳ )?|cùng kỳ(?: của)? |bằng kỳ |so với (?:\w+ ){1,5})$")
_STATISTICS = re.compile(
    r"(?:(?<!\w)tính|(?<!\w)(?:số liệu|dữ liệu|lũy kế|thống kê)(?: (?:tính|thống kê|cập nhật))?"
    r"|(?<!\w)(?:báo cáo|tổng kết|sơ kết|đánh giá|kết quả|tình hình)(?: (?:công tác|thực hiện|kết quả))?) $"
)
_STATISTICS_AFTER = re.compile(
    r"^(?P<rest>,? (?:[^,;.()]{0,70}[ ,]+)?)(?:đã (?:được )?(?:đạt|có|hoàn thành|thực hiện|giải ngân|thu"
    r"|xảy ra|tăng|giảm|xử lý"
    r"|tiếp nhận|phát động|giải quyết)|ước (?:đạt|tính|thực hiện)|so (?:với )?(?:cùng kỳ|năm trước)|mới đạt"
    r"|chưa đạt)(?!\w)"
)
_EVENT_AFTER = re.compile(
    r"^(?P<rest>,? (?:[^;.()]{0,110}[ ,]+)?)(?:đã (?!hết|đề ra|được giao|giao)|(?:chủ trì|tổ chức|dự|tham dự|diễn ra) "
    + _MEETING
    + r"|diễn ra(?!\w))"
)
# What stands between the date and the verb of the past makes it an order after all.
_ORDERED = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|để|nhằm|phải|cần|sẽ|bảo đảm|đảm bảo|tiếp tục|yêu cầu|giao|trình|báo cáo)(?!\w)"
)
_EVENT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:tại|trong) (?:\w+ )?" + _MEETING + r"(?: [^,;:]{0,60})?,? |(?<!\w)kỷ niệm [^;]{0,70}|\d ?- ?)\(?$"
)
_FORECAST = re.compile(r"(?<!\w)dự báo(?: [^\s;:]+){0,16},? (?:từ (?:tối|đêm|chiều|sáng|ngày)? ?nay )?$")
_FORECAST_AFTER = re.compile(
    r"^,? (?:[^;.]{0,80} )?(?:có mưa|xuất hiện (?:một |01 |1 )?đợt (?:lũ|mưa|rét)|có khả năng xảy ra)"
)
_CUT_OFF = re.compile(
    r"(?<!\w)(?:đã|được (?:cấp|ban hành|ký|tiếp nhận|thành lập|phê duyệt|tuyển dụng))(?: [^\s,;:.]+){0,5} $"
)
_PAST_CLAUSE = re.compile(r"(?<!\w)(?:sau khi|kể từ khi|từ khi|trường hợp|nếu)(?: [^\s,;:.()]+){0,9} $")
_NOUN = re.compile(
    r"(?<!\w)(?:dự toán|ngân sách|tổng chi|kinh phí|trợ cấp|phụ cấp|tiền (?:lương|thuê|thưởng)|trả tiền"
    r"|lương hưu|mức (?:lương|hưởng)"
    r"|hưởng|trợ giúp|nghỉ|ngày nghỉ|chỉ tiêu|tín dụng|lãi suất|doanh thu|sản lượng|nghị quyết"
    r"|trung hạn)(?: [^\s,;:.]+){0,7} $"
    r"|(?<!\w)(?<!thực hiện )(?:kế hoạch|chương trình)(?: (?:phát triển|đầu tư|tài chính|vốn|sử dụng đất"
    r"|kinh tế|ngân sách|biên chế)(?: [^\s,;:.]+){0,7})?"
    r"(?: và)? $|(?<!\w)(?:5|05|03|3) năm(?: và|,) $"
)
# A repetition inside a noun: `ban hành kế hoạch kiểm tra hằng năm`, `trong báo cáo công tác hằng năm`.
_PLANNED = re.compile(
    r"(?<!\w)(?:(?:ban hành|xây dựng|lập|trong|vào)(?: các)? (?:kế hoạch|chương trình|dự toán)"
    r"|(?:trong|vào)(?: các)? báo cáo|đời sống|sinh hoạt)(?: [^\s,;:.]+){0,24} $"
)
_SHARE_OF_FUND = re.compile(r"\d ?% (?:tổng )?(?:số )?(?:kế hoạch|dự toán|nguồn|vốn)(?: [^\s,;.:]+){0,8} $")
_FUNDS = re.compile(r"(?<!\w)(?:ngân sách|vốn|nguồn thu)(?: [^\s,;:.%]+){0,4} $")
_NOUN_AFTER = re.compile(r"^(?:,| và| hoặc) (?:trung hạn|dài hạn|0?[35] năm|từng giai đoạn)")
_NAME_HEAD = re.compile(
    r"(?<!\w)(?:nghị quyết|kế hoạch|chương trình|đề án|dự án|chiến lược|quy hoạch|đại hội|dự toán|nghị định"
    r"|quyết định|chỉ thị"
    r"|bộ tiêu chí|tiêu chí|danh mục|phương án|phong trào|cuộc vận động|hội đồng nhân dân|hđnd|đại biểu"
    r"|khóa \w+|định hướng)"
    r"(?P<rest>(?: [^;:]+)?) $"
)
_NAME_VERB = re.compile(
    r"(?<!\w)(?:phấn đấu|đạt|hoàn thành|xong|bảo đảm|đảm bảo|phải|sẽ|giảm|báo cáo|gửi|chỉ tiêu|tỷ lệ|nêu|xác định|đề ra"
    r"|tăng(?! trưởng| cường)|(?<!chương )(?<!công )(?<!quy )(?<!giáo )(?<!tờ )(?<!lộ )trình)(?!\w)"
)
_GOAL_BEFORE = re.compile(r"(?<!\w)(?:mục tiêu(?! quốc gia| chương trình)|phấn đấu|chỉ tiêu)(?!\w)")
_NAME_PERIOD = re.compile(r"(?:giai đoạn|năm|nhiệm kỳ|thời kỳ|đến năm|tầm nhìn|\d{1,2} năm|từ năm)(?!\w)(?! học)")
_GOAL_AFTER = re.compile(r"^,? ?(?:\)? ?như sau|phấn đấu|đạt|có(?! hiệu)|tỷ lệ|hoàn thành|là|tăng|giảm)(?!\w)|^ ?:")


def event_reason(low: str, start: int, end: int) -> str | None:
    """Why the expression ``low[start:end]`` is no deadline, in a word; None where nothing speaks against it.

    >>> text = "có hiệu lực từ ngày 01/7/2026"
    >>> event_reason(text, 12, len(text))
    'effect'
    """
    found = low[start:end]
    before, after = _sides(low, start, end)
    day = _DAY.search(found) is not None
    if (found.startswith(("ngày", "năm")) or found[0].isdigit()) and _CITED.search(before):
        return "citation"
    if _EFFECT.search(before) or _EFFECT_AFTER.search(after):
        return "effect"
    if day and not found.startswith(("trước", "chậm", "đến", "hằng", "hàng")):
        issued = found.startswith("ngày") or found[0].isdigit()
        if (issued and (_ISSUED.search(before) or _STAMP.search(before))) or _STAMP_AFTER.search(after):
            return "issue"
        if _PLACE_AND_DATE.search(low[:start][-60:]) and start < 60 and len(low) - end < 40:
            return "issue"
        if _EVENT_BEFORE.search(before) or _reported(_EVENT_AFTER.search(after)):
            return "event"
    if _COMPARED.search(before):
        return "comparison"
    if _recurs(found):
        if re.search(r"\d", found):
            return None  # a day or month of its own makes it a time limit
        return "noun" if _NOUN.search(before) or _PLANNED.search(before) or _NOUN_AFTER.search(after) else None
    if found.startswith(("trước", "từ", "đến", "sau")) and _CUT_OFF.search(before):
        return "cut-off"
    if _FORECAST_AFTER.search(after) or _FORECAST.search(before):
        return "forecast"
    if _STATISTICS.search(before) and not found.startswith(("trước", "chậm", "trong", "định kỳ")):
        return "statistics"
    if _reported(_STATISTICS_AFTER.search(after)):
        return "statistics"
    return "condition" if _PAST_CLAUSE.search(before) else None


def is_date_of_event(low: str, start: int, end: int) -> bool:
    """Whether the expression ``low[start:end]`` visibly dates something else than a deadline.

    >>> text = "ngày 14 tháng 11 năm 2026, phó chủ tịch đã chủ trì cuộc họp"
    >>> is_date_of_event(text, 0, 25)
    True
    """
    return event_reason(low, start, end) is not None


def is_part_of_name(low: str, start: int, end: int) -> bool:
    """Whether the period ``low[start:end]`` belongs to the name of a plan, programme, budget or congress.

    >>> text = "triển khai đề án trồng rừng giai đoạn 2026-2030, các xã"
    >>> is_part_of_name(text, 28, 47)
    True
    >>> text = "mục tiêu của đề án đến năm 2030: phủ xanh"
    >>> is_part_of_name(text, 19, 31)
    False
    """
    found = low[start:end]
    if not _NAME_PERIOD.match(found):
        return False
    before, after = _sides(low, start, end)
    if _GOAL_AFTER.match(after):
        return False
    if found.startswith(("năm", "giai đoạn")) and _FUNDS.search(before) and not re.search(r"%|phấn đấu", before):
        return True
    if _SHARE_OF_FUND.search(before):
        return False  # `giải ngân 100% kế hoạch vốn năm 2026`: the year in which it is to be spent
    head = _NAME_HEAD.search(before)
    return head is not None and not _NAME_VERB.search(head["rest"]) and not _GOAL_BEFORE.search(before)


def is_past(value: Value | None, context: Context) -> bool:
    """Whether the value's last day lies before the document: a result or a baseline, no deadline.

    An open beginning (kind `from`) is past only where it lies more than a year back: what began shortly before the
    document may still be ordered to go on.

    >>> is_past({"kind": "during", "end": "2024-12-31"}, Context(issued_on=date(2025, 3, 1)))
    True
    """
    if value is None or context.issued_on is None:
        return False
    if value["kind"] == "from" and value.get("start"):
        return date.fromisoformat(value["start"]) < context.issued_on - _LONG_AGO
    if not value.get("end"):
        return False
    return date.fromisoformat(value["end"]) < context.issued_on


def _sides(low: str, start: int, end: int) -> tuple[str, str]:
    """The sentence before and after the expression, as far as it is looked at."""
    before = low[max(0, start - _BEFORE) : start]
    cut = max((m.end() for m in _SENTENCE.finditer(before)), default=0)
    return before[cut:], low[end : end + _AFTER]


def _reported(match: re.Match[str] | None) -> bool:
    return match is not None and not _ORDERED.search(match["rest"])


def _recurs(found: str) -> bool:
    return re.search(r"(?<!\w)(?:hằng|hàng|mỗi|định kỳ)(?!\w)", found) is not None
