"""Holds end by the service's clock alone, whichever moment is asked for; looking ends none."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from api.services import open_books
from api.settings import ServiceSettings
from api.store import audit, keys
from api.store.callers import Scope
from api.store.tables import HOLDS, RUNS
from api.wire.examples import CALLER

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
OPENINGS = "/v1/openings"
OTHER = {**CALLER, "id": "CALL2", "patient": "P78"}
MINUTE = 60_000


class Clock:
    """The service's clock, which only the test moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(open_books, "now_ms", made)
    return made


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


@pytest.fixture
def wanted(ended: str) -> dict[str, Any]:
    """08:30 for a caller, kept for five minutes."""
    return {
        "run": ended.rsplit("/", 1)[1],
        "visit": CALLER,
        "date": "2026-01-12",
        "start": "08:30",
        "minutes": 5,
    }


def offered(app: FastAPI, ask: Ask, wanted: dict[str, Any], **more: Any) -> set[str]:
    body = {"run": wanted["run"], "visit": OTHER, "count": 50, **more}
    answer = ask(app, "POST", f"{OPENINGS}/recommend", json=body)
    assert answer.status_code == 200, answer.text
    return {one["start"] for one in answer.json()["openings"]}


def states(app: FastAPI) -> list[str]:
    with app.state.service.database.reading() as connection:
        return list(connection.execute(select(HOLDS.c.state).order_by(HOLDS.c.number)).scalars())


def test_a_hold_of_a_caller_who_names_no_moment_ends(
    app: FastAPI, ask: Ask, clock: Clock, wanted: dict[str, Any]
) -> None:
    held = ask(app, "POST", f"{OPENINGS}/hold", json=wanted).json()
    assert held["hold"]["until"] == "2026-01-09T12:05:00"  # of the moment that is planned for
    assert held["ends"] == "2023-11-14T22:18:20Z"  # 22:13:20 is where this clock stands
    clock.now += 5 * MINUTE - 1
    assert "08:30" not in offered(app, ask, wanted)
    again = ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": OTHER})
    assert again.status_code == 409
    clock.now += 1
    assert "08:30" in offered(app, ask, wanted)
    again = ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": OTHER})
    assert again.status_code == 201


def test_a_hold_that_is_over_can_be_neither_committed_nor_given_back(
    app: FastAPI, ask: Ask, clock: Clock, wanted: dict[str, Any]
) -> None:
    name = ask(app, "POST", f"{OPENINGS}/hold", json=wanted).json()["id"]
    clock.now += 5 * MINUTE
    for _ in range(2):
        late = ask(app, "POST", f"{OPENINGS}/commit", json={"hold": name})
        assert (late.status_code, late.json()["type"]) == (409, "urn:modelday:problem:expired")
    assert ask(app, "DELETE", f"{OPENINGS}/holds/{name}").status_code == 404


def test_what_is_committed_never_ends(
    app: FastAPI, ask: Ask, clock: Clock, wanted: dict[str, Any]
) -> None:
    name = ask(app, "POST", f"{OPENINGS}/hold", json=wanted).json()["id"]
    assert ask(app, "POST", f"{OPENINGS}/commit", json={"hold": name}).status_code == 200
    clock.now += 10_000_000 * MINUTE
    assert "08:30" not in offered(app, ask, wanted)
    assert ask(app, "DELETE", f"{OPENINGS}/holds/{name}").status_code == 204


@pytest.mark.parametrize("now", ["2026-01-12T08:00:00", "2199-12-31T23:59:00"])
def test_nobody_ends_a_hold_by_the_moment_that_he_asks_for(
    app: FastAPI, ask: Ask, clock: Clock, wanted: dict[str, Any], now: str
) -> None:
    name = ask(app, "POST", f"{OPENINGS}/hold", json=wanted).json()["id"]
    hole = {"run": wanted["run"], "visit_id": "V1", "now": now}
    assert ask(app, "POST", f"{OPENINGS}/fill-hole", json=hole).status_code == 200
    assert "08:30" not in offered(app, ask, wanted, now=now)
    again = ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": OTHER, "now": now})
    assert again.status_code == 409
    assert "08:30" not in offered(app, ask, wanted)
    done = ask(app, "POST", f"{OPENINGS}/commit", json={"hold": name, "now": now})
    assert done.status_code == 200, done.text


def test_looking_writes_nothing_and_the_end_is_written_down_once(
    app: FastAPI, ask: Ask, clock: Clock, wanted: dict[str, Any]
) -> None:
    def version() -> int:
        with app.state.service.database.reading() as connection:
            return int(connection.execute(select(RUNS.c.book_version)).scalar_one())

    assert ask(app, "POST", f"{OPENINGS}/hold", json=wanted).status_code == 201
    clock.now += 5 * MINUTE
    before = version()
    assert "08:30" in offered(app, ask, wanted)
    assert (states(app), version()) == (["held"], before)
    # Whoever changes something writes it down first, also where he is refused himself.
    early = {**wanted, "visit": OTHER, "start": "07:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=early).status_code == 409
    assert states(app) == ["released"]
    held = ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": OTHER})
    assert held.status_code == 201
    assert states(app) == ["released", "held"]
    with app.state.service.database.reading() as connection:
        rows = audit.entries(connection, keys.LOCAL_KEY)
    ends = [(row["api_key"], row["at"]) for row in rows if row["action"] == "hold-end"]
    assert ends == [(audit.SERVICE, clock.now)]


def test_a_key_that_may_only_read_ends_no_hold(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask, clock: Clock, wanted: dict[str, Any]
) -> None:
    """The same store behind a server with keys; the run belongs to the practice `local`."""
    app = open_app(settings.model_copy(update={"auth": True}))
    with app.state.service.database.writing() as connection:
        made = {
            scope: keys.add(connection, keys.LOCAL_KEY, [scope], 0)
            for scope in (Scope.READ, Scope.COMMIT)
        }
    reader, desk = ({"Authorization": f"Bearer {made[one]}"} for one in (Scope.READ, Scope.COMMIT))
    held = ask(app, "POST", f"{OPENINGS}/hold", json=wanted, headers=desk)
    assert held.status_code == 201, held.text
    body = {"run": wanted["run"], "visit": OTHER, "now": "2199-01-01T00:00:00"}
    assert ask(app, "POST", f"{OPENINGS}/recommend", json=body, headers=reader).status_code == 200
    assert states(app) == ["held"]
    commit = {"hold": held.json()["id"]}
    assert ask(app, "POST", f"{OPENINGS}/commit", json=commit, headers=desk).status_code == 200
