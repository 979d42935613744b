"""Goals over HTTP: queued, designed by a worker, read as days, as a practice and as a page."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES
from engine import generate_practice

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


def test_goals_that_the_practice_cannot_have_are_listed(client: httpx.Client) -> None:
    # The example's practice has repairs alone: nobody can be examined or started there.
    run, ended = run_of(client, EXAMPLES["ModelDaySubmission"])
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
