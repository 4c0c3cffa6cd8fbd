"""Bytes → SourceText: decide what a file is, decode it, extract its text."""

from __future__ import annotations

import hashlib
import os
import select
import stat
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePath

from chithi.errors import DocumentError, UsageError
from chithi.ingest.decode import decode, looks_like_utf16
from chithi.ingest.formats import TEXT, identify, is_html
from chithi.ingest.limits import DEFAULT, Limits
from chithi.source import SourceText


def read_source(path: Path, *, limits: Limits = DEFAULT, uri: str | None = None) -> SourceText:
    """Read one document.

    Args:
        path: a file of one of the `FORMATS` that hold no documents of their own.
        limits: what it may cost.
        uri: the name that the record gives the source; the path as written by default.

    Raises:
        UsageError: there is no such path.
        DocumentError: the file cannot be read; the code says why.
    """
    name = uri if uri is not None else uri_of(path)
    return read_bytes(read_file(path, uri=name, limits=limits), uri=name, limits=limits)


def read_file(path: Path, *, uri: str, limits: Limits = DEFAULT) -> bytes:
    """Read a file's bytes, or a pipe's within the time limit.

    Raises:
        UsageError: there is no such path.
        DocumentError: `unreadable`, `too_large` or, for a pipe that nothing comes through, `timeout`.
    """
    try:
        about = path.stat()
        if stat.S_ISCHR(about.st_mode) or stat.S_ISBLK(about.st_mode):
            raise DocumentError("is a device, not a file. Leave it out", code="unreadable")
        if stat.S_ISFIFO(about.st_mode):
            data = _read_pipe(path, limits)
        else:
            _check_size(about.st_size, limits)
            with path.open("rb") as stream:
                data = stream.read(limits.max_bytes + 1)  # the file may have grown
    except FileNotFoundError as e:
        raise UsageError(f"{uri}: no such file", code="missing") from e
    except OSError as e:
        raise DocumentError(f"cannot be read: {e.strerror or e}. Check its permissions", code="unreadable") from e
    _check_size(len(data), limits, at_least=True)
    return data


def read_bytes(data: bytes, *, uri: str, limits: Limits = DEFAULT, plain: bool = False) -> SourceText:
    r"""Turn one document's bytes into its text. The bytes decide what it is; the extension only among kinds of text.

    >>> read_bytes(b"Ph\xe1\xba\xa5n \xc4\x91\xe1\xba\xa5u 95%", uri="a.txt").text
    'Phấn đấu 95%'

    Args:
        data: the file.
        uri: its name.
        limits: what it may cost.
        plain: it is text or HTML, as a cell of a table is: no other format is looked for.

    Raises:
        DocumentError: the bytes cannot be read; the code says why.
    """
    _check_size(len(data), limits, at_least=len(data) == limits.max_bytes + 1)  # standard input is read no further
    if not data.strip():
        raise DocumentError("holds no text: it is empty or has only white space", code="empty")
    form = TEXT if plain else identify(BytesIO(data), name=uri)
    if form.holds:
        raise DocumentError(
            f"holds documents of its own ({form.name}). Read them with chithi extract", code="container"
        )
    source = SourceText(text="", uri=uri, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    return _read_text(source, data) if form is TEXT else form.read(source, data, limits=limits)


def _read_text(source: SourceText, data: bytes) -> SourceText:
    if b"\x00" in data and not looks_like_utf16(data):
        raise DocumentError(
            "holds NUL bytes, so it is not text. Leave it out, or remove them if it is a damaged text file",
            code="binary",
        )
    suffix = PurePath(source.uri).suffix.lower()
    decoded = decode(data, markup=suffix in {".html", ".htm"} or b"<" in data[:1024].lstrip()[:1])
    if not decoded.text.strip():
        raise DocumentError("holds no text: it is empty or has only white space", code="empty")
    media_type = "text/markdown" if suffix == ".md" else "text/plain"
    source = replace(source, text=decoded.text, media_type=media_type, encoding=decoded.encoding)
    if is_html(decoded.text, name=source.uri):
        from chithi.ingest.html import extract_html  # lxml is not needed for text files

        return extract_html(source)
    return source


def uri_of(path: Path) -> str:
    r"""Write a path with forward slashes; bytes of a name that are not UTF-8 become ``\xNN``."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _check_size(size: int, limits: Limits, *, at_least: bool = False) -> None:
    if size > limits.max_bytes:
        shown = f"more than {limits.max_bytes:,}" if at_least else f"{size:,}"
        raise DocumentError(
            f"has {shown} bytes, the limit is {limits.max_bytes:,}. Raise it with --max-bytes", code="too_large"
        )


def _read_pipe(path: Path, limits: Limits) -> bytes:
    """Read a named pipe to its end, without waiting for ever for somebody to write."""
    ends = time.monotonic() + limits.seconds
    data = bytearray()
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= limits.max_bytes:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, ends - time.monotonic()))
            if not ready:
                raise DocumentError(
                    f"is a pipe that did not end within {limits.seconds:g} seconds. Raise the limit with --timeout",
                    code="timeout",
                )
            if not (part := os.read(descriptor, 1 << 20)):
                break
            data += part
    finally:
        os.close(descriptor)
    return bytes(data[: limits.max_bytes + 1])
