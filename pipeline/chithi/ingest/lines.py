"""Words on a page → lines in reading order, the two columns of a directive's head and foot read one after the other.

Places are in points (1/72 inch) from the page's upper left corner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from chithi.orthography import fold, lower

_HEAD = re.compile(r"độc lập\W{1,5}tự do|cộng hòa xã hội|đảng cộng sản việt nam")
_FOOT = re.compile(r"(?:\s*nơi (?:nhận|gửi)\b|.{0,200}\t\s*(?:t/?m|kt|tl|tuq|q)\. )")
# The room between two rows of columns, in heights of a line. A signature leaves room for the hand, on the right only.
_SIGNING, _TOGETHER, _CLOSE = 12, 4, 2
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ|ĐẢNG CỘNG SẢN|Độc lập [-–]")
_GUTTER = 6.0  # points that must stay free between two columns


@dataclass(slots=True)
class Word:
    """A word and where it stands; ``bottom`` is the line that its letters stand on, without what hangs below it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Line:
    """Words side by side.

    Attributes:
        frame: left and right edge of the column or cell that the line stands in, None in running text.
    """

    __slots__ = ("bottom", "frame", "text", "top", "words", "x0", "x1")

    def __init__(self, words: Iterable[Word], *, frame: tuple[float, float] | None = None) -> None:
        self.words = sorted(words, key=lambda w: w.x0)
        self.x0, self.x1 = self.words[0].x0, max(w.x1 for w in self.words)
        self.top, self.bottom = median(w.top for w in self.words), median(w.bottom for w in self.words)
        self.frame = frame
        parts = [self.words[0].text]
        for a, b in pairwise(self.words):
            parts += ("\t" if b.x0 - a.x1 > self.wide else " ", b.text)
        self.text = "".join(parts)

    @property
    def wide(self) -> float:
        """A gap that parts columns, not words: justified lines have gaps of a letter or two."""
        return max(2.0 * (self.bottom - self.top), 18.0)

    def segments(self) -> list[list[Word]]:
        """The words on either side of wide gaps, or of a narrow one before the motto, which begins a column."""
        parts = [[self.words[0]]]
        for i, (a, b) in enumerate(pairwise(self.words), 1):
            gap = b.x0 - a.x1
            motto = gap >= _GUTTER and _MOTTO.match(" ".join(w.text for w in self.words[i : i + 3]))
            if gap > self.wide or motto:
                parts.append([])
            parts[-1].append(b)
        return parts


def lines_of(words: Iterable[Word], *, frame: tuple[float, float] | None = None) -> list[Line]:
    """Group words that stand on one line, a raised figure with them."""
    rows: list[list[Word]] = []
    bottom = height = 0.0
    for word in sorted(words, key=lambda w: w.bottom):
        tall = word.bottom - word.top
        if rows and word.bottom - bottom < 0.45 * max(height, tall):
            rows[-1].append(word)
            if tall > height:
                bottom, height = word.bottom, tall
        else:
            rows.append([word])
            bottom, height = word.bottom, tall
    return [Line(row, frame=frame) for row in rows]


def in_order(words: Iterable[Word]) -> list[Line]:
    """The lines of a page's running text, head and foot column by column."""
    rows = lines_of(words)
    out: list[Line] = []
    i = 0
    while i < len(rows):
        end, gutter = _frame_at(rows, i)
        if end == i:
            out.append(rows[i])
            i += 1
            continue
        inside = [word for row in rows[i:end] for word in row.words]
        for column in ([w for w in inside if w.x0 < gutter], [w for w in inside if w.x0 >= gutter]):
            out += lines_of(column, frame=(min(w.x0 for w in column), max(w.x1 for w in column)))
        i = end
    return out


def _frame_at(rows: Sequence[Line], i: int) -> tuple[int, float]:
    """Where two columns that begin with row i end, and what x parts them; (i, 0) where none begin.

    Columns begin with a row of two parts. Each further row must leave the gutter free, and must not stand in the middle
    of the page: the title below the head does, between the columns' middles.
    """
    first = rows[i].segments()
    if len(first) != 2:
        return i, 0.0
    left, right = first[0][-1].x1, first[1][0].x0
    center = (first[1][0].x0 + first[1][-1].x1) / 2
    page_center = (min(row.x0 for row in rows) + max(row.x1 for row in rows)) / 2
    end = i + 1
    foot = _FOOT.match(_key(rows[i].text)) is not None
    while end < len(rows):
        row, parts = rows[end], rows[end].segments()
        gap = (row.top - rows[end - 1].bottom) / max(row.bottom - row.top, 1)
        if gap > (_SIGNING if foot and row.x0 > left else _TOGETHER if len(parts) > 1 else _CLOSE):
            break
        new_left = max([left, *(p[-1].x1 for p in parts if p[0].x0 < left)])
        new_right = min([right, *(p[0].x0 for p in parts if p[0].x0 >= left)])
        if new_right - new_left < _GUTTER or len(parts) > 2:
            break
        if len(parts) == 1 and parts[0][0].x0 >= left:
            middle = (parts[0][0].x0 + parts[0][-1].x1) / 2
            if abs(middle - page_center) < 15 and abs(middle - center) > 30:
                break
        left, right = new_left, new_right
        end += 1
    inside = _key("\n".join(row.text for row in rows[i:end]))
    if not foot and not _HEAD.search(inside):
        return i, 0.0
    return end, (left + right) / 2


def _key(text: str) -> str:
    return lower(fold(text))
