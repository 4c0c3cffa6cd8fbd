"""Zones: portal furniture, the official header, the legal basis, the recipients and the signature."""

from __future__ import annotations

import itertools
import re

from chithi.orthography import CAPITAL
from chithi.rulepack import CompiledRule
from chithi.stages.draft import Block, Draft

MOTTO = re.compile(r"CỘNG HÒA XÃ(?: HỘI|$)|HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập ?- ?Tự do")
_BASIS = re.compile(
    r"(?:- ?)?(?:căn cứ|xét (?:đề nghị|tờ trình|báo cáo)|theo (?:đề nghị|yêu cầu) của|trên cơ sở xem xét)\b"
)
_ORDERS = re.compile(r"^(?:quyết định|quyết nghị|chỉ thị|nghị quyết|yêu cầu|kết luận)\s?:?$")
_KIND = re.compile(
    r"[#\s]*(?:NGHỊ QUYẾT|CHỈ THỊ|QUYẾT ĐỊNH|KẾ HOẠCH|CÔNG ĐIỆN|THÔNG BÁO|CHƯƠNG TRÌNH|KẾT LUẬN|ĐỀ ÁN|"
    r"NGHỊ ĐỊNH|THÔNG TƯ|LUẬT|"
    r"BÁO CÁO|HƯỚNG DẪN|TỜ TRÌNH|QUY ĐỊNH|QUY CHẾ|PHÁP LỆNH)(?:\s|$)"
)
_TO = re.compile(r"kính gửi\s?:?|[^.;]{5,80} điện ?:$")
_RECIPIENTS = re.compile(r"^(?:nơi nhận|nơi gửi)\s?:?")
AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q|pp|t/m|k/t|t/l|t\.m|k\.t)(?:\.|(?<=/[mtl]) )|(?:tm|kt|tl|tuq) (?=[a-zđ])")
_ATTACHED = re.compile(r"^\(?(?:(?:ban hành )?kèm theo|đính kèm)\b")
_PERSON = re.compile(rf"{CAPITAL}[a-zà-ỹđ]+(?: {CAPITAL}[a-zà-ỹđ]*){{1,4}}")
_OFFICE = re.compile(
    r"(?:phó )?(?:chủ tịch|bí thư|bộ trưởng|thứ trưởng|giám đốc|chánh văn phòng|trưởng ban|cục trưởng|"
    r"thủ tướng|tổng giám đốc|chủ nhiệm|hiệu trưởng|trưởng phòng|thống đốc|viện trưởng)\b"
)
_HEADER_WITHIN = 6000  # match characters before the motto; longer text before it is an article's own
_HEADLINE = (40, 300)  # characters of a headline
_CONTENT = 150  # characters of a paragraph that is surely content


def furniture(draft: Draft) -> None:
    """Give each block its zone."""
    _marked(draft)
    rules = [r for r in draft.rules.labelled("header", "vi.furniture") if r.regex]
    _by_rule(draft, rules)
    _repeats(draft)
    _header_table(draft)
    _header_lines(draft)
    _official(draft)


def _text(draft: Draft, block: Block) -> str:
    return draft.match.low[block.start : block.end].strip()


def _cased(draft: Draft, block: Block) -> str:
    return draft.match.text[block.start : block.end].strip()


def _marked(draft: Draft) -> None:
    """Zones that ingestion has marked in the source."""
    regions = [r for r in draft.source.regions if r.kind == "boilerplate"]
    if not regions:
        return
    i = 0
    for block in draft.blocks:
        start, end = draft.match.source(block.start, block.end)
        while i < len(regions) and regions[i].end <= start:
            i += 1
        if i < len(regions) and regions[i].start <= start and end <= regions[i].end:
            block.zone = "boilerplate"


def _by_rule(draft: Draft, rules: list[CompiledRule]) -> None:
    seen = False
    for i, block in enumerate(draft.blocks):
        text = _text(draft, block)
        if block.zone != "body" or not text:
            continue
        if len(text) > 420:
            seen = True
            continue
        rule = next((r for r in rules if r.regex and r.regex.search(text)), None)
        if rule is None:
            seen = seen or len(text) > _CONTENT
            continue
        if block.cell is not None and rule.id == "furniture.zoom":
            continue  # a value alone in its cell
        action = rule.rule.value["action"]
        block.zone, block.reason = "boilerplate", str(rule.rule.value["reason"])
        if (action == "rest" and seen) or (action == "tail" and seen and i > len(draft.blocks) * 0.5):
            for other in draft.blocks[max(i - int(rule.rule.value.get("back", 0)), 0) :]:
                other.zone = "boilerplate"
            return


def _repeats(draft: Draft) -> None:
    """A headline said again: below itself, in a list of contents, as a caption. The heading over its answer stays."""
    seen: dict[str, list[Block]] = {}
    for block in draft.blocks:
        text = _text(draft, block).strip("#-*> .!?:")
        if block.zone == "body" and block.cell is None and _HEADLINE[0] <= len(text) <= _HEADLINE[1]:
            seen.setdefault(text, []).append(block)
    for blocks in seen.values():
        headline = blocks[0].index if draft.match.text[blocks[0].start] == "#" else -1
        for block in blocks[:-1]:
            if block.index != headline and any(b.bold for b in blocks):
                block.zone = "boilerplate"


