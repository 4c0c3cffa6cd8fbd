"""Connections to databases: which are known, what they need, and errors that never tell a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from chithi.errors import UsageError
from chithi.sinks import need

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg",
            "postgresql+psycopg": "postgresql+psycopg", "duckdb": "duckdb"}  # fmt: skip
_NEEDS = {
    "postgresql+psycopg": (("psycopg", "postgres"),),
    "duckdb": (("duckdb_engine", "duckdb"), ("pyarrow", "duckdb")),
}
_SECRET = re.compile(r"pass|secret|token|key", re.IGNORECASE)
_WAIT = 60  # seconds that a writer of SQLite waits for another


def database_url(target: str) -> sa.URL:
    """Read a database's URL.

    Raises:
        UsageError: it is none, or its database is not known. The message does not repeat it.
    """
    try:
        url = sa.make_url(target)
    except (ArgumentError, ValueError):
        raise UsageError(
            "the database's URL cannot be read. Write it as sqlite:///FILE, duckdb:///FILE or "
            "postgresql://USER:PASSWORD@HOST/NAME, with %40 for an @ in the password"
        ) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise UsageError(f"{url.drivername}: is no database that chithi knows. Known are sqlite, postgresql and duckdb")
    if driver in ("sqlite", "duckdb") and url.database in (None, "", ":memory:"):
        raise UsageError(f"{driver}: the URL names no file. Write {driver}:///FILE")
    for module, extra in _NEEDS.get(driver, ()):
        need(module, extra)
    return url.set(drivername=driver)


def open_engine(url: sa.URL) -> sa.Engine:
    """An engine whose transactions are whole on each of the databases; texts never stand in its errors."""
    options: dict[str, Any] = {"hide_parameters": True}
    if url.drivername == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": _WAIT}, **options)
        # The driver's own transactions leave table definitions out; a writer takes its turn at the beginning.
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        return engine
    if url.drivername == "duckdb":
        return sa.create_engine(url, **options)
    return sa.create_engine(url, isolation_level="READ COMMITTED", connect_args={"client_encoding": "utf8"}, **options)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def reported(url: sa.URL) -> Iterator[None]:
    """Turn what a database says into a `UsageError` without secrets."""
    try:
        yield
    except SQLAlchemyError as e:
        raise UsageError(f"{shown(url)}: {message(e, url)}", code="database") from None


def shown(url: sa.URL) -> str:
    """A URL for messages."""
    query = {name: "***" if _SECRET.search(name) else value for name, value in url.query.items()}
    return url.set(query=query).render_as_string(hide_password=True)


def message(error: Exception, url: sa.URL) -> str:
    """The first line of what a driver says, without the URL's secrets."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__]
    secrets = [str(url.password or "")] + [str(v) for name, v in url.query.items() if _SECRET.search(name)]
    text = lines[0]
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    return text
