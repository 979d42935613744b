"""A caller on the line, over HTTP: offers, holds, commits, and a hole that is filled again."""

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.clock import now_ms
from api.settings import ServiceSettings
from api.store import claims
from api.wire.examples import CALLER, EXAMPLES
from api.wire.run import Answer
from api.wire.status import RunStatus
from api.wire.submission import Submission
from engine.template.book_schedule import book_schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS, OPENINGS = "/v1/schedules", "/v1/openings"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


@pytest.fixture
def run(ended: str) -> str:
    """A run whose schedule has V1 at 08:00 in the only chair; V2 and V3 wait."""
    return ended.rsplit("/", 1)[1]


def starts(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {one["start"] for one in answer.json()["openings"]}


def test_offers_lie_beside_what_is_booked(app: FastAPI, ask: Ask, run: str) -> None:
    # 08:00-08:30 is V1's; visits of 30 minutes may begin from then until 11:30.
    body = {"run": run, "visit": CALLER, "count": 50}
    found = starts(ask(app, "POST", f"{OPENINGS}/recommend", json=body))
    assert found
    assert all("08:30" <= start <= "11:30" for start in found)
    waiting = {"run": run, "visit_id": "V2", "count": 50}
    assert starts(ask(app, "POST", f"{OPENINGS}/recommend", json=waiting))


def test_a_visit_that_has_a_time_is_asked_about_as_if_it_had_none(
    app: FastAPI, ask: Ask, run: str
) -> None:
    body = {"run": run, "visit_id": "V1", "count": 50}
    first = starts(ask(app, "POST", f"{OPENINGS}/recommend", json=body))
    assert first == starts(ask(app, "POST", f"{OPENINGS}/recommend", json=body))
    taken = {"run": run, "visit": CALLER, "date": "2026-01-12", "start": "08:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=taken).status_code == 409


def test_times_are_kept_for_callers_still_to_come(app: FastAPI, ask: Ask) -> None:
    """In the sample office patients call for exams; a time that they will want costs more."""
    demo = ask(app, "GET", "/v1/demo-data/rolling-book").json()
    made = ask(app, "POST", RUNS, json=demo).json()["id"]
    question = Submission.model_validate(demo)
    book = book_schedule(question.problem, question.dates.horizon)
    with app.state.service.database.writing() as connection:
        assert claims.take_next(connection, "claim", now_ms(), 9) is not None
        answer = Answer(schedule=book)
        claims.publish(connection, made, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    caller = {"id": "CALL1", "patient": "P77", "procedure": "NPEX", "due": "2026-03-09"}
    body = {"run": made, "visit": caller, "count": 50}

    def extra(**more: Any) -> list[int]:
        found = ask(app, "POST", f"{OPENINGS}/recommend", json={**body, **more})
        assert found.status_code == 200, found.text
        return [one["millipoints"] - one["own_millipoints"] for one in found.json()["openings"]]

    assert set(extra()) == {0}
    kept = extra(protect=True)
    assert min(kept) >= 0
    assert max(kept) > 0
    assert set(extra()) == {0}  # and no longer for the next one who does not ask for it


def test_hold_commit_release(app: FastAPI, ask: Ask, run: str) -> None:
    wanted = {"run": run, "visit": CALLER, "date": "2026-01-12", "start": "09:00"}
    held = ask(app, "POST", f"{OPENINGS}/hold", json=wanted)
    assert held.status_code == 201, held.text
    assert held.json()["hold"]["until"] == "2026-01-09T12:15:00"
    name, etag = held.json()["id"], held.headers["etag"]

    # Nobody else is offered it, and nobody can hold it.
    other = {**CALLER, "id": "CALL2", "patient": "P78"}
    offered = ask(app, "POST", f"{OPENINGS}/recommend", json={"run": run, "visit": other})
    assert "09:00" not in starts(offered)
    again = ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": other})
    assert again.status_code == 409

    wrong = ask(
        app, "POST", f"{OPENINGS}/commit", json={"hold": name}, headers={"If-Match": '"old"'}
    )
    assert wrong.status_code == 412
    for _ in range(2):  # the same request sent twice is one booking
        done = ask(app, "POST", f"{OPENINGS}/commit", json={"hold": name})
        assert done.status_code == 200, done.text
    booking = done.json()["booking"]
    assert (booking["visit"]["id"], booking["start"], booking["chair"]) == ("CALL1", "09:00", "C1")
    stale = ask(app, "POST", f"{OPENINGS}/commit", json={"hold": name}, headers={"If-Match": etag})
    assert stale.status_code == 412

    assert ask(app, "DELETE", f"{OPENINGS}/holds/{name}").status_code == 204
    assert ask(app, "DELETE", f"{OPENINGS}/holds/{name}").status_code == 404
    assert ask(app, "POST", f"{OPENINGS}/hold", json={**wanted, "visit": other}).status_code == 201


def test_what_one_server_holds_the_other_knows(
    app: FastAPI, open_app: OpenApp, settings: ServiceSettings, ask: Ask, run: str
) -> None:
    beside = open_app(settings)
    body = {"run": run, "visit": {**CALLER, "id": "CALL2"}, "count": 50}
    assert starts(ask(beside, "POST", f"{OPENINGS}/recommend", json=body))
    wanted = {"run": run, "visit": CALLER, "date": "2026-01-12", "start": "09:00"}
    name = ask(app, "POST", f"{OPENINGS}/hold", json=wanted).json()["id"]
    second = {**wanted, "visit": {**CALLER, "id": "CALL2", "patient": "P78"}}
    assert ask(beside, "POST", f"{OPENINGS}/hold", json=second).status_code == 409
    assert ask(beside, "POST", f"{OPENINGS}/commit", json={"hold": name}).status_code == 200
    third = {**second, "start": "09:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=third).status_code == 409


def test_who_could_take_a_freed_time(app: FastAPI, ask: Ask, run: str) -> None:
    # V1 cannot come: V2 and V3 wait, each 30 minutes long, as long as the hole.
    body = {"run": run, "visit_id": "V1", "now": "2026-01-09T12:00:00"}
    found = ask(app, "POST", f"{OPENINGS}/fill-hole", json=body)
    assert found.status_code == 200, found.text
    assert {one["visit"] for one in found.json()["candidates"]} == {"V2", "V3"}
    place = {"date": "2026-01-12", "start": "10:00", "end": "10:30", "chair": "C1"}
    found = ask(app, "POST", f"{OPENINGS}/fill-hole", json={"run": run, **place})
    assert {one["visit"] for one in found.json()["candidates"]} == {"V2", "V3"}
    # V1 is back where it was, and nobody else can have its chair then.
    sat = ask(app, "POST", f"{OPENINGS}/fill-hole", json={"run": run, **place, "start": "08:00"})
    assert (sat.status_code, sat.json()["type"]) == (409, "urn:modelday:problem:taken")
    taken = {"run": run, "visit": CALLER, "date": "2026-01-12", "start": "08:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=taken).status_code == 409


@pytest.mark.parametrize(
    ("path", "change", "status"),
    [
        ("recommend", {"visit_id": "NONE"}, 404),
        ("recommend", {"visit": {**CALLER, "procedure": "NONE"}}, 422),
        ("recommend", {"visit": {**CALLER, "id": "V1"}}, 409),
        ("recommend", {}, 422),
        ("recommend", {"visit": CALLER, "visit_id": "V1"}, 422),
        ("recommend", {"visit": CALLER, "now": "2026-01-09T12:00:00Z"}, 422),
        ("recommend", {"visit": CALLER, "now": "9999-12-31T23:59:00"}, 422),
        ("fill-hole", {}, 422),
        ("fill-hole", {"visit_id": "V2"}, 409),
        ("hold", {"visit": CALLER, "date": "2026-01-12", "start": "07:00"}, 409),
        ("hold", {"visit": CALLER, "date": "2031-01-12", "start": "09:00"}, 409),
    ],
)
def test_questions_that_make_no_sense(
    app: FastAPI, ask: Ask, run: str, path: str, change: dict[str, Any], status: int
) -> None:
    answer = ask(app, "POST", f"{OPENINGS}/{path}", json={"run": run, **copy.deepcopy(change)})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_run_that_goes_on_has_no_book_yet(app: FastAPI, ask: Ask) -> None:
    made = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).json()["id"]
    body = {"run": made, "visit": CALLER}
    assert ask(app, "POST", f"{OPENINGS}/recommend", json=body).status_code == 409


def test_a_book_that_stays_open_answers_as_one_that_is_opened_now(
    app: FastAPI, open_app: OpenApp, settings: ServiceSettings, ask: Ask, run: str
) -> None:
    """Two servers hold, commit and give back in turn; V2 waits, V1 is moved from 08:00."""
    beside = open_app(settings)

    def hold(server: FastAPI, start: str, **who: Any) -> str:
        wanted = {"run": run, "date": "2026-01-12", "start": start, **who}
        answer = ask(server, "POST", f"{OPENINGS}/hold", json=wanted)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def offered(server: FastAPI) -> dict[str, set[str]]:
        body = {"run": run, "count": 50}
        asked = [{"visit_id": f"V{n}"} for n in (1, 2, 3)]
        asked.append({"visit": {**CALLER, "id": "NEW", "patient": "P99"}})
        return {
            str(who): starts(ask(server, "POST", f"{OPENINGS}/recommend", json={**body, **who}))
            for who in asked
        }

    def give_back(server: FastAPI, name: str) -> None:
        assert ask(server, "DELETE", f"{OPENINGS}/holds/{name}").status_code == 204

    def agree() -> dict[str, set[str]]:
        found = offered(open_app(settings))
        assert offered(app) == found
        assert offered(beside) == found
        return found

    first = agree()
    moved = hold(app, "10:00", visit_id="V1")  # 08:00 is free from now on
    assert any("08:00" in found for found in agree().values())
    caller = hold(beside, "11:00", visit=CALLER)
    waiting = hold(app, "09:00", visit_id="V2")
    assert ask(app, "POST", f"{OPENINGS}/commit", json={"hold": caller}).status_code == 200
    agree()
    give_back(beside, moved)
    agree()
    give_back(app, caller)
    other = {**CALLER, "patient": "P80", "procedure": "REP", "account": "overdue"}
    again = hold(beside, "11:00", visit=other)  # the id is free for another caller
    agree()
    give_back(app, again)
    give_back(beside, waiting)
    assert agree() == first


def test_a_refused_hold_leaves_the_book_as_it_was(app: FastAPI, ask: Ask, run: str) -> None:
    body = {"run": run, "visit_id": "V1", "count": 50}
    before = starts(ask(app, "POST", f"{OPENINGS}/recommend", json=body))
    book = app.state.service.books.of(run).book
    # V1 has 08:00; 07:00 is before the practice opens.
    wanted = {"run": run, "visit_id": "V1", "date": "2026-01-12", "start": "07:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=wanted).status_code == 409
    assert starts(ask(app, "POST", f"{OPENINGS}/recommend", json=body)) == before
    assert app.state.service.books.of(run).book is book
    taken = {**wanted, "visit_id": None, "visit": CALLER, "start": "08:00"}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=taken).status_code == 409
