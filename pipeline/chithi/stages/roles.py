"""The part that a body plays: what the words around its name in a clause make of it."""

from __future__ import annotations

import re

from chithi.record import BodyRole
from chithi.rulepack import CompiledRule
from chithi.stages.draft import BodyMention, Draft

_LISTED = re.compile(
    r"\s?(?:,|;|và|, và|; và|/|&|hoặc)(?:\s(?:các đồng chí|đồng chí|của|với|nhất là các|nhất là))?[:\s]{0,2}"
)
_BEFORE = 90  # characters of left context that a role rule may see
_AFTER = 120
_GOVERNMENT = ("Chính phủ", "Thủ tướng Chính phủ", "Văn phòng Chính phủ")
# What no rule knows as a name or qualifier may part a name from a verb that only duties have.
_UNKNOWN = re.compile(
    r"^(?:,? (?:thuộc|trực thuộc|của|tại|ở|trên|nêu|đóng|nơi|có|và|hoặc)|,|;) "
    r"(?![^.;:]{0,110}(?<!\w)(?:đã|vừa|đang) )[^.;:]{1,110}?"
    r"(?=,? (?:có trách nhiệm|chịu trách nhiệm|chủ trì|theo chức năng|căn cứ chức năng|trong phạm vi|"
    r"phối hợp (?:chặt chẽ )?với|tập trung (?:lãnh đạo|chỉ đạo|triển khai|rà soát)|khẩn trương|chủ động)(?!\w))"
)
# Behind a name these make it the subject wherever it stands, unless the words before it make it an object.
_STRONG = re.compile(r"^ (?:có trách nhiệm|chịu trách nhiệm|kịp thời (?:báo cáo|phản ánh)|chủ trì, phối hợp)(?!\w)")
# A name that opens its clause is the subject of whatever verb follows, but for these.
_STATES = re.compile(
    r"^ (?!(?:của|ở|thuộc|tại|trong|khi|đã|vừa|đang|được|là|sẽ|cũng|còn|và|hoặc|nêu|có(?! trách)|từ|"
    r"đến|năm|không|với|gồm|do|để|trên|dưới|"
    r"yêu cầu|giao|đề nghị|chỉ thị|phân công|ban hành|kết luận|thông báo|cơ bản|ghi nhận|biểu dương|"
    r"đánh giá|thống nhất|kêu gọi|nhận thấy|theo|như|bị|mới|thì|này|đó|nào|rất|chưa|luôn|vẫn|hiện|mà|"
    r"nước|nguyên|nhận định|dự báo|cho biết|phát biểu|kiêm|khóa|gửi lời|"
    r"bằng)(?!\w))[a-zà-ỹđ]"
)
# What an issuer does as such: nobody's task.
_ORDERS = re.compile(r"^,? (?:chỉ đạo|ban hành|thông báo|kết luận|xác định)(?!\w)")
# Behind a list these are the duty of its every member.
_OF_ALL = re.compile(
    r"(?: \([^()]{0,60}\))?,? (?:có trách nhiệm|chịu trách nhiệm|(?:theo|căn cứ|trong phạm vi) chức năng|chủ trì)(?!\w)"
)
_ADVERBIAL = re.compile(r"(?:trên cơ sở|căn cứ|theo|để|nhằm|qua|sau khi|khi|từ|với)(?!\w)")
_OBJECT = re.compile(r"(?<!\w)(?:của|do|với|cho|bởi|thuộc|tại|chỉ đạo|hướng dẫn|đôn đốc|kiểm tra|trình)$")
# Words of a list that tells of bodies: whom one answers to, who is invited.
_MENTIONED = re.compile(
    r"(?<!\w)(?:của các cấp,(?: và)?|trước|(?:bao gồm|gồm|mời)(?: [^;:.]{0,80},)?)(?: các)?(?: đồng chí)?$"
)
_CONNECTIVE = re.compile(
    r"(?:^|[,:;.\-] ?|\) ?|\d\. |\*)(?:(?:và|theo đó|ngoài ra|đồng thời|trong đó|cùng với đó|"
    r"bên cạnh đó|do đó|vì vậy|từ đó|trước mắt|khi đó|tiếp tục)[,:]? ?)?$"
)


