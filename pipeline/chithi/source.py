"""SourceText: the characters that every span points into, and where they came from."""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Characters ``[start, end)`` that ingestion knows something about.

    Attributes:
        kind: ``boilerplate`` (nothing is extracted from it), ``title`` (the page's own headline) or ``ocr`` (read by
            text recognition) or ``suspect`` (text that looks damaged and was left as it stands).
        reason: why, in a word or two: ``menu``, ``related``, ``counter``; the encoding of what is suspect.
    """

    start: int
    end: int
    kind: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One document's text as the rest of chithi sees it.

    Attributes:
        text: the decoded characters, unchanged; for containers such as HTML the text that ingestion produced; where
            characters stood for others, as in the old Vietnamese encodings, what they stood for.
        uri: path or other name of the source.
        media_type: such as ``text/plain``.
        sha256: hexadecimal digest of the source's bytes.
        size: number of bytes.
        encoding: how the bytes were decoded, None where that has no meaning; ``utf-8+tcvn3`` where some of the decoded
            text was in another encoding still.
        pages: number of pages, None where the source has none.
        page_starts: where each page begins in ``text``, page 1 first; empty where the source has none.
        regions: furniture and other parts that ingestion marked.
        posted_on: the day, in ISO form, on which a page says that it was posted.
        carried: whether the record must carry ``text`` since it is not the file's own.
        origins: where each character of ``text`` began in the file as its bytes decode, with the end of the last one
            behind them; None where every character is the file's own, or the file has no characters of its own.
    """

    text: str
    uri: str
    media_type: str = "text/plain"
    sha256: str = ""
    size: int = 0
    encoding: str | None = None
    pages: int | None = None
    page_starts: tuple[int, ...] = ()
    regions: tuple[Region, ...] = ()
    posted_on: str | None = None
    carried: bool = False
    origins: array[int] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_text(cls, text: str, *, uri: str = "-") -> SourceText:
        """Wrap characters that are already decoded, as a notebook or a test has them."""
        data = text.encode("utf-8", "surrogatepass")
        return cls(text=text, uri=uri, sha256=hashlib.sha256(data).hexdigest(), size=len(data), encoding="utf-8")

    @property
    def doc_id(self) -> str:
        """Identity of the document: its content."""
        return f"sha256:{self.sha256}"

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place of ``text[start:end]`` in the decoded file, where ``text`` came from a file of characters.

        For TCVN3, VNI, VISCII and VPS files these are bytes.
        """
        return (start, end) if self.origins is None else (self.origins[start], self.origins[end])
