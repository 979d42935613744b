"""The table of kills, and the store that is looked at beside the service."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from api.clock import now_ms
from api.services.service import Service
from api.services.submit import submit
from api.settings import ServiceSettings
from api.store import claims
from api.store.database import Database
from api.store.keys import LOCAL_CALLER
from api.store.tables import ANSWERS, EVENTS, RUNS
from api.wire.examples import EXAMPLES
from api.wire.run import Answer
from api.wire.status import Operation, RunStatus
from api.wire.submission import Submission
from benchmarks.kills import Killed, Target
from benchmarks.machine import SERVICE, code_digest
from benchmarks.service_kills import HEAD, table
from benchmarks.store_check import faults_of

BODY = Submission.model_validate(EXAMPLES["Submission"]).model_dump_json().encode()


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
def ended(tmp_path: Path) -> tuple[str, str]:
    """A store with one run that has ended, and the run."""
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    service = Service.of(ServiceSettings(database=url, processes=0))
    service.prepare()
    run = submit(service, LOCAL_CALLER, Operation.SOLVE, BODY).id
    with service.database.writing() as connection:
        assert claims.take_next(connection, "claim", now_ms(), 1) is not None
        claims.publish(connection, run, "claim", RunStatus.COMPLETED, now_ms(), answer=Answer())
    service.close()
    return url, run


def test_a_store_is_intact_until_something_is_missing_in_it(ended: tuple[str, str]) -> None:
    store, run = ended
    assert faults_of(store) == ()
    database = Database(store)
    with database.writing() as connection:
        connection.execute(update(EVENTS).where(EVENTS.c.number == 3).values(number=4))
        connection.execute(update(RUNS).values(claim="another"))
    database.close()
    assert faults_of(store) == (
        f"{run}: events are missing",
        f"{run}: ended and still claimed",
    )


def test_a_run_that_lost_everything_is_found(ended: tuple[str, str]) -> None:
    store, run = ended
    database = Database(store)
    with database.writing() as connection:
        connection.execute(delete(EVENTS))
        connection.execute(delete(ANSWERS))
    database.close()
    assert faults_of(store) == (
        f"{run}: completed without an answer",
        f"{run}: events are missing",
    )


def test_a_key_that_leads_nowhere_is_found(ended: tuple[str, str]) -> None:
    """The service has SQLite refuse such a row; by itself it does not."""
    store, _ = ended
    with sqlite3.connect(store.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO events (run, number, at, body) VALUES ('run_2', 1, 0, '')")
    assert faults_of(store) == ("events: a key leads nowhere",)


def test_the_digest_of_the_service_is_not_that_of_the_search() -> None:
    assert code_digest(SERVICE) != code_digest()
