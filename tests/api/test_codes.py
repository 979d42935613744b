"""Every code that the service uses is listed, in one place, with what it means."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.settings import ServiceSettings
from api.wire.codes import REFUSALS, REQUESTS
from api.wire.refusal import Refusal
from api.wire.type_faults import TYPE_CODES

Ask = Callable[..., httpx.Response]
OpenApp = Callable[[ServiceSettings], FastAPI]
ROOT = Path(__file__).parents[2]
OF_THE_FRAMEWORK = {"not-found", "method-not-allowed", "bad-request", "refused"}
"""Made of the phrases of statuses that the web framework refuses with."""
ABOUT_A_SCHEDULE = ("replan", "explain", "filling/hold_times.py", "files/unwritable.py")
ON_THE_COMMAND_LINE = {"not-an-absence"}


def calls(*places: str) -> Iterator[tuple[str, list[ast.expr]]]:
    """Each call in these files and folders: the name, and what it is given."""
    for place in places:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield node.func.id, node.args


def refused() -> set[tuple[str, int]]:
    """Code and status of every refusal that is written in the service."""
    found = set()
    for name, given in calls("api"):
        if name in ("Refusal", "problem_response"):
            status, code = given[:2]
            if isinstance(status, ast.Constant) and isinstance(code, ast.Constant):
                found.add((code.value, status.value))
    return found


def faults(*places: str) -> set[str]:
    return {
        given[0].value
        for name, given in calls(*places)
        if name == "PracticeProblem" and given and isinstance(given[0], ast.Constant)
    }


def test_every_refusal_is_listed_with_its_status() -> None:
    written = refused()
    assert len(written) > 20
    for code, status in written:
        assert status in REFUSALS[code].statuses, code
    assert set(REFUSALS) == {code for code, _ in written} | OF_THE_FRAMEWORK
    for code, meant in REFUSALS.items():
        told = {status for listed, status in written if listed == code}
        assert code in OF_THE_FRAMEWORK or told == set(meant.statuses), code


def test_every_fault_of_what_is_asked_about_a_schedule_is_listed() -> None:
    found = faults("api", *(f"engine/{place}" for place in ABOUT_A_SCHEDULE))
    rules = {code for code in REQUESTS if code.startswith("schedule-breaks-")}
    assert found - ON_THE_COMMAND_LINE == set(REQUESTS) - rules
    assert len(rules) > 15


def test_a_refusal_that_is_not_listed_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        Refusal(409, "no-such-code", "")
    with pytest.raises(ValueError, match="409"):
        Refusal(409, "purged", "")


def test_the_list_that_is_handed_out(
    open_app: OpenApp, settings: ServiceSettings, ask: Ask
) -> None:
    app = open_app(settings)
    listed = ask(app, "GET", "/v1/problem-codes").json()
    refusals = {one["code"]: one["statuses"] for one in listed["refusals"]}
    assert refusals["queue-full"] == [429]
    assert refusals["not-json"] == [400, 415]
    assert {one["code"] for one in listed["requests"]} == set(REQUESTS)
    assert {one["code"] for one in listed["types"]} == set(TYPE_CODES)
    for part in ("codes", "requests", "refusals"):
        assert [one["code"] for one in listed[part] if not one["meaning"].endswith(".")] == []
    # These are the words of the library that reads the bodies.
    assert all(one["meaning"] for one in listed["types"])
    # A body that has not the form of the contract: each of its faults is in the list.
    body = {"problem": 1, "dates": {"days": 0, "start": "x"}, "surprise": True}
    answer = ask(app, "POST", "/v1/schedules", json=body).json()
    assert len(answer["problems"]) == 4
    assert {one["code"] for one in answer["problems"]} <= set(TYPE_CODES)
