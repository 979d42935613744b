"""Why over HTTP: read off the schedule of a run at once; with ways out by a run of its own."""

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
RUNS = "/v1/schedules"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def test_all_without_a_time_are_explained(app: FastAPI, ask: Ask, ended: str) -> None:
    found = ask(app, "GET", f"{ended}/explanations")
    assert found.status_code == 200, found.text
    told = found.json()["explanations"]
    assert [one["visit"] for one in told] == ["V2", "V3"]
    assert all(one["placed"] is None and one["free"] > 0 and one["sentence"] for one in told)


def test_why_not_then(app: FastAPI, ask: Ask, ended: str) -> None:
    # 08:10 lies inside V1: the chair and the assistant are taken.
    asked = {"visit": "V2", "at": "2026-01-12T08:10:00"}
    (told,) = ask(app, "GET", f"{ended}/explanations", params=asked).json()["explanations"]
    refused = {one["rule"] for one in told["asked"]["refusals"]}
    assert "chair_once" in refused


@pytest.mark.parametrize(
    "asked",
    [
        {"visit": "NONE"},
        {"visit": "V2", "at": "2031-01-12T08:00:00"},
        {"at": "noon"},
        {"at": "2026-01-12T08:00:00Z"},
    ],
)
def test_what_cannot_be_explained(
    app: FastAPI, ask: Ask, ended: str, asked: dict[str, str]
) -> None:
    refused = ask(app, "GET", f"{ended}/explanations", params=asked)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_run_says_what_would_help(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    client = serve(settings.model_copy(update={"processes": 1, "poll_seconds": 0.05})).client
    body = copy.deepcopy(EXAMPLES["Submission"])
    sent = client.post(f"{RUNS}?operation=explain", json=body)
    with client.stream("GET", f"{sent.headers['location']}/events") as stream:
        told = [line for line in stream.iter_lines() if line.startswith("data: ")]
    assert '"completed"' in told[-1]
    report = client.get(f"{sent.headers['location']}/explanations").json()
    assert [one["visit"] for one in report["explanations"]] == ["V2", "V3"]
    assert report == client.get(sent.headers["location"]).json()["explanations"]
