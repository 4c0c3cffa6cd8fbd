"""spaCy tokens are syllables, numbers and marks with exact offsets; underthesea's words lie over them on demand."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from chithi.orthography import fold, lower
from chithi.rulepack import CompiledRule, RuleSet
from chithi.stages.draft import Draft

_TOKEN = re.compile(r"\w+|[^\w\s]")
_CLAUSE = re.compile(r"[^.;:!?\n]+")
_MAX_CLAUSE = 600  # characters handed to the segmenter at once; its cost per character grows with the length
NLP = spacy.blank("xx")

if not Doc.has_extension("offsets"):
    Doc.set_extension("offsets", default=None)


def tokenize(draft: Draft) -> None:
    """One Doc a document over the lower-case match text; ``doc._.offsets`` holds the tokens' starts in it."""
    words: list[str] = []
    offsets = array("I")
    for m in _TOKEN.finditer(draft.match.low):
        words.append(m[0])
        offsets.append(m.start())
    doc = Doc(NLP.vocab, words=words)
    doc._.offsets = offsets
    doc.spans["words"] = []
    draft.doc = doc
    draft.named = list(_named(draft, doc))


@lru_cache(maxsize=8)
def _matcher(rules: RuleSet) -> PhraseMatcher:
    """The phrase rules that name bodies, in one matcher over lower-case syllables."""
    matcher = PhraseMatcher(NLP.vocab, attr="ORTH")
    for rule in rules.labelled("body", "vi.bodies_named"):
        texts = [_TOKEN.findall(lower(fold(phrase))) for phrase in rule.rule.phrases or ()]
        matcher.add(rule.id, [Doc(NLP.vocab, words=words) for words in texts])
    return matcher


def _named(draft: Draft, doc: Doc) -> Iterator[tuple[int, int, CompiledRule]]:
    """Match offsets and rules of the proper names in a document, in order, the longest where they overlap."""
    by_id = {rule.id: rule for rule in draft.rules.labelled("body", "vi.bodies_named")}
    offsets = doc._.offsets
    found: list[Span] = _matcher(draft.rules)(doc, as_spans=True)
    for span in sorted(spacy.util.filter_spans(found)):
        start, end = offsets[span.start], offsets[span.end - 1] + len(span[-1].text)
        rule = by_id[span.label_]
        if rule.regex is not None and rule.regex.fullmatch(draft.match.text, start, end):  # its case is right too
            yield start, end, rule


@lru_cache(maxsize=4096)
def _segment(clause: str) -> tuple[tuple[int, int], ...]:
    """Offsets of underthesea's words in a clause."""
    from underthesea import word_tokenize

    out: list[tuple[int, int]] = []
    pos = 0
    for word in word_tokenize(clause, use_token_normalize=False):
        at = clause.find(word, pos)
        if at < 0:  # it rewrote the characters: leave the word out rather than guess
            continue
        out.append((at, at + len(word)))
        pos = at + len(word)
    return tuple(out)


def word_at(draft: Draft, at: int) -> tuple[int, int]:
    """The word of underthesea's that holds match offset ``at``; its clause is segmented when first asked for."""
    text = draft.match.text
    begin = max(at - _MAX_CLAUSE // 2, 0)
    start = max((text.rfind(c, begin, at) for c in ".;:!?\n"), default=-1) + 1
    start = max(start, begin)
    m = _CLAUSE.match(text, start, min(len(text), start + _MAX_CLAUSE))
    if m is None or not m.start() <= at < m.end():
        return at, at
    spans = _segment(m[0])
    i = bisect_right([s for s, _ in spans], at - m.start()) - 1
    if i < 0 or spans[i][1] <= at - m.start():
        return at, at
    a, b = spans[i][0] + m.start(), spans[i][1] + m.start()
    _remember(draft, a, b)
    return a, b


def _remember(draft: Draft, start: int, end: int) -> None:
    """Keep a segmented word among the Doc's spans."""
    doc = draft.doc
    assert doc is not None
    offsets: Any = doc._.offsets
    first, last = bisect_left(offsets, start), bisect_left(offsets, end)
    if first < last:
        doc.spans["words"].append(Span(doc, first, last, label="word"))
