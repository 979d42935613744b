"""Ways to speak to the service: in memory, without a server, and to a real one on a free port."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text

from api.cli.listening import listen
from api.clock import now_ms
from api.main import create_app
from api.queue.operations import carry_out
from api.queue.reporter import Reporter
from api.services.service import Service
from api.settings import ServiceSettings
from api.store import claims, runs
from api.store.database import Database
from api.wire.examples import EXAMPLES
from api.wire.run import Answer
from api.wire.status import RunStatus
from benchmarks.served import Server, started
from engine import generate_practice
from engine.schedule import Schedule

Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask() -> Ask:
    """`ask(app, method, path, **request)` answers as the service would."""

    def send(app: FastAPI, method: str, path: str, **request: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
                return await client.request(method, path, **request)

        return asyncio.run(once())

    return send


@pytest.fixture
def settings(tmp_path: Path) -> ServiceSettings:
    """A store of its own; nobody solves what is submitted."""
    return ServiceSettings(
        database=f"sqlite:///{tmp_path / 'runs.db'}", processes=0, grace_seconds=3600.0
    )


@pytest.fixture
def open_app() -> Iterator[Callable[[ServiceSettings], FastAPI]]:
    """An application whose store is ready, for `ask`; closed at the end."""
    opened: list[Service] = []

    def make(settings: ServiceSettings) -> FastAPI:
        app = create_app(settings)
        opened.append(app.state.service)
        app.state.service.prepare()
        return app

    yield make
    for service in opened:
        service.close()


@dataclass(frozen=True)
class Served:
    """A server in a thread: its address, a client, and what it works with."""

    address: str
    client: httpx.Client
    service: Service


@pytest.fixture
def serve() -> Iterator[Callable[[ServiceSettings], Served]]:
    """`serve(settings)` starts a server on a free port; all of them stop at the end."""
    with contextlib.ExitStack() as stack:
        yield lambda settings: stack.enter_context(served(settings))


@contextlib.contextmanager
def served(settings: ServiceSettings) -> Iterator[Served]:
    app = create_app(settings)
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=address, timeout=120) as client:
            yield Served(address, client, app.state.service)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture
def question() -> Callable[[], dict[str, Any]]:
    """One chair, one assistant, one doctor; three visits of 30 minutes (10 assistant, 5 doctor)."""

    def make() -> dict[str, Any]:
        hours = {"weekday": "mon", "start": "08:00", "end": "12:00"}
        segments = [
            {"kind": "assistant", "minutes": 10},
            {"kind": "doctor", "minutes": 5},
            {"kind": "assistant", "minutes": 15},
        ]
        stage = {"chair_kind": "clinic", "role": "assistant", "segments": segments}
        procedure = {"code": "REP", "title": "Repair", "purpose": "repair", "stages": [stage]}
        return {
            "as_of": "2026-01-09T12:00:00",
            "practice": {
                "id": "TEST",
                "time_zone": "America/Chicago",
                "hours": [hours],
                "chairs": [{"id": "C1", "kind": "clinic"}],
                "staff": [
                    {"id": "DR1", "role": "doctor", "shifts": [hours]},
                    {"id": "AS1", "role": "assistant", "shifts": [hours]},
                ],
                "procedures": [{**procedure, "procedure_class": "repair"}],
            },
            "visits": [
                {
                    "id": f"V{number}",
                    "patient": f"P0000{number}",
                    "procedure": "REP",
                    "due": "2026-01-12",
                }
                for number in (1, 2, 3)
            ],
        }

    return make


@pytest.fixture
def submission(question: Callable[[], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """A body for `POST /v1/schedules`: the small question on its Monday."""

    def make(**changes: Any) -> dict[str, Any]:
        dates = {"start": "2026-01-12", "days": 1}
        return {"problem": question(), "dates": dates, "limits": {"time_limit": 5.0}, **changes}

    return make


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """`start(database, *options)` runs `modelday serve` in a process; all of them are ended."""
    with contextlib.ExitStack() as stack:
        yield lambda *words: stack.enter_context(started(*words))


@pytest.fixture
def long_one() -> dict[str, Any]:
    """A question that would be searched for ten minutes, so that something can happen to it."""
    made = generate_practice("one-doctor", visits=60, seed=3)
    dates = {"start": made.horizon.start.isoformat(), "days": made.horizon.days}
    limits = {"time_limit": 600.0, "gap": 0.0}
    return {"problem": made.problem.model_dump(mode="json"), "dates": dates, "limits": limits}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the tests, reached by a socket file alone."""
    initdb, server = shutil.which("initdb"), shutil.which("postgres")
    if initdb is None or server is None:
        pytest.skip("PostgreSQL's own programs are not installed")
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL does not run as root, and runuser is not installed")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="modelday-postgres-"))
    try:
        if as_user:
            shutil.chown(folder, "postgres")
        data = str(folder / "data")
        made = [initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]
        subprocess.run([*as_user, *made], check=True, capture_output=True, cwd="/")
        options = ["-D", data, "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
        process = subprocess.Popen(
            [*as_user, server, *options], stderr=subprocess.PIPE, text=True, cwd="/"
        )
        assert process.stderr is not None
        for line in process.stderr:
            if "ready to accept connections" in line:
                break
        drained = threading.Thread(target=process.stderr.read, daemon=True)
        drained.start()
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        process.terminate()
        process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_postgres(postgres: str) -> str:
    """The same, without anything in it."""
    database = Database(postgres)
    with database.writing() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.close()
    return postgres


class _Silent:
    """Stands for the reporter of a worker: nobody hears of anything."""

    spent = 0.0

    def take_point(self, _: object) -> None: ...

    def take_step(self) -> None: ...

    def take_faults(self, _: object) -> None: ...

    def take_schedule(self, *_: object) -> None: ...


@pytest.fixture(scope="session")
def work_off() -> Callable[[Service], None]:
    """`work_off(service)` does the next run that waits, in this process, as a worker would."""

    def work(service: Service) -> None:
        with service.database.writing() as connection:
            taken = claims.take_next(connection, "claim", now_ms(), 9)
            assert taken is not None
            operation = runs.row_of(connection, taken.run)["operation"]
            body = runs.input_of(connection, taken.run)
            assert body is not None
        interrupt = signal.getsignal(signal.SIGINT)
        try:
            done = carry_out(operation, body, None, cast(Reporter, _Silent()))
        finally:
            signal.signal(signal.SIGINT, interrupt)
        status, failure, answer = done
        with service.database.writing() as connection:
            claims.publish(
                connection, taken.run, "claim", status, now_ms(), failure=failure, answer=answer
            )

    return work


@pytest.fixture
def ended(app: FastAPI, ask: Ask) -> str:
    """The address of a run whose answer is the example's schedule: V1 at 08:00, V2, V3 without."""
    address = ask(app, "POST", "/v1/schedules", json=EXAMPLES["Submission"]).headers["location"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    with app.state.service.database.writing() as connection:
        taken = claims.take_next(connection, "claim", now_ms(), 9)
        assert taken is not None
        answer = Answer(schedule=schedule)
        claims.publish(connection, taken.run, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    return str(address)
