"""Tables of texts: one document a row of CSV, JSON Lines or Parquet, read as a stream.

CSV is parsed as Latin-1, which keeps every byte, and a cell's bytes are handed on as they stand in the file. So each
row is decoded by itself, and a row in another encoding fails alone.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import unicodedata
from contextlib import closing
from typing import Any, BinaryIO

from chithi.errors import DocumentError
from chithi.ingest.decode import looks_like_utf16
from chithi.ingest.documents import Document, Documents
from chithi.ingest.limits import Limits
from chithi.ingest.requirements import need

_DELIMITERS = ",;\t|"
_NONE = "\x1f"  # where the header has but one column, nothing parts the texts below it
_BATCH = 64  # rows of a Parquet file at a time


def csv_rows(stream: BinaryIO, *, uri: str, column: str | None, limits: Limits) -> Documents:
    """Yield a document for each row under the header; what parts the cells is what the header has most of.

    Raises:
        DocumentError: `no_column`, or `too_large` for a header beyond the limit.
    """
    csv.field_size_limit(limits.max_bytes)
    with closing(_Lines(stream, limits.max_bytes)) as lines:
        yield from _csv_rows(lines, uri, column)


def _csv_rows(lines: _Lines, uri: str, column: str | None) -> Documents:
    header = next(lines, "")
    delimiter = max((mark for mark in _DELIMITERS if mark in header), key=header.count, default=_NONE)
    try:
        names = [_decode_name(name) for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error as e:
        raise DocumentError(f"has no readable header: {e}. Write it again as CSV", code="damaged") from e
    index = _index(names, column)
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        error: DocumentError | None = None
        row: list[str] | None = []
        try:
            row = next(reader, None)
        except DocumentError as e:
            error = e
        except csv.Error as e:
            error = DocumentError(f"has a cell that is too long or broken: {e}. Raise the limit with --max-bytes",
                                  code="too_large")  # fmt: skip
        if row is None:
            break
        if not row and error is None:
            continue
        number += 1
        error = error or _misfit(row, names, index)
        if error is not None:
            yield Document(_row(uri, number), error=error)
        else:
            yield Document(_row(uri, number), data=lines.bytes_of(row[index]), plain=True)
    _check_rows(number)


def _misfit(row: list[str], names: list[str], index: int) -> DocumentError | None:
    """Say what is wrong with a row that has other cells than the header: a text with a bare delimiter would be cut."""
    if any(row[len(names) :]):
        return DocumentError(
            f"has {len(row)} cells, the header has {len(names)}. Put quotes around texts that hold the delimiter",
            code="damaged",
        )
    if index >= len(row):
        return DocumentError(f"holds no text: its {names[index]!r} is missing", code="empty")
    return None


def jsonl_rows(stream: BinaryIO, *, uri: str, column: str | None, limits: Limits) -> Documents:
    """Yield a document for each line, which is an object; empty lines are passed over.

    Raises:
        DocumentError: `no_column`, where the first line has no such column.
    """
    with closing(_Lines(stream, limits.max_bytes)) as lines:
        yield from _jsonl_rows(lines, uri, column, limits)


def _jsonl_rows(lines: _Lines, uri: str, column: str | None, limits: Limits) -> Documents:
    number = 0
    while True:
        try:
            line = next(lines, None)
            if line is None:
                break
            if not line.strip():
                continue
            number += 1
            row = _object(lines.bytes_of(line))
            names = list(row)
            name = names[_index(names, column)]
            yield _cell(_row(uri, number), row[name], column, limits)
        except DocumentError as e:
            if number <= 1 and e.code == "no_column":
                raise
            yield Document(_row(uri, number), error=e)
    _check_rows(number)


def parquet_rows(stream: BinaryIO, *, uri: str, column: str | None, limits: Limits) -> Documents:
    """Yield a document for each row, from a few rows at a time.

    Raises:
        DocumentError: `missing_extra`, `damaged` or `no_column`.
    """
    need("tables")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream)
        names = list(file.schema_arrow.names)
        name = names[_index(names, column)]
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=[name], use_threads=False):
            for value in batch.column(0):
                number += 1
                yield _cell(_row(uri, number), value.as_py(), column, limits)
        _check_rows(number)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError) as e:
        raise DocumentError(f"is a damaged Parquet file: {e}. Get the file again", code="damaged") from e


class _Lines:
    """Lines of bounded length as Latin-1, with their ends; it goes on after a line that was too long."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.limit = limit
        self.utf16 = looks_like_utf16(stream.read(1000))
        stream.seek(0)
        errors = "surrogatepass" if self.utf16 else None
        self.stream = io.TextIOWrapper(stream, self.utf16 or "latin-1", errors=errors, newline="")
        self.first = True

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(self.limit + 1)
        if not line:
            raise StopIteration
        if len(line) > self.limit and line[-1:] not in {"\n", "\r"}:
            while (more := self.stream.readline(self.limit + 1)) and more[-1:] not in {"\n", "\r"}:
                pass
            raise DocumentError(
                f"has a line of more than {self.limit:,} bytes, which is the limit. Raise it with --max-bytes",
                code="too_large",
            )
        if self.first:
            self.first = False
            line = line.removeprefix("\ufeff" if self.utf16 else codecs.BOM_UTF8.decode("latin-1"))
        return line

    def close(self) -> None:
        """Leave the file to those who opened it."""
        self.stream.detach()

    def bytes_of(self, cell: str) -> bytes:
        """Give a cell's bytes as they stand in the file; those of UTF-16 in UTF-8."""
        return cell.encode("utf-8", "surrogatepass") if self.utf16 else cell.encode("latin-1")


def _decode_name(name: str) -> str:
    try:
        return name.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return name


def _index(names: list[str], column: str | None) -> int:
    there = f"It has the columns {', '.join(map(repr, names[:50]))}"
    if column is None:
        raise DocumentError(
            f"is a table. Name the column that holds the texts with --text-column. {there}", code="no_column"
        )
    keys = [_key(name) for name in names]
    if _key(column) not in keys:
        raise DocumentError(f"has no column {column!r}. {there}", code="no_column")
    return keys.index(_key(column))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _check_rows(number: int) -> None:
    if not number:
        raise DocumentError("is a table without rows", code="empty")


def _row(uri: str, number: int) -> str:
    return f"{uri}#row={number}"


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as e:
        raise DocumentError(f"is no line of JSON: {e}. Mend or remove it", code="damaged") from e
    if not isinstance(row, dict):
        raise DocumentError('is no JSON object. Write each row as {"column": "text"}', code="damaged")
    return row


def _cell(uri: str, value: object, column: str | None, limits: Limits) -> Document:
    if value is None:
        return Document(uri, error=DocumentError(f"holds no text: its {column!r} is empty", code="empty"))
    try:
        data = value.encode("utf-8") if isinstance(value, str) else value
    except UnicodeEncodeError as e:
        error = DocumentError(f"is not valid Unicode: {e.reason}. Mend or remove it", code="encoding")
        return Document(uri, error=error)
    if not isinstance(data, bytes):
        what = f"holds a value of type {type(value).__name__} as {column!r}, not a text"
        return Document(uri, error=DocumentError(what, code="damaged"))
    if len(data) > limits.max_bytes:
        what = f"has {len(data):,} bytes, the limit is {limits.max_bytes:,}. Raise it with --max-bytes"
        return Document(uri, error=DocumentError(what, code="too_large"))
    return Document(uri, data=data, plain=True)
