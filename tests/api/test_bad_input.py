"""Bodies of every bad kind: each refused with a problem document, none with a failure."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.main import create_app
from api.settings import ServiceSettings

Ask = Callable[..., httpx.Response]
Submission = Callable[..., dict[str, Any]]
RUNS = "/v1/schedules"
JSON = {"content-type": "application/json"}
A_RUN = f"{RUNS}/run_{24 * '0'}"
ADDRESSES = (
    *(RUNS, f"{RUNS}/verify", "/v1/imports", "/v1/what-if", "/v1/model-days"),
    *(f"{A_RUN}/{verb}" for verb in ("fork", "accept", "respond", "repair")),
    *(f"/v1/openings/{verb}" for verb in ("recommend", "fill-hole", "hold", "commit")),
)
"""Whatever takes a body; it is read before the run is looked for."""


@pytest.fixture
def app(open_app: Callable[[ServiceSettings], FastAPI], settings: ServiceSettings) -> FastAPI:
    return open_app(settings)


BROKEN = {
    "nothing": b"",
    "half": b'{"problem": {',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 50_000 + b"]" * 50_000,
    "latin-1": '{"problem": "é"}'.encode("latin-1"),
    "utf-16": '{"problem": 1}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a lone surrogate": b'{"problem": "\\ud800"}',
    "a zero byte": b'{"problem": "\x00"}',
    "two documents": b"{} {}",
    "a comment": b"{} // no",
    "single quotes": b"{'problem': 1}",
    "NaN": b'{"problem": NaN}',
    "minus infinity": b'{"problem": [-Infinity]}',
}
ODD = {
    "null": b"null",
    "a list": b"[]",
    "a text": b'"problem"',
    "a number": b"1e999",
    "a long list": b"[" + b"0," * 200_000 + b"0]",
    "a long number": b'{"problem": ' + b"9" * 5_000 + b"}",
    "a long key": b'{"' + b"k" * 100_000 + b'": 1}',
}


def test_every_address_that_takes_a_body_is_tried(app: FastAPI) -> None:
    posted = {path for path, operations in app.openapi()["paths"].items() if "post" in operations}
    assert {address.replace(A_RUN, f"{RUNS}/{{run}}") for address in ADDRESSES} == posted


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_json_is_400(app: FastAPI, ask: Ask, name: str) -> None:
    for address in ADDRESSES:
        answer = ask(app, "POST", address, content=BROKEN[name], headers=JSON)
        assert answer.status_code == 400, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:modelday:problem:not-json"


@pytest.mark.parametrize("name", ODD)
def test_what_is_the_wrong_json_is_refused(app: FastAPI, ask: Ask, name: str) -> None:
    for address in ADDRESSES:
        answer = ask(app, "POST", address, content=ODD[name], headers=JSON)
        assert answer.status_code in {400, 422}, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.content) < 20_000


def test_nan_inside_a_text_is_a_text(app: FastAPI, ask: Ask, submission: Submission) -> None:
    sent = submission(external={"note": "NaN and Infinity"})
    answer = ask(app, "POST", RUNS, json=sent)
    assert answer.status_code == 202
    assert answer.json()["external"] == {"note": "NaN and Infinity"}


def test_an_opaque_map_keeps_no_nan(app: FastAPI, ask: Ask, submission: Submission) -> None:
    body = json.dumps(submission(external={"x": float("nan")})).encode()
    assert ask(app, "POST", RUNS, content=body, headers=JSON).status_code == 400


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"limits": {"time_limit": 1e9}}, "limits.time_limit"),
        ({"limits": {"time_limit": "60"}}, "limits.time_limit"),
        ({"limits": {"workers": 0}}, "limits.workers"),
        ({"dates": {"start": "2026-02-30", "days": 1}}, "dates.start"),
        ({"dates": {"start": "2026-01-12", "days": 85}}, "dates.days"),
        ({"tags": ["Anna Smith"]}, "tags[0]"),
        ({"tags": ["t"] * 11}, "tags"),
    ],
)
def test_fields_out_of_bounds_are_named(
    app: FastAPI, ask: Ask, submission: Submission, change: dict[str, Any], where: str
) -> None:
    answer = ask(app, "POST", RUNS, json=submission(**change))
    assert answer.status_code == 422
    assert [fault["where"] for fault in answer.json()["problems"]] == [where]
    assert "Anna" not in answer.text


def test_a_clock_at_the_end_of_time_breaks_nothing(
    app: FastAPI, ask: Ask, submission: Submission
) -> None:
    sent = submission()
    sent["problem"]["as_of"] = "9999-12-31T12:00:00"
    scenarios = {"problem": sent["problem"], "scenarios": [{"name": "same"}]}
    schedule = {"start": "9999-12-31", "days": 400}
    checked = {"problem": sent["problem"], "schedule": schedule}
    for path, body in ((RUNS, sent), ("/v1/what-if", scenarios), (f"{RUNS}/verify", checked)):
        assert ask(app, "POST", path, json=body).status_code in {202, 422}


@pytest.mark.parametrize("query", ["?operation=guess", "?operation=measure"])
def test_operations_that_cannot_be(
    app: FastAPI, ask: Ask, submission: Submission, query: str
) -> None:
    answer = ask(app, "POST", f"{RUNS}{query}", json=submission())
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("key", ["", " ", "k" * 129, "a b"])
def test_request_keys_that_cannot_be(
    app: FastAPI, ask: Ask, submission: Submission, key: str
) -> None:
    answer = ask(app, "POST", RUNS, json=submission(), headers={"Idempotency-Key": key})
    assert answer.status_code == 422


def test_a_body_that_never_comes_is_given_up(settings: ServiceSettings) -> None:
    """The client has sent its head and nothing more; the layer waits 10 ms for the rest."""
    app = create_app(settings.model_copy(update={"body_seconds": 0.01}))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError("nothing comes")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": RUNS,
        "raw_path": RUNS.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"100")],
    }
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 408


def test_slow_clients_keep_nobody_from_being_answered(
    serve: Callable[[ServiceSettings], Any], settings: ServiceSettings
) -> None:
    served = serve(settings)
    host, port = served.address.removeprefix("http://").split(":")
    head = f"POST {RUNS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    slow = []
    for _ in range(50):
        client = socket.create_connection((host, int(port)))
        client.sendall(f"{head}Content-Length: 1000\r\n\r\n{{".encode())
        slow.append(client)
    assert served.client.get("/ready").status_code == 200
    for client in slow:
        client.close()
