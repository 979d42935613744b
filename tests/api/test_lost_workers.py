"""What a worker leaves behind when it is lost: the seconds it worked, and no solver of its own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.queue import reporter as module
from api.queue.reporter import Reporter
from api.queue.told import Told
from api.settings import ServiceSettings
from api.store import claims, keys, runs
from api.store.database import Database
from api.wire.status import Operation

ROOT = Path(__file__).parents[2]
CHILD = "import signal; signal.pause()"
LEADER = f"""
import subprocess, sys
from api.queue.end_group import end_group
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}])
print(child.pid, flush=True)
sys.stdin.readline()
end_group(3)
"""


class Seconds:
    """A monotonic clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    made = Seconds()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[[str], tuple[Told, Database]]]:
    """`told(claim)`: what a worker is told that takes the only run there is."""
    settings = ServiceSettings(database=f"sqlite:///{tmp_path / 'runs.db'}")
    database = Database(settings.database)
    database.migrate()
    run = runs.NewRun(
        id="a",
        practice="p",
        api_key=keys.LOCAL_KEY,
        operation=Operation.SOLVE,
        parent=None,
        tags=(),
        external={},
        start="2026-01-12",
        days=1,
        seconds_allowed=600.0,
        body=b"{}",
    )
    with database.writing() as connection:
        keys.add_local(connection, 0)
        runs.keep(connection, run, 1000)

    def take(claim: str) -> tuple[Told, Database]:
        with database.writing() as connection:
            assert claims.take_next(connection, claim, 2000, 9) is not None
        return Told(settings=settings, run="a", claim=claim, server=os.getppid()), database

    yield take
    database.close()


def spent(database: Database) -> float:
    with database.reading() as connection:
        return float(runs.row_of(connection, "a")["seconds_spent"])


def test_a_run_that_is_lost_late_has_little_time_left(
    told: Callable[[str], tuple[Told, Database]], seconds: Seconds
) -> None:
    first, database = told("one")
    with Reporter(first, database, 0.0):
        seconds.now += 590.0  # nothing better was found in all this time
    assert spent(database) == pytest.approx(590.0)
    with database.writing() as connection:
        claims.give_up_or_back(connection, "a", "one", 3000, max_attempts=5)
    second, _ = told("two")
    with Reporter(second, database, spent(database)) as reporter:
        assert reporter.spent == pytest.approx(590.0)
        seconds.now += 4.0
    assert spent(database) == pytest.approx(594.0)


def test_the_servers_own_sign_of_life_says_nothing_of_the_work(
    told: Callable[[str], tuple[Told, Database]], seconds: Seconds
) -> None:
    first, database = told("one")
    with Reporter(first, database, 7.0):
        pass
    with database.writing() as connection:
        assert claims.beat(connection, "a", "one", 4000) is False
    assert spent(database) == pytest.approx(7.0)


def test_the_solvers_of_a_worker_end_with_it() -> None:
    leader = subprocess.Popen(
        [sys.executable, "-c", LEADER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert leader.stdout is not None
    assert leader.stdin is not None
    child = os.pidfd_open(int(leader.stdout.readline()))
    try:
        leader.stdin.write(b"end\n")
        leader.stdin.close()
        assert leader.wait(60) == -signal.SIGKILL
        assert select.select([child], [], [], 60)[0] == [child]  # readable once it has ended
    finally:
        os.close(child)
        leader.stdout.close()


def test_who_leads_no_group_ends_alone() -> None:
    """Otherwise a test that plays a worker would end all the others."""
    code = "from api.queue.end_group import end_group; end_group(3)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 3
