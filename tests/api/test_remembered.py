"""What a server keeps in memory from one request to the next, and when it may not use it."""

import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.cli.listening import listen
from api.clock import now_ms
from api.services import known_callers
from api.services.book_shelf import BookShelf
from api.services.known_callers import TRUSTED_SECONDS, KnownCallers
from api.services.written_runs import WrittenRuns
from api.settings import ServiceSettings
from api.store import claims, keys
from api.store.callers import Scope
from api.store.purge import purge
from api.wire.examples import CALLER, EXAMPLES
from api.wire.run import Answer
from api.wire.status import RunStatus
from engine.schedule import Schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS, RECOMMEND = "/v1/schedules", "/v1/openings/recommend"
Header = dict[str, str]


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings.model_copy(update={"auth": True}))


def key_for(app: FastAPI, practice: str) -> Header:
    with app.state.service.database.writing() as connection:
        return {"Authorization": f"Bearer {keys.add(connection, practice, Scope, 0)}"}


@pytest.fixture
def ours(app: FastAPI) -> Header:
    return key_for(app, "ours")


@pytest.fixture
def run(app: FastAPI, ask: Ask, ours: Header) -> str:
    """A run of ours that has ended."""
    made = ask(app, "POST", RUNS, json=EXAMPLES["Submission"], headers=ours).json()["id"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    with app.state.service.database.writing() as connection:
        assert claims.take_next(connection, "claim", now_ms(), 9) is not None
        answer = Answer(schedule=schedule)
        claims.publish(connection, made, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    return str(made)


def test_a_revoked_key_reads_for_a_second_at_most_and_starts_nothing(
    app: FastAPI, ask: Ask, ours: Header, submission: Callable[..., dict[str, Any]]
) -> None:
    service, moment = app.state.service, 100.0
    service.callers = KnownCallers(service.database, lambda: moment)
    assert ask(app, "GET", RUNS, headers=ours).status_code == 200
    with service.database.writing() as connection:
        assert keys.revoke(connection, ours["Authorization"].split("_")[1], now_ms())
    assert ask(app, "POST", RUNS, json=submission(), headers=ours).status_code == 401
    # The question of the store that this took has made an end of it for reading, too.
    assert ask(app, "GET", RUNS, headers=ours).status_code == 401


def test_what_is_known_of_a_key_is_asked_again_when_its_second_is_over(
    app: FastAPI, ours: Header
) -> None:
    moment = 100.0
    callers = KnownCallers(app.state.service.database, lambda: moment)
    text = ours["Authorization"].removeprefix("Bearer ")
    assert callers.remembered(text, Scope.READ) is None
    found = callers.look_up(text)
    assert found is not None
    assert callers.remembered(text, Scope.READ) == found
    assert callers.remembered(text, Scope.COMMIT) is None
    assert callers.remembered(text + "!", Scope.READ) is None
    moment += TRUSTED_SECONDS
    assert callers.remembered(text, Scope.READ) is None


def test_a_key_that_runs_out_is_not_trusted_for_the_rest_of_its_second(
    app: FastAPI, ours: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, end = ours["Authorization"].removeprefix("Bearer "), now_ms() + 3_600_000
    with app.state.service.database.writing() as connection:
        assert keys.rotate(connection, text.split("_")[1], now_ms(), end) is not None
    callers = KnownCallers(app.state.service.database, lambda: 100.0)
    assert callers.look_up(text) is not None
    monkeypatch.setattr(known_callers, "now_ms", lambda: end - 1)
    assert callers.remembered(text, Scope.READ) is not None
    monkeypatch.setattr(known_callers, "now_ms", lambda: end)
    assert callers.remembered(text, Scope.READ) is None


def test_what_was_written_for_us_is_nobody_elses(
    app: FastAPI, ask: Ask, ours: Header, run: str
) -> None:
    first = ask(app, "GET", f"{RUNS}/{run}", headers=ours)
    assert first.json()["schedule"]["placements"]
    asked = {"run": run, "visit": CALLER}
    assert ask(app, "POST", RECOMMEND, json=asked, headers=ours).status_code == 200
    again = ask(app, "GET", f"{RUNS}/{run}", headers=ours)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert app.state.service.written.of(run) == first.content

    theirs = key_for(app, "theirs")
    assert ask(app, "GET", f"{RUNS}/{run}", headers=theirs).status_code == 404
    assert ask(app, "POST", RECOMMEND, json=asked, headers=theirs).status_code == 404


def test_who_may_not_see_a_run_takes_no_books_place(app: FastAPI, ask: Ask, run: str) -> None:
    theirs = key_for(app, "theirs")
    asked = {"run": run, "visit": CALLER}
    assert ask(app, "POST", RECOMMEND, json=asked, headers=theirs).status_code == 404
    assert run not in app.state.service.books


def test_a_purged_run_is_not_handed_out_from_memory(
    app: FastAPI, ask: Ask, ours: Header, run: str
) -> None:
    first = ask(app, "GET", f"{RUNS}/{run}", headers=ours)
    asked = {"run": run, "visit": CALLER}
    assert ask(app, "POST", RECOMMEND, json=asked, headers=ours).status_code == 200
    with app.state.service.database.writing() as connection:
        assert purge(connection, now_ms() + 1, now_ms()) == 1
    known = {**ours, "If-None-Match": first.headers["etag"]}
    later = ask(app, "GET", f"{RUNS}/{run}", headers=known)
    assert later.status_code == 200
    assert later.json()["schedule"] is None
    assert app.state.service.written.of(run) is None
    assert ask(app, "POST", RECOMMEND, json=asked, headers=ours).status_code == 410


def test_documents_stay_within_their_bytes() -> None:
    written = WrittenRuns(most_bytes=10)
    written.keep("a", b"aaaa")
    written.keep("b", b"bbbb")
    assert written.of("a") == b"aaaa"  # asked for last, so that b makes room
    written.keep("c", b"cccc")
    assert (written.of("a"), written.of("b"), written.of("c")) == (b"aaaa", None, b"cccc")
    written.keep("a", b"a" * 11)  # larger than all the room there is: the others stay
    assert (written.of("a"), written.of("c")) == (None, b"cccc")
    written.keep("d", b"dddddd")  # 4 and 6 are 10
    assert (written.of("c"), written.of("d")) == (b"cccc", b"dddddd")
    written.forget("c")
    written.keep("e", b"eeee")
    assert (written.of("d"), written.of("e")) == (b"dddddd", b"eeee")


def test_the_book_that_was_not_asked_for_longest_makes_room() -> None:
    shelf = BookShelf(most=2)
    first = shelf.of("a")
    shelf.of("b")
    assert shelf.of("a") is first
    shelf.of("c")
    assert ["a" in shelf, "b" in shelf, "c" in shelf] == [True, False, True]


def test_books_stay_within_their_memory(app: FastAPI, ask: Ask, ours: Header, run: str) -> None:
    asked = {"run": run, "visit": CALLER}
    assert ask(app, "POST", RECOMMEND, json=asked, headers=ours).status_code == 200
    opened = app.state.service.books.of(run)
    assert opened.bytes > 0
    shelf = BookShelf(most_bytes=2 * opened.bytes)
    for name in ("a", "b"):  # two books fit, a third one does not
        entry = shelf.of(name)
        entry.problem, entry.schedule, entry.book = opened.problem, opened.schedule, opened.book
    shelf.of("c")
    assert all(name in shelf for name in "abc")
    third = shelf.of("c")
    third.problem, third.schedule, third.book = opened.problem, opened.schedule, opened.book
    shelf.of("b")
    assert ["a" in shelf, "b" in shelf, "c" in shelf] == [False, True, True]


def test_connections_do_not_wait_to_send() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
