"""Bringing a database to this version's schema.

`MIGRATIONS` holds one function a step: the first leads from version 1 to 2. A step changes tables and keeps what they
hold; views are made anew after the steps, so a change of views alone is a step that does nothing. Write it for all
three databases (``connection.execute(sa.text("ALTER TABLE …"))``) and add a dump of the version before to tests/sinks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from chithi.errors import UsageError
from chithi.sinks.schema import metadata
from chithi.sinks.views import create_views, drop_views

Migration = Callable[[sa.Connection], None]
MIGRATIONS: tuple[Migration, ...] = ()
_LOCK = 0x63686974  # of PostgreSQL, so that two loaders do not make one schema


def migrate(connection: sa.Connection, *, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make or bring forward the schema, inside the connection's transaction.

    Raises:
        UsageError: the database is newer than this version, or holds other tables of these names.
    """
    newest = 1 + len(migrations)
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    version = version_of(connection)
    if version == newest:
        return
    table = metadata(connection.dialect.name).tables["schema_version"]
    if version is None:
        _check_room(connection)
        metadata(connection.dialect.name).create_all(connection, checkfirst=False)
        connection.execute(table.insert().values(version=newest))
    elif version > newest:
        raise UsageError(
            f"the database has schema version {version}, this chithi knows versions up to {newest}. Upgrade chithi",
            code="database_version",
        )
    else:
        drop_views(connection)
        for step in migrations[version - 1 :]:
            step(connection)
        connection.execute(table.update().values(version=newest))
    create_views(connection)


def version_of(connection: sa.Connection) -> int | None:
    """The schema version of a database, None where it has none."""
    if not sa.inspect(connection).has_table("schema_version"):
        return None
    table = metadata(connection.dialect.name).tables["schema_version"]
    return connection.execute(sa.select(table.c.version)).scalar()


def _check_room(connection: sa.Connection) -> None:
    taken = set(sa.inspect(connection).get_table_names()) & set(metadata(connection.dialect.name).tables)
    if taken:
        raise UsageError(
            f"the database has tables {', '.join(sorted(taken))} that chithi did not make. Name another database",
            code="database_taken",
        )
