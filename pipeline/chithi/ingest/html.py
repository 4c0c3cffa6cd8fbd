"""HTML → the text that a reader sees, in blocks, with the page's headline and furniture marked.

Paragraphs and headings stand between blank lines, list items on lines of their own, tables as Markdown pipe tables. A
block never holds a line break except where the page has ``<br>``, so no hard wrap of the markup reaches the text.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from lxml.html import HtmlElement

from chithi.errors import DocumentError
from chithi.ingest.columns import by_columns, is_data
from chithi.ingest.furniture import PARAGRAPH, Survey, furniture_phrase
from chithi.ingest.markup import one_line, page_titles, parse_html
from chithi.ingest.posted import declared_date, stamp_date
from chithi.ingest.tables import is_layout, pipe_table
from chithi.orthography import fold, lower
from chithi.source import Region, SourceText

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "base", "iframe", "object", "embed",
     "applet", "svg", "math", "canvas", "audio", "video", "select", "option", "datalist", "button", "input", "textarea",
     "img", "picture", "map", "area"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "marquee", "amp-ad", "amp-embed", "amp-sidebar",
     "amp-social-share", "amp-user-notification", "amp-consent"}
)  # fmt: skip
_WHITE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # single spaces stay as they are
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:[^;]{0,200}\bnone\b", re.IGNORECASE)
_FOR_READERS_ONLY = {"sr-only", "visually-hidden", "screen-reader-text"}
_UNMARKED_LISTS = {"list-unstyled", "list-inline", "list-none"}
_MARKED = re.compile(r"(?:[-+*•●–—·▪]|\d{1,3}[.)]|\(?[a-zđ]\)|[IVXLC]{1,6}\.)(?:\s|$)")
# A title of the head that names the site or a kind of page, not the article.
_NO_HEADLINE = re.compile(r"(?:cổng|trang|chi tiết|website|báo|tin tức|trang chủ)\b.{0,40}", re.IGNORECASE)
_TITLE_NAMES = re.compile(r"(?:title|tieude|headline)$")


def extract_html(source: SourceText) -> SourceText:
    """Replace a page's markup by its text; nothing is fetched, no entity of the page's own is expanded.

    Args:
        source: the decoded page; its other fields are kept.

    Raises:
        DocumentError: `html` for markup beyond the parser's limits, `empty` for a page without text.
    """
    root = parse_html(source.text)
    body = root.find("body")
    body = body if body is not None else root
    writer = _Writer(Survey(body, _DROPPED))
    writer.walk(body)
    writer.end()
    headline = writer.mark_headline(page_titles(root))
    posted = writer.mark_stamp(headline) or declared_date(root)
    text, regions = writer.finish()
    if not text.strip():
        raise DocumentError("holds no text: the page has markup only", code="empty")
    return replace(
        source, text=text, media_type="text/html", regions=regions, carried=True, origins=None, posted_on=posted
    )


def _key(text: str) -> str:
    return lower(fold(one_line(text))).strip(" .:")


class _Writer:
    """Blocks of text in reading order, with what is known of runs of them."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.blocks: list[tuple[str, str]] = []  # (what stands before it, text)
        self.marks: list[tuple[int, int, str, str]] = []  # (first block, end block, kind, reason)
        self.headlines: list[int] = []  # blocks that are an h1
        self.named: list[int] = []  # blocks whose element is called a title
        self.running = 0  # characters of running text outside furniture
        self.rest, self.rest_from = "", 0  # why, and from which block on, nothing more is content
        self.inline: list[str] = []
        self.gap = "\n\n"
        self.prefix = ""
        self.inside = False  # furniture
        self.flat = False  # a cell of a data table

    def end(self) -> None:
        """Close the block being written, if there is one."""
        if not self.inline:
            return
        text = "".join(self.inline).strip()
        self.inline.clear()
        if "  " in text or "\n" in text:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
        for part in re.split(r"\n{2,}", text) if text else ():
            if part := part.strip():
                self._put(part)

    def _put(self, text: str) -> None:
        if self.prefix and not _MARKED.match(text.lstrip()):
            text = self.prefix + text
        self.blocks.append((self.gap, text))
        self.gap, self.prefix = "\n\n", ""
        if self.inside:
            return
        if not self.rest and (reason := furniture_phrase(text.removeprefix("- "))):
            self.marks.append((len(self.blocks) - 1, len(self.blocks), "boilerplate", reason))
            self._may_end(reason)

    def _may_end(self, reason: str) -> None:
        """Behind the article a heading of related news begins what goes on to the end of the page."""
        most = self.running >= 0.8 * self.survey.page.running > 0
        if not self.rest and reason in {"related", "comments"} and most:
            self.rest, self.rest_from = reason, len(self.blocks)

    def walk(self, element: HtmlElement) -> None:
        """Write an element and all in it, not its tail. The parser bounds the depth."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(element):
            return
        if tag == "br":
            self.inline.append("\n")
            return
        block = tag in _BLOCKS or _AS_BLOCK.search(element.get("style") or "") is not None
        if not block:
            self._children(element)
            return
        self.end()
        first = len(self.blocks)
        reason = None if self.inside else self.survey.reason(element)
        self.inside = self.inside or reason is not None
        if tag == "table" and not self.flat and (not is_layout(element) or is_data(element)):
            for caption in element.findall("caption"):
                self.walk(caption)
            if table := pipe_table(element, self._cell):
                self._put(table)
        elif tag == "table" and (cells := by_columns(element)):
            for cell in cells:
                self.walk(cell)
        elif tag in {"ul", "ol", "menu", "dir"}:
            self._list(element)
        else:
            self._children(element)
            self.end()
        if not self.inside and len(self.blocks) > first:
            if tag == "h1":
                self.headlines.append(first)
            elif len(self.blocks) == first + 1 and _named_title(element):
                self.named.append(first)
        if reason is not None:
            self.inside = False
            self.marks.append((first, len(self.blocks), "boilerplate", reason))
            if element in self.survey.boxes:
                self._may_end(reason)

    def _children(self, element: HtmlElement) -> None:
        keep = element.tag == "pre"
        self._text(element.text, keep=keep)
        for child in element:
            self.walk(child)
            self._text(child.tail, keep=keep)

    def _text(self, text: str | None, *, keep: bool) -> None:
        if text:
            if not self.inside and (size := len(text.strip())) >= PARAGRAPH:
                self.running += size
            self.inline.append(text.replace("\r\n", "\n") if keep else _WHITE.sub(" ", text))

    def _list(self, element: HtmlElement) -> None:
        number = int(start) if (start := element.get("start") or "1").lstrip("-").isdecimal() else 1
        level = sum(1 for _ in element.iterancestors("ul", "ol"))
        items = 0
        self._text(element.text, keep=False)
        for child in element:
            if child.tag == "li":
                self.end()
                marker = _marker(element, child, number)
                if marker:
                    self.prefix = "  " * level + marker
                    self.gap = "\n" if items or level else "\n\n"
                items, number = items + 1, number + 1
            self.walk(child)
            self._text(child.tail, keep=False)
        self.end()
        self.gap, self.prefix = "\n\n", ""

    def _cell(self, cell: HtmlElement) -> str:
        inner = _Writer(self.survey)
        inner.flat = inner.inside = True  # furniture inside a cell of a data table is no region of its own
        inner._children(cell)
        inner.end()
        return one_line(" ".join(text for _, text in inner.blocks))

    def mark_headline(self, titles: list[str]) -> int | None:
        """Mark the page's headline and return its block; the best sign of it comes first."""
        keys = {_key(title) for title in titles} | {_key(title.rpartition(" - ")[0]) for title in titles} - {""}
        shown = self._content()
        signs = (
            (i for i in self.headlines if _key(self.blocks[i][1]) in keys),
            self.headlines,
            (i for i in shown if len(self.blocks[i][1]) <= 400 and _key(self.blocks[i][1]) in keys),
            (i for i in self.named if _is_headline(self.blocks[i][1])),
            (
                i for i, after in itertools.pairwise(shown)
                if _is_headline(self.blocks[i][1]) and after == i + 1 and stamp_date(self.blocks[after][1])
            ),
        )  # fmt: skip
        found = next((i for sign in signs for i in sign), None)
        if found is None and self.blocks:
            title = next((title for title in titles if not _NO_HEADLINE.fullmatch(title)), None)
            if title is None:
                return None
            self.blocks.insert(0, ("\n\n", title))
            self.marks = [(first + 1, end + 1, kind, reason) for first, end, kind, reason in self.marks]
            self.rest_from += 1
            found = 0
        if found is not None and found in self._content():
            self.marks.append((found, found + 1, "title", "headline"))
        return found

    def mark_stamp(self, headline: int | None) -> str | None:
        """Mark the line that says when the page was posted, near its headline, and return the day."""
        stamps = {first: end for first, end, _, reason in self.marks if reason == "stamp"}
        own = {i for first, end in stamps.items() for i in range(first, end)}
        open_blocks = own.union(self._content())
        at = headline if headline is not None else -1
        near = [*range(at + 1, at + 8), at - 1, at - 2] if headline is not None else range(len(self.blocks))
        for i in near:
            if i in open_blocks and (day := stamp_date(self.blocks[i][1])):
                if i not in own:
                    self.marks.append((i, i + 1, "boilerplate", "stamp"))
                return day
        return None

    def _content(self) -> list[int]:
        """The blocks that are not marked as furniture."""
        marked = bytearray(len(self.blocks))
        for first, end, kind, _ in self.marks:
            if kind == "boilerplate":
                marked[first:end] = b"\x01" * (end - first)
        return [i for i, mark in enumerate(marked) if not mark and not (self.rest and i >= self.rest_from)]

    def finish(self) -> tuple[str, tuple[Region, ...]]:
        """Join the blocks and turn runs of blocks into runs of characters."""
        spans: list[tuple[int, int]] = []
        parts: list[str] = []
        length = 0
        for gap, text in self.blocks:
            if spans:
                parts.append(gap)
                length += len(gap)
            spans.append((length, length + len(text)))
            parts.append(text)
            length += len(text)
        if self.rest and self.rest_from < len(spans):
            self.marks = [mark for mark in self.marks if mark[0] < self.rest_from]
            self.marks.append((self.rest_from, len(spans), "boilerplate", self.rest))
        regions = (
            Region(start=spans[first][0], end=spans[end - 1][1], kind=kind, reason=reason)
            for first, end, kind, reason in sorted(self.marks)
            if first < end
        )
        return "".join(parts) + ("\n" if parts else ""), tuple(regions)


def _named_title(element: HtmlElement) -> bool:
    names = [name for key in ("class", "id", "itemprop") for name in (element.get(key) or "")[:500].split()]
    return any(_TITLE_NAMES.search(re.sub(r"[^a-z]", "", name.lower())) for name in names)


def _is_headline(text: str) -> bool:
    return len(text.split()) >= 5 and len(text) <= 300


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "") is not None
        or not _FOR_READERS_ONLY.isdisjoint((element.get("class") or "").split())
    )


def _marker(parent: HtmlElement, item: HtmlElement, number: int) -> str:
    """What a browser paints before a list item."""
    if any(_NO_MARKER.search(e.get("style") or "") for e in (parent, item)):
        return ""
    if not _UNMARKED_LISTS.isdisjoint((parent.get("class") or "").split()):
        return ""
    if parent.tag != "ol":
        return "- "
    kind = parent.get("type") or "1"
    if kind in {"a", "A"} and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}) "
    if kind in {"i", "I"} and 1 <= number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return (roman if kind == "I" else roman.lower()) + ". "
    return f"{number}. "
