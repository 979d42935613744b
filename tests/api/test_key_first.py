"""No body is read without a key, nothing purged stays in memory, faults are known early."""

import asyncio
import threading
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.clock import now_ms
from api.queue.keeper import Keeper
from api.services.forget_purged import forget_purged
from api.settings import ServiceSettings
from api.store import claims, events, keys, runs
from api.store.callers import Scope
from api.store.database import Database
from api.store.purge import purge
from api.wire.examples import EXAMPLES
from api.wire.faults import on_wire
from engine.problems import PracticeProblem

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS = "/v1/schedules"


def answered(app: FastAPI, path: str, authorization: str | None) -> tuple[int, int]:
    """The status of a POST, and how many pieces of its body were asked for; it never ends."""
    asked, statuses = 0, []
    given = [] if authorization is None else [(b"authorization", authorization.encode())]

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b" " * 1000, "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"service"), (b"content-type", b"application/json"), *given],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 80),
    }
    asyncio.run(app(scope, receive, send))
    (status,) = statuses
    return status, asked


def test_no_body_is_read_without_a_key(open_app: OpenApp, settings: ServiceSettings) -> None:
    app = open_app(settings.model_copy(update={"auth": True, "max_body_bytes": 10_000}))
    with app.state.service.database.writing() as connection:
        key = keys.add(connection, "p", Scope, 0)
    for path in (RUNS, "/v1/openings/recommend", "/nothing"):
        for wrong in (None, "Bearer", "Bearer x", f"Basic {key}", f"Bearer {key}x"):
            assert answered(app, path, wrong) == (401, 0), wrong
        # Pieces of 1,000 bytes: the eleventh is one too many.
        assert answered(app, path, f"bearer {key}") == (413, 11)
    revoked = key.split("_")[1]
    with app.state.service.database.writing() as connection:
        assert keys.revoke(connection, revoked, now_ms())
    app.state.service.callers.look_up(key)
    assert answered(app, RUNS, f"Bearer {key}") == (401, 0)


def test_what_is_purged_leaves_the_memory(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask
) -> None:
    app = open_app(settings)
    service = app.state.service
    kept = []
    for _ in range(2):
        run = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).json()["id"]
        service.written.keep(run, b"{}")
        service.books.of(run).problem = EXAMPLES["Submission"]["problem"]
        kept.append(run)
    old, new = kept
    ask(app, "DELETE", f"{RUNS}/{old}")
    with service.database.writing() as connection:
        assert purge(connection, now_ms() + 1, now_ms()) == 2  # one ended, one never taken
    forget_purged(service.database, service.books, service.written)
    assert service.books.runs == service.written.runs == ()
    # What still has its content stays.
    run = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).json()["id"]
    service.written.keep(run, b"{}")
    service.written.keep(new, b"{}")
    forget_purged(service.database, service.books, service.written)
    assert service.written.runs == (run,)


def test_the_keeper_has_it_forgotten(settings: ServiceSettings, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'kept.db'}")
    database.migrate()
    done = threading.Event()
    keeper = Keeper(settings, database, done.set)
    keeper.start()
    try:
        assert done.wait(60)
    finally:
        keeper.close()
        database.close()


def test_the_faults_of_a_fill_are_known_before_it_has_an_answer(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask
) -> None:
    app = open_app(settings)
    address = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    assert ask(app, "GET", address).json()["validation"] is None
    fault = on_wire(PracticeProblem("visit-window", "visits.csv row 2", "too late", "mend it"))
    with app.state.service.database.writing() as connection:
        taken = claims.take_next(connection, "claim", now_ms(), 9)
        assert taken is not None
        runs.keep_validation(connection, taken.run, (fault,))
    found = ask(app, "GET", address).json()
    assert (found["metadata"]["status"], found["schedule"]) == ("solving", None)
    assert found["validation"] == [fault.model_dump(mode="json")]
    with app.state.service.database.writing() as connection:
        claims.give_up_or_back(connection, taken.run, "claim", now_ms(), max_attempts=1)
        purge(connection, now_ms() + 1, now_ms())
        assert runs.validation_of(connection, taken.run) is None


@pytest.mark.parametrize("faulty", [False, True])
def test_a_worker_tells_what_it_found(
    serve: Callable[[ServiceSettings], Any],
    settings: ServiceSettings,
    submission: Callable[..., dict[str, Any]],
    faulty: bool,
) -> None:
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    sent = submission()
    if faulty:
        sent["problem"]["visits"][0]["procedure"] = "NONE"
    address = served.client.post(RUNS, json=sent).headers["location"]
    with served.client.stream("GET", f"{address}/events") as stream:
        told = [line for line in stream.iter_lines() if line.startswith("data: ")]
    checked = [line for line in told if '"checked"' in line]
    validation = served.client.get(address).json()["validation"]
    assert checked == [f'data: {{"kind":"checked","problems":{len(validation)}}}']
    assert told.index(checked[0]) == 2  # after queued and solving
    assert bool(validation) == faulty
    with served.service.database.reading() as connection:
        early = runs.validation_of(connection, address.rsplit("/", 1)[1])
        assert events.after(connection, address.rsplit("/", 1)[1], 0, 9)
    assert early is not None
    assert [one.model_dump(mode="json") for one in early] == validation
