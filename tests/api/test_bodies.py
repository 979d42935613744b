"""Bodies that are refused before they are read, and how every refusal looks."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import APIRouter

from api.main import create_app
from api.settings import ServiceSettings

ADDRESS = "/v1/schedules/verify"
PROBLEM_JSON = "application/problem+json"
Ask = Callable[..., httpx.Response]


def test_health_says_which_version_answers(ask: Ask) -> None:
    answer = ask(create_app(), "GET", "/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["version"].count(".") == 2


def test_a_body_of_exactly_the_limit_is_read(ask: Ask) -> None:
    # `[` + 1998 blanks + `]` is 2000 bytes: read, and refused for what it says.
    body = "[" + " " * 1998 + "]"
    answer = ask(
        create_app(ServiceSettings(max_body_bytes=2000)),
        "POST",
        ADDRESS,
        content=body,
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("length", [2001, 50_000])
def test_a_larger_body_is_413(ask: Ask, length: int) -> None:
    body = "[" + " " * (length - 2) + "]"
    answer = ask(
        create_app(ServiceSettings(max_body_bytes=2000)),
        "POST",
        ADDRESS,
        content=body,
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert "2000" in answer.json()["detail"]


def test_a_body_in_chunks_is_counted_and_left_at_the_limit() -> None:
    """Without a stated length: 7 chunks of 600 bytes; reading ends with the fourth (2400)."""
    taken: list[int] = []
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        taken.append(600)
        return {"type": "http.request", "body": b" " * 600, "more_body": len(taken) < 7}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": ADDRESS,
        "raw_path": ADDRESS.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(create_app(ServiceSettings(max_body_bytes=2000))(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 413
    assert len(taken) == 4


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", ""])
def test_other_content_types_are_415(ask: Ask, kind: str) -> None:
    answer = ask(
        create_app(ServiceSettings(max_body_bytes=2000)),
        "POST",
        ADDRESS,
        content="{}",
        headers={"content-type": kind},
    )
    assert answer.status_code == 415
    assert answer.headers["content-type"] == PROBLEM_JSON


def test_json_with_a_character_set_is_taken(ask: Ask) -> None:
    kind = "Application/JSON; charset=utf-8"
    answer = ask(
        create_app(ServiceSettings(max_body_bytes=2000)),
        "POST",
        ADDRESS,
        content="{}",
        headers={"content-type": kind},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("body", ["", "{", '{"problem": NaN', "[" * 1900])
def test_broken_json_is_refused_with_a_document(ask: Ask, body: str) -> None:
    answer = ask(
        create_app(ServiceSettings(max_body_bytes=2000)),
        "POST",
        ADDRESS,
        content=body,
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == PROBLEM_JSON


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing/P00123", 404),
        ("DELETE", "/health", 405),
        ("PUT", ADDRESS, 405),
    ],
)
def test_wrong_addresses_are_documents_without_echo(
    ask: Ask, method: str, path: str, status: int
) -> None:
    answer = ask(create_app(), method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.json()["status"] == status
    assert "P00123" not in answer.text


def test_a_failure_inside_says_nothing_about_the_input(ask: Ask) -> None:
    app = create_app()
    router = APIRouter()

    @router.get("/breaks")
    def breaks() -> None:
        raise RuntimeError("P00123 broke it")

    app.include_router(router)
    answer = ask(app, "GET", "/breaks")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert "P00123" not in answer.text


def test_every_type_fault_is_listed_and_no_value_is_echoed(ask: Ask) -> None:
    body = {
        "problem": {
            "as_of": "yesterday-by-SECRET1",
            "practice": {"id": "has blank SECRET2", "grid_minutes": 99, "Anna SECRET3": 1},
            "visits": [{"id": "V1", "treatment": {"remaining_visits": 0}}],
        },
        "schedule": {"start": "2026-01-12", "days": 0, "placements": "SECRET4"},
    }
    answer = ask(create_app(ServiceSettings(max_body_bytes=100_000)), "POST", ADDRESS, json=body)
    assert answer.status_code == 422
    faults = answer.json()["problems"]
    places = {fault["where"] for fault in faults}
    assert {
        "problem.as_of",
        "problem.practice.grid_minutes",
        "problem.practice.chairs",
        "problem.practice.?",
        "problem.visits[0].patient",
        "schedule.days",
        "schedule.placements",
    } <= places
    assert "SECRET" not in json.dumps(faults)
    assert all(fault["cause"] and fault["remedy"] and fault["code"] for fault in faults)
    by_place = {fault["where"]: fault for fault in faults}
    assert by_place["problem.practice.grid_minutes"]["remedy"] == "give a value of at most 15"
