"""Bytes → SourceText: decide what a file is, decode it, extract its text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePath

from chithi.errors import DocumentError, UsageError
from chithi.ingest.decode import decode, looks_like_utf16
from chithi.ingest.legacy import LEGACY
from chithi.ingest.mojibake import restore
from chithi.source import SourceText

MAX_BYTES = 20_000_000
SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})

_MAGIC = (
    (b"%PDF-", "a PDF file", "Convert it to text or HTML first, for example with `pdftotext -layout`"),
    (b"PK\x03\x04", "a ZIP container such as DOCX or XLSX", "Save it as HTML or plain text first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file", "Save it as HTML or plain text first"),
    (b"{\\rtf", "an RTF file", "Save it as HTML or plain text first"),
    (b"\x89PNG\r\n", "a PNG image", "Run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a JPEG image", "Run text recognition (OCR) on it first"),
    (b"GIF8", "a GIF image", "Run text recognition (OCR) on it first"),
    (b"II*\x00", "a TIFF image", "Run text recognition (OCR) on it first"),
    (b"MM\x00*", "a TIFF image", "Run text recognition (OCR) on it first"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    (b"\x7fELF", "a program", "Leave it out"),
)
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,5000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def read_source(path: Path, *, max_bytes: int = MAX_BYTES, uri: str | None = None) -> SourceText:
    """Read one file.

    Args:
        path: a plain text, Markdown or HTML file.
        max_bytes: larger files are refused before they are read.
        uri: the name that the record gives the source; the path as written by default.

    Raises:
        UsageError: there is no such path.
        DocumentError: `unreadable`, `too_large`, `binary`, `encoding`, `empty` or `html`.
    """
    name = uri if uri is not None else uri_of(path)
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(f"{size:,}", max_bytes)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)  # a pipe has no size beforehand
    except FileNotFoundError as e:
        raise UsageError(f"{name}: no such file", code="missing") from e
    except OSError as e:
        raise DocumentError(f"cannot be read: {e.strerror or e}. Check its permissions", code="unreadable") from e
    return read_bytes(data, uri=name, max_bytes=max_bytes)


def read_bytes(data: bytes, *, uri: str, max_bytes: int = MAX_BYTES) -> SourceText:
    r"""Turn one file's bytes into its text. The bytes decide what it is, then the extension of ``uri``.

    >>> read_bytes(b"Ph\xe1\xba\xa5n \xc4\x91\xe1\xba\xa5u 95%", uri="a.txt").text
    'Phấn đấu 95%'

    Raises:
        DocumentError: `too_large`, `binary`, `encoding`, `empty` or `html`.
    """
    if len(data) > max_bytes:
        raise _too_large(f"more than {max_bytes:,}" if len(data) == max_bytes + 1 else f"{len(data):,}", max_bytes)
    if not data.strip():
        raise DocumentError("holds no text: it is empty or has only white space", code="empty")
    _refuse_binary(data)
    suffix = PurePath(uri).suffix.lower()
    decoded = decode(data, markup=suffix in {".html", ".htm"} or b"<" in data[:1024].lstrip()[:1])
    if not decoded.text.strip():
        raise DocumentError("holds no text: it is empty or has only white space", code="empty")
    source = SourceText(
        text=decoded.text,
        uri=uri,
        media_type="text/markdown" if suffix == ".md" else "text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        encoding=decoded.encoding,
        carried=decoded.encoding in {legacy.name for legacy in LEGACY},
        origins=decoded.origins,
    )
    if suffix in {".html", ".htm"} or _HTML_HEAD.match(decoded.text):
        from chithi.ingest.html import extract_html  # lxml is not needed for text files

        source = extract_html(restore(source))  # restored before, so that the words of menus are known
    return restore(source)


def uri_of(path: Path) -> str:
    r"""Write a path with forward slashes; bytes of a name that are not UTF-8 become ``\xNN``."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _too_large(size: str, limit: int) -> DocumentError:
    return DocumentError(f"has {size} bytes, the limit is {limit:,}. Raise it with --max-bytes", code="too_large")


def _refuse_binary(data: bytes) -> None:
    for magic, what, mend in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(f"is {what}, not text. {mend}", code="binary")
    if b"\x00" in data and not looks_like_utf16(data):
        raise DocumentError(
            "holds NUL bytes, so it is not text. Leave it out, or remove them if it is a damaged text file",
            code="binary",
        )
