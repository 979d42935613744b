"""A day on which somebody is out, over HTTP: a run, whose schedule can be gone on with."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.client import ModelDay
from api.clock import now_ms
from api.settings import ServiceSettings
from api.store import claims
from api.wire.examples import EXAMPLES
from api.wire.fork import ForkRequest
from api.wire.openings import RecommendRequest
from api.wire.repair import RepairRequest
from api.wire.responses import RespondRequest
from api.wire.run import Answer
from api.wire.status import Operation, RunStatus
from api.wire.submission import Submission
from engine.schedule import Schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS = "/v1/schedules"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def out(**changes: Any) -> dict[str, Any]:
    """The only assistant is away until ten."""
    return {**copy.deepcopy(EXAMPLES["RepairRequest"]), **changes}


def test_a_repair_is_queued_once_with_the_plan_that_stands(
    app: FastAPI, ask: Ask, ended: str
) -> None:
    key = {"Idempotency-Key": "repair-1"}
    body = out(tags=["sick"], as_of="2026-01-12T06:30:00")
    sent = ask(app, "POST", f"{ended}/repair", json=body, headers=key)
    assert sent.status_code == 202, sent.text
    run = sent.json()
    assert (run["operation"], run["status"], run["tags"]) == ("repair", "queued", ["sick"])
    assert run["parent"] == ended.rsplit("/", 1)[1]
    assert sent.headers["location"] == f"{RUNS}/{run['id']}"
    asked = ask(app, "GET", f"{sent.headers['location']}/input").json()
    assert asked["now"] == "2026-01-12T06:30:00"
    assert asked["schedule"]["placements"][0]["visit"] == "V1"
    again = ask(app, "POST", f"{ended}/repair", json=body, headers=key)
    assert again.json()["id"] == run["id"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"date": "2026-01-13"}, "date-outside"),
        ({"as_of": "2026-01-13T08:00:00"}, "date-over"),
        ({"out": [{"staff": "AS9"}]}, "unknown-staff"),
        ({"out": [{"staff": "AS1", "start": "10:00", "end": "09:00"}]}, "value-error"),
        ({"out": []}, "too-short"),
        ({"work": 0}, "greater-than"),
        ({"as_of": "2026-01-12T08:00:00Z"}, "value-error"),
    ],
)
def test_days_that_cannot_be_repaired(
    app: FastAPI, ask: Ask, ended: str, change: dict[str, Any], code: str
) -> None:
    refused = ask(app, "POST", f"{ended}/repair", json=out(**change))
    assert refused.status_code == 422
    assert code in {fault["code"] for fault in refused.json()["problems"]}
    assert "AS9" not in refused.text


def test_a_plan_that_breaks_a_rule_does_not_stand(app: FastAPI, ask: Ask) -> None:
    # V1 an hour before the practice opens.
    broken = copy.deepcopy(EXAMPLES["VerifyRequest"]["schedule"])
    for piece in broken["placements"][0]["segments"]:
        piece["start"] = piece["start"].replace("08:", "07:")
        piece["end"] = piece["end"].replace("08:", "07:")
    address = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    with app.state.service.database.writing() as connection:
        taken = claims.take_next(connection, "claim", now_ms(), 9)
        assert taken is not None
        answer = Answer(schedule=Schedule.model_validate(broken))
        claims.publish(connection, taken.run, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    for follow_up in ("repair", "respond"):
        name = f"{follow_up.title()}Request"
        refused = ask(app, "POST", f"{address}/{follow_up}", json=EXAMPLES[name])
        assert refused.status_code == 422
        codes = {fault["code"] for fault in refused.json()["problems"]}
        assert all(code.startswith("schedule-breaks-") for code in codes)


def test_there_is_nothing_to_repair_without_a_schedule(app: FastAPI, ask: Ask) -> None:
    waiting = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).headers["location"]
    assert ask(app, "POST", f"{waiting}/repair", json=out()).status_code == 409


def test_a_repaired_day_is_a_schedule_like_any_other(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    """The practice's own plan is handed in to be measured; then its only assistant is out.

    V1 has 08:00 and cannot stay: one call, and no schedule needs fewer. There is room after ten.
    """
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    with ModelDay(served.address, seconds=300) as client:
        plan = Submission.model_validate(EXAMPLES["Submission"])
        measured = client.wait(client.submit(plan, Operation.MEASURE).id)
        request = RepairRequest.model_validate(out(work=2.0))
        run = client.wait(client.repair(measured.metadata.id, request).id)
        assert run.metadata.status is RunStatus.COMPLETED
        assert run.repair is not None
        (call,) = run.repair.calls
        assert (call.visit, call.old) == ("V1", dt.datetime(2026, 1, 12, 8, 0))
        assert call.new is not None
        assert call.new >= dt.datetime(2026, 1, 12, 10, 0)
        assert (run.repair.at_least, run.repair.fewest) == (1, True)
        assert run.schedule is not None
        assert run.schedule.placement_of["V1"].start == call.new.time()
        assert run.objective == pytest.approx(sum(kpi.points for kpi in run.kpis))

        # What can be asked of a schedule can be asked of this one, without the assistant.
        name = run.metadata.id
        assert "C1" in client.day_sheet(name)
        assert {one.visit for one in client.unplaced(name)} == {"V2", "V3"}
        offered = client.recommend(RecommendRequest(run=name, visit_id="V2"))
        assert offered
        assert all(one.start >= dt.time(10, 0) for one in offered)
        told = client.respond(
            name,
            RespondRequest.model_validate({"responses": [{"visit": "V1", "answer": "accepted"}]}),
        )
        (booking,) = client.input(told.run.id).problem.bookings
        assert (booking.visit.id, booking.start) == ("V1", call.new.time())
        forked = client.wait(client.fork(name, ForkRequest(pins=("V1",))).id)
        assert forked.schedule is not None
        assert forked.schedule.placement_of["V1"].start == call.new.time()
        assert all(one.start >= dt.time(10, 0) for one in forked.schedule.placements)
