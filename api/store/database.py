"""The database: transactions that read, transactions that write, and its migrations."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

_MIGRATIONS = Path(__file__).with_name("migrations")
_MIGRATION_LOCK = 7_304_212_026
"""An arbitrary number that all servers on one PostgreSQL agree on."""
_BUSY_SECONDS = 30
_BUSY_PAUSE_SECONDS = 0.01


class Database:
    """SQLite (WAL) or PostgreSQL by URL. Values never appear in its error messages."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._engine = create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=not self.is_sqlite,  # a file is never away
            pool_size=20,
            max_overflow=30,
        )
        if self.is_sqlite:
            _prepare_sqlite(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: kept as a whole at its end, or not at all.

        On SQLite it is the only one of its kind at a time, from its beginning on.
        """
        with self._engine.connect() as connection:
            connection.execution_options(modelday_writes=True)
            with connection.begin():
                yield connection

    def migrate(self) -> None:
        """Bring the tables up to date; several servers may start at once."""
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK}
                )
            config = _alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def is_current(self) -> bool:
        """True where the tables are those of this code."""
        with self.reading() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        return found == ScriptDirectory.from_config(_alembic_config()).get_current_head()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where the code says
        _use_wal(connection)
        for setting in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={_BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("modelday_writes", False)
        # A transaction that reads first and writes later could find itself out of date.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Set the journal to WAL; a file keeps that, so that it changes once in a file's life.

    SQLite does not wait, whatever its busy timeout, where another server is about to make the same
    change: the one that comes second is refused at once, and has to ask again.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            plain_code = error.sqlite_errorcode & 0xFF
            if plain_code != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_BUSY_PAUSE_SECONDS)
        else:
            return
