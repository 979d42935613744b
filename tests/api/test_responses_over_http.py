"""What patients said, over HTTP: who is booked, who is held, and a fill around them."""

import copy
import csv
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.client import ModelDay
from api.clock import now_ms
from api.settings import ServiceSettings
from api.store import audit, claims, keys
from api.store.callers import Scope
from api.wire.examples import EXAMPLES
from api.wire.fork import ForkRequest
from api.wire.responses import RespondRequest
from api.wire.run import Answer
from api.wire.status import RunStatus
from api.wire.submission import Submission
from engine.replan.fill_around import HELD
from engine.schedule import Schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS = "/v1/schedules"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def said(**answers: str) -> dict[str, Any]:
    """`said(V1="accepted")`."""
    return {"responses": [{"visit": name, "answer": word} for name, word in answers.items()]}


def test_what_is_accepted_is_booked_in_the_question_of_a_new_run(
    app: FastAPI, ask: Ask, ended: str
) -> None:
    key = {"Idempotency-Key": "answers-1"}
    answer = ask(app, "POST", f"{ended}/respond", json=said(V1="accepted"), headers=key)
    assert answer.status_code == 202, answer.text
    found = answer.json()
    assert (found["accepted"], found["declined"]) == (["V1"], [])
    assert (found["held"], found["lost"], found["urgent"]) == ([], [], [])
    assert answer.headers["location"] == f"{RUNS}/{found['run']['id']}"
    assert found["run"]["parent"] == ended.rsplit("/", 1)[1]
    sent = ask(app, "GET", f"{answer.headers['location']}/input").json()
    (booking,) = sent["problem"]["bookings"]
    assert (booking["visit"]["id"], booking["start"], booking["movable"]) == ("V1", "08:00", False)
    assert sent["limits"]["time_limit"] == EXAMPLES["Submission"]["limits"]["time_limit"]
    again = ask(app, "POST", f"{ended}/respond", json=said(V1="accepted"), headers=key)
    assert again.json()["run"]["id"] == found["run"]["id"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (said(V9="accepted"), "unknown-visit"),
        (said(V2="accepted"), "nothing-proposed"),  # it had no time
        ({"responses": 2 * said(V1="accepted")["responses"]}, "answered-twice"),
        (said(V1="perhaps"), "enum"),
        ({"responses": []}, "too-short"),
    ],
)
def test_answers_to_nothing_are_refused(
    app: FastAPI, ask: Ask, ended: str, body: dict[str, Any], code: str
) -> None:
    refused = ask(app, "POST", f"{ended}/respond", json=body)
    assert refused.status_code == 422
    assert code in {fault["code"] for fault in refused.json()["problems"]}
    assert "V9" not in refused.text


def test_a_run_without_a_schedule_has_nothing_to_answer_to(app: FastAPI, ask: Ask) -> None:
    waiting = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    assert ask(app, "POST", f"{waiting}/respond", json=said(V1="accepted")).status_code == 409


def test_it_takes_both_scopes(open_app: OpenApp, settings: ServiceSettings, ask: Ask) -> None:
    app = open_app(settings.model_copy(update={"auth": True}))
    for scopes in ((Scope.SOLVE,), (Scope.COMMIT,)):
        with app.state.service.database.writing() as connection:
            key = keys.add(connection, "p", scopes, 0)
        headers = {"Authorization": f"Bearer {key}"}
        address = f"{RUNS}/run_{24 * '0'}/respond"
        answer = ask(app, "POST", address, json=said(V1="accepted"), headers=headers)
        assert answer.status_code == 403


def test_times_are_held_only_where_a_schedule_has_them(app: FastAPI, ask: Ask) -> None:
    for held in (["V2"], ["V9"]):
        refused = ask(app, "POST", RUNS, json={**EXAMPLES["Submission"], "held": held})
        assert refused.status_code == 422
    taken = ask(app, "POST", RUNS, json={**EXAMPLES["Submission"], "held": ["V1"]})
    assert taken.status_code == 202


