"""The same request twice at one moment makes one run."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, func, select

from api.services.service import Service
from api.services.submit import submit
from api.settings import ServiceSettings
from api.store import idempotency
from api.store.keys import LOCAL_CALLER
from api.store.tables import AUDIT, RUNS
from api.wire.examples import EXAMPLES
from api.wire.refusal import Refusal
from api.wire.status import Operation
from api.wire.submission import Submission

BODY = Submission.model_validate(EXAMPLES["Submission"]).model_dump_json().encode()
Earlier = Callable[[Connection, str, str], RowMapping | None]


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    url = f"sqlite:///{tmp_path / 'runs.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgres")
    made = Service.of(ServiceSettings(database=url, processes=0))
    made.prepare()
    yield made
    made.close()


def send(service: Service, body: bytes = BODY) -> str:
    return submit(service, LOCAL_CALLER, Operation.SOLVE, body, "monday").id


def kept(service: Service) -> tuple[int, int]:
    """Runs, and notes of runs that were asked for."""
    with service.database.reading() as connection:
        runs = connection.execute(select(func.count()).select_from(RUNS)).scalar_one()
        notes = connection.execute(select(func.count()).select_from(AUDIT)).scalar_one()
    return runs, notes


def test_two_threads_with_one_key(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(2)
    looked: Earlier = idempotency.earlier
    calls: list[int] = []

    def both_see_nothing(*asked: Any) -> RowMapping | None:
        """PostgreSQL lets both look before either writes; SQLite lets one write at a time."""
        found = looked(*asked)
        calls.append(1)
        if not service.database.is_sqlite and len(calls) <= 2:
            together.wait(60)
        return found

    monkeypatch.setattr(idempotency, "earlier", both_see_nothing)
    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(send, service) for _ in range(2))
        assert first.result() == second.result()
    assert kept(service) == (1, 1)


def test_the_later_one_gets_the_run_of_the_sooner_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The later one looks before the sooner one has written, and writes after it."""
    looked: Earlier = idempotency.earlier
    looks: list[int] = []

    def too_early(*asked: Any) -> RowMapping | None:
        looks.append(1)
        return None if len(looks) % 2 else looked(*asked)

    first = send(service)
    monkeypatch.setattr(idempotency, "earlier", too_early)
    assert send(service) == first
    assert len(looks) == 2
    other = BODY.replace(b'"ticket":"42"', b'"ticket":"43"')
    assert other != BODY
    with pytest.raises(Refusal, match="idempotency-key-reused"):
        send(service, other)
    assert kept(service) == (1, 1)
