"""Servers that start on one store at the same moment, and a file that is no store."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from api.store import keys
from api.store.database import Database


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_servers_that_start_together_migrate_once(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    url = f"sqlite:///{tmp_path / 'together.db'}"
    if kind == "postgresql":
        url = request.getfixturevalue("fresh_postgres")
    faults: list[BaseException] = []

    def start() -> None:
        database = Database(url)
        try:
            database.migrate()
            assert database.is_current()
            with database.writing() as connection:
                keys.add_local(connection, 0)
        except BaseException as error:
            faults.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_server_waits_for_another_that_sets_up_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "together.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE something (id)")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        # The busy timeout of this connection is five seconds, and yet it is refused at once.
        sqlite3.connect(path).execute("PRAGMA journal_mode=WAL")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        other.execute("ROLLBACK")

    monkeypatch.setattr("api.store.database.time.sleep", pause)
    waiting = Database(f"sqlite:///{path}")
    with waiting.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    waiting.close()
    other.close()
    assert len(pauses) == 1


def test_a_file_that_is_no_database_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Not a database.\n" * 100)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="not a database"), database.reading():
        pass
    database.close()
