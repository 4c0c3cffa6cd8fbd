"""What a document does with the documents that it cites: rests on them, changes, replaces, repeals, guides them.

Offsets are into the text that the caller gives: folded by `chithi.orthography.fold`, lower-case, single spaces.
"""

from __future__ import annotations

import re

from chithi.record import Relation
from chithi.values.citations import CITED

_MAX_CLAUSE = 3000  # characters; a longer clause is a list whose head is out of sight
_TYPE_WORD = (
    r"(?:toàn bộ |các |những )?(?:(?:khoản|điểm|điều|mục|phần|chương|phụ lục)[^,;.]{1,40} )?"
    r"(?:nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kế hoạch|công văn|công điện|"
    r"quy định|quy chế|(?:bộ )?luật|pháp lệnh|kết luận|chương trình|"
    r"hướng dẫn|thông báo|đề án|văn bản|số)"
)
_PARTS = r"(?:,? (?:một số|một phần|các|những|toàn bộ|tên|nội dung|cụm từ|điều|khoản|điểm|quy định|của|và|\d+|[a-zđ]))*"
# Only the document's own act changes another one: its article or title opens with the verb, or the subject is "… này".
# "rà soát, sửa đổi Nghị định số …" orders somebody to, "được sửa đổi, bổ sung bởi …" reports what others did.
_ACT = (
    r"(?:^[\s\"'(-]*(?:(?:điều )?\d+[.:] ?|[a-zđ]\) )?(?:về (?:việc )?)?|"
    r"(?<!kể từ ngày) này (?:[^,;]{0,60}(?:,| và) )?|"
    r"(?:hiệu lực|ngày ký)[^;]{0,50}?(?:,| và) |^(?!.*(?:trình|tham mưu|rà soát|đề xuất|xây dựng))[^;]{0,60}ban hành "
    r"(?:nghị quyết|nghị định|thông tư|quyết định) )(?:về việc )?"
)
_CUES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("amends", re.compile(rf"{_ACT}(?:sửa đổi(?:, bổ sung|,? và bổ sung)?|bổ sung){_PARTS} ?$")),
    ("replaces", re.compile(rf"{_ACT}thay thế(?: cho)?{_PARTS} ?$")),
    ("repeals", re.compile(rf"{_ACT}(?:bãi bỏ|hủy bỏ){_PARTS} ?$")),
    ("guides", re.compile(
        rf"{_ACT}(?:hướng dẫn(?: chi tiết| thi hành| thực hiện| áp dụng)?|quy định chi tiết"
        rf"(?: và hướng dẫn| và biện pháp)?(?: thi hành)?){_PARTS} ?$"
    )),
    ("attached_to", re.compile(r"^[\s(\"'-]*(?:được )?(?:ban hành )?kèm theo ?$")),
)  # fmt: skip
_TITLE_CUE = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|hướng dẫn|quy định chi tiết|kèm theo)(?: (?:thi hành|thực hiện|bởi))?"
    rf"{_PARTS} ?$"
)
_BASIS = re.compile(
    r"(?<!\w)(?:căn cứ|(?<!hướng dẫn )thực hiện|triển khai|cụ thể hóa|quán triệt|(?<!kèm )(?<!tiếp )theo(?! dõi)|"
    r"^\W*xét|trên cơ sở(?= (?:các |nội dung )?(?:đề án|tờ trình|nghị quyết|quyết định|kế hoạch|kết luận|nghị định))|"
    r"chấp hành|(?<!hướng dẫn )(?<!hiệu lực )thi hành)(?!\w)"
)
_LIST_HEAD = re.compile(r"(?:các|những) [^,;.:]{3,40}: $")  # "thay thế các quyết định sau: "
_AFTER = re.compile(
    r"[^;.|]{0,160}? (?:hết hiệu lực|được thay thế bằng|được bãi bỏ|bị bãi bỏ)(?: thi hành)?"
    r"(?: kể từ| từ|,)?(?P<rest>[^;.]{0,60}) này"
)


_AMENDER = re.compile(r"(?:theo|bởi) [^;]*$")  # "đã được sửa đổi theo Nghị định số …": the first one is meant


def relation(low: str, start: int, end: int) -> Relation:
    """Say what the document does with the citation at ``low[start:end]``, by the cues of its own clause.

    A later item of a list takes the relation of the first; a document named in another's title is merely cited, unless
    a cue of carrying out stands before it.

    >>> text = "thay thế quyết định số 12/qđ-ubnd"
    >>> relation(text, 9, len(text))
    'replaces'
    """
    clause = low[max(_clause_start(low, start), start - _MAX_CLAUSE) : start]
    if (m := _AFTER.match(low, end)) and not CITED.search(m[0]) and not _AMENDER.search(clause):
        return "replaces" if "thay thế" in m[0] else "repeals"
    earlier = list(CITED.finditer(clause))
    if not earlier:
        return _by_cue(clause)
    between = clause[earlier[-1].end() :]
    if _BASIS.search(between) and not _TITLE_CUE.search(between):
        return "based_on"
    if _TITLE_CUE.search(between):
        return "based_on" if "bởi" in between and _BASIS.search(clause) else "cites"
    head = clause[: earlier[0].start()]
    word = re.search(rf"{_TYPE_WORD}(?: số:? ?| ?)$", head)
    return _by_cue(head[: word.start()] if word else head)


def _clause_start(low: str, start: int) -> int:
    """Start of the clause; a semicolon does not end it where the citation is the next item of a list."""
    begin = _behind(low, start, (". ", "| ", ": "))
    if head := _LIST_HEAD.search(low, max(begin - 60, 0), begin):
        begin = _behind(low, head.start(), (". ", "| ", ": "))
    while (semicolon := low.rfind("; ", begin, start)) >= 0:
        if not re.match(rf"; (?:và |các |tại )?(?:{_TYPE_WORD}|$)", low[semicolon:start]):
            return semicolon + 2
        start = semicolon
    return begin


def _behind(low: str, start: int, marks: tuple[str, ...]) -> int:
    """Offset behind the last of the marks before ``start``; 0 where there is none."""
    return max((at + len(mark) for mark in marks if (at := low.rfind(mark, 0, start)) >= 0), default=0)


# `chính sách được quy định tại Nghị quyết số …`: where something stands is no ground.
_SET_OUT = re.compile(
    r"(?<!\w)được (?:quy định|giao|nêu|phê duyệt|xác định)(?: (?:chi tiết|cụ thể))? (?:tại|trong) [^;]{0,60}$"
)


def _by_cue(before: str) -> Relation:
    """Read the cue that ends the text before a citation, else any cue of carrying out before it."""
    before = _LIST_HEAD.sub("", before)
    if _SET_OUT.search(before):
        return "cites"
    for name, pattern in _CUES:
        if pattern.search(before):
            return name
    return "based_on" if _BASIS.search(before) else "cites"
