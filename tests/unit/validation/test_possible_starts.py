"""Where a visit alone could start: against the checker, which counts in its own way."""

import datetime as dt
import random
from itertools import pairwise, product

import pytest

from engine.checker import check
from engine.practice import Problem
from engine.schedule import PlacedSegment, Placement, Schedule
from engine.validation.minute_masks import fitting, longest_run, mask_of, starts_for
from engine.validation.possible_starts import HOURS, PossibleStarts

TUESDAY = dt.date(2026, 12, 1)
FIRST, LAST = 8 * 60, 11 * 60


def clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def span(rng: random.Random, shortest: int = 20) -> dict[str, str]:
    start = rng.randrange(FIRST, LAST - shortest, 5)
    end = rng.randrange(start + shortest, LAST + 5, 5)
    return {"start": f"{clock(start):%H:%M}", "end": f"{clock(end):%H:%M}"}


def random_problem(seed: int) -> Problem:
    """One visit, one Tuesday morning, everything uneven: A10 D5+late A10 in a clinic chair."""
    rng = random.Random(seed)
    doctors = [
        {"id": f"DR{n}", "role": "doctor", "shifts": [{"date": "2026-12-01", **span(rng, 60)}]}
        for n in (1, 2)
    ]
    assistants = [
        {
            "id": f"AS{n}",
            "role": "assistant",
            "skills": ["wire"] if rng.random() < 0.7 else [],
            "shifts": [{"date": "2026-12-01", **span(rng, 30)} for _ in range(2)],
        }
        for n in (1, 2)
    ]
    segments = [
        {"kind": "assistant", "minutes": 10},
        {"kind": "doctor", "minutes": 5, "float_minutes": rng.choice([0, 5, 10])},
        {"kind": "assistant", "minutes": 10},
    ]
    cells = [
        {"id": "K1", "procedure_class": rng.choice("ab"), "columns": ["C1"], **span(rng)},
        {"id": "K2", "procedure_class": rng.choice("ab"), "columns": ["C2"], **span(rng)},
    ]
    if rng.random() < 0.3:
        cells[0]["release"] = [{"days_before": rng.choice([3, 4, 5]), "accepts": ["*"]}]
    stage = {
        "chair_kind": "clinic",
        "role": "assistant",
        "skill": rng.choice([None, "wire"]),
        "segments": segments,
        "turnover_minutes": rng.choice([0, 5]),
    }
    visit = {"id": "V1", "patient": "P1", "procedure": "A", "due": "2026-12-01"}
    if rng.random() < 0.5:
        visit["availability"] = [span(rng, 30), span(rng, 30)]
    if rng.random() < 0.4:
        visit["required_doctor"] = "DR2"
    procedure = {
        "code": "A",
        "title": "",
        "procedure_class": "a",
        "purpose": "active",
        "stages": [stage],
        "supervision": rng.choice(["direct", "general"]),
    }
    if rng.random() < 0.5:
        binds = rng.choice(["start", "end", "whole"])
        procedure["allowed_times"] = [{**span(rng, 40), "binds": binds}]
    block = {"kind": rng.choice(["huddle", "training"]), "dates": ["2026-12-01"], **span(rng)}
    chairs = [
        {"id": "C1", "kind": "clinic", "blocks": [{"date": "2026-12-01", **span(rng)}]},
        {"id": "C2", "kind": "clinic", "overflow": rng.random() < 0.5},
        {"id": "X1", "kind": "exam"},
    ]
    return Problem.model_validate(
        {
            "as_of": "2026-11-27T12:00:00",
            "practice": {
                "id": "P1",
                "time_zone": "America/New_York",
                "hours": [{"weekday": "tue", **span(rng, 90)}],
                "chairs": chairs,
                "overflow_classes": rng.choice([[], ["a"]]),
                "staff": doctors + assistants,
                "staff_blocks": [block | {"staff": [rng.choice(["DR1", "AS1"])]}],
                "procedures": [procedure],
                "model_days": [{"id": "full", "title": "", "cells": cells}],
                "model_day_dates": [{"model_day": "full", "weekday": "tue"}],
            },
            "visits": [visit],
        }
    )


def accepted_starts(problem: Problem) -> set[int]:
    """Every start for which the checker takes some chair, assistant, doctor and float."""
    late = problem.practice.procedures[0].stages[0].segments[1].float_minutes
    starts = set()
    for start in range(FIRST, LAST, 5):
        choices = product(("C1", "C2"), ("AS1", "AS2"), ("DR1", "DR2"), range(0, late + 1, 5))
        for chair, staff, doctor, shift in choices:
            borders = (start, start + 10 + shift, start + 15 + shift, start + 25)
            pieces = tuple(
                PlacedSegment(
                    stage=0,
                    start=clock(begin),
                    end=clock(end),
                    chair=chair,
                    staff=staff,
                    doctor=doctor if index == 1 else None,
                    doctor_time=index == 1,
                )
                for index, (begin, end) in enumerate(pairwise(borders))
                if begin < end
            )
            placement = Placement(visit="V1", date=TUESDAY, segments=pieces)
            if check(problem, Schedule(start=TUESDAY, days=1, placements=(placement,))).ok:
                starts.add(start)
                break
    return starts


@pytest.mark.parametrize("seed", range(24))
def test_the_checker_accepts_exactly_these_starts(seed):
    problem = random_problem(seed)
    needs = PossibleStarts(problem).alone(problem.visits[0], TUESDAY, problem.as_of)
    together = needs[HOURS]
    for mask in needs.values():
        together &= mask
    found = {minute for minute in range(1440) if together >> minute & 1}
    assert found == accepted_starts(problem)


def test_some_of_these_problems_can_be_placed_and_some_cannot():
    placeable = []
    for seed in range(24):
        problem = random_problem(seed)
        needs = PossibleStarts(problem).alone(problem.visits[0], TUESDAY, problem.as_of)
        together = needs[HOURS]
        for mask in needs.values():
            together &= mask
        placeable.append(bool(together))
    assert 5 < sum(placeable) < 20


def test_masks_by_hand():
    mask = mask_of([(2, 5), (5, 7), (9, 8), (20, 22)])
    assert [m for m in range(30) if mask >> m & 1] == [2, 3, 4, 5, 6, 20, 21]
    assert longest_run(mask) == 5
    assert longest_run(0) == 0
    fits = fitting(mask, 4)  # 2-6 and 3-7
    assert [m for m in range(30) if fits >> m & 1] == [2, 3]
    starts = starts_for(mask, 1, 4)  # t + 1 .. t + 4 inside: t = 1, 2, 3
    assert [m for m in range(30) if starts >> m & 1] == [1, 2, 3]
    assert mask_of([(-5, 3)]) == 0b111
    assert mask_of([(1438, 2000)]) >> 1438 == 0b11


@pytest.mark.parametrize("length", range(1, 12))
def test_fitting_against_counting(length):
    rng = random.Random(length)
    mask = mask_of([(rng.randrange(60), rng.randrange(60)) for _ in range(4)])
    minutes = {m for m in range(60) if mask >> m & 1}
    expected = {m for m in range(60) if all(m + step in minutes for step in range(length))}
    assert {m for m in range(60) if fitting(mask, length) >> m & 1} == expected
