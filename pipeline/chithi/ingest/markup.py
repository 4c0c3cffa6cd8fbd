"""Markup → tree, within bounds that the parser does not keep by itself; and the titles in a page's head."""

from __future__ import annotations

import re

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from chithi.errors import DocumentError

_SITE = re.compile(r"\s+[|»]\s+|\s+::\s+")
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,200}>")
# A tag with its attributes; a page has at most a few dozen, and the parser's time grows as the square of their number.
_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*"|'[^']*')""")
_MAX_ATTRIBUTES = 1_000
_MAX_ELEMENTS = 1_000_000


def parse_html(markup: str) -> HtmlElement:
    """Parse a page within bounds; no entity of its own is expanded and nothing is fetched.

    Raises:
        DocumentError: `html` for markup beyond the bounds, `empty` for a page without any.
    """
    for tag in _TAG.finditer(markup):
        long = tag.end() - tag.start() > 2 * _MAX_ATTRIBUTES
        if long and len(_VALUE.sub(" ", tag[0]).split()) > _MAX_ATTRIBUTES:
            raise _beyond(f"an element with more than {_MAX_ATTRIBUTES:,} attributes")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    data = _XML_HEAD.sub("", markup, count=1).encode("utf-8")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError) as e:
        if "empty" in str(e).lower():
            raise DocumentError("holds no text: the page has markup only", code="empty") from e
        raise DocumentError(f"is not readable HTML: {e}", code="html") from e
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":  # the parser has thrown the tree away and says no more
            raise _beyond("elements nested over 250 deep, or one text over 10 MB")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise _beyond(f"more than {_MAX_ELEMENTS:,} elements")
    return root


def _beyond(what: str) -> DocumentError:
    return DocumentError(f"goes beyond what a page may hold ({what}). Save the page as plain text", code="html")


def page_titles(root: HtmlElement) -> list[str]:
    """The headline as the page's head gives it, the best first."""
    titles: list[str] = []
    for element in root.iter("meta", "title"):
        if element.tag == "title":
            parts = _SITE.split(one_line(element.text_content() or ""))
            titles.append(max(parts, key=len))
        elif (element.get("property") or element.get("name") or "").lower() == "og:title":
            titles.insert(0, one_line(element.get("content") or ""))
    return [title for title in titles if title]


def one_line(text: str) -> str:
    """The text with every stretch of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
