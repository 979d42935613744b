"""Ways to speak to the service: in memory, without a server, and to a real one on a free port."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.main import create_app
from api.services.service import Service
from api.settings import ServiceSettings

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
    return ServiceSettings(database=f"sqlite:///{tmp_path / 'runs.db'}", processes=0)


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
    listening = socket.create_server(("127.0.0.1", 0))
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
