"""A folder of Parquet files, one a table: a snapshot of one run, put in place as a whole at its end."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from chithi.errors import UsageError
from chithi.sinks.arrow import arrow_schema
from chithi.sinks.jsonl import to_record
from chithi.sinks.rows import Rows, rows_of
from chithi.sinks.tables import TABLES

_GROUP = 50_000  # rows that are held before they are written


class ParquetSink:
    """Writes ``documents.parquet``, ``goals.parquet`` and so on beside their old files, which it replaces at the end.

    A document's first record counts; where it comes again from another file, that file is one more source.
    """

    def __init__(self, folder: Path) -> None:
        import pyarrow
        from pyarrow import parquet

        self._folder = folder
        self._pyarrow = pyarrow
        self._schemas = {table.name: arrow_schema(table) for table in TABLES}
        self._rows: Rows = {table.name: [] for table in TABLES}
        self._seen: set[bytes] = set()
        self._sources: set[bytes] = set()
        self._writers: dict[str, Any] = {}
        try:
            folder.mkdir(exist_ok=True)
            for name, schema in self._schemas.items():
                self._writers[name] = parquet.ParquetWriter(self._part(name), schema)
        except OSError as e:
            self.abort()
            raise UsageError(f"{folder}: cannot be written: {e.strerror or e}. Check its permissions") from e

    def _part(self, name: str) -> Path:
        return self._folder / f"{name}.parquet.part"

    def write(self, line: str) -> None:
        """Take one record.

        Raises:
            DocumentError: `record`: the line is no record, or one that points to what it does not hold.
        """
        rows = rows_of(to_record(line))
        [source] = rows["sources"]
        if self._known(self._sources, f"{source['doc_id']}\0{source['uri']}"):
            rows["sources"] = []
        if self._known(self._seen, source["doc_id"]):
            rows = {name: found if name == "sources" else [] for name, found in rows.items()}
        for name, found in rows.items():
            self._rows[name] += found
            if len(self._rows[name]) >= _GROUP:
                self._put(name)

    @staticmethod
    def _known(seen: set[bytes], key: str) -> bool:
        mark = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:16]
        if mark in seen:
            return True
        seen.add(mark)
        return False

    def _put(self, name: str) -> None:
        rows, self._rows[name] = self._rows[name], []
        table = self._pyarrow.Table.from_pylist(rows, schema=self._schemas[name])
        self._writers[name].write_table(table)

    def close(self) -> None:
        """Write what is left and put the new files in the place of the old."""
        try:
            for name, writer in self._writers.items():
                if self._rows[name]:
                    self._put(name)
                writer.close()
            for name in self._writers:
                self._part(name).replace(self._folder / f"{name}.parquet")
        except OSError:
            with suppress(OSError):
                self.abort()
            raise

    def abort(self) -> None:
        """Leave the old files as they are."""
        for name, writer in self._writers.items():
            writer.close()
            self._part(name).unlink(missing_ok=True)
