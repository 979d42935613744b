"""A run from another run, and what of a schedule still holds in the book of now."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.client import ModelDay
from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES
from api.wire.fork import AcceptRequest
from api.wire.status import RunStatus
from api.wire.submission import Submission

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS = "/v1/schedules"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def test_a_fork_has_the_parents_input_with_the_changes(app: FastAPI, ask: Ask, ended: str) -> None:
    request = copy.deepcopy(EXAMPLES["ForkRequest"])
    request["patch"] = {"problem": {"policy": {"together_minutes": 30}}, "dates": {"days": 2}}
    request["visits"] = [{"id": "V9", "patient": "P9", "procedure": "REP", "due": "2026-01-12"}]
    forked = ask(app, "POST", f"{ended}/fork", json=request)
    assert forked.status_code == 202, forked.text
    assert forked.json()["parent"] == ended.rsplit("/", 1)[1]
    sent = ask(app, "GET", f"{forked.headers['location']}/input").json()
    problem = sent["problem"]
    # V1 is pinned at its time, V3 is gone, V9 is new.
    assert [visit["id"] for visit in problem["visits"]] == ["V2", "V9"]
    (booking,) = problem["bookings"]
    assert (booking["visit"]["id"], booking["start"], booking["movable"]) == ("V1", "08:00", False)
    assert problem["policy"]["together_minutes"] == 30
    assert sent["dates"] == {"start": "2026-01-12", "days": 2}
    assert sent["schedule"]["placements"][0]["visit"] == "V1"
    assert problem["external"] == {}


def test_a_fork_with_a_budget_of_moves(app: FastAPI, ask: Ask, ended: str) -> None:
    forked = ask(app, "POST", f"{ended}/fork", json={"max_moves": 0, "warm_start": False})
    sent = ask(app, "GET", f"{forked.headers['location']}/input").json()
    (booking,) = sent["problem"]["bookings"]
    assert booking["movable"] is True
    assert sent["problem"]["policy"]["max_moves"] == 0
    assert sent["schedule"] is None


@pytest.mark.parametrize(
    ("request_body", "code"),
    [
        ({"pins": ["V2"]}, "pin-without-time"),
        ({"patch": {"problem": {"as_of": None}}}, "missing"),
        ({"patch": {"problem": None}}, "missing"),
        ({"patch": {"problem": {"visits": "none"}}, "without": ["V1"]}, "tuple-type"),
        ({"visits": [{"name": "x"}]}, "missing"),
        ({"surprise": 1}, "extra-forbidden"),
    ],
)
def test_a_fork_that_makes_no_sense_says_what_is_wrong(
    app: FastAPI, ask: Ask, ended: str, request_body: dict[str, Any], code: str
) -> None:
    refused = ask(app, "POST", f"{ended}/fork", json=request_body)
    assert refused.status_code == 422
    assert code in {fault["code"] for fault in refused.json()["problems"]}


def test_what_is_no_schedule_cannot_be_forked(app: FastAPI, ask: Ask) -> None:
    made = ask(app, "POST", "/v1/what-if", json=EXAMPLES["WhatIfSubmission"]).headers["location"]
    for follow_up in ("fork", "accept"):
        refused = ask(app, "POST", f"{made}/{follow_up}", json={})
        assert refused.status_code == 409
        assert refused.json()["type"] == "urn:modelday:problem:no-schedule"


def test_pins_need_a_schedule(app: FastAPI, ask: Ask) -> None:
    waiting = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    assert ask(app, "POST", f"{waiting}/fork", json={"pins": ["V1"]}).status_code == 409
    assert ask(app, "POST", f"{waiting}/fork", json={}).status_code == 202


def test_accept_in_an_unchanged_book(app: FastAPI, ask: Ask, ended: str) -> None:
    answer = ask(app, "POST", f"{ended}/accept", json=EXAMPLES["AcceptRequest"])
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["valid"], found["stale"], found["clashing"]) == (["V1"], [], [])
    # V2 and V3 had no time; there is room for both.
    assert {placed["visit"] for placed in found["schedule"]["placements"]} == {"V1", "V2", "V3"}
    body = {"problem": EXAMPLES["Submission"]["problem"], "schedule": found["schedule"]}
    assert ask(app, "POST", f"{RUNS}/verify", json=body).json()["ok"] is True


def test_accept_when_the_book_has_changed(app: FastAPI, ask: Ask, ended: str) -> None:
    # The desk gave somebody else 08:10 in the only chair.
    other = {"id": "B1", "patient": "P8", "procedure": "REP", "due": "2026-01-12"}
    booking = {"visit": other, "date": "2026-01-12", "start": "08:10", "chair": "C1"}
    found = ask(app, "POST", f"{ended}/accept", json={"bookings": [booking]}).json()
    assert (found["valid"], found["clashing"]) == ([], ["V1"])
    # The desk booked V1 itself, at another time.
    booking["visit"] = {**other, "id": "V1", "patient": "P1"}
    body = {"bookings": [booking], "visits": ["V1", "V7"]}
    found = ask(app, "POST", f"{ended}/accept", json=body).json()
    assert (found["valid"], found["stale"]) == ([], ["V1", "V7"])
    assert ask(app, "POST", f"{ended}/accept", json={"bookings": [booking]}).json()["stale"] == [
        "V1"
    ]
    booked = [one for one in found["schedule"]["placements"] if one["visit"] == "V1"]
    assert booked[0]["segments"][0]["start"] == "08:10"


def test_the_clock_of_now_is_the_practices(app: FastAPI, ask: Ask, ended: str) -> None:
    for as_of in ("2026-01-09T12:00:00+01:00", "9999-12-31T12:00:00"):
        refused = ask(app, "POST", f"{ended}/accept", json={"as_of": as_of})
        assert refused.status_code == 422
        assert [fault["where"] for fault in refused.json()["problems"]] == ["as_of"]


def test_accept_is_of_the_state_that_was_seen(app: FastAPI, ask: Ask, ended: str) -> None:
    etag = ask(app, "GET", ended).headers["etag"]
    body = EXAMPLES["AcceptRequest"]
    right = ask(app, "POST", f"{ended}/accept", json=body, headers={"If-Match": etag})
    assert right.status_code == 200
    wrong = ask(app, "POST", f"{ended}/accept", json=body, headers={"If-Match": '"old"'})
    assert wrong.status_code == 412


def test_accept_with_a_run_of_the_engine_for_the_rest(app: FastAPI, ask: Ask, ended: str) -> None:
    # Only V1 of three is accepted; the others are the engine's to place.
    body = {"visits": ["V1"], "refill": "engine", "tags": ["rest"], "limits": {"time_limit": 3.0}}
    key = {"Idempotency-Key": "accept-1"}
    answer = ask(app, "POST", f"{ended}/accept", json=body, headers=key)
    assert answer.status_code == 202, answer.text
    found = answer.json()
    assert found["valid"] == ["V1"]
    # What is filled by hand is there at once.
    assert {placed["visit"] for placed in found["schedule"]["placements"]} == {"V1", "V2", "V3"}
    run = found["run"]
    assert answer.headers["location"] == f"{RUNS}/{run['id']}"
    assert (run["operation"], run["status"], run["tags"]) == ("solve", "queued", ["rest"])
    assert run["parent"] == ended.rsplit("/", 1)[1]
    sent = ask(app, "GET", f"{RUNS}/{run['id']}/input").json()
    (booking,) = sent["problem"]["bookings"]
    assert (booking["visit"]["id"], booking["start"], booking["movable"]) == ("V1", "08:00", False)
    assert [visit["id"] for visit in sent["problem"]["visits"]] == ["V2", "V3"]
    assert sent["schedule"] == found["schedule"]
    assert sent["limits"]["time_limit"] == 3.0
    again = ask(app, "POST", f"{ended}/accept", json=body, headers=key)
    assert again.json()["run"]["id"] == run["id"]
    changed = ask(app, "POST", f"{ended}/accept", json={**body, "visits": []}, headers=key)
    assert changed.status_code == 422


def test_a_refill_by_the_engine_has_the_limits_of_the_run(
    app: FastAPI, ask: Ask, ended: str
) -> None:
    run = ask(app, "POST", f"{ended}/accept", json={"refill": "engine"}).json()["run"]
    sent = ask(app, "GET", f"{RUNS}/{run['id']}/input").json()
    assert sent["limits"]["time_limit"] == EXAMPLES["Submission"]["limits"]["time_limit"]
    assert ask(app, "POST", f"{ended}/accept", json={"refill": "magic"}).status_code == 422
    assert ask(app, "POST", f"{ended}/accept", json={}).json()["run"] is None


def test_the_engine_fills_around_what_was_accepted(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    """A solve, one of its visits accepted while the desk has booked somebody else, and a solve."""
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    with ModelDay(served.address, seconds=300) as client:
        body = {**EXAMPLES["Submission"], "schedule": None}
        first = client.wait(client.submit(Submission.model_validate(body)).id)
        assert first.schedule is not None
        taken = {"id": "B1", "patient": "P8", "procedure": "REP", "due": "2026-01-12"}
        booking = {"visit": taken, "date": "2026-01-12", "start": "11:30", "chair": "C1"}
        kept = next(one for one in first.schedule.placements if one.end <= dt.time(11, 30))
        request = AcceptRequest.model_validate(
            {"visits": [kept.visit], "bookings": [booking], "refill": "engine"}
        )
        accepted = client.accept(first.metadata.id, request)
        assert accepted.valid == (kept.visit,)
        assert accepted.run is not None
        second = client.wait(accepted.run.id)
        assert second.metadata.status is RunStatus.COMPLETED
        assert second.schedule is not None
        placed = second.schedule.placement_of
        assert (placed[kept.visit].start, placed["B1"].start) == (kept.start, dt.time(11, 30))
        assert set(placed) == {"V1", "V2", "V3", "B1"}
        asked = client.input(accepted.run.id).problem
        assert client.verify(asked, second.schedule).ok


def test_the_same_fork_twice_is_one_run(app: FastAPI, ask: Ask, ended: str) -> None:
    headers = {"Idempotency-Key": "fork-1"}
    first = ask(app, "POST", f"{ended}/fork", json={"without": ["V3"]}, headers=headers)
    again = ask(app, "POST", f"{ended}/fork", json={"without": ["V3"]}, headers=headers)
    assert again.json()["id"] == first.json()["id"]
    other = ask(app, "POST", f"{ended}/fork", json={"without": ["V2"]}, headers=headers)
    assert other.status_code == 422
