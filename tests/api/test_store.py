"""The store: migrations, claims that only one can have, fair turns, and what may not be kept."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from api.store import claims, events, keys, runs
from api.store.callers import Scope
from api.store.database import Database
from api.store.purge import purge
from api.store.tables import METADATA
from api.wire.run import Answer
from api.wire.status import SHORT, Failure, Operation, RunStatus

Keep = Callable[..., str]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'store.db'}")
    else:
        opened = Database(request.getfixturevalue("fresh_postgres"))
    opened.migrate()
    with opened.writing() as connection:
        keys.add_local(connection, 0)
    yield opened
    opened.close()


@pytest.fixture
def keep(database: Database) -> Keep:
    """`keep("a")` writes a waiting run of key `local`, or of another one."""

    def write(name: str, key: str = keys.LOCAL_KEY, operation: Operation = Operation.SOLVE) -> str:
        run = runs.NewRun(
            id=name,
            practice="p",
            api_key=key,
            operation=operation,
            parent=None,
            tags=("red", "blue"),
            external={"x": 1},
            start="2026-01-12",
            days=1,
            seconds_allowed=5.0,
            body=b'{"a": 1}',
        )
        with database.writing() as connection:
            runs.keep(connection, run, 1000)
        return name

    return write


def key_of(database: Database, practice: str) -> str:
    with database.writing() as connection:
        return keys.add(connection, practice, Scope, 0).split("_")[1]


def take(database: Database, claim: str, now: int = 2000, limit: int = 99) -> str | None:
    with database.writing() as connection:
        taken = claims.take_next(connection, claim, now, limit)
    return None if taken is None else taken.run


def status_of(database: Database, run: str) -> str:
    with database.reading() as connection:
        return str(runs.row_of(connection, run)["status"])


def test_the_migrations_make_the_tables_of_the_code(database: Database) -> None:
    with database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert found == []
    assert database.is_current()


def test_what_is_kept_comes_back(database: Database, keep: Keep) -> None:
    keep("a")
    with database.reading() as connection:
        assert runs.input_of(connection, "a") == b'{"a": 1}'
        assert runs.tags_of(connection, ["a"]) == {"a": ("blue", "red")}
        assert runs.find(connection, "p", "a") is not None
        assert runs.find(connection, "other", "a") is None
        assert [number for number, _ in events.after(connection, "a", 0, 9)] == [1]


def test_each_run_is_taken_once_however_many_reach_for_it(database: Database, keep: Keep) -> None:
    wanted = {keep(f"r{number}") for number in range(12)}
    taken: list[str] = []

    def reach(worker: int) -> None:
        turn = 0
        while (run := take(database, f"{worker}.{turn}")) is not None:
            taken.append(run)
            turn += 1

    threads = [threading.Thread(target=reach, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_keys_take_turns(database: Database, keep: Keep) -> None:
    # Key one has three runs before the first of key two: two's come second and third from then on.
    one, two = key_of(database, "one"), key_of(database, "two")
    for name, key in (("a1", one), ("a2", one), ("a3", one), ("b1", two), ("b2", two)):
        keep(name, key)
    order = [take(database, f"c{turn}", now=2000 + turn) for turn in range(5)]
    first = order[0]
    assert first in {"a1", "b1"}  # none was served before: the lower id has the first turn
    assert set(order[:2]) == {"a1", "b1"}
    assert set(order[2:4]) == {"a2", "b2"}
    assert order[4] == "a3"


def test_a_key_has_no_more_under_way_than_its_limit(database: Database, keep: Keep) -> None:
    keep("a")
    keep("b")
    assert take(database, "c1", limit=1) == "a"
    assert take(database, "c2", limit=1) is None
    with database.writing() as connection:
        assert claims.publish(connection, "a", "c1", RunStatus.COMPLETED, 3000)
    assert take(database, "c3", limit=1) == "b"


def test_what_is_short_is_taken_past_what_searches(database: Database, keep: Keep) -> None:
    def take_short(claim: str) -> str | None:
        with database.writing() as connection:
            taken = claims.take_next(connection, claim, 2000, 1, SHORT)
        return None if taken is None else taken.run

    for name in ("a", "b"):
        keep(name)
    assert take(database, "c1", limit=1) == "a"
    assert take_short("c2") is None
    keep("c", operation=Operation.VALIDATE)
    keep("d", operation=Operation.MEASURE)
    with database.reading() as connection:
        assert runs.count_waiting(connection) == 3
        assert runs.count_waiting(connection, only=SHORT) == 2
    # The key has as many under way as it may; of the short ones it has none.
    assert take(database, "c3", limit=1) is None
    assert take_short("c4") == "c"
    assert take_short("c5") is None


def test_a_worker_that_lost_its_run_cannot_publish(database: Database, keep: Keep) -> None:
    keep("a")
    assert take(database, "old") == "a"
    with database.writing() as connection:
        claims.give_up_or_back(connection, "a", "old", 3000, max_attempts=5)
    assert status_of(database, "a") == "interrupted"
    assert take(database, "new") == "a"
    with database.writing() as connection:
        late = claims.publish(connection, "a", "old", RunStatus.COMPLETED, 4000, answer=Answer())
        assert late is False
        assert claims.beat(connection, "a", "old", 4000) is None
        assert claims.beat(connection, "a", "new", 4000) is False
    assert status_of(database, "a") == "solving"
    with database.writing() as connection:
        done = claims.publish(connection, "a", "new", RunStatus.COMPLETED, 5000, answer=Answer())
        assert done is True
        again = claims.publish(connection, "a", "new", RunStatus.FAILED, 6000, answer=Answer())
        assert again is False
    assert status_of(database, "a") == "completed"


def test_a_run_is_failed_when_it_cost_too_many_workers(database: Database, keep: Keep) -> None:
    keep("a")
    for attempt in range(3):
        assert take(database, f"c{attempt}") == "a"
        with database.writing() as connection:
            claims.give_up_or_back(connection, "a", f"c{attempt}", 3000, max_attempts=3)
    with database.reading() as connection:
        row = runs.row_of(connection, "a")
    assert (row["status"], row["failure"]) == ("failed", Failure.WORKER_LOST)


def test_a_server_that_leaves_costs_no_attempt(database: Database, keep: Keep) -> None:
    keep("a")
    assert take(database, "c") == "a"
    with database.writing() as connection:
        assert claims.give_back(connection, "a", "c", 3000, blameless=True)
    with database.reading() as connection:
        row = runs.row_of(connection, "a")
    assert (row["status"], row["attempts"]) == ("interrupted", 0)


def test_the_silent_are_found(database: Database, keep: Keep) -> None:
    keep("a")
    keep("b")
    take(database, "c1", now=2000)
    take(database, "c2", now=5000)
    with database.reading() as connection:
        assert [found.run for found in claims.silent_since(connection, 3000)] == ["a"]


def test_a_stop_that_the_lost_worker_never_heard_is_kept(database: Database, keep: Keep) -> None:
    keep("a")
    take(database, "c")
    with database.writing() as connection:
        runs.ask_to_stop(connection, runs.row_of(connection, "a"), 2500)
        assert claims.beat(connection, "a", "c", 2600) is True
        claims.give_up_or_back(connection, "a", "c", 3000, max_attempts=5)
    assert status_of(database, "a") == "stopped"


def test_old_content_goes_and_the_row_stays(database: Database, keep: Keep) -> None:
    keep("old")
    keep("new")
    for run, ended in (("old", 10_000), ("new", 20_000)):
        assert take(database, run) == run
        with database.writing() as connection:
            claims.publish(connection, run, run, RunStatus.COMPLETED, ended, answer=Answer())
    with database.writing() as connection:
        assert purge(connection, 15_000, 30_000) == 1
        assert purge(connection, 15_000, 30_000) == 0
    with database.reading() as connection:
        assert runs.input_of(connection, "old") is None
        assert runs.answer_of(connection, "old") is None
        assert events.after(connection, "old", 0, 9) == []
        assert runs.row_of(connection, "old")["external"] == "{}"
        assert runs.input_of(connection, "new") is not None


def test_a_run_that_nobody_ever_takes_goes_too(database: Database, keep: Keep) -> None:
    keep("a")  # made at 1000
    with database.writing() as connection:
        assert purge(connection, 1000, 30_000) == 0
        assert purge(connection, 1001, 30_000) == 1
    assert status_of(database, "a") == "stopped"


def test_keys_open_their_own_practice_until_they_are_revoked(database: Database) -> None:
    with database.writing() as connection:
        text = keys.add(connection, "p1", [Scope.READ], 0)
        caller = keys.caller_of(connection, text, 1)
        assert caller is not None
        assert (caller.practice, caller.scopes) == ("p1", {Scope.READ})
        assert keys.caller_of(connection, text[:-1] + "!", 1) is None
        assert keys.caller_of(connection, "mdk_local_", 1) is None
        second = keys.rotate(connection, caller.key, 10, 20)
        assert second is not None
        assert keys.caller_of(connection, text, 19) is not None
        assert keys.caller_of(connection, text, 20) is None
        replaced = keys.caller_of(connection, second, 20)
        assert replaced is not None
        assert replaced.practice == "p1"
        assert keys.revoke(connection, replaced.key, 21)
        assert keys.caller_of(connection, second, 22) is None
        assert keys.revoke(connection, replaced.key, 23) is False


def test_no_secret_is_kept(database: Database) -> None:
    with database.writing() as connection:
        secret = keys.add(connection, "p1", Scope, 0).split("_", 2)[2]
        rows = [dict(row) for row in keys.everyone(connection)]
    assert len(rows) == 1
    assert secret not in str(rows)
