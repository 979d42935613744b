"""The proof of a run over HTTP: accepted by the engine, and its prices used for a caller."""

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
from api.store.purge import purge
from api.wire.examples import EXAMPLES
from api.wire.run import Answer
from api.wire.status import RunStatus
from api.wire.submission import Submission
from engine import generate_practice
from engine.certificate.certificate import Certificate, Priced, PriceLine
from engine.certificate.verify import verify
from engine.schedule import Schedule

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
RUNS = "/v1/schedules"
MONDAY = dt.date(2026, 1, 12)


def test_a_solve_is_proved(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    served = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05}))
    made = generate_practice("one-doctor", visits=40, seed=4)
    asked = Submission.model_validate(
        {
            "problem": made.problem.model_dump(),
            "dates": {"start": made.horizon.start, "days": made.horizon.days},
            "limits": {"time_limit": 6.0},
        }
    )
    with ModelDay(served.address, seconds=300) as client:
        run = client.wait(client.submit(asked).id)
        assert run.metadata.status is RunStatus.COMPLETED
        papers = client.certificate(run.metadata.id)
        assert run.schedule is not None
        verdict = verify(asked.problem, run.schedule, papers)
        assert verdict.failed == ()
        assert run.result is not None
        assert run.certified_gap == run.result.certified_gap == verdict.gap
        assert papers.prices


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def published(app: FastAPI, ask: Ask, prices: tuple[PriceLine, ...] | None) -> str:
    """A run with V1 at 08:00 in the only chair, and a certificate of these prices; None: none."""
    made = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).json()["id"]
    schedule = Schedule.model_validate(EXAMPLES["VerifyRequest"]["schedule"])
    papers = None
    if prices is not None:
        papers = Certificate(
            problem="p",
            start=schedule.start,
            days=1,
            schedule="s",
            prices=prices,
            bound_millipoints=1,
            objective_millipoints=2,
        )
    with app.state.service.database.writing() as connection:
        assert claims.take_next(connection, "claim", now_ms(), 9) is not None
        answer = Answer(schedule=schedule, certificate=papers)
        claims.publish(connection, made, "claim", RunStatus.COMPLETED, now_ms(), answer=answer)
    return str(made)


def best(app: FastAPI, ask: Ask, run: str) -> dict[str, Any]:
    """The first time that is offered for V2, 30 minutes in the only chair."""
    found = ask(app, "POST", "/v1/openings/recommend", json={"run": run, "visit_id": "V2"})
    assert found.status_code == 200, found.text
    first: dict[str, Any] = found.json()["openings"][0]
    return first


def chair_price(start: int, end: int) -> tuple[PriceLine, ...]:
    """Each step of 5 minutes of C1 costs 1,000 millipoints between these minutes of the Monday."""
    steps = tuple((minute, minute + 5, 1_000) for minute in range(start, end, 5))
    return (PriceLine(of=Priced.CHAIR, id="C1", date=MONDAY, steps=steps),)


def test_what_is_dear_for_others_is_not_offered_first(app: FastAPI, ask: Ask) -> None:
    # Beside V1 at 08:00 a visit leaves the least gap from 08:30 on: that is what is offered where
    # nothing has a price, and no longer once the chair is dear until 10:00.
    assert best(app, ask, published(app, ask, ()))["start"] == "08:30"
    cheap = best(app, ask, published(app, ask, chair_price(8 * 60, 10 * 60)))
    assert cheap["start"] >= "10:00"
    assert cheap["millipoints"] == cheap["own_millipoints"]
    # Where the whole morning is dear, 30 minutes pay for six steps.
    dear = best(app, ask, published(app, ask, chair_price(8 * 60, 12 * 60)))
    assert dear["start"] == "08:30"
    assert dear["millipoints"] - dear["own_millipoints"] == 6_000


def test_where_there_is_no_certificate(app: FastAPI, ask: Ask) -> None:
    without = published(app, ask, None)
    refused = ask(app, "GET", f"{RUNS}/{without}/certificate")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:modelday:problem:no-answer")
    first = best(app, ask, without)
    assert first["millipoints"] == first["own_millipoints"]
    assert ask(app, "GET", f"{RUNS}/run_{24 * '0'}/certificate").status_code == 404


def test_it_goes_with_the_rest_when_its_time_is_over(app: FastAPI, ask: Ask) -> None:
    run = published(app, ask, ())
    assert ask(app, "GET", f"{RUNS}/{run}/certificate").json()["schedule"] == "s"
    body = {"run": run, "visit_id": "V2"}
    assert ask(app, "POST", "/v1/openings/recommend", json=body).status_code == 200
    with app.state.service.database.writing() as connection:
        assert purge(connection, now_ms() + 1, now_ms()) == 1
    assert ask(app, "GET", f"{RUNS}/{run}/certificate").status_code == 410
    # Nor does a server go on with what it has in its memory.
    assert ask(app, "POST", "/v1/openings/recommend", json=body).status_code == 410
