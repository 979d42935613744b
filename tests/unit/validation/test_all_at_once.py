"""Many faults in one input, all named at once; and values that nobody would type on purpose."""

import datetime as dt

import pytest

from engine.practice import Horizon
from engine.problems import PracticeProblemsError
from engine.validation import problems_of


def test_a_good_practice_has_no_problems(problem_with, horizon):
    assert problems_of(problem_with(None), horizon) == ()
    assert problems_of(problem_with(None)) == ()


def many_faults(d):
    practice = d["practice"]
    practice["time_zone"] = "Mars/Olympus"
    practice["hours"].append({"weekday": "mon", "start": "16:00", "end": "18:00"})
    practice["chairs"].append({"id": "C1", "kind": "clinic"})
    practice["staff"][4]["shifts"][0]["end"] = "07:00"
    practice["procedures"][0]["stages"][0]["segments"][0]["minutes"] = 7
    practice["limits"][0]["procedures"] = ["BND"]
    practice["model_days"][0]["cells"][2]["start"] = "10:00"
    practice["model_day_dates"][0]["model_day"] = "gone"
    d["visits"][0]["procedure"] = "NOPE"
    d["visits"][1]["minutes"] = 10
    d["visits"][2].update(earliest="2026-12-04", latest="2026-12-03")
    d["bookings"][0]["chair"] = "C99"
    d["bookings"][1].update(date="2026-12-05")
    d["policy"]["weights"] = [{"kpi": "profit", "value": 1, "reason": "no"}]


def test_all_at_once(problem_with, horizon):
    found = problems_of(problem_with(many_faults))
    assert {problem.code for problem in found} >= {
        "time-zone-unknown",
        "windows-overlap",
        "duplicate-chair",
        "window-reversed",
        "segment-off-grid",
        "unknown-procedure",
        "cells-overlap",
        "unknown-model-day",
        "visit-unknown-procedure",
        "visit-too-short",
        "earliest-after-latest",
        "booking-unknown-chair",
        "booking-closed-date",
        "weight-unknown-kpi",
    }
    assert len(found) == len(set(found))
    assert str(PracticeProblemsError(found)).count("\n") == len(found) - 1


def test_a_hundred_faulty_visits_are_a_hundred_lines(problem_with, horizon):
    def change(d):
        d["visits"] = [
            d["visits"][0] | {"id": f"W{n}", "patient": f"Q{n}", "procedure": f"X{n}"}
            for n in range(100)
        ]

    found = problems_of(problem_with(change), horizon)
    assert [problem.where for problem in found] == [f"visit W{n}" for n in range(100)]


def test_the_answer_is_the_same_every_time(problem_with, horizon):
    one, other = (problems_of(problem_with(many_faults), horizon) for _ in range(2))
    assert one == other


def empty_practice(d):
    for key in ("hours", "chairs", "staff", "procedures"):
        d["practice"][key] = []


def far_dates(d):
    d["visits"][0].update(due="0001-01-01", earliest="0001-01-01")
    d["visits"][1].update(due="9999-12-31", lab_ready="9999-12-31", clearances=[])
    d["visits"][2].update(due="9999-12-31", earliest="9999-12-31", latest="9999-12-31")
    d["visits"][1]["follows"] = [{"visit": "B1", "min_days": 10**9}]
    d["visits"][1].update(patient="P4", latest="9999-12-31")
    d["bookings"][0]["date"] = "9999-12-31"
    d["bookings"][1]["date"] = "0001-01-01"
    d["practice"]["model_day_dates"].append({"model_day": "full", "date": "9999-12-31"})


def everything_reversed(d):
    for span in d["practice"]["hours"]:
        span["start"], span["end"] = span["end"], span["start"]
    for person in d["practice"]["staff"]:
        for span in person["shifts"]:
            span["start"], span["end"] = span["end"], span["start"]
    for cell in d["practice"]["model_days"][0]["cells"]:
        cell["start"], cell["end"] = cell["end"], cell["start"]


def all_day(d):
    d["practice"]["hours"] = [{"weekday": "mon", "start": "00:00", "end": "23:59"}]
    d["bookings"][0].update(start="23:39", date="2026-11-30")


def long_stages(d):
    stage = d["practice"]["procedures"][0]["stages"][0]
    stage["segments"] = [{"kind": "assistant", "minutes": 720}] * 40
    stage["turnover_minutes"] = 120


@pytest.mark.parametrize(
    "change", [empty_practice, far_dates, everything_reversed, all_day, long_stages, many_faults]
)
@pytest.mark.parametrize(
    "days",
    [
        None,
        Horizon(start=dt.date(2026, 11, 30), days=5),
        Horizon(start=dt.date.min, days=3),
        Horizon(start=dt.date(9999, 12, 20), days=3),
    ],
)
def test_nothing_is_raised(problem_with, change, days):
    found = problems_of(problem_with(change), days)
    assert found
    assert all(problem.cause and problem.remedy and problem.where for problem in found)


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00", "9999-12-31T23:59:59.999999"])
def test_any_now(problem_with, now, horizon):
    problem = problem_with(lambda d: d.update(as_of=now))
    problems_of(problem)
    problems_of(problem, horizon)


def test_words_of_the_practice_are_never_repeated(problem_with, horizon):
    """Titles, reasons and external values may hold names; messages hold ids only."""

    def change(d):
        many_faults(d)
        d["practice"]["closures"] = [{"date": "2026-12-02", "reason": "Wedding of Jane Doe"}]
        d["practice"]["procedures"][0]["title"] = "Jane Doe"
        d["visits"][0]["external"] = {"name": "Jane Doe"}
        d["policy"]["weights"][0]["reason"] = "Jane Doe says so"

    for problem in problems_of(problem_with(change), horizon):
        assert "Jane" not in str(problem)
