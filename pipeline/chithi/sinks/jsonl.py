"""JSON Lines: one record a line, in the order of the input, UTF-8 without escapes."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, cast

import jsonlines
from pydantic import ValidationError

from chithi.errors import DocumentError, UsageError
from chithi.record import Record

_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_CHUNK = 2048  # bytes read at once, since each may unfold into a hundred kilobytes
_LONGEST = 200_000_000  # bytes of a line; a record is rarely above one million


def to_line(record: Record) -> str:
    """Write a record as one line of compact JSON, without its line end.

    Every field stands in the line, null where it is unknown; only ``text`` is left out where the source's own file has
    it.
    """
    return record.model_dump_json(exclude={"text"} if record.text is None else None)


@lru_cache(maxsize=1)  # each of several targets asks for the same line
def to_record(line: str) -> Record:
    """Read a record from its line.

    Raises:
        DocumentError: `record`: it is none, or one of another version.
    """
    try:
        return Record.model_validate_json(line)
    except ValidationError as e:
        first = e.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise DocumentError(f"is no record: {where + ': ' if where else ''}{first['msg']}", code="record") from None


class JsonLinesSink:
    """Writes lines as they come, so that a run that is cut short leaves whole records, but for the last one."""

    def __init__(self, stream: BinaryIO, *, owned: bool = False) -> None:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
        # The lines come serialized from the workers; jsonlines keeps one object a line and flushes each.
        self._writer = jsonlines.Writer(text, dumps=str, flush=True)
        self._text = text
        self._owned = owned

    def write(self, line: str) -> None:
        """Write one line and hand it to the system at once; a compressed file takes some together."""
        self._writer.write(line)

    def close(self) -> None:
        """Finish writing; a stream that is not the sink's own stays open."""
        self._writer.close()
        stream = self._text.detach()
        if isinstance(stream, _Continued):
            stream.cut()
        if self._owned:
            stream.close()

    def abort(self) -> None:
        """Finish after an error; what an earlier run wrote behind the last record stays."""
        stream = self._text.detach()
        if self._owned:
            stream.close()


def open_to_write(path: Path) -> BinaryIO:
    """Open a file for records; its ending says whether it is compressed.

    A file that is not compressed keeps as much of its beginning as is written again, so that a run that goes on where
    another was stopped adds to the file, and one with nothing new leaves it as it is.

    Raises:
        UsageError: it cannot be written, or a package is missing.
    """
    from chithi.sinks import need

    if path.suffix == ".zst":
        need("zstandard", "zstd")
    try:
        if path.suffix == ".gz":
            # No name and no time inside, so that the same records give the same bytes.
            return cast(BinaryIO, _Gzip(path))
        if path.suffix != ".zst" and path.is_file():
            return cast(BinaryIO, _Continued(path))
        stream = path.open("wb")
    except OSError as e:
        raise UsageError(f"{path}: cannot be written: {e.strerror}. Check its permissions") from e
    if path.suffix == ".zst":
        import zstandard

        return cast(BinaryIO, zstandard.ZstdCompressor().stream_writer(stream))
    return stream


class _Continued(io.RawIOBase):
    """Compares what is written with what the file holds, and writes from the first difference on."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b")
        self._same = True
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = len(data)
        if self._same and self._file.read(size) != data:
            self.cut()
            self._same = False
        if not self._same:
            self._file.write(data)
        self._size += size
        return size

    def cut(self) -> None:
        """Remove what lies behind what was written."""
        if self._same:
            self._file.seek(self._size)
            if self._file.read(1):
                self._file.seek(self._size)
                self._file.truncate()

    def flush(self) -> None:
        if not self.closed and not self._same:
            self._file.flush()

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._file.close()


class _Gzip(gzip.GzipFile):
    """A gzip file that closes what it writes to, and that a flush after each line does not make larger."""

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb")
        super().__init__(filename="", mode="wb", fileobj=self._raw, mtime=0)

    def flush(self, *_: Any) -> None:
        pass

    def close(self) -> None:
        super().close()
        self._raw.close()


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of the lines of a file of records, compressed or not; ``-`` is standard input.

    Raises:
        UsageError: the file cannot be read to its end.
    """
    name = str(path)
    try:
        with path.open("rb") if name != "-" else sys.stdin.buffer as raw:
            stream = _unpacked(io.BufferedReader(cast(Any, raw)) if not hasattr(raw, "peek") else raw)
            number = 0
            while data := stream.readline(_LONGEST + 1):
                number += 1
                if len(data) > _LONGEST:
                    raise UsageError(f"{name}: line {number} has more than {_LONGEST:,} bytes, so it is no record")
                line = data.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                if line:
                    yield number, line
    except UnicodeDecodeError as e:
        raise UsageError(f"{name}: line {number}: is not UTF-8. Is it a file of records?") from e
    except (OSError, EOFError, zlib.error) as e:
        raise UsageError(f"{name}: cannot be read: {getattr(e, 'strerror', None) or e}. Check the file") from e


def _unpacked(stream: Any) -> BinaryIO:
    head = stream.peek(4)[:4]
    if head.startswith(_GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if head.startswith(_ZSTD):
        from chithi.sinks import need

        need("zstandard", "zstd")
        return cast(BinaryIO, io.BufferedReader(_Zstd(stream)))
    return cast(BinaryIO, stream)


class _Zstd(io.RawIOBase):
    """Reads frames of zstd and, unlike the library's own reader, says so where the last one is cut short."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame: Any = None
        self._left = b""  # of the stream, behind the frame that has ended
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        import zstandard

        while not self._ready:
            data = self._left or self._stream.read(_CHUNK)
            if not data and self._frame is None:
                return 0
            if not data:
                raise EOFError("the compressed data is cut short")
            self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            try:
                self._ready, self._left = self._frame.decompress(data), b""
            except zstandard.ZstdError as e:
                raise OSError(f"the compressed data is damaged: {e}") from e
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size
