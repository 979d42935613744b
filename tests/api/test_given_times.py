"""What was given to a caller is taken for whoever asks anything of the run's plan later."""

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.clock import now_ms
from api.services import standing
from api.settings import ServiceSettings
from api.store import claims
from api.wire.examples import CALLER, EXAMPLES, placement
from api.wire.run import Answer
from api.wire.status import RunStatus
from engine.explain.answers import WhyReport
from engine.schedule import Placement, Schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS, OPENINGS = "/v1/schedules", "/v1/openings"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


@pytest.fixture
def give(app: FastAPI, ask: Ask, ended: str) -> Callable[..., dict[str, Any]]:
    """`give(start, visit=…)` holds a time of the ended run and commits it; returns the booking."""

    def hold_and_commit(start: str, *, commit: bool = True, **who: Any) -> dict[str, Any]:
        wanted = {"run": ended.rsplit("/", 1)[1], "date": "2026-01-12", "start": start, **who}
        held = ask(app, "POST", f"{OPENINGS}/hold", json=wanted)
        assert held.status_code == 201, held.text
        if not commit:
            return {}
        done = ask(app, "POST", f"{OPENINGS}/commit", json={"hold": held.json()["id"]})
        return dict(done.json()["booking"])

    return hold_and_commit


def starts(schedule: dict[str, Any]) -> dict[str, str]:
    return {one["visit"]: one["segments"][0]["start"] for one in schedule["placements"]}


def publish(app: FastAPI, schedule: Schedule, **more: Any) -> None:
    """The answer of the run that waits."""
    with app.state.service.database.writing() as connection:
        taken = claims.take_next(connection, "claim", now_ms(), 9)
        assert taken is not None
        answer = Answer(schedule=schedule, **more)
        claims.publish(connection, taken.run, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)


def test_a_refill_leaves_the_callers_minute_alone(
    app: FastAPI, ask: Ask, ended: str, give: Callable[..., dict[str, Any]]
) -> None:
    # V2 waits: what a refill would give it, the caller gets.
    before = starts(ask(app, "POST", f"{ended}/accept", json={}).json()["schedule"])
    booking = give(before["V2"], visit=CALLER)
    found = ask(app, "POST", f"{ended}/accept", json={}).json()
    assert (found["valid"], found["stale"], found["clashing"]) == (["V1"], [], [])
    after = starts(found["schedule"])
    assert after["CALL1"] == before["V2"]
    # One chair and visits of 30 minutes: four of them, none over another one.
    begin = sorted(dt.datetime.strptime(one, "%H:%M") for one in after.values())
    assert len(begin) == 4
    gaps = [later - first for first, later in pairwise(begin)]
    assert min(gaps) >= dt.timedelta(minutes=30)
    problem = {**EXAMPLES["Submission"]["problem"], "bookings": [booking]}
    body = {"problem": problem, "schedule": found["schedule"]}
    assert ask(app, "POST", f"{RUNS}/verify", json=body).json()["ok"] is True
    # A book that is given is the whole one: the desk answers for what is in it.
    whole = ask(app, "POST", f"{ended}/accept", json={"bookings": []}).json()
    assert "CALL1" not in starts(whole["schedule"])


