"""Goals over HTTP: queued, designed by a worker, read as days, as a practice and as a page."""

from collections.abc import Callable
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from api.queue.design import design
from api.queue.reporter import Reporter
from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES
from api.wire.model_days import DesignLimits, ModelDaySubmission
from api.wire.status import RunStatus
from engine import generate_practice
from engine.model_day.goals import Goals

Ask = Callable[..., httpx.Response]
MODEL_DAYS, RUNS = "/v1/model-days", "/v1/schedules"


def run_of(client: httpx.Client, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The id of the run and how it ended."""
    sent = client.post(MODEL_DAYS, json=body)
    assert sent.status_code == 202, sent.text
    with client.stream("GET", f"{sent.headers['location']}/events") as stream:
        for _ in stream.iter_lines():
            pass
    return sent.json()["id"], client.get(sent.headers["location"]).json()


@pytest.fixture
def client(serve: Callable[[ServiceSettings], Any], settings: ServiceSettings) -> httpx.Client:
    running = settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})
    found: httpx.Client = serve(running).client
    return found


def test_a_design_from_goals_to_a_practice_that_can_be_filled(client: httpx.Client) -> None:
    made = generate_practice("one-doctor", visits=12, seed=3)
    body = {
        "problem": made.problem.model_dump(mode="json"),
        "goals": {"starts_per_month": 6},
        "limits": {"time_limit": 4.0, "costs": False},
    }
    run, ended = run_of(client, body)
    assert ended["metadata"]["status"] == "completed", ended["validation"]
    found = client.get(f"{MODEL_DAYS}/{run}").json()
    names = {one["model_day"]["id"] for one in found["built"]["days"]}
    assert names <= {day["id"] for day in found["practice"]["model_days"]}
    assert any("start" in line for line in found["derivation"])
    page = client.get(f"{MODEL_DAYS}/{run}/page")
    assert page.headers["content-type"].startswith("text/html")
    problem = {**body["problem"], "practice": found["practice"]}
    dates = {"start": made.horizon.start.isoformat(), "days": made.horizon.days}
    sent = {"problem": problem, "dates": dates}
    filled = client.post(f"{RUNS}?operation=validate", json=sent)
    assert filled.status_code == 202


def test_the_example_is_designed(client: httpx.Client) -> None:
    """One day type (Mondays), whose day has a start, an exam and three adjustments at most."""
    run, ended = run_of(client, EXAMPLES["ModelDaySubmission"])
    assert ended["metadata"]["status"] == "completed", ended["validation"]
    found = client.get(f"{MODEL_DAYS}/{run}").json()
    (day,) = found["built"]["days"]
    placed = {cell["procedure_class"] for cell in day["model_day"]["cells"]}
    assert placed == {"exam", "start", "active"}


def test_goals_that_the_practice_cannot_have_are_listed(client: httpx.Client) -> None:
    # This practice has repairs alone: nobody can be examined or started there.
    repairs = EXAMPLES["VerifyRequest"]["problem"]
    run, ended = run_of(client, {**EXAMPLES["ModelDaySubmission"], "problem": repairs})
    assert ended["metadata"]["failure"] == "input"
    assert ended["validation"]
    assert client.get(f"{MODEL_DAYS}/{run}").status_code == 409
    assert client.get(f"{MODEL_DAYS}/{run}/page").status_code == 409


def test_goals_out_of_bounds_are_refused_at_once(
    open_app: Callable[[ServiceSettings], FastAPI], settings: ServiceSettings, ask: Ask
) -> None:
    body = {**EXAMPLES["ModelDaySubmission"], "goals": {"starts_per_month": -1}}
    refused = ask(open_app(settings), "POST", MODEL_DAYS, json=body)
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["problems"]] == ["goals.starts_per_month"]


def test_a_stop_keeps_the_days_that_are_designed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's own work, interrupted as the month and the first day have been told of."""

    class StopsAtTheFirstDay:
        told = 0

        def take_step(self) -> None:
            self.told += 1
            if self.told == 2:
                raise KeyboardInterrupt

    monkeypatch.setattr("api.queue.design.too_late_to_stop", lambda: None)
    made = generate_practice("one-doctor", visits=12, seed=3)
    asked = ModelDaySubmission(
        problem=made.problem,
        goals=Goals(starts_per_month=6),
        limits=DesignLimits(time_limit=4.0),
    )
    body = asked.model_dump_json().encode()
    status, failure, answer = design(body, None, cast(Reporter, StopsAtTheFirstDay()))
    assert (status, failure) == (RunStatus.STOPPED, None)
    assert answer.model_days is not None
    built = answer.model_days.built
    assert (len(built.days), built.stopped, built.costs) == (1, True, ())
    names = {one.id for one in answer.model_days.practice.model_days}
    assert built.days[0].day_type in names
    assert answer.page is not None
    assert "stopped early" in answer.page