def _header_table(draft: Draft) -> None:
    """The header with the motto, and whatever a document library put before it."""
    first = next((b for b in draft.blocks if b.zone == "body" and MOTTO.search(_cased(draft, b))), None)
    if first is None or first.start > _HEADER_WITHIN or first.end - first.start > 160:
        return
    if any(re.match(r"#+ ?\w", _cased(draft, b)) for b in draft.blocks[: first.index]):
        return  # a page with a headline of its own, which shows the motto further down
    start = end = first.index
    if first.cell is not None:
        same = [b.index for b in draft.blocks if b.cell is not None and b.cell[0] == first.cell[0]]
        # A library's own table may run into the header's without a line between them.
        row = first.cell[1]
        same = [i for i in same if (c := draft.blocks[i].cell) and c[1] >= row]
        start, end = min(same), max(same)
    else:
        while start > 0 and end - start < 5 and _column_line(draft, draft.blocks[start - 1]):
            start -= 1
        while (
            end + 1 < len(draft.blocks) and end - first.index < 5 and _header_line(_cased(draft, draft.blocks[end + 1]))
        ):
            end += 1
    for block in draft.blocks[:start]:
        block.zone = "boilerplate"
    for block in draft.blocks[start : end + 1]:
        block.zone = "header"


def _column_line(draft: Draft, block: Block) -> bool:
    """Whether a block above the motto is of the issuer's column: capitals, the rule below, the number."""
    return block.upper or re.fullmatch(r"[-_=*. ]+|số\b.{0,60}", _text(draft, block)) is not None


def _header_lines(draft: Draft) -> None:
    """A header in plain lines, with or without the motto: what stands above the kind's line or `Kính gửi`."""
    shown = next((r.end for r in draft.source.regions if r.kind == "title"), 0)  # a page's headline is no part of it
    above = [b for b in draft.blocks if b.zone == "body" and draft.match.source(b.start, b.end)[1] <= shown]
    top = [b for b in draft.blocks if b.zone in ("body", "header") and b not in above][:14]
    head = next((i for i, b in enumerate(top) if _KIND.match(_cased(draft, b)) or _TO.match(_text(draft, b))), None)
    if head is None or any(b.end - b.start > 200 for b in top[:head]):
        return
    signs = [
        b
        for b in top[:head]
        if b.zone == "header" or re.match(r"Số\s*:?|.{2,40}, (?:hồi .{3,30}, )?ngày \d", _cased(draft, b))
    ]
    if signs or all(b.upper for b in top[:head]):
        for block in top[:head]:
            block.zone = "header"
        for block in above if head else ():
            block.zone = "boilerplate"


def _header_line(text: str) -> bool:
    return bool(MOTTO.search(text) or re.match(r"(?:Số\b|[-_*=. ]+$|[^.;:]{2,40}, ngày )", text))


def _official(draft: Draft) -> None:
    """Legal basis before the operative words; recipients and signature behind the closing ones."""
    blocks = draft.blocks
    for block in blocks:
        if block.zone == "body" and _BASIS.match(_text(draft, block)):
            nearby = blocks[block.index + 1 : block.index + 25]
            bare = draft.match.low[block.start : block.end].rstrip()
            listed = bare.endswith((";", ",")) or any(_ORDERS.match(_text(draft, b)) for b in nearby)
            if listed and not bare.endswith("như sau:") and block.end - block.start < 1500:
                block.zone = "basis"
    for block, after in itertools.pairwise(blocks):
        beside = block.index > 0 and "basis" in (after.zone, blocks[block.index - 1].zone)
        if beside and block.zone == "body" and draft.match.text[block.end - 1] in ";,":
            block.zone = "basis"
    for i, block in enumerate(blocks):
        if block.zone != "body":
            continue
        text = _text(draft, block)
        if _TO.match(text):
            block.zone = "header"
            for other in blocks[i + 1 : i + 40]:
                if not _text(draft, other).startswith(("-", "+")):
                    break
                other.zone = "header"
            continue
        authority = block.upper and AUTHORITY.match(text) and len(text) < 120
        if _RECIPIENTS.match(text) or authority or _signed(draft, i):
            _footer(draft, i)


def _signed(draft: Draft, i: int) -> bool:
    """Whether an office in capitals stands alone above a person's name: a signature in the signer's own right."""
    block = draft.blocks[i]
    if not block.upper or not _OFFICE.fullmatch(_text(draft, block)):
        return False
    return any(_PERSON.fullmatch(_cased(draft, b).strip()) for b in draft.blocks[i + 1 : i + 3])


def _footer(draft: Draft, i: int) -> None:
    blocks = draft.blocks
    if (cell := blocks[i].cell) is not None:
        for block in blocks:
            if block.cell is not None and block.cell[0] == cell[0]:
                block.zone = "footer"
        return
    for block in blocks[i : i + 60]:
        text = _text(draft, block)
        if block is not blocks[i] and (_ends_footer(block, text)):
            return
        if block.zone == "body":
            block.zone = "footer"


def _ends_footer(block: Block, text: str) -> bool:
    """Whether a block behind the recipients begins something new: an annex, an attached plan, a long paragraph."""
    if block.cell is not None or _ATTACHED.match(text) or re.match(r"phụ lục|biểu (?:số|mẫu)", text):
        return True
    if text.startswith(("-", "+")) or _OFFICE.match(text) or AUTHORITY.match(text):
        return False
    title = block.upper and re.match(
        r"(?:kế hoạch|quy chế|quy định|đề án|chương trình|danh mục|bảng|nội dung|hướng dẫn)\b", text
    )
    return bool(title) or len(text) > 160
