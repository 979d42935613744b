"""The contract: its snapshot, its examples, and what refuses a request and how."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.main import create_app
from api.settings import ServiceSettings
from api.wire.examples import EXAMPLES

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
Submission = Callable[..., dict[str, Any]]
RUNS = "/v1/schedules"
FOLLOW_UPS = {"/respond": EXAMPLES["RespondRequest"], "/repair": EXAMPLES["RepairRequest"]}
"""Bodies where an empty one is refused."""
SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture
def app(open_app: OpenApp, settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


def test_the_contract_is_the_one_in_the_repository() -> None:
    """After a wanted change: `make openapi`."""
    assert create_app().openapi() == json.loads(SNAPSHOT.read_text("utf-8"))


def test_the_description_is_open_api_3_1_and_every_reference_leads_somewhere(
    app: FastAPI, ask: Ask
) -> None:
    text = ask(app, "GET", "/openapi.json").text
    described = json.loads(text)
    assert described["openapi"].startswith("3.1")
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= set(described["components"]["schemas"])
    assert "#/$defs" not in text


def test_the_wall_clock_of_a_practice_has_no_offset_and_the_service_has_one(app: FastAPI) -> None:
    """RFC 3339, which `date-time` and `time` mean, wants an offset."""
    schemas = app.openapi()["components"]["schemas"]
    assert schemas["Hold"]["properties"]["until"]["format"] == "date-time-local"
    assert schemas["HoldRequest"]["properties"]["start"]["format"] == "time-local"
    assert schemas["RunMetadata"]["properties"]["created"]["format"] == "date-time"
    assert schemas["HeldTime"]["properties"]["ends"]["format"] == "date-time"


def test_every_body_has_an_example_and_every_refusal_is_a_problem_document(app: FastAPI) -> None:
    bodies = 0
    for operations in app.openapi()["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"]
            if "requestBody" in operation:
                bodies += 1
                assert operation["requestBody"]["content"]["application/json"]["example"]
    assert bodies == len(EXAMPLES)


def test_headers_that_are_always_sent_are_in_the_contract(app: FastAPI) -> None:
    always = {"201": "Location", "401": "WWW-Authenticate", "429": "Retry-After"}
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            told = {
                status: set(response.get("headers", {}))
                for status, response in operation["responses"].items()
            }
            for status, name in always.items():
                assert status not in told or name in told[status], path
            if method == "post" and "202" in told:
                assert "Location" in told["202"], path
            if "304" in told:
                assert "ETag" in told["200"], path
                assert "content" not in operation["responses"]["304"]


@pytest.mark.parametrize("operation", ["solve", "validate", "measure"])
def test_the_example_of_a_submission_is_taken(app: FastAPI, ask: Ask, operation: str) -> None:
    sent = ask(app, "POST", f"{RUNS}?operation={operation}", json=EXAMPLES["Submission"])
    assert sent.status_code == 202
    assert sent.json()["operation"] == operation
    assert sent.json()["external"] == {"ticket": "42"}


def test_the_example_of_a_schedule_is_right(app: FastAPI, ask: Ask) -> None:
    verdict = ask(app, "POST", f"{RUNS}/verify", json=EXAMPLES["VerifyRequest"])
    assert verdict.status_code == 200
    assert verdict.json()["ok"] is True


def test_the_same_request_twice_is_one_run(app: FastAPI, ask: Ask, submission: Submission) -> None:
    headers = {"Idempotency-Key": "monday-1"}
    first = ask(app, "POST", RUNS, json=submission(), headers=headers)
    again = ask(app, "POST", RUNS, json=submission(), headers=headers)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["location"] == first.headers["location"]
    other = ask(app, "POST", RUNS, json=submission(tags=["other"]), headers=headers)
    assert other.status_code == 422
    assert other.json()["type"] == "urn:modelday:problem:idempotency-key-reused"
    third = ask(app, "POST", RUNS, json=submission(), headers={"Idempotency-Key": "monday-2"})
    assert third.json()["id"] != first.json()["id"]
    assert len(ask(app, "GET", RUNS).json()["runs"]) == 2


def test_a_full_queue_says_when_to_come_back(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask, submission: Submission
) -> None:
    app = open_app(settings.model_copy(update={"queue_limit": 2, "retry_after_seconds": 7}))
    answers = [ask(app, "POST", RUNS, json=submission()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[2].headers["retry-after"] == "7"
    # One that is stopped makes room.
    ask(app, "DELETE", answers[0].headers["location"])
    assert ask(app, "POST", RUNS, json=submission()).status_code == 202


def test_more_work_than_the_service_allows_is_refused(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask
) -> None:
    # Two full solves of the base and one of the scenario, 2 seconds each, a bound of each, 10
    # seconds for 1500 steps, and 600 beside them.
    body = EXAMPLES["WhatIfSubmission"]

    def is_taken(most_seconds: float, body: dict[str, Any]) -> bool:
        app = open_app(settings.model_copy(update={"most_seconds": most_seconds}))
        answer = ask(app, "POST", "/v1/what-if", json=body)
        told = (answer.status_code, answer.json().get("type"))
        assert told in ((202, None), (422, "urn:modelday:problem:too-long"))
        return answer.status_code == 202

    assert is_taken(626.0, body)
    assert not is_taken(625.9, body)
    # Scenarios that are screened alone cost no full solve, but a bound each: ten and the base.
    screened = copy.deepcopy(body)
    (named,) = screened["scenarios"]
    more = [{**named, "name": f"scenario {number}", "confirm": False} for number in range(9)]
    screened["scenarios"] = [named, *more]
    screened["settings"]["confirm"] = 0
    assert is_taken(716.0, screened)
    assert not is_taken(715.9, screened)
    # Twice the steps, twice the seconds; of a thousand visits 100 seconds.
    longer = {**body, "settings": {**body["settings"], "steps": 3000}}
    assert is_taken(646.0, longer)
    assert not is_taken(645.9, longer)
    visit = body["problem"]["visits"][0]
    visits = [{**visit, "id": f"V{number}"} for number in range(1000)]
    larger = {**body, "problem": {**body["problem"], "visits": visits}}
    assert is_taken(806.0, larger)
    assert not is_taken(805.9, larger)
    most = {**screened["settings"], "seconds": 3600.0, "repeats": 20, "confirm": 100}
    refused = ask(open_app(settings), "POST", "/v1/what-if", json={**body, "settings": most})
    assert refused.json()["type"] == "urn:modelday:problem:too-long"


def test_lists_come_in_pages_by_status_and_tag(
    app: FastAPI, ask: Ask, submission: Submission
) -> None:
    tags = [["red"], ["blue"], ["red", "blue"], [], ["red"]]
    made = [ask(app, "POST", RUNS, json=submission(tags=one)).json()["id"] for one in tags]
    ask(app, "DELETE", f"{RUNS}/{made[4]}")
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for size in (2, 2, 1):
        page = ask(app, "GET", RUNS, params={"limit": 2, **cursor}).json()
        assert len(page["runs"]) == size
        seen += [run["id"] for run in page["runs"]]
        cursor = {"cursor": page["next"]}
    assert page["next"] is None
    assert seen == made[::-1]

    def ids(**params: str) -> list[str]:
        return [run["id"] for run in ask(app, "GET", RUNS, params=params).json()["runs"]]

    assert ids(tag="red") == [made[4], made[2], made[0]]
    assert ids(tag="red", status="queued") == [made[2], made[0]]
    assert ids(tag="green") == []
    assert ask(app, "GET", RUNS, params={"cursor": "nonsense"}).status_code == 400


def test_etags_save_content_and_guard_a_stop(
    app: FastAPI, ask: Ask, submission: Submission
) -> None:
    address = ask(app, "POST", RUNS, json=submission()).headers["location"]
    first = ask(app, "GET", address)
    known = ask(app, "GET", address, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    wrong = ask(app, "DELETE", address, headers={"If-Match": '"other"'})
    assert wrong.status_code == 412
    right = ask(app, "DELETE", address, headers={"If-Match": first.headers["etag"]})
    assert right.status_code == 202
    assert right.headers["etag"] != first.headers["etag"]
    changed = ask(app, "GET", address, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("run", ["run_000000000000000000000000", "verify", "run_1", "x%00"])
def test_a_run_that_is_not_there_is_404(app: FastAPI, ask: Ask, run: str) -> None:
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/metadata"),
        ("GET", "/input"),
        ("GET", "/events"),
        ("GET", "/day-sheet"),
        ("POST", "/fork"),
        ("POST", "/accept"),
        ("POST", "/respond"),
        ("POST", "/repair"),
    ):
        body = FOLLOW_UPS.get(path, {})
        sent = {"json": body} if method == "POST" else {}
        answer = ask(app, method, f"{RUNS}/{run}{path}", **sent)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"


def test_codes_and_demos(app: FastAPI, ask: Ask) -> None:
    codes = ask(app, "GET", "/v1/problem-codes").json()["codes"]
    assert {"duplicate-chair", "time-zone-unknown"} <= {one["code"] for one in codes}
    listed = [demo["id"] for demo in ask(app, "GET", "/v1/demo-data").json()["demos"]]
    assert "small" in listed
    body = ask(app, "GET", "/v1/demo-data/small").content
    headers = {"content-type": "application/json"}
    assert ask(app, "POST", RUNS, content=body, headers=headers).status_code == 202
    assert ask(app, "GET", "/v1/demo-data/none").status_code == 404


def test_answers_carry_what_keeps_them_safe(app: FastAPI, ask: Ask) -> None:
    for path in ("/health", "/v1/schedules", "/nothing"):
        headers = ask(app, "GET", path, headers={"Origin": "http://elsewhere.example"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
    asked = {"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert ask(app, "OPTIONS", RUNS, headers=asked).status_code == 405
