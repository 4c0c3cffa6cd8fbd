"""The outline: labels of blocks (Phần, Điều, I., 1., a), -, +), who stands under whom, what headings announce."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chithi.rulepack import CompiledRule, find_all
from chithi.stages.draft import Block, Draft
from chithi.stages.segments import END, MAX_HEADING, is_heading

# Label styles, first match wins; the number is how deep a style stands where the document does not say otherwise.
_STYLES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("annex", 0.0, re.compile(r"phụ lục(?:\s+(?:[ivxlc]+|\d+))?\s*(?:[.:]|$|(?=\())", re.IGNORECASE)),
    ("part", 0.5, re.compile(r"phần\s+(?:[ivxlc]+|\d+|thứ\s+\w+)\s*(?:[.:]\s*|$|-\s)", re.IGNORECASE)),
    ("chapter", 1.0, re.compile(r"chương\s+(?:[ivxlc]+|\d+)\s*(?:[.:]\s*|$|-\s|(?=[A-ZĐ]))", re.IGNORECASE)),
    ("division", 2.0, re.compile(r"(?:tiểu )?mục\s+(?:[ivxlc]+|\d+)\s*(?:[.:]\s*|$|-\s)", re.IGNORECASE)),
    ("article", 3.0, re.compile(r"điều\s+\d+[a-z]?\s*(?:[.:]\s*|$)", re.IGNORECASE)),
    ("roman", 4.0, re.compile(r"(?=[IVXL])(?:X{0,2}(?:IX|IV|V?I{0,3}))\s?(?:[.)]\s?-?|-|/(?!v\b))\s*(?=\S)")),
    ("alpha", 4.0, re.compile(r"[A-H][.)]\s+")),
    ("num4", 8.0, re.compile(r"\d{1,2}(?:\.\d{1,2}){3}\.?\s*(?=[^\d%,])")),
    ("num3", 7.0, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*(?=[^\d%,])")),
    ("num2", 6.0, re.compile(r"\d{1,2}\.\d{1,2}(?:\.\s*|\s+|(?=[A-ZĐ]))(?=[^\d%,])(?!(?:triệu|tỷ|nghìn|lần)\b)")),
    ("num", 5.0, re.compile(r"\d{1,2}\s?(?:[.)/]\s?-?|-(?=\s))\s*(?=[^\d\s%,])")),
    (
        "ordinal",
        5.2,
        re.compile(
            r"(?:Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|"
            r"Mười) là)[,:]\s+"
        ),
    ),
    ("letter", 9.0, re.compile(r"[a-zđ]\d?\s?(?:\.\d)?[.)]\s*(?=\S)")),
    ("paren", 9.5, re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*")),
    ("dash", 10.0, re.compile(r"[-•●▪]\s*(?=\D|\d+\s?%|\d)")),
    ("plus", 11.0, re.compile(r"\+(?!\+)\s*")),
    ("plus2", 11.5, re.compile(r"\+\+\s*")),
    ("star", 12.0, re.compile(r"[○>]\s*")),
)
_RUN_IN = 90  # characters of a heading that its text follows on the line
_RANK = {name: rank for name, rank, _ in _STYLES} | {"hash": 2.5, "caps": 3.5, "bold": 4.5, "lead": 5.5}


def outline(draft: Draft) -> None:
    """Label the blocks, build the tree and give each block the section it stands in."""
    for block in draft.blocks:
        _label(draft, block)
    rules = draft.rules.labelled("cue", "vi.sections")
    leads = draft.rules.labelled("cue", "vi.leadins")
    stack: list[Block] = []
    for block in draft.blocks:
        if block.zone == "footer":
            stack.clear()  # what comes behind a signature is an attachment with an outline of its own
        if block.cell is not None or block.zone in ("boilerplate", "header", "footer", "title"):
            continue
        _place(draft, block, stack)
    for block in draft.blocks:
        if block.zone != "body":
            continue
        if block.cell is None or block.children:
            block.own_section = _announces(draft, block, rules, leads)
        if block.parent is not None and block.parent.zone == "body":
            block.section = block.parent.own_section or block.parent.section
        if block.own_section in ("goal", "result", "demand") and not is_heading(draft, block):
            # `1. Mục tiêu chung: nâng cao …` is a heading with its text behind it.
            block.section = block.own_section
            block.body = draft.match.low.index(":", block.body) + 1


def _label(draft: Draft, block: Block) -> None:
    text = draft.match.text[block.start : block.end]
    hashes = len(text) - len(text.lstrip("#"))
    skip = len(text) - len(text[hashes:].lstrip()) if hashes else 0
    if hashes:
        block.style, block.body = "hash", block.start + skip
        block.level = hashes
        return
    for name, _, regex in _STYLES:
        m = regex.match(text)
        if m and (m.end() < len(text) or name in ("annex", "part", "chapter", "division", "article")):
            block.style, block.label, block.body = name, text[: m.end()].strip(), block.start + m.end()
            return
    if block.cell is None and len(text) <= MAX_HEADING and not END.search(text):
        if block.upper and len(text) > 4:
            block.style = "caps"
        elif block.bold:
            block.style = "bold"


def _rank(block: Block) -> float:
    if block.style == "hash":
        return _RANK["hash"] + 0.1 * min(block.level, 6)
    return _RANK.get(block.style, 13.0)


def _place(draft: Draft, block: Block, stack: list[Block]) -> None:
    """Hang a block under its heading and leave the stack of open headings as it stands behind it."""
    if not block.style:
        _place_paragraph(draft, block, stack)
        return
    same = next((i for i, b in enumerate(stack) if b.style == block.style and b.level == block.level), None)
    if block.style in ("caps", "bold", "hash") and same is None:
        same = next((i for i, b in enumerate(stack) if _rank(b) >= _rank(block)), None)
    if same is not None:
        del stack[same:]
    else:
        while stack and _rank(stack[-1]) > _rank(block):
            stack.pop()
    _hang(block, stack)
    stack.append(block)


def _place_paragraph(draft: Draft, block: Block, stack: list[Block]) -> None:
    """An unnumbered paragraph stands under the nearest heading; one that ends in a colon leads in what follows."""
    coming = next((b for b in draft.blocks[block.index + 1 : block.index + 12] if b.style and b.cell is None), None)
    while stack and not _open(draft, stack[-1]):
        stack.pop()
    leads_in = draft.match.text[block.start : block.end].endswith(":")
    while stack and stack[-1].style == "lead":
        items = [c.style for c in stack[-1].children]
        goes_on = not items or "" in items or (coming is not None and coming.style == items[0])
        if goes_on and not leads_in:
            break
        stack.pop()
    _hang(block, stack)
    if leads_in:
        block.style = "lead"
        stack.append(block)


def _open(draft: Draft, block: Block) -> bool:
    """Whether an unnumbered paragraph behind a block belongs under it."""
    return is_heading(draft, block) or block.style in ("article", "roman", "caps", "hash", "bold", "part", "chapter")


def _hang(block: Block, stack: list[Block]) -> None:
    if stack:
        block.parent = stack[-1]
        stack[-1].children.append(block)


_TITLED = 3  # characters of a heading that has its title with it


def _announces(draft: Draft, block: Block, rules: Sequence[CompiledRule], leads: Sequence[CompiledRule]) -> str:
    """The section that a heading's words announce, empty where they announce none."""
    end = block.end
    if block.style in ("part", "chapter", "division") and block.end - block.body < _TITLED:
        # `Chương III` stands on a line of its own; its title is the next.
        below = next(iter(draft.blocks[block.index + 1 : block.index + 2]), None)
        return _announces(draft, below, rules, leads) if below is not None and (below.upper or below.bold) else ""
    if not is_heading(draft, block):
        # `1. Mục tiêu chung: …` announces with its first words, up to the colon.
        end = draft.match.low.find(":", block.body, min(block.end, block.body + _RUN_IN))
    if end <= block.body:
        return ""
    match = draft.match
    found = find_all(rules, match.text, match.low, [(block.body, min(end, block.body + MAX_HEADING))])
    if not found and end == block.end and match.text[end - 1] == ":":
        found = find_all(leads, match.text, match.low, [(max(block.body, end - MAX_HEADING * 2), end)])[-1:]
    return str(found[0].rule.rule.value["section"]) if found else ""
