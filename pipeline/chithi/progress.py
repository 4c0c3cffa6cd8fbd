"""What a run has done, kept beside its output so that the same command goes on where it was stopped.

A SQLite file holds each document's record under the document's name and content. The output is written from it in the
order of the input, whatever came first: a run that was stopped, and one over changed documents, end with the bytes of a
run that did all at once. SQLite's journal makes an entry whole or absent, also where the process is killed in it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any

from chithi.batch import Counts, Failure, Outcome, content_of
from chithi.errors import OutputError, UsageError
from chithi.ingest.documents import Document
from chithi.record import SCHEMA_VERSION
from chithi.resources import version

_FORM = 1  # of the file
_TABLE = """CREATE TABLE documents (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, made_by TEXT NOT NULL,
    counts TEXT, code TEXT, message TEXT, line BLOB, UNIQUE (name, content))"""
_MET = "CREATE TEMP TABLE met (id INTEGER PRIMARY KEY)"  # what this run came upon; a mark in each row would cost more
_OUTSIDE = frozenset({"missing_extra", "missing_program"})  # mended without any change here, and quick to try again


class Progress:
    """The documents that are done.

    Args:
        path: the file, made where there is none.
        fingerprint: of the rules.
        conditions: what a failure may depend on besides, such as limits.
        retry: take failures of earlier runs for not done.
    """

    def __init__(self, path: Path, *, fingerprint: str, conditions: dict[str, Any], retry: bool = False) -> None:
        self._path = path
        self._retry = retry
        self._records = _digest([version(), SCHEMA_VERSION, fingerprint])
        self._failures = _digest([self._records, conditions])
        try:
            self._file = sqlite3.connect(path, timeout=0)
        except sqlite3.OperationalError as e:
            raise UsageError(f"{path}: {e}. Check the permissions of its folder") from e
        try:
            with self._reported():
                self._open()
        except BaseException:
            self._file.close()
            raise

    def _open(self) -> None:
        run = self._file.execute
        run("PRAGMA locking_mode = EXCLUSIVE")  # of two runs into one output the second is refused
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")  # whole after a crash of the machine, too
        run(_MET)
        run("BEGIN IMMEDIATE")
        [form] = run("PRAGMA user_version").fetchone()
        if not form and not run("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
            run(_TABLE)
            run(f"PRAGMA user_version = {_FORM}")
        elif form != _FORM:
            raise UsageError(
                f"{self._path}: was not written by this version of chithi. Remove it: all documents are then read anew"
            )
        self._file.commit()

    def known(self, document: Document) -> Outcome | None:
        """What an earlier run made of a document: of the same bytes, by the same rules and version."""
        name = _text(document.uri)
        with self._reported():
            if not self._file.execute("SELECT 1 FROM documents WHERE name = ? LIMIT 1", (name,)).fetchone():
                return None
            content = content_of(document)
            found = self._file.execute(
                "SELECT id, made_by, counts, code, message, line FROM documents WHERE name = ? AND content = ?",
                (name, content),
            ).fetchone()
            if found is None:
                return None
            row, made_by, counts, code, message, line = found
            if made_by != (self._failures if code else self._records) or (code and self._retry):
                return None
            self._file.execute("INSERT OR IGNORE INTO met VALUES (?)", (row,))
            if code:
                return Outcome(document.uri, failure=Failure(code, message), content=content, known=True)
            text = zlib.decompress(line).decode()
            return Outcome(document.uri, text, Counts(*json.loads(counts)), content=content, known=True)

    def keep(self, outcome: Outcome) -> None:
        """Take note of what came of a document, for good."""
        if outcome.known or outcome.content is None:
            return
        failure = outcome.failure
        if failure is not None and failure.code in _OUTSIDE:
            return
        row = (
            _text(outcome.uri),
            outcome.content,
            self._failures if failure else self._records,
            json.dumps(astuple(outcome.counts)),
            failure and failure.code,
            failure and _text(failure.message),
            zlib.compress(outcome.line.encode(), 1) if outcome.line is not None else None,
        )
        with self._reported():
            kept = self._file.execute(
                "INSERT OR REPLACE INTO documents (name, content, made_by, counts, code, message, line) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            self._file.execute("INSERT OR IGNORE INTO met VALUES (?)", (kept.lastrowid,))
            self._file.commit()

    def finish(self) -> None:
        """Forget the documents that this run, which is complete, did not come upon."""
        with self._reported():
            self._file.execute("DELETE FROM documents WHERE id NOT IN (SELECT id FROM met)")
            self._file.commit()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(sqlite3.Error):  # each entry is stored, or its error told
            self._file.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as e:
            if "locked" in str(e):
                raise UsageError(
                    f"{self._path}: another run writes to this output. Wait for it, or name another output"
                ) from e
            raise OutputError(
                f"{self._path}: cannot be written any further: {e}. Make room, or raise the limit, and give the same "
                "command again"
            ) from e
        except (sqlite3.DatabaseError, zlib.error) as e:
            raise UsageError(f"{self._path}: is damaged: {e}. Remove it: all documents are then read anew") from e


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