def roles(draft: Draft, bodies: list[BodyMention], start: int, end: int) -> None:
    """Set the roles of the bodies of one clause; a body whose part is none of a task's keeps None.

    A body in a list takes its neighbour's role; else the words before its name decide, else those behind it make it the
    subject.
    """
    before = draft.rules.labelled("cue", "vi.roles_before")
    after = draft.rules.labelled("cue", "vi.roles_after")
    low = draft.match.low
    adverbial = _ADVERBIAL.match(low, start)  # `trên cơ sở đề nghị của A, B rà soát`: a comma ends it, B is the subject
    objects: set[int] = set()  # bodies that words before them govern, and what is listed with them
    for i, body in enumerate(bodies):
        if i and _in_list(draft, bodies[i - 1], body):
            body.role = bodies[i - 1].role
            if body.role is not None:
                continue
            if i - 1 in objects and not _OF_ALL.match(low[bodies[_list_end(draft, bodies, i)].end : end]):
                objects.add(i)
                continue
        left = re.sub(
            r"[\s\"']*(?:các đồng chí|đồng chí|đ/c)?[\s\"']*$", "", low[max(start, body.begin - _BEFORE) : body.begin]
        )
        role = _match(before, left)
        if role:
            body.role = "lead" if left == "kiến nghị" else role["role"]
            continue
        if _MENTIONED.search(left):
            continue
        if not _subject(left, whole=body.begin - _BEFORE <= start):
            strong = _STRONG.match(low[body.end : min(end, body.end + _AFTER)])
            if strong is None or _OBJECT.search(left):
                if adverbial is None:
                    objects.add(i)
                continue
        last = _list_end(draft, bodies, i)
        right = re.sub(r"^(?: ?: ?|\.{2,3} ?)", " ", low[bodies[last].end : min(end, bodies[last].end + _AFTER)])
        found = _match(after, _skip_bracket(right))
        if found is None and not left and _STATES.match(_skip_bracket(right)) and not _issues(draft, body):
            found = {"lead": True}  # type: ignore[dict-item]
        if found and _ORDERS.match(right) and _issues(draft, body):
            continue
        if found and not _above_all(draft, body):
            body.role = "supervise" if found.get("supervise") else "lead"
        elif not right.strip(" .;:,"):
            body.role = None


def _issues(draft: Draft, body: BodyMention) -> bool:
    """Whether a body is the document's own issuer, of whom it tells rather than demands."""
    issuer = _issuer(draft)
    return issuer is not None and body.name.casefold() in issuer.casefold()


def _issuer(draft: Draft) -> str | None:
    return draft.metadata.issuer or (draft.metadata.about.issuer if draft.metadata.about else None)


def _above_all(draft: Draft, body: BodyMention) -> bool:
    """Whether a directive of the Government's head or office tells of the Government itself, whom it cannot task."""
    if draft.metadata.doc_type == "bai_viet" and body.name == "Thủ tướng":
        return True
    return body.name in _GOVERNMENT[:2] and _issuer(draft) in _GOVERNMENT and draft.metadata.doc_type != "nghi_quyet"


def _skip_bracket(right: str) -> str:
    """The text behind a name's bracket or qualifier."""
    return _UNKNOWN.sub("", _without_bracket(right))


def _without_bracket(right: str) -> str:
    return re.sub(
        r"^\s?\([^)]{0,100}\)",
        "",
        re.sub(
            r"^ (?:nêu trên|liên quan|có liên quan|được giao|trên địa bàn(?: tỉnh| huyện| thành phố)?|"
            r"quy định tại điều \d+[^,;]{0,30}|thuộc thẩm quyền)(?=[ ,])",
            "",
            right,
        ),
    )


def _match(rules: tuple[CompiledRule, ...], text: str) -> dict[str, BodyRole] | None:
    for rule in rules:
        if rule.regex and rule.regex.search(text):
            return rule.rule.value
    return None


def _subject(left: str, *, whole: bool) -> bool:
    """Whether a name behind this text may be the subject of its clause."""
    left = left.rstrip()
    return not left or (bool(_CONNECTIVE.search(left)) and whole) or left.endswith((",", ":", ";", "-"))


def _in_list(draft: Draft, first: BodyMention, second: BodyMention) -> bool:
    """Whether two names stand in one coordinated list."""
    between = draft.match.low[first.end : second.begin]
    return len(between) < 30 and _LISTED.fullmatch(between) is not None


def _list_end(draft: Draft, bodies: list[BodyMention], i: int) -> int:
    while i + 1 < len(bodies) and _in_list(draft, bodies[i], bodies[i + 1]):
        i += 1
    return i
