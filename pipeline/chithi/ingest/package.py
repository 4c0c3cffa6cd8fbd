"""ZIP containers of office documents, opened with care: what they unpack to is counted, not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from chithi.errors import DocumentError
from chithi.ingest.limits import Limits

_CHUNK = 1 << 16


def unpack(data: bytes, *, limits: Limits, keep: Callable[[str], bool]) -> dict[str, bytes]:
    """Unpack the members whose names are wanted; the others are not read at all.

    Raises:
        DocumentError: `too_large` beyond `Limits.max_unpacked`, `encrypted`, `damaged`, and `damaged` too for XML that
            declares entities, which no word processor writes.
    """
    parts: dict[str, bytes] = {}
    left = limits.max_unpacked
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if not keep(info.filename):
                    continue
                if info.flag_bits & 1:
                    raise encrypted()
                pieces: list[bytes] = []
                with archive.open(info) as stream:
                    while piece := stream.read(min(_CHUNK, left + 1)):
                        left -= len(piece)
                        if left < 0:
                            raise DocumentError(
                                f"unpacks to more than {limits.max_unpacked:,} bytes. Raise the limit with "
                                "--max-unpacked if you trust it",
                                code="too_large",
                            )
                        pieces.append(piece)
                parts[info.filename] = b"".join(pieces)
                if b"<!ENTITY" in parts[info.filename]:
                    raise damaged(f"its part {info.filename[:100]} declares entities")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as e:
        raise damaged(str(e) or type(e).__name__) from e
    return parts


def damaged(why: str) -> DocumentError:
    """The error of a document that cannot be opened."""
    why = why.rstrip(". ")
    return DocumentError(
        f"is damaged or not what it seems to be: {why}. Open it in a word processor and save it again", code="damaged"
    )


def encrypted() -> DocumentError:
    """The error of a document behind a password."""
    return DocumentError("is protected by a password. Save it without one", code="encrypted")