def test_patients_answer_one_after_the_other(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    """V1, V2, V3 have times; V1 says yes, V2 no; then V3 says yes. V2 is never offered its again.

    Three visits of 30 minutes wait in four hours of one chair, so that nobody goes without.
    """
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    with ModelDay(served.address, seconds=300) as client:
        body = {**EXAMPLES["Submission"], "schedule": None}
        first = client.wait(client.submit(Submission.model_validate(body)).id)
        assert first.schedule is not None
        times = {one.visit: one.start for one in first.schedule.placements}
        request = RespondRequest.model_validate(said(V1="accepted", V2="declined"))
        told = client.respond(first.metadata.id, request)
        assert (told.accepted, told.declined, told.held) == (("V1",), ("V2",), ("V3",))
        second = client.wait(told.run.id)
        assert second.metadata.status is RunStatus.COMPLETED
        assert second.schedule is not None
        placed = second.schedule.placement_of
        assert (placed["V1"].start, placed["V3"].start) == (times["V1"], times["V3"])
        assert _apart(placed["V2"].start, times["V2"])
        assert second.result is not None
        assert (second.gap, second.certified_gap) == (None, None)
        assert HELD in second.result.notes
        assert client.verify(client.input(told.run.id).problem, second.schedule).ok
        # Forked, also from nothing, V3 stays where it is held.
        cold = client.fork(told.run.id, ForkRequest(warm_start=False))
        assert client.input(cold.id).held == ("V3",)

        last = client.respond(
            told.run.id, RespondRequest.model_validate(said(V2="accepted", V3="accepted"))
        )
        assert last.held == ()
        third = client.wait(last.run.id)
        assert third.schedule is not None
        after = {one.visit: one.start for one in third.schedule.placements}
        assert after == {one.visit: one.start for one in second.schedule.placements}
        assert len(client.input(last.run.id).problem.bookings) == 3


def test_whom_to_call(app: FastAPI, ask: Ask, ended: str) -> None:
    """V1 alone has a time that its patient does not know of."""
    answer = ask(app, "GET", f"{ended}/calls.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(answer.text.splitlines())
    assert (row["visit"], row["kind"], row["date"], row["start"]) == (
        "V1",
        "new",
        "2026-01-12",
        "08:00",
    )
    with app.state.service.database.reading() as connection:
        assert audit.entries(connection, "local")[-1]["action"] == "read-calls"
    waiting = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    assert ask(app, "GET", f"{waiting}/calls.csv").status_code == 409


def test_whose_old_time_is_gone_is_to_be_asked_first(app: FastAPI, ask: Ask) -> None:
    """The plan moves B1 from 08:00 to 09:00 and gives V1 the 08:00 in the only chair; V1 says yes.

    B1 has not answered: should its patient say no, there is no old time to go back to.
    """
    body = copy.deepcopy(EXAMPLES["Submission"])
    visit = {"id": "B1", "patient": "P8", "procedure": "REP", "due": "2026-01-12"}
    booking = {"visit": visit, "date": "2026-01-12", "start": "08:00", "chair": "C1"}
    body["problem"]["bookings"] = [{**booking, "movable": True}]
    (at_eight,) = body["schedule"]["placements"]
    at_nine = json.loads(json.dumps(at_eight).replace('"08:', '"09:').replace("V1", "B1"))
    body["schedule"]["placements"].append(at_nine)
    address = ask(app, "POST", RUNS, json=body).headers["location"]
    with app.state.service.database.writing() as connection:
        taken = claims.take_next(connection, "claim", now_ms(), 9)
        assert taken is not None
        answer = Answer(schedule=Schedule.model_validate(body["schedule"]))
        claims.publish(connection, taken.run, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    told = ask(app, "POST", f"{address}/respond", json=said(V1="accepted"))
    assert told.status_code == 202, told.text
    assert (told.json()["held"], told.json()["urgent"]) == (["B1"], ["B1"])
    lost = ask(app, "POST", f"{address}/respond", json=said(V1="accepted", B1="declined")).json()
    assert (lost["declined"], lost["lost"], lost["urgent"]) == (["B1"], ["B1"], [])


def _apart(start: dt.time, declined: dt.time) -> bool:
    """Thirty minutes from `start` on lie beside thirty from `declined` on."""
    between = (start.hour - declined.hour) * 60 + start.minute - declined.minute
    return abs(between) >= 30
