"""Sentences and clauses of a block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chithi.orthography import CAPITAL
from chithi.stages.draft import Block, Draft

# A full stop ends a sentence before a capital, a digit with a label, or a quote; not in `TP. Huế`, `Th.S`, `GS. An`.
# The mark comes first, the rest looks back from behind it: so the search skips from mark to mark.
_SENTENCE = re.compile(
    r"[.!?](?<=[^\s.].)(?<!\bTP.)(?<!\btp.)(?<!\bTh.)(?<!\bTS.)(?<!\bGS.)(?<!\bP.)(?<!\bQ.)(?<!\bSố.)(?<!\bst.)"
    rf"[.!?]*[\"')]*(?=\s+[\"'(]?(?:{CAPITAL}|[\d+-])|\s*$)"
    rf"|\.(?<=\.\.\.)\s+(?={CAPITAL})"
)
END = re.compile(r'[.;,]["\')]*$|\./\.')
# Not the colon behind a head that a list shares: `các Bộ: Quốc phòng, Công an`.
_CUT = re.compile(rf"[();]|(?<!\bBộ)(?<!\bSở)(?<!\bphòng)(?<!\bPhòng)(?<!\bban): (?={CAPITAL})")
_LEAD_IN = 80  # characters before a colon that say something of their own
MAX_HEADING = 220  # characters; a heading is not longer


@dataclass(frozen=True, slots=True)
class Segment:
    """``[start, end)`` of the match text, without the mark that ends it; ``sentence`` counts within the block."""

    start: int
    end: int
    sentence: int


def sentences(draft: Draft, block: Block) -> list[Segment]:
    """The block's sentences, behind its label."""
    text = draft.match.text
    out: list[Segment] = []
    start = block.body
    for m in _SENTENCE.finditer(text, block.body, block.end):
        out.append(Segment(start, m.start(), len(out)))
        start = m.end()
    out.append(Segment(start, block.end, len(out)))
    return [s for s in (_trim(text, s) for s in out) if s.end > s.start]


def clauses(draft: Draft, block: Block) -> list[Segment]:
    """The block's clauses: sentences cut at semicolons, brackets kept whole."""
    text = draft.match.text
    out: list[Segment] = []
    for s in sentences(draft, block):
        start = s.start
        depth = 0
        for m in _CUT.finditer(text[s.start : s.end]):
            depth += {"(": 1, ")": -1}.get(m[0], 0)
            cut = m[0] == ";" or (m[0] == ": " and s.start + m.start() - start > _LEAD_IN)
            if cut and depth <= 0:
                out.append(Segment(start, s.start + m.start(), s.sentence))
                start = s.start + m.end()
        out.append(Segment(start, s.end, s.sentence))
    return [s for s in (_trim(text, s) for s in out) if s.end > s.start]


def _trim(text: str, s: Segment) -> Segment:
    a, b = s.start, s.end
    while a < b and (text[a].isspace() or text[a] in ",;"):
        a += 1
    while b > a and (text[b - 1].isspace() or text[b - 1] in "./;,"):
        b -= 1
    return Segment(a, b, s.sentence)


def is_heading(draft: Draft, block: Block) -> bool:
    """Whether a block announces what stands below it rather than saying something of its own."""
    text = draft.match.text[block.body : block.end].rstrip()
    if text.endswith(":"):
        return True
    if block.style in ("annex", "part", "chapter", "division", "article", "hash", "caps"):
        return (len(text) <= MAX_HEADING and not text.endswith((".", ";"))) or block.style in (
            "part",
            "chapter",
            "division",
        )
    if END.search(text):
        return False
    below = draft.blocks[block.index + 1 : block.index + 2]
    return len(text) <= MAX_HEADING or bool(
        block.label and len(text) <= 2 * MAX_HEADING and below and not below[0].style
    )
