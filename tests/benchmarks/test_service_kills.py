"""The table of kills, and the store that is looked at beside the service."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from api.clock import now_ms
from api.store import claims, keys, runs
from api.store.database import Database
from api.store.tables import ANSWERS, EVENTS, RUNS
from api.wire.run import Answer
from api.wire.status import Operation, RunStatus
from benchmarks.kills import Killed, Target
from benchmarks.machine import SERVICE, code_digest
from benchmarks.service_kills import HEAD, table
from benchmarks.store_check import faults_of


def killed(target: Target, resume_seconds: tuple[float, ...], faults: tuple[str, ...]) -> Killed:
    return Killed(
        store="sqlite",
        target=target,
        sent=7,
        live=6,
        hits=3,
        with_schedule=2,
        resumed=len(resume_seconds),
        resume_seconds=resume_seconds,
        asked=5,
        completed=4,
        failed=1,
        changed=0,
        worse=0,
        faults=faults,
    )


def test_a_row_for_each_target() -> None:
    """Median of 0.5, 1 and 4 seconds: 1."""
    lines = table(
        [killed(Target.SERVER, (4.0, 0.5, 1.0), ()), killed(Target.WORKER, (), ("a", "b"))]
    )
    assert lines.splitlines()[2:] == [
        "| sqlite | server | 7 | 6 | 3 | 2 | 3 | 1.0 | 4.0 | 5 | 4 | 1 | 0 | 0 | intact |",
        "| sqlite | worker | 7 | 6 | 3 | 2 | 0 | – | – | 5 | 4 | 1 | 0 | 0 | a; b |",
    ]
    assert all(line.count("|") == len(HEAD) + 1 for line in lines.splitlines())


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store with one run that has ended."""
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    database = Database(url)
    database.migrate()
    with database.writing() as connection:
        keys.add_local(connection, now_ms())
        run = runs.NewRun(
            id="run_1",
            practice=keys.LOCAL_KEY,
            api_key=keys.LOCAL_KEY,
            operation=Operation.SOLVE,
            parent=None,
            tags=(),
            external={},
            start="2026-01-12",
            days=1,
            seconds_allowed=1.0,
            body=b"{}",
        )
        runs.keep(connection, run, now_ms())
        assert claims.take_next(connection, "claim", now_ms(), 1) is not None
        claims.publish(connection, "run_1", "claim", RunStatus.COMPLETED, now_ms(), answer=Answer())
    database.close()
    return url


def test_a_store_is_intact_until_something_is_missing_in_it(store: str) -> None:
    assert faults_of(store) == ()
    database = Database(store)
    with database.writing() as connection:
        connection.execute(update(EVENTS).where(EVENTS.c.number == 3).values(number=4))
        connection.execute(update(RUNS).values(claim="another"))
    database.close()
    assert faults_of(store) == (
        "run_1: events are missing",
        "run_1: ended and still claimed",
    )


def test_a_run_that_lost_everything_is_found(store: str) -> None:
    database = Database(store)
    with database.writing() as connection:
        connection.execute(delete(EVENTS))
        connection.execute(delete(ANSWERS))
    database.close()
    assert faults_of(store) == (
        "run_1: completed without an answer",
        "run_1: events are missing",
    )


def test_a_key_that_leads_nowhere_is_found(store: str) -> None:
    """The service has SQLite refuse such a row; by itself it does not."""
    with sqlite3.connect(store.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO events (run, number, at, body) VALUES ('run_2', 1, 0, '')")
    assert faults_of(store) == ("events: a key leads nowhere",)


def test_the_digest_of_the_service_is_not_that_of_the_search() -> None:
    assert code_digest(SERVICE) != code_digest()
