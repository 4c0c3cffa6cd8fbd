"""Which parts of a web page are furniture: menus, related news, comments, share bars, counters.

Judged by tag, role, class and id words, link density, a few set phrases and the headings of boxes. Furniture is marked,
never cut, so a wrong judgement here can be seen in the record's text. An element that holds most of the page's running
text is never furniture, whatever it is called: portals wrap whole pages in ``<form>`` and name the article's box
``content-sidebar-wrapper``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from chithi.ingest.markup import one_line
from chithi.orthography import fold, lower

_TAGS = {
    "nav": "menu", "aside": "aside", "footer": "footer", "form": "form", "figcaption": "caption", "menu": "menu",
    "marquee": "banner", "amp-ad": "advertisement", "amp-embed": "advertisement", "amp-sidebar": "menu",
    "amp-social-share": "share", "amp-user-notification": "popup", "amp-consent": "popup",
}  # fmt: skip
_ROLES = {
    "navigation": "menu", "menu": "menu", "menubar": "menu", "banner": "header", "contentinfo": "footer",
    "complementary": "aside", "search": "form", "dialog": "popup", "alertdialog": "popup", "toolbar": "toolbar",
}  # fmt: skip
_WORDS = {
    "menu": "nav navbar navigation menu megamenu submenu topmenu mainmenu breadcrumb breadcrumbs pagination pager "
    "quicklaunch quicklaunchouter ribbonrow toplinks",
    "related": "related relate recommend recommended recommendation othernews",
    "share": "share sharing social socials addthis sharethis sharedaddy bookmarks",
    "comments": "comment comments disqus",
    "aside": "sidebar rightbar",
    "advertisement": "ads adv advert advertisement advertising sponsor sponsored banner",
    "counter": "counter visitor visitors hitcounter pageview pageviews viewcount thongke",
    "footer": "footer copyright",
    "form": "login search newsletter subscribe",
    "popup": "popup modal cookie cookies",
    "toolbar": "toolbar fontsize zoom print printer",
    "tags": "tags taglist keywords",
    "rating": "rating ratings vote voting poll",
    "caption": "caption imagecaption piccaption photocaption",
    "stamp": "posted published byline submitted timestamp publishdate postdate",
}
_REASON_OF_WORD = {word: reason for reason, words in _WORDS.items() for word in words.split()}
# Slugs of Vietnamese portals, found inside a class or id with its separators taken out.
_SLUGS = {
    "tinlienquan": "related", "tinkhac": "related", "baikhac": "related", "cungchuyenmuc": "related",
    "baivietlienquan": "related", "tinmoi": "related", "docnhieu": "related", "xemnhieu": "related",
    "binhluan": "comments", "quangcao": "advertisement", "luottruycap": "counter", "luotxem": "counter",
    "chiase": "share", "lienketweb": "menu", "danhgia": "rating", "thamdo": "rating", "relatedpost": "related",
    "relatednews": "related", "vanbanlienquan": "related", "vanbanmoi": "related", "boxcategory": "related",
    "postnavigation": "menu", "entryfooter": "tags", "detailtag": "tags", "thuoctinh": "library",
    "lichcongtac": "aside", "widgetarea": "aside", "zoomwidget": "toolbar",
    "thoitiet": "aside", "tygia": "aside", "ngaydang": "stamp", "thoigiandang": "stamp", "entrymeta": "stamp",
    "postmeta": "stamp",
}  # fmt: skip
_HEADERS = {
    "header", "siteheader", "mainheader", "topheader", "headertop", "headerwrap", "headerwrapper", "pageheader",
    "masthead", "topbar", "headercontainer", "headermain",
}  # fmt: skip
_PART = re.compile(r"[A-Za-z]+")
_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BOXES = {"div", "section", "ul", "ol", "dl", "table", "td", "tr", "p", "center", "header", "article", "li", "details"}
_NEVER = {"html", "body", "main"}
_LINK_BOXES = {"div", "section", "ul", "ol", "dl", "table", "p"}
_PHRASES = {  # of a whole line, folded and lower-case
    "related": (
        r"(?:các |những )?(?:tin|tin tức|bài|bài viết|tin bài|văn bản|thông tin)(?: (?:liên quan|khác|cùng chuyên mục"
        r"|cùng loại|đã đưa|mới nhất|mới hơn|cũ hơn|đọc nhiều|xem nhiều|nổi bật|tiêu điểm))+\s*:?"
        r"|(?:có liên quan|cùng chuyên mục|đọc thêm|đọc nhiều|xem nhiều|đừng bỏ lỡ|bài mới nhất)\s*:?"
    ),
    "counter": (
        r"(?:(?:số )?(?:lượt|lần) (?:xem|đọc)|(?:tổng )?(?:số )?(?:lượt )?truy cập|đang (?:truy cập|online))"
        r"\s*:?\s*[\d.,]*|(?:hôm nay|tuần này|tháng này)\s*:\s*[\d.,]+"
    ),
    "toolbar": (
        r"(?:chia sẻ|in trang|in bài viết|gửi email|cỡ chữ|đọc bài viết|lưu bài|tải về|quay lại|về đầu trang)\s*:?"
    ),
    "comments": r"(?:\d{1,4} )?(?:ý kiến bạn đọc|bình luận|gửi bình luận|viết bình luận)\s*(?:\(\d{1,4}\))?\s*:?",
    "footer": r"(?:©|copyright|bản quyền).{0,200}",
}
_HEADINGS = {  # of a box; what follows it there goes with it
    "related": _PHRASES["related"],
    "comments": _PHRASES["comments"],
    "counter": (
        r"(?:thống kê|lượng|số lượt) truy cập\s*:?"
        r"|kết quả (?:giải quyết|xử lý) (?:tthc|thủ tục hành chính|hồ sơ).{0,40}"
    ),
    "rating": r"(?:thăm dò ý kiến|bình chọn|khảo sát ý kiến)\s*:?",
    "menu": r"(?:liên kết (?:web(?:site)?|trang)|chuyên mục|danh mục tin)\s*:?",
}


def _any(patterns: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{reason}>{pattern})" for reason, pattern in patterns.items()))


_PHRASE, _HEADING = _any(_PHRASES), _any(_HEADINGS)
_SHORT = {"stamp": 120, "caption": 400}  # characters that furniture of these kinds has at most
_NAMES = 500  # characters of a class or id that are looked at: no page needs more, a hostile one has megabytes
PARAGRAPH = 80  # characters of one piece of running text
_BOX = 0.25  # share of the page's running text that a box may hold


@dataclass(slots=True)
class Weight:
    """Text of an element and everything in it, in characters without outer white space.

    Attributes:
        text: all of it.
        linked: what stands in links.
        links: how many links.
        running: pieces long enough for a sentence, without links, and without what readers wrote.
    """

    text: int = 0
    linked: int = 0
    links: int = 0
    running: int = 0

    @property
    def prose(self) -> int:
        """Characters outside links."""
        return self.text - self.linked


def weigh(root: HtmlElement, dropped: Iterable[str]) -> dict[HtmlElement, Weight]:
    """Measure every element once, leaves first, so that judging a page stays linear in its size."""
    skip = set(dropped)
    weights: dict[HtmlElement, Weight] = {}
    for element in reversed(list(root.iter())):
        weight = weights.setdefault(element, Weight())
        if isinstance(element.tag, str) and element.tag not in skip:
            own = len((element.text or "").strip())
            weight.text += own
            weight.running += own if own >= PARAGRAPH else 0
            if element.tag == "a":
                weight.linked, weight.links, weight.running = weight.text, 1, 0
        else:
            weights[element] = weight = Weight()
        parent = element.getparent()
        if parent is not None and element is not root:
            above = weights.setdefault(parent, Weight())
            tail = len((element.tail or "").strip())
            above.text += weight.text + tail
            above.running += tail if tail >= PARAGRAPH else 0
            if weight.running and _named(element) not in {"comments", "related"}:
                above.running += weight.running
            above.linked += weight.linked
            above.links += weight.links
    return weights


class Survey:
    """What each element of a page is, by its own marks and by the headings of boxes."""

    def __init__(self, body: HtmlElement, dropped: Iterable[str]) -> None:
        self.weights = weigh(body, dropped)
        self.page = self.weights[body]
        self.boxes: dict[HtmlElement, str] = {}
        self._first: dict[HtmlElement, HtmlElement | None] = {}  # of an element, the first one in it that has text
        for element, weight in self.weights.items():
            if 0 < weight.text <= 60 and element is not body and isinstance(element.tag, str):
                heading = _matched(_HEADING, one_line(element.text_content() or ""))
                if heading is not None and (box := self._box(element, body, heading)) is not None:
                    self.boxes.setdefault(box, heading)

    def _box(self, heading: HtmlElement, body: HtmlElement, reason: str) -> HtmlElement | None:
        """The largest element that a heading begins and that is no part of the article."""
        listed = reason in {"related", "comments"}  # with teasers in full sentences; other boxes have none
        most = _BOX * self.page.running if listed else 0
        box = heading
        for above in heading.iterancestors():
            if above is body or above.tag in _NEVER or (above.text or "").strip() or self.weights[above].running > most:
                break
            if above not in self._first:
                self._first[above] = next((child for child in above if self.weights[child].text), None)
            if self._first[above] is not box:
                break
            box = above
        alone = self.weights[box].text == self.weights[heading].text
        return None if alone and not listed else box

    def reason(self, element: HtmlElement) -> str | None:
        """Say what kind of furniture an element is, None for content."""
        if element.tag in _NEVER:
            return None
        if element in self.boxes:
            return self.boxes[element]
        weight = self.weights[element]
        reason = _named(element)
        if reason is None and _dense(element, weight):
            reason = "links"
        if reason == "comments":
            return reason  # readers may write more than the article
        if reason is None and _pictured(element, weight):
            reason = "caption"
        if weight.text > _SHORT.get(reason or "", weight.text):
            return None
        if reason and weight.prose >= 200 and weight.prose > 0.5 * self.page.prose:
            return None
        if reason and weight.running > max(0.4 * self.page.running, 2 * PARAGRAPH):
            return None
        if reason and reason != "links" and any(True for _ in element.iter("h1")) and _holds_headline(element):
            return None
        return reason


def furniture_phrase(block: str) -> str | None:
    """Say what kind of furniture a short line of its own is, None for content.

    >>> furniture_phrase("Các tin khác:"), furniture_phrase("Lượt xem: 1.204"), furniture_phrase("Tin học")
    ('related', 'counter', None)
    """
    return _matched(_PHRASE, block)


def _matched(patterns: re.Pattern[str], line: str) -> str | None:
    return _match(patterns, line) if len(line) <= 200 else None


@lru_cache(maxsize=4096)  # the pages of a portal have the same lines
def _match(patterns: re.Pattern[str], line: str) -> str | None:
    found = patterns.fullmatch(lower(fold(line)).strip())
    return found.lastgroup if found else None


def _named(element: HtmlElement) -> str | None:
    tag, role = element.tag, (element.get("role") or "").lower()
    if tag in _TAGS:
        return _TAGS[tag]
    if role in _ROLES:
        return _ROLES[role]
    if tag == "header":
        return None if _inside(element) else "header"
    if tag not in _BOXES:
        return None
    for name in [*(element.get("class") or "")[:_NAMES].split(), (element.get("id") or "")[:_NAMES]]:
        if name.startswith("Mso"):  # Word's paragraph styles say nothing: typists set the body in MsoHeader
            continue
        flat = re.sub(r"[^a-z0-9]", "", name.lower())
        if flat in _HEADERS and not _inside(element):
            return "header"
        for part in [*_PART.findall(name), *_HUMP.findall(name)]:  # sideBar is one word, shareBox two
            if part.lower() in _REASON_OF_WORD:
                return _REASON_OF_WORD[part.lower()]
        for slug, reason in _SLUGS.items():
            if slug in flat:
                return reason
    return None


def _inside(element: HtmlElement) -> bool:
    return any(True for _ in element.iterancestors("article", "main"))


def _dense(element: HtmlElement, weight: Weight) -> bool:
    """Three links or more that are nearly all of the text, none of them as long as a paragraph."""
    return (
        element.tag in _LINK_BOXES
        and weight.links >= 3
        and weight.linked >= 0.8 * weight.text
        and weight.linked <= 150 * weight.links
    )


def _pictured(element: HtmlElement, weight: Weight) -> bool:
    """Whether a table of one column sets a picture above its caption, as editors of the 2000s write them."""
    if element.tag != "table" or not 0 < weight.text <= _SHORT["caption"] or next(element.iter("img"), None) is None:
        return False
    return all(len(row) <= 1 for row in element.iter("tr"))


def _holds_headline(element: HtmlElement) -> bool:
    """Whether an h1 in the element is a headline; a site's name is an h1 that is one link or very short."""
    return any(
        len(text) >= 20 and not any(len((a.text_content() or "").strip()) >= 0.8 * len(text) for a in h1.iter("a"))
        for h1 in element.iter("h1")
        for text in [(h1.text_content() or "").strip()]
    )
