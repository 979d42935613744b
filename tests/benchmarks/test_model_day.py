"""The offices and the table of the benchmark of designs."""

import pytest

from benchmarks.model_day import Run, run_hand, table
from benchmarks.model_day_offices import office, practice_of
from engine.practice import ChairKind, Role
from engine.validation import problems_of


@pytest.mark.parametrize(("chairs", "doctors"), [(4, 1), (8, 2), (10, 2), (20, 4)])
def test_an_office_has_its_chairs_and_an_assistant_for_each_column(
    chairs: int, doctors: int
) -> None:
    problem = practice_of(chairs)
    clinic = [one for one in problem.practice.chairs if one.kind is ChairKind.CLINIC]
    assert len(clinic) == chairs
    assert sum(one.overflow for one in clinic) == doctors
    helpers = [one for one in problem.practice.staff if one.role is Role.ASSISTANT]
    assert len(helpers) == chairs - doctors
    refused = [one for one in problems_of(problem) if one.severity.value == "refused"]
    assert refused == []


def test_the_hand_makes_a_judged_day_of_the_smallest_office() -> None:
    run = run_hand(office(4), 0, 1.0, 1)
    assert run.judged
    assert run.conflicts == 0
    assert run.missed is not None
    assert 0 <= run.missed < run.places


def made(method: str, seed: int, **changes: object) -> Run:
    values: dict[str, object] = {
        "chairs": 4,
        "doctors": 1,
        "places": 30,
        "method": method,
        "seed": seed,
        "seconds": 2.0,
        "megabytes": 100.0,
        "columns": 10,
        "rows": 10,
        "objective": 200.0,
        "bound": None,
        "missed": 0,
        "conflicts": 0,
        "idle": 5,
        "waiting": 10,
        "cells": 20,
        "changes": 4,
        "judged": True,
    }
    return Run(**(values | changes))  # type: ignore[arg-type]


def test_gaps_are_measured_with_the_best_bound_of_all_methods() -> None:
    runs = [
        made("hand", 0, objective=400.0),
        made("engine", 0, bound=150.0),
        made("engine", 1, bound=180.0, objective=240.0),
        made("engine", 2, bound=160.0, objective=220.0),
    ]
    lines = table(runs)
    # 400 over 180 is 55 %; of 200, 240 and 220 over 180 the middle one is 40 / 220 = 18.2 %.
    assert "| hand | 0 | 55.0 | - |" in lines[2]
    # Own gaps: 25 %, 25 %, 60 / 220 = 27.3 %.
    assert "| engine | 0 | 18.2 | 25.0 |" in lines[3]


def test_a_day_that_was_refused_or_not_found_is_no_answer() -> None:
    runs = [made("highs", 0), made("highs", 1, judged=False, objective=None)]
    assert "| highs | 1 of 2 answered | - |" in table(runs)[2]
