"""Databases of earlier versions open; newer ones are refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.sinks.samples import ask, everything, load, plan

from chithi.errors import UsageError
from chithi.sinks.engine import database_url, open_engine
from chithi.sinks.migrations import MIGRATIONS, Migration, migrate, version_of

# A database of each version, with one document and one correction; `python -m tests.sinks.dump` makes the newest.
DUMPS = sorted(Path(__file__).parent.glob("schema-*.sql"))


def restored(dump: Path, folder: Path) -> str:
    path = folder / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    return f"sqlite:///{path}"


def schema(url: str) -> list[tuple[str, str, str]]:
    found = ask(url, "SELECT type, name, COALESCE(sql, '') FROM sqlite_master ORDER BY type, name")
    return [(kind, name, " ".join(sql.split())) for kind, name, sql in found]


def test_there_is_a_dump_of_every_version() -> None:
    assert [dump.name for dump in DUMPS] == [f"schema-{n}.sql" for n in range(1, 2 + len(MIGRATIONS))]


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_an_old_database_comes_to_the_present_schema(tmp_path: Path, dump: Path) -> None:
    url = restored(dump, tmp_path)
    load(url, [])
    load(f"sqlite:///{tmp_path}/new.db", [])
    assert schema(url) == schema(f"sqlite:///{tmp_path}/new.db")


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_an_old_database_keeps_what_it_holds(tmp_path: Path, dump: Path) -> None:
    url = restored(dump, tmp_path)
    load(url, [])
    assert ask(url, "SELECT indicator FROM v_goals") == [("hộ dùng nước sạch hợp vệ sinh",)]


def test_the_dump_of_this_version_is_what_a_load_gives(tmp_path: Path) -> None:
    old, new = restored(DUMPS[-1], tmp_path), f"sqlite:///{tmp_path}/new.db"
    load(old, [plan("a")])
    load(new, [plan("a")])
    left_out = ("runs", "corrections", "documents", "occurrences")
    rows = [{name: found for name, found in everything(url).items() if name not in left_out} for url in (old, new)]
    assert rows[0] == rows[1]


def brought(url: str, migrations: Sequence[Migration]) -> int | None:
    engine = open_engine(database_url(url))
    try:
        with engine.begin() as connection:
            migrate(connection, migrations=migrations)
            return version_of(connection)
    finally:
        engine.dispose()


def add_note(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE runs ADD COLUMN note TEXT"))


def fill_note(connection: sa.Connection) -> None:
    connection.execute(sa.text("UPDATE runs SET note = 'old'"))


def fail(connection: sa.Connection) -> None:
    raise RuntimeError("half way")


def test_steps_run_in_order_and_once(url: str) -> None:
    load(url, [plan()])
    assert (brought(url, [add_note]), brought(url, [add_note, fill_note]), brought(url, [add_note, fill_note])) == (
        2,
        3,
        3,
    )
    assert ask(url, "SELECT r.note, g.indicator FROM runs r CROSS JOIN v_goals g") == [("old", "hộ dùng nước sạch")]


def test_a_step_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    load(url, [plan()])
    with pytest.raises(RuntimeError):
        brought(url, [add_note, fail])
    assert ask(url, "SELECT version FROM schema_version") == [(1,)]
    load(url, [plan("b")])
    assert ask(url, "SELECT COUNT(*) FROM v_goals") == [(2,)]


def test_a_newer_database_is_refused(url: str) -> None:
    load(url, [plan()])
    ask(url, "UPDATE schema_version SET version = 99")
    with pytest.raises(UsageError, match=r"version 99, this chithi knows versions up to 1\. Upgrade chithi") as error:
        load(url, [plan("b")])
    assert error.value.code == "database_version"


def test_two_loaders_make_one_schema(postgres: str) -> None:
    engine = open_engine(database_url(postgres))
    with engine.begin() as first:
        migrate(first)
        with engine.connect() as second:
            # The second waits until the first is done.
            second.exec_driver_sql("SET lock_timeout = '100ms'")
            with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
                migrate(second)
    engine.dispose()
    load(postgres, [plan()])
