"""The documents in a ZIP archive: unpacked in memory one at a time, and counted while they are unpacked.

Nothing that the archive says of itself is believed: neither sizes, which are claims, nor names, which lead anywhere.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import BinaryIO

from chithi.errors import DocumentError
from chithi.ingest.documents import Budget, Document, Documents
from chithi.ingest.formats import BROKEN_ZIP

_CHUNK = 1 << 16
_RATIO = 200  # times as large as packed; text packs to a tenth, a page of one colour to a hundredth
_SMALL = 1_000_000  # bytes that are no danger, however well they were packed


def members(stream: BinaryIO, *, uri: str, suffixes: Collection[str], budget: Budget) -> Documents:
    """Yield the archive's documents in the order of their names; hidden ones and other kinds of files are left out.

    Raises:
        DocumentError: `damaged`, `too_large`, or `no_documents`.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN_ZIP as e:
        raise DocumentError(f"is a damaged ZIP archive: {e}. Get the file again", code="damaged") from e
    with archive:
        names = [(_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
        found = False
        for name, entry in sorted(names, key=lambda pair: pair[0]):
            label, climbs = _label(name)
            path = PurePosixPath(label)
            if path.suffix.lower() not in suffixes or any(p.startswith((".", "__MACOSX")) for p in path.parts):
                continue
            found = True
            inner = f"{uri}!/{label}"
            try:
                if climbs:
                    raise DocumentError(
                        f"its name in the archive leads out of it ({name!r}). Rename it", code="unsafe_name"
                    )
                data = _unpack(archive, entry, budget)
            except DocumentError as e:
                if budget.left < 0:
                    raise
                yield Document(inner, error=e)
            else:
                yield Document(inner, data=data)
        if not found:
            raise DocumentError(f"holds no documents. chithi reads {', '.join(sorted(suffixes))} files",
                                code="no_documents")  # fmt: skip


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    if entry.flag_bits & 1:
        raise DocumentError("is encrypted in its archive. Unpack it with its password first", code="encrypted")
    limit = budget.limits.max_bytes
    data = bytearray()
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                data += chunk
                budget.take(len(chunk))
                if len(data) > limit:
                    raise DocumentError(
                        f"has more than {limit:,} bytes, which is the limit. Raise it with --max-bytes",
                        code="too_large",
                    )
                if len(data) > max(_SMALL, _RATIO * entry.compress_size):
                    raise DocumentError(
                        f"is packed to less than 1/{_RATIO} of its size, as no document is. Leave it out",
                        code="zip_bomb",
                    )
    except BROKEN_ZIP as e:
        raise DocumentError(f"is damaged in its archive: {e}. Get the file again", code="damaged") from e
    return bytes(data)


def _name(entry: zipfile.ZipInfo) -> str:
    """Give the entry's name; many programs write UTF-8 without saying so, which zipfile then takes for cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _label(name: str) -> tuple[str, bool]:
    """Clean a name, and say whether it was absolute or led out of the archive."""
    name = name.replace("\\", "/")
    parts = [part for part in re.sub(r"^[A-Za-z]:", "/", name).split("/") if part not in {"", ".", ".."}]
    return "/".join(parts), name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None or ".." in name.split("/")
