"""The examples of the contract: each body is sent, each answer is what comes back."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.services.service import Service
from api.settings import ServiceSettings
from api.wire.answer_examples import ANSWERS
from api.wire.examples import EXAMPLES, HOLD, RUN

Ask = Callable[..., httpx.Response]
RUNS, OPENINGS = "/v1/schedules", "/v1/openings"
BY_THE_WAY = {"created", "started", "ended", "ends", "id", "run"}
"""Other in every run."""
PRICED = {"millipoints", "own_millipoints", "chance_to_show", "objective", "points", "figures"}
"""What follows from prices and risk: a change of these is no change of the contract."""
CONTENT = {
    "ForkRequest": ("/fork", 202, "RunMetadata"),
    "AcceptRequest": ("/accept", 200, "Accepted"),
    "RespondRequest": ("/respond", 202, None),
    "RepairRequest": ("/repair", 202, "RunMetadata"),
}
OF_A_CALLER = {
    "RecommendRequest": ("/recommend", 200, "Recommended"),
    "FillHoleRequest": ("/fill-hole", 200, "HoleFillers"),
    "HoldRequest": ("/hold", 201, "HeldTime"),
}
QUEUED = {
    "Submission": RUNS,
    "WhatIfSubmission": "/v1/what-if",
    "ModelDaySubmission": "/v1/model-days",
}
ALONE = {"VerifyRequest": f"{RUNS}/verify", "ImportRequest": "/v1/imports"}


@pytest.fixture
def app(open_app: Callable[[ServiceSettings], FastAPI], settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


@pytest.fixture
def run(app: FastAPI, ask: Ask, work_off: Callable[[Service], None]) -> str:
    """The example's schedule, measured."""
    body = EXAMPLES["Submission"]
    made = ask(app, "POST", f"{RUNS}?operation=measure", json=body).json()["id"]
    work_off(app.state.service)
    return str(made)


def plain(answer: Any) -> Any:
    """Without what is other in every run."""
    if isinstance(answer, dict):
        kept = answer.keys() - BY_THE_WAY - PRICED
        return {key: plain(answer[key]) for key in sorted(kept)}
    return [plain(one) for one in answer] if isinstance(answer, list) else answer


def about(run: str, body: str) -> dict[str, Any]:
    """The example with the id of a run that is there."""
    sent: dict[str, Any] = json.loads(json.dumps(EXAMPLES[body]).replace(RUN, run))
    return sent


def test_every_example_is_sent_here() -> None:
    assert {*CONTENT, *OF_A_CALLER, *QUEUED, *ALONE, "CommitRequest"} == set(EXAMPLES)


@pytest.mark.parametrize("body", CONTENT)
def test_what_follows_from_a_run(app: FastAPI, ask: Ask, run: str, body: str) -> None:
    path, status, answered = CONTENT[body]
    answer = ask(app, "POST", f"{RUNS}/{run}{path}", json=EXAMPLES[body])
    assert answer.status_code == status, answer.text
    if answered == "Accepted":
        assert plain(answer.json()) == plain(ANSWERS[answered])
    elif answered is not None:
        assert answer.json().keys() == ANSWERS[answered].keys()
    else:
        assert answer.json()["accepted"] == ["V1"]


@pytest.mark.parametrize("body", OF_A_CALLER)
def test_what_a_caller_is_told(app: FastAPI, ask: Ask, run: str, body: str) -> None:
    path, status, answered = OF_A_CALLER[body]
    answer = ask(app, "POST", f"{OPENINGS}{path}", json=about(run, body))
    assert answer.status_code == status, answer.text
    assert plain(answer.json()) == plain(ANSWERS[answered])


def test_a_held_time_is_committed(app: FastAPI, ask: Ask, run: str) -> None:
    held = ask(app, "POST", f"{OPENINGS}/hold", json=about(run, "HoldRequest")).json()["id"]
    body = json.loads(json.dumps(EXAMPLES["CommitRequest"]).replace(HOLD, held))
    answer = ask(app, "POST", f"{OPENINGS}/commit", json=body)
    assert answer.status_code == 200, answer.text
    booked, expected = answer.json()["booking"], ANSWERS["Committed"]["booking"]
    assert plain(booked) == plain(expected)
    assert booked["visit"]["id"] == expected["visit"]["id"] == "CALL1"


@pytest.mark.parametrize("body", QUEUED)
def test_questions_are_queued(app: FastAPI, ask: Ask, body: str) -> None:
    answer = ask(app, "POST", QUEUED[body], json=EXAMPLES[body])
    assert answer.status_code == 202, answer.text
    expected = ANSWERS["RunMetadata"]
    assert answer.json().keys() == expected.keys()
    if body == "Submission":
        assert plain(answer.json()) == plain(expected)


def test_a_run_with_its_schedule(app: FastAPI, ask: Ask, run: str) -> None:
    """The example shows two figures of all."""
    answer, expected = ask(app, "GET", f"{RUNS}/{run}").json(), dict(ANSWERS["Run"])
    named = {one["kpi"] for one in expected["kpis"]}
    answer["kpis"] = [one for one in answer["kpis"] if one["kpi"] in named]
    assert plain(answer) == plain(expected)


def test_a_schedule_is_verified(app: FastAPI, ask: Ask) -> None:
    answer = ask(app, "POST", ALONE["VerifyRequest"], json=EXAMPLES["VerifyRequest"])
    assert answer.json() == ANSWERS["Verdict"]


def test_files_are_read(app: FastAPI, ask: Ask) -> None:
    """The example is one table of a folder: the others are missed."""
    answer = ask(app, "POST", ALONE["ImportRequest"], json=EXAMPLES["ImportRequest"])
    assert answer.status_code == 200, answer.text
    assert [one["file"] for one in answer.json()["files"]] == ["visits.csv"]
    assert {one["code"] for one in answer.json()["problems"]} == {"file-missing"}


def test_faults_are_listed(app: FastAPI, ask: Ask) -> None:
    body = json.loads(json.dumps(EXAMPLES["Submission"]))
    body["problem"]["visits"][0]["due"] = "soon"
    answer = ask(app, "POST", RUNS, json=body)
    assert (answer.status_code, answer.json()) == (422, ANSWERS["ProblemDocument"])