def test_what_is_held_counts_as_long_as_it_is_held(
    app: FastAPI,
    ask: Ask,
    ended: str,
    give: Callable[..., dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give("09:00", visit=CALLER, minutes=15, commit=False)
    now = now_ms()
    found = ask(app, "POST", f"{ended}/accept", json={}).json()
    assert starts(found["schedule"])["CALL1"] == "09:00"
    monkeypatch.setattr(standing, "now_ms", lambda: now + 15 * 60_000)
    found = ask(app, "POST", f"{ended}/accept", json={}).json()
    assert "CALL1" not in starts(found["schedule"])


def test_pages_and_tables_have_it_and_the_published_answer_stays(
    app: FastAPI, ask: Ask, ended: str, give: Callable[..., dict[str, Any]]
) -> None:
    published = ask(app, "GET", ended)
    assert "CALL1" not in ask(app, "GET", f"{ended}/day-sheet").text
    give("09:00", visit=CALLER)
    give("10:00", visit_id="V1")  # from 08:00
    give("11:00", visit_id="V2")
    assert "CALL1" in ask(app, "GET", f"{ended}/day-sheet").text
    rows = ask(app, "GET", f"{ended}/schedule.csv").text.splitlines()
    times = {row.split(",")[0]: row.split(",")[6] for row in rows[1:]}
    assert times == {"CALL1": "09:00", "V1": "10:00", "V2": "11:00"}
    unplaced = ask(app, "GET", f"{ended}/unplaced").json()["unplaced"]
    assert [one["visit"] for one in unplaced] == ["V3"]
    # Nobody is called about a time that was given on the telephone.
    assert ask(app, "GET", f"{ended}/calls.csv").text.splitlines()[1:] == []
    assert ask(app, "GET", ended).content == published.content


def test_stored_ways_out_are_of_the_published_schedule(app: FastAPI, ask: Ask) -> None:
    """The stored report is an empty one, by which it is known; V2 gets a time since."""
    address = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    stored = WhyReport(start=schedule.start, days=schedule.days, explanations=())
    publish(app, schedule, explanations=stored)

    def explained() -> list[str]:
        found = ask(app, "GET", f"{address}/explanations").json()
        return [one["visit"] for one in found["explanations"]]

    assert explained() == []
    place = {"date": "2026-01-12", "start": "11:00"}
    wanted = {"run": address.rsplit("/", 1)[1], "visit_id": "V2", **place}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=wanted).status_code == 201
    assert explained() == ["V3"]


def test_a_fork_has_it_booked(
    app: FastAPI, ask: Ask, ended: str, give: Callable[..., dict[str, Any]]
) -> None:
    give("09:00", visit=CALLER)
    give("10:00", visit_id="V1")

    def forked(**request: Any) -> dict[str, Any]:
        answer = ask(app, "POST", f"{ended}/fork", json=request)
        assert answer.status_code == 202, answer.text
        return dict(ask(app, "GET", f"{answer.headers['location']}/input").json())

    def booked(sent: dict[str, Any]) -> dict[str, tuple[str, bool]]:
        bookings = sent["problem"]["bookings"]
        return {one["visit"]["id"]: (one["start"], one["movable"]) for one in bookings}

    sent = forked(pins=["V1"])
    assert booked(sent) == {"CALL1": ("09:00", False), "V1": ("10:00", False)}
    assert [visit["id"] for visit in sent["problem"]["visits"]] == ["V2", "V3"]
    assert starts(sent["schedule"]) == {"CALL1": "09:00", "V1": "10:00"}
    assert set(booked(forked(without=["CALL1"]))) == {"V1"}
    # A list that is given is the whole one.
    assert booked(forked(patch={"problem": {"bookings": []}}, warm_start=False)) == {}


def test_a_fork_holds_no_time_that_was_given_up(app: FastAPI, ask: Ask) -> None:
    """A run in which V1 is held at 08:00; on the telephone it gets 10:00."""
    body = {**EXAMPLES["Submission"], "held": ["V1"]}
    address = ask(app, "POST", RUNS, json=body).headers["location"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    publish(app, schedule)
    place = {"date": "2026-01-12", "start": "10:00"}
    wanted = {"run": address.rsplit("/", 1)[1], "visit_id": "V1", **place}
    assert ask(app, "POST", f"{OPENINGS}/hold", json=wanted).status_code == 201
    forked = ask(app, "POST", f"{address}/fork", json={"warm_start": False})
    assert forked.status_code == 202, forked.text
    sent = ask(app, "GET", f"{forked.headers['location']}/input").json()
    booked = {one["visit"]["id"]: one["start"] for one in sent["problem"]["bookings"]}
    assert (booked, sent["held"], sent["schedule"]) == ({"V1": "10:00"}, [], None)


def test_answers_of_patients_and_a_repair_are_about_the_book_with_it(
    app: FastAPI, ask: Ask, ended: str, give: Callable[..., dict[str, Any]]
) -> None:
    give("09:00", visit=CALLER)
    answer = ask(app, "POST", f"{ended}/respond", json=EXAMPLES["RespondRequest"])
    assert answer.status_code == 202, answer.text
    assert answer.json()["held"] == []  # V1 has answered, and the caller has nothing to answer
    sent = ask(app, "GET", f"{answer.headers['location']}/input").json()
    found = {one["visit"]["id"]: one["start"] for one in sent["problem"]["bookings"]}
    assert found == {"V1": "08:00", "CALL1": "09:00"}
    repaired = ask(app, "POST", f"{ended}/repair", json=EXAMPLES["RepairRequest"])
    assert repaired.status_code == 202, repaired.text
    sent = ask(app, "GET", f"{repaired.headers['location']}/input").json()
    assert starts(sent["schedule"]) == {"V1": "08:00", "CALL1": "09:00"}
    assert [one["visit"]["id"] for one in sent["problem"]["bookings"]] == ["CALL1"]


def test_a_refill_holds_what_nobody_has_answered(app: FastAPI, ask: Ask) -> None:
    """A run in which V1 is held at 08:00 and V2 got 09:00; V2 alone is accepted."""
    body = {**EXAMPLES["Submission"], "held": ["V1"]}
    address = ask(app, "POST", RUNS, json=body).headers["location"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    second = Placement.model_validate(placement("V2", 540))
    both = (*schedule.placements, second)
    made = schedule.model_copy(update={"placements": both, "unplaced": schedule.unplaced[1:]})
    publish(app, made)
    request = {"visits": ["V2"], "refill": "engine"}
    found = ask(app, "POST", f"{address}/accept", json=request).json()
    assert (found["valid"], found["stale"], found["clashing"]) == (["V2"], [], [])
    assert starts(found["schedule"])["V1"] == "08:00"
    sent = ask(app, "GET", f"{RUNS}/{found['run']['id']}/input").json()
    assert sent["held"] == ["V1"]
    assert [one["visit"]["id"] for one in sent["problem"]["bookings"]] == ["V2"]
    # The desk has booked V1 itself by now: nothing is held for it any more.
    visit = EXAMPLES["Submission"]["problem"]["visits"][0]
    booking = {"visit": visit, "date": "2026-01-12", "start": "10:00", "chair": "C1"}
    found = ask(app, "POST", f"{address}/accept", json={**request, "bookings": [booking]}).json()
    assert (found["valid"], found["stale"], found["clashing"]) == (["V2"], [], [])
    sent = ask(app, "GET", f"{RUNS}/{found['run']['id']}/input").json()
    assert sent["held"] == []
