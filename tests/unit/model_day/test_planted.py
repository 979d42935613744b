"""Planted days: made by chance, known to be good, and then asked for.

The planter has arithmetic of its own and knows nothing of the model: visit by visit on each
column, cells from quarter hour to quarter hour, the doctor in one place. The model must hold such a
day (a rule that is too tight would refuse it), and no design may cost more.
"""

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from offices import fixture_goals
from short_office import places, short_office

from benchmarks.published_office import PATTERNS
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.decode import Values
from engine.model_day.design.design_day import day_model, name_day
from engine.model_day.design.known_day import solved_day
from engine.model_day.design.priced_rows import PricedRows
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.solve_job import DesignJob
from engine.practice import Problem
from engine.solver.solved import Limits

OPENS = 480
TIMES = {
    # Minutes, offset and length of the doctor's, float.
    "BOND": (75, 25, 20, 5),
    "DEB": (60, 15, 20, 5),
    "REP": (30, 10, 10, 5),
    "ADJ": (20, 5, 5, 5),
    "RET": (10, 0, 0, 0),
}
TURNOVER, LONG, MOST_LONG = 5, 40, 3


@dataclass(frozen=True)
class Plant:
    """A visit: its code, chair, start, and when its doctor time begins."""

    code: str
    chair: int
    start: int
    doctor: int


def meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def stays_good(planted: list[Plant], new: Plant) -> bool:
    """The doctor in one place, three long visits at once, starts apart by their doctor time."""
    length = TIMES[new.code][2]
    for one in planted:
        there = (one.doctor, one.doctor + TIMES[one.code][2])
        if length and TIMES[one.code][2] and meet(there, (new.doctor, new.doctor + length)):
            return False
        if one.code == new.code == "BOND" and abs(one.start - new.start) < 20:
            return False
    everybody = [*planted, new]
    long = [(p.start, p.start + TIMES[p.code][0]) for p in everybody if TIMES[p.code][0] >= LONG]
    return all(sum(s <= moment < e for s, e in long) <= MOST_LONG for moment, _ in long)


def plant(seed: int, chairs: int, minutes: int) -> list[Plant]:
    """A day of some visits in each column, with gaps by chance."""
    rng, planted = random.Random(seed), list[Plant]()
    for chair in range(chairs):
        free = OPENS
        for _ in range(12):
            code = rng.choice(sorted(TIMES))
            length, offset, _, late = TIMES[code]
            start = -(-free // 10) * 10 + 10 * rng.randrange(3)
            waits = rng.choice((0, late))
            new = Plant(code, chair, start, start + offset + waits)
            fits = start // 15 * 15 >= free and start + length <= OPENS + minutes
            if fits and stays_good(planted, new):
                planted.append(new)
                free = -(-(start + length + TURNOVER) // 15) * 15
    return planted


def as_values(model: DayModel, planted: list[Plant]) -> Values:
    """The planted day in the columns of the model, each visit a block of its own."""
    values = np.zeros(model.program.size, dtype=np.int64)
    for one in planted:
        length, offset, given, late = TIMES[one.code]
        (column,) = [
            column
            for block, column in model.blocks
            if block.slot.procedure.code == one.code and block.starts == (one.start,)
        ]
        values[column] += 1
        for (need, start, _), share in model.shares.items():
            if start == one.start and need[2] == length + TURNOVER:
                values[share] += 1
        if given:
            piece, nominal = (given, late, None), one.start + offset
            (crew,) = model.facts.doctors
            values[model.given[piece, one.doctor, crew]] += 1
            for minute in range(nominal, one.doctor, 5):
                values[model.waiting[piece, minute]] += 1
    return values


def planted_model(
    seed: int, chairs: int, minutes: int
) -> tuple[Problem, DayModel, list[Plant], Values]:
    problem, facts = short_office(chairs, minutes)
    planted = plant(seed, chairs, minutes)
    wanted = places(problem, **Counter(one.code for one in planted))
    model = day_model(facts, fixture_goals(most_long_at_once=MOST_LONG), wanted, DesignRules())
    values = as_values(model, planted)
    assert PricedRows(model).settle(values), "a hard row refuses a day that is good"
    return problem, model, planted, values


@pytest.mark.parametrize("seed", range(12))
def test_the_model_holds_a_planted_day_and_the_judge_accepts_it(seed: int) -> None:
    problem, model, planted, values = planted_model(seed, 2 + seed % 4, 150)
    assert len(planted) >= 5
    day = name_day(problem, model, solved_day(model, values, 0.0), 1, 0.0)
    assert day.missed == ()
    waits = sum(one.doctor - one.start - TIMES[one.code][1] for one in planted if one.code != "RET")
    assert {one.name: one.found for one in day.figures}["waiting"] == waits // 5
    made = Counter((one.procedure, one.segments[0].start) for one in day.planned)
    assert sum(made.values()) == len(planted)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 32))
def test_no_design_costs_more_than_the_planted_day(seed: int) -> None:
    problem, model, _, values = planted_model(seed, 2 + seed % 3, 120)
    limits = Limits(3600.0, 0.0, 1, seed, work=20.0)
    answer = DesignJob(model, limits).run(lambda _told: None)
    assert answer.objective is not None
    assert answer.bound is not None
    planted = model.program.objective_of(values)
    assert answer.bound <= planted
    # The first days and the solver's share find all places of so small a day.
    assert name_day(problem, model, answer, 1, 0.0).missed == ()
    assert answer.objective <= planted


def test_the_planter_knows_the_published_patterns() -> None:
    written = {
        "BOND": "A25-D20~5-A30",
        "DEB": "A15-D20~5-A25",
        "REP": "A10-D10~5-A10",
        "ADJ": "A5-D5~5-A10",
        "RET": "A10",
    }
    assert {code: pattern for code, (_, _, pattern) in PATTERNS.items()} == written
