"""Databases: whole documents, each once, replaced when they change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from chithi.errors import OutputError, UsageError
from chithi.record import Record
from chithi.resources import version
from chithi.sinks import Report
from chithi.sinks.bulk import insert
from chithi.sinks.engine import database_url, message, open_engine, reported, shown
from chithi.sinks.jsonl import to_record
from chithi.sinks.migrations import MIGRATIONS, migrate
from chithi.sinks.organisations import write_organisations
from chithi.sinks.rows import Row, Rows, rows_of
from chithi.sinks.schema import metadata
from chithi.sinks.tables import TABLES

_BATCH = 100  # documents of one transaction; a lock each must find room in PostgreSQL's table of locks
_BATCH_CHARACTERS = 4_000_000  # of their lines


@dataclass(frozen=True, slots=True)
class _Entry:
    uri: str
    doc_id: str
    digest: str
    rows: Rows


class DatabaseSink:
    """Loads records by batches, a transaction each: a loader that is killed leaves whole documents.

    A document's rows are replaced when anything of its record changed, else left alone; loading twice changes nothing.
    """

    def __init__(self, target: str, *, report: Report, fingerprint: str | None = None) -> None:
        self._url = database_url(target)
        self._report = report
        self._engine = open_engine(self._url)
        self._tables = metadata(self._engine.dialect.name).tables
        self._batch: list[_Entry] = []
        self._characters = 0
        self._run: Row | None = self._new_run(fingerprint)
        self._run_id = self._run["run_id"]
        self._broken = False
        try:
            with reported(self._url), self._engine.begin() as connection:
                migrate(connection)
                write_organisations(connection)
        except BaseException:
            self._engine.dispose()
            raise

    @staticmethod
    def _new_run(fingerprint: str | None) -> Row:
        started = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        return {"run_id": uuid4().hex, "started_at": started, "chithi_version": version(),
                "rules_fingerprint": fingerprint}  # fmt: skip

    def write(self, line: str) -> None:
        """Take one record; a full batch is stored.

        Raises:
            DocumentError: `record`: the line is no record, or one that points to what it does not hold.
            OutputError: the database does not work any more.
        """
        record = to_record(line)
        self._batch.append(_Entry(record.source.uri, record.doc_id, digest(record), rows_of(record)))
        self._characters += len(line)
        if len(self._batch) >= _BATCH or self._characters >= _BATCH_CHARACTERS:
            self._flush()

    def close(self) -> None:
        """Store what is left and disconnect."""
        try:
            self._flush()
        finally:
            self._engine.dispose()

    def abort(self) -> None:
        """Store the whole documents that were taken, unless it was the database that failed."""
        if self._broken:
            self._engine.dispose()
        else:
            self.close()

    def _flush(self) -> None:
        batch, self._batch, self._characters = self._batch, [], 0
        if not batch:
            return
        try:
            with reported(self._url):
                self._store_or_name(batch)
        except UsageError as e:  # it could be opened, so the call was right
            self._broken = True
            message = f"{e.message}. Mend what is wrong with the database and give the same command again"
            raise OutputError(message, code=e.code) from None
        except BaseException:
            self._broken = True
            raise

    def _store_or_name(self, batch: list[_Entry]) -> None:
        """Store a batch; where the database refuses something in it, each document alone, naming those it refuses."""
        try:
            self._store(batch)
        except DBAPIError as e:
            if _is_general(e):
                raise
            if len(batch) == 1:
                self._report(batch[0].uri, "database", f"{shown(self._url)}: {message(e, self._url)}")
                return
            for entry in batch:
                self._store_or_name([entry])

    def _store(self, batch: list[_Entry]) -> None:
        latest = {entry.doc_id: entry for entry in sorted(batch, key=lambda entry: entry.doc_id)}
        with self._engine.begin() as connection:
            self._lock(connection, list(latest))
            started = self._replace(connection, latest)
            self._write_sources(connection, list(latest), [row for entry in batch for row in entry.rows["sources"]])
        if started:
            self._run = None

    @staticmethod
    def _lock(connection: sa.Connection, doc_ids: Sequence[str]) -> None:
        """Take the documents before looking at them, in one order for all loaders, so that none waits in a circle.

        SQLite and DuckDB have one writer at a time.
        """
        if connection.dialect.name == "postgresql":
            keys = sorted(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True) for name in doc_ids)
            for key in keys:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.cast(key, sa.BigInteger))))

    def _replace(self, connection: sa.Connection, latest: dict[str, _Entry]) -> bool:
        """Write new and changed documents; True where there are any."""
        documents = self._tables["documents"]
        stored = sa.select(documents.c.doc_id, documents.c.record_digest).where(documents.c.doc_id.in_(list(latest)))
        known: dict[str, str] = dict(connection.execute(stored).tuples().all())
        changed = [name for name in latest if name in known and known[name] != latest[name].digest]
        new = [name for name in latest if name not in known]
        if not changed and not new:
            return False
        if self._run is not None:
            connection.execute(self._tables["runs"].insert(), self._run)
        contents = [table.name for table in TABLES if table.name not in ("documents", "sources")]
        if changed:
            for name in reversed(contents):
                table = self._tables[name]
                connection.execute(table.delete().where(table.c.doc_id.in_(changed)))
            for row in self._documents(latest[name] for name in changed):
                connection.execute(documents.update().where(documents.c.doc_id == row["doc_id"]).values(row))
        insert(connection, documents, self._documents(latest[name] for name in new))
        for name in contents:
            insert(connection, self._tables[name], [row for doc in (*new, *changed) for row in latest[doc].rows[name]])
        return True

    def _documents(self, entries: Iterable[_Entry]) -> list[Row]:
        return [
            {**row, "record_digest": entry.digest, "run_id": self._run_id}
            for entry in entries
            for row in entry.rows["documents"]
        ]

    def _write_sources(self, connection: sa.Connection, doc_ids: list[str], found: list[Row]) -> None:
        """Note the files in which the documents were found; those of earlier loads stay."""
        table = self._tables["sources"]
        wanted = {(row["doc_id"], row["uri"]): row for row in found}
        stored = connection.execute(sa.select(table).where(table.c.doc_id.in_(doc_ids))).mappings()
        known = {(row["doc_id"], row["uri"]): dict(row) for row in stored}
        for key, row in wanted.items():
            if key in known and known[key] != row:
                connection.execute(table.update().where(table.c.doc_id == key[0], table.c.uri == key[1]).values(row))
        insert(connection, table, [row for key, row in wanted.items() if key not in known])


def digest(record: Record) -> str:
    """Digest of what a record says, wherever its document was found, and of the form in which it is stored."""
    said = record.model_dump_json(exclude={"source"})
    return hashlib.sha256(f"{1 + len(MIGRATIONS)} {said}".encode()).hexdigest()


def _is_general(error: DBAPIError) -> bool:
    """Whether it is no document's fault: no connection, no room. PostgreSQL's class 54 is a limit of one value."""
    return isinstance(error, OperationalError) and not str(getattr(error.orig, "sqlstate", "")).startswith("54")
