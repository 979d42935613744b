"""What a worker leaves behind when it is lost: the seconds it worked, and no solver of its own."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.clock import now_ms
from api.queue import reporter as module
from api.queue.reporter import Reporter
from api.queue.told import Told
from api.services.service import Service
from api.services.submit import submit
from api.settings import ServiceSettings
from api.store import claims, runs
from api.store.keys import LOCAL_CALLER
from api.wire.examples import EXAMPLES
from api.wire.status import Operation
from api.wire.submission import Submission

BODY = Submission.model_validate(EXAMPLES["Submission"]).model_dump_json().encode()
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
def service(tmp_path: Path) -> Iterator[Service]:
    """A service in which one run waits."""
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    made = Service.of(ServiceSettings(database=url, processes=0))
    made.prepare()
    submit(made, LOCAL_CALLER, Operation.SOLVE, BODY)
    yield made
    made.close()


@pytest.fixture
def told(service: Service) -> Callable[[str], Told]:
    """`told(claim)`: what a worker is told that takes the only run there is."""

    def take(claim: str) -> Told:
        with service.database.writing() as connection:
            taken = claims.take_next(connection, claim, now_ms(), 9)
        assert taken is not None
        return Told(settings=service.settings, run=taken.run, claim=claim, server=os.getppid())

    return take


def spent(service: Service, run: str) -> float:
    with service.database.reading() as connection:
        return float(runs.row_of(connection, run)["seconds_spent"])


def test_a_run_that_is_lost_late_has_little_time_left(
    service: Service, told: Callable[[str], Told], seconds: Seconds
) -> None:
    database = service.database
    first = told("one")
    with Reporter(first, database, 0.0):
        seconds.now += 590.0  # nothing better was found in all this time
    assert spent(service, first.run) == pytest.approx(590.0)
    with database.writing() as connection:
        claims.give_up_or_back(connection, first.run, "one", now_ms(), max_attempts=5)
    second = told("two")
    with Reporter(second, database, spent(service, second.run)) as reporter:
        assert reporter.spent == pytest.approx(590.0)
        seconds.now += 4.0
    assert spent(service, first.run) == pytest.approx(594.0)


def test_the_servers_own_sign_of_life_says_nothing_of_the_work(
    service: Service, told: Callable[[str], Told], seconds: Seconds
) -> None:
    first = told("one")
    with Reporter(first, service.database, 7.0):
        pass
    with service.database.writing() as connection:
        assert claims.beat(connection, first.run, "one", now_ms()) is False
    assert spent(service, first.run) == pytest.approx(7.0)


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
