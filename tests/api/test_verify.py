"""`POST /v1/schedules/verify`: the judge's report on a schedule that somebody else made."""

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.main import create_app

ADDRESS = "/v1/schedules/verify"
Ask = Callable[..., httpx.Response]
Question = Callable[[], dict[str, Any]]


def placement(visit: str, start: int) -> dict[str, Any]:
    """A visit at minute `start` of the day, doctor in minutes 10 to 15 of it."""

    def clock(minute: int) -> str:
        return f"{(start + minute) // 60:02d}:{(start + minute) % 60:02d}"

    seat = {"stage": 0, "chair": "C1", "staff": "AS1"}
    return {
        "visit": visit,
        "date": "2026-01-12",
        "segments": [
            {**seat, "start": clock(0), "end": clock(10)},
            {**seat, "start": clock(10), "end": clock(15), "doctor": "DR1", "doctor_time": True},
            {**seat, "start": clock(15), "end": clock(30)},
        ],
    }


def answer(*placements: dict[str, Any]) -> dict[str, Any]:
    """V3 has no time; the others are placed."""
    unplaced = [{"visit": "V3", "reason": "not_asked"}]
    return {
        "start": "2026-01-12",
        "days": 1,
        "placements": list(placements),
        "unplaced": unplaced,
    }


def test_a_right_schedule_is_ok(ask: Ask, question: Question) -> None:
    # 08:00-08:30 and 08:30-09:00 in one chair: touching is allowed.
    body = {"problem": question(), "schedule": answer(placement("V1", 480), placement("V2", 510))}
    reply = ask(create_app(), "POST", ADDRESS, json=body)
    assert reply.status_code == 200
    assert reply.json() == {
        "ok": True,
        "start": "2026-01-12",
        "days": 1,
        "violations": [],
        "inherited": [],
    }


@pytest.mark.parametrize("turned", [False, True])
def test_an_overlap_is_named_with_rule_and_visits(
    ask: Ask, question: Question, turned: bool
) -> None:
    # 08:00-08:30 and 08:25-08:55 in one chair with one assistant.
    placements = [placement("V1", 480), placement("V2", 505)]
    body = {"problem": question(), "schedule": answer(*placements[:: -1 if turned else 1])}
    reply = ask(create_app(), "POST", ADDRESS, json=body)
    assert reply.status_code == 200
    verdict = reply.json()
    assert verdict["ok"] is False
    assert {violation["rule"] for violation in verdict["violations"]} == {
        "chair_once",
        "staff_once",
    }
    assert all(set(violation["visits"]) == {"V1", "V2"} for violation in verdict["violations"])


def test_a_forgotten_visit_is_a_violation(ask: Ask, question: Question) -> None:
    body = {"problem": question(), "schedule": answer(placement("V1", 480))}
    verdict = ask(create_app(), "POST", ADDRESS, json=body).json()
    assert [violation["rule"] for violation in verdict["violations"]] == ["complete"]
    assert verdict["violations"][0]["visits"] == ["V2"]


def test_every_fault_of_the_question_is_listed_with_the_engines_codes(
    ask: Ask, question: Question
) -> None:
    problem = question()
    problem["visits"].append(copy.deepcopy(problem["visits"][0]))
    problem["practice"]["chairs"].append({"id": "C1", "kind": "clinic"})
    body = {"problem": problem, "schedule": answer()}
    reply = ask(create_app(), "POST", ADDRESS, json=body)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    document = reply.json()
    assert document["type"].startswith("urn:modelday:problem:")
    assert document["status"] == 422
    assert len(document["problems"]) >= 2
    for fault in document["problems"]:
        assert set(fault) == {"code", "where", "cause", "remedy", "severity"}


def test_the_address_is_documented(ask: Ask) -> None:
    schema = ask(create_app(), "GET", "/openapi.json").json()
    responses = schema["paths"][ADDRESS]["post"]["responses"]
    assert {"200", "400", "413", "415", "422"} <= set(responses)
