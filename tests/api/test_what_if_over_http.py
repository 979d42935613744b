"""Scenarios over HTTP: queued, compared by a worker, read as figures and as a page."""

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
WHAT_IF, RUNS = "/v1/what-if", "/v1/schedules"


def test_a_comparison_from_submission_to_page(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    running = settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})
    client = serve(running).client
    sent = client.post(WHAT_IF, json=EXAMPLES["WhatIfSubmission"])
    assert sent.status_code == 202
    run = sent.json()["id"]
    assert sent.json()["operation"] == "what-if"
    with client.stream("GET", f"{sent.headers['location']}/events") as stream:
        told = [line for line in stream.iter_lines() if line.startswith("data: ")]
    assert '"completed"' in told[-1]
    # Two bounds (base and scenario), then a full solve of each.
    assert '"done":4' in [line for line in told if '"step"' in line][-1]
    assert not any("open an hour longer" in line for line in told)
    found = client.get(f"{WHAT_IF}/{run}/comparison").json()
    (outcome,) = found["outcomes"]
    assert outcome["name"] == "open an hour longer"
    # Nobody is there in the hour that is added: it changes nothing.
    assert outcome["objective"] == pytest.approx(found["base_objectives"][0])
    page = client.get(f"{WHAT_IF}/{run}/page")
    assert page.headers["content-type"].startswith("text/html")
    assert "open an hour longer" in page.text
    assert client.get(f"{RUNS}/{run}").json()["schedule"] is None
    assert client.get(f"{RUNS}/{run}/unplaced").status_code == 409


def test_a_stopped_comparison_says_what_is_known(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings, long_one: dict[str, Any]
) -> None:
    """The bounds of base and scenarios are told; the base would be solved for ten minutes."""
    client = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})).client
    body = {
        "problem": long_one["problem"],
        "scenarios": [
            {"name": "the same again"},
            {"name": "closed", "change": [{"kind": "day_closed", "weekdays": ["mon"]}]},
        ],
        "settings": {
            "start": long_one["dates"]["start"],
            "seconds": 600.0,
            "gap": 0.0,
            "repeats": 1,
            "steps": 100,
        },
    }
    sent = client.post(WHAT_IF, json=body)
    run, address = sent.json()["id"], sent.headers["location"]
    with client.stream("GET", f"{address}/events") as stream:
        for line in stream.iter_lines():
            if '"step"' in line and '"done":3' in line:
                assert client.delete(address).status_code == 202
    assert client.get(address).json()["metadata"]["status"] == "stopped"
    found = client.get(f"{WHAT_IF}/{run}/comparison").json()
    assert (found["stopped"], found["left_out"]) == (True, [])
    same, closed = found["outcomes"]
    assert (same["bound_difference"], same["difference"]) == (0.0, None)
    assert closed["bound_difference"] > 0
    assert "Stopped early" in client.get(f"{WHAT_IF}/{run}/page").text


def test_every_fault_of_the_scenarios_is_listed(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    client = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})).client
    body = copy.deepcopy(EXAMPLES["WhatIfSubmission"])
    body["scenarios"] = [
        {"name": "one", "change": [{"kind": "staff_out", "staff": ["NOBODY"]}]},
        {"name": "two", "change": [{"kind": "vacation", "staff": ["NEITHER"]}]},
    ]
    sent = client.post(WHAT_IF, json=body)
    with client.stream("GET", f"{sent.headers['location']}/events") as stream:
        assert '"failed"' in [line for line in stream.iter_lines() if "data: " in line][-1]
    faults = client.get(sent.headers["location"]).json()["validation"]
    wrong = [one for one in faults if one["code"].startswith("scenario-")]
    assert len(wrong) == 2
    assert client.get(f"{WHAT_IF}/{sent.json()['id']}/comparison").status_code == 409


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def test_what_has_no_comparison(app: FastAPI, ask: Ask) -> None:
    waiting = ask(app, "POST", RUNS, json=EXAMPLES["Submission"]).json()["id"]
    for what in ("comparison", "page"):
        assert ask(app, "GET", f"{WHAT_IF}/{waiting}/{what}").status_code == 409
        unknown = "run_000000000000000000000000"
        assert ask(app, "GET", f"{WHAT_IF}/{unknown}/{what}").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"scenarios": []},
        {"scenarios": [{"name": "x", "change": [{"kind": "magic"}]}]},
        {"settings": {"days": 90}},
        {"settings": {"seconds": -1}},
    ],
)
def test_scenarios_that_cannot_be_are_refused_at_once(
    app: FastAPI, ask: Ask, change: dict[str, Any]
) -> None:
    refused = ask(app, "POST", WHAT_IF, json={**EXAMPLES["WhatIfSubmission"], **change})
    assert refused.status_code == 422
    assert refused.json()["problems"]


def test_a_comparison_is_no_operation_on_a_submission(app: FastAPI, ask: Ask) -> None:
    refused = ask(app, "POST", f"{RUNS}?operation=what-if", json=EXAMPLES["Submission"])
    assert refused.status_code == 422
