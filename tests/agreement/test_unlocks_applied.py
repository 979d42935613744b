"""Unlocks are what their sentences say: made in the question by hand, they place those they name.

Random small days are filled by hand and explained. Every unlock that is told is read from its
sentence alone and made in the whole question, by code of this file. All that has a time is frozen,
but for the bookings that the unlock moves. Then all dates are solved to the optimum again.
"""

import datetime as dt
import random
import re

import pytest

from engine.explain.answers import Unlock, WhyReport
from engine.explain.explain import WhySettings, explain
from engine.filling.by_hand import fill_by_hand
from engine.practice import (
    Booking,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    DailyLimit,
    Horizon,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Problem,
    Quota,
    Role,
    Shift,
    StaffMember,
    Weekday,
)
from engine.practice.calendar import model_day_on
from engine.schedule import Schedule

SEEDS = range(1, 8)
DAYS = Horizon(start=dt.date(2026, 3, 3), days=2)
SHAPES = (
    # Clinic chairs, assistants, doctors; most of a quota; what is asked for; whether with a cell.
    ((1, 2, 2), 9, ("ADJ",), True),
    ((2, 1, 2), 2, ("ADJ", "ADJ", "LOOK"), False),
    ((3, 3, 1), 9, ("LOOK", "LOOK", "LOOK", "ADJ"), False),
    ((2, 2, 2), 2, ("SCAN", "SCAN", "ADJ"), False),
)
"""What is scarce: chairs, assistants, doctor time, the scanner."""
KINDS = {
    "any_time", "any_day", "ready", "release", "quota", "move", "kit", "staff", "chair", "doctor",
    "column",
}  # fmt: skip
WHEN = r"\w{3} (\d{4}-\d\d-\d\d)"
SPAN = r"(\d\d:\d\d)-(\d\d:\d\d)"


def small_days(tiny, seed: int) -> Problem:
    """Two short days with a quota and one scanner, some with a cell, and more who wait than fit.

    Everybody is due on the Tuesday, so that to stay without a time costs everybody the same.
    """
    draw = random.Random(seed)
    (clinic, assistants, doctors), most, asked, with_cell = SHAPES[seed % len(SHAPES)]
    early, late = tiny.window("08:00", "08:35"), tiny.window("08:15", "09:00")
    facts = (
        {},
        {},
        {"availability": (early,)},
        {"availability": (late,)},
        {"latest": tiny.monday},
        {"lab_ready": tiny.friday},
        {"availability": (tiny.window("12:00", "13:00"),)},
    )
    waiting = [tiny.visit(f"V{n}", draw.choice(asked), **draw.choice(facts)) for n in range(7)]
    booked = [
        tiny.booking(f"B{n}", at, None, "ADJ", date=day, movable=draw.random() < 0.7)
        for n, (at, day) in enumerate(
            (draw.choice(("08:00", "08:30", "08:35")), day)
            for day in (tiny.tuesday, tiny.wednesday)
        )
    ]
    days = (Weekday.TUE, Weekday.WED)
    cell = Cell(id="L", procedure_class="look", columns=("C1",), start="08:00", end="08:30")
    quota = Quota(procedure_class="adj", at_most=most)
    return tiny.problem(
        *booked,
        *waiting,
        clinic=clinic,
        assistants=assistants,
        doctors=doctors,
        hours=tuple(OpenHours(weekday=day, start="08:00", end="09:00") for day in days),
        procedures=(tiny.procedure("LOOK", "A5 D20"), tiny.procedure("SCAN", "A15")),
        limits=(DailyLimit(id="scanner", procedures=("SCAN",), at_once=1, per_day=1),),
        model_days=(ModelDay(id="M", title="m", cells=(cell,) * with_cell, quotas=(quota,)),),
        model_day_dates=tuple(ModelDayDate(model_day="M", weekday=day) for day in days),
    )


TOLD: dict[int, tuple[Problem, Schedule, WhyReport]] = {}
"""By seed: question, plan, and everything that is told of it; explained only once."""


@pytest.fixture
def told(tiny):
    def explained(seed: int) -> tuple[Problem, Schedule, WhyReport]:
        if seed not in TOLD:
            problem = small_days(tiny, seed)
            plan = fill_by_hand(problem, DAYS)
            report = explain(problem, plan, settings=WhySettings(unlocks=9, shared=9))
            TOLD[seed] = problem, plan, report
        return TOLD[seed]

    return explained


def frozen(problem: Problem, plan: Schedule, movable=()) -> Problem:
    """All that has a time is booked for it, and nobody waits."""
    bookings = tuple(
        Booking(
            visit=problem.all_visits[one.visit],
            date=one.date,
            start=one.start,
            chair=next(piece.chair for piece in one.segments if piece.chair is not None),
            movable=one.visit in movable,
        )
        for one in plan.placements
    )
    return problem.model_copy(update={"bookings": bookings, "visits": ()})


def made(problem: Problem, unlock: Unlock) -> Problem:
    """The question with the change that the sentence says."""
    for name in unlock.change.split("+"):
        problem = MAKE.get(name, lambda problem, unlock: problem)(problem, unlock)
    return problem


def read(pattern: str, unlock: Unlock) -> tuple[str, ...]:
    found = re.search(pattern, unlock.sentence)
    assert found is not None, unlock.sentence
    return found.groups()


def of_visits(**fields):
    def make(problem: Problem, unlock: Unlock) -> Problem:
        visits = tuple(one.model_copy(update=fields) for one in problem.visits)
        return problem.model_copy(update={"visits": visits})

    return make


def of_practice(problem: Problem, **fields) -> Problem:
    practice = problem.practice.model_copy(update=fields)
    return problem.model_copy(update={"practice": practice})


def with_model_day(problem: Problem, day: str, change) -> Problem:
    date = dt.date.fromisoformat(day)
    own = model_day_on(problem.practice, date).model_copy(update={"id": "own"})
    others = tuple(one for one in problem.practice.model_day_dates if one.date != date)
    return of_practice(
        problem,
        model_days=(*problem.practice.model_days, change(own)),
        model_day_dates=(*others, ModelDayDate(model_day="own", date=date)),
    )


def release(problem: Problem, unlock: Unlock) -> Problem:
    what, where, day = read(rf"let class (\w+) into (.*?) of {WHEN}", unlock)

    def named(cell: Cell) -> bool:
        text = f"the {cell.procedure_class} time {cell.start:%H:%M}-{cell.end:%H:%M}"
        return where == "every cell" or text in where

    def opened(own: ModelDay) -> ModelDay:
        cells = [
            cell.model_copy(update={"fallbacks": (*cell.fallbacks, what)}) if named(cell) else cell
            for cell in own.cells
        ]
        return own.model_copy(update={"cells": tuple(cells)})

    return with_model_day(problem, day, opened)


def quota(problem: Problem, unlock: Unlock) -> Problem:
    what, day = read(rf"take one more (\w+) on {WHEN}", unlock)

    def raised(own: ModelDay) -> ModelDay:
        quotas = [
            one.model_copy(update={"at_most": one.at_most + (one.procedure_class == what)})
            for one in own.quotas
        ]
        return own.model_copy(update={"quotas": tuple(quotas)})

    return with_model_day(problem, day, raised)


def kit(problem: Problem, unlock: Unlock) -> Problem:
    (what,) = read(r"have one more of (\w+)", unlock)
    limits = [
        one.model_copy(update={"per_day": one.per_day + 1, "at_once": one.at_once + 1})
        if one.id == what
        else one
        for one in problem.practice.limits
    ]
    return of_practice(problem, limits=tuple(limits))


def person(problem: Problem, unlock: Unlock) -> Problem:
    role, day, start, end = read(rf"one more ([a-z ]+?) {WHEN} {SPAN}", unlock)
    new = StaffMember(
        id="NEW",
        role=Role(role.replace(" ", "_")),
        shifts=(Shift(date=dt.date.fromisoformat(day), start=start, end=end),),
    )
    return of_practice(problem, staff=(*problem.practice.staff, new))


def chair(problem: Problem, unlock: Unlock) -> Problem:
    (kind,) = read(r"one more (\w+) chair", unlock)
    day, start, end = read(rf"{WHEN} {SPAN}", unlock)
    at = dt.date.fromisoformat(day)
    others = (ChairBlock(date=one) for one in DAYS.dates if one != at)
    around = (ChairBlock(date=at, end=start), ChairBlock(date=at, start=end))
    new = Chair(id="NEW", kind=ChairKind(kind), blocks=(*others, *around))
    return of_practice(problem, chairs=(*problem.practice.chairs, new))


MAKE = {
    "any_time": of_visits(availability=()),
    "any_day": of_visits(earliest=None, latest=None),
    "ready": of_visits(lab_ready=None),
    "release": release,
    "quota": quota,
    "kit": kit,
    "staff": person,
    "doctor": person,
    "chair": chair,
    "column": lambda problem, unlock: chair(person(problem, unlock), unlock),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unlock_places_its_visit_while_all_else_is_frozen(told, solve, seed):
    problem, plan, report = told(seed)
    for one in report.explanations:
        for unlock in one.unlocks:
            asked = frozen(problem, plan, unlock.moved)
            visits = (problem.all_visits[one.visit],)
            question = made(asked.model_copy(update={"visits": visits}), unlock)
            solved = solve(question, days=DAYS.days)  # it has asked the checker
            placed = solved.schedule.placement_of
            assert one.visit in placed, unlock.sentence
            assert solved.schedule.displaced == ()
            assert all(
                (placed[b.visit.id].date, placed[b.visit.id].start) == (b.date, b.start)
                for b in question.bookings
                if not b.movable
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_change_for_several_places_so_many_and_without_it_fewer(told, solve, seed):
    """`places 3 of 5 visits (1 of them without it, ...)`: 3 with it, 1 of that date without it."""
    problem, plan, report = told(seed)
    waiting = tuple(problem.all_visits[one.visit] for one in plan.unplaced)
    for unlock in report.unlocks:
        count, of = map(int, read(r"places (\d+) of (\d+) visits", unlock))
        assert (count, of) == (unlock.places, len(waiting))
        asked = frozen(problem, plan).model_copy(update={"visits": waiting})
        with_it = solve(made(asked, unlock), days=DAYS.days)
        assert len(waiting) - len(with_it.unplaced) >= count, unlock.sentence
        without = re.search(r"\((\d+) of them without it", unlock.sentence)
        (day,) = read(WHEN, unlock)
        alone = solve(asked, start=dt.date.fromisoformat(day))
        assert len(waiting) - len(alone.unplaced) == (int(without[1]) if without else 0)
        assert count > len(waiting) - len(alone.unplaced)


def test_every_kind_of_unlock_was_told(told):
    reports = [told(seed)[2] for seed in SEEDS]
    single = {u.change for r in reports for one in r.explanations for u in one.unlocks}
    several = {u.change for r in reports for u in r.unlocks}
    assert single >= KINDS
    assert several >= {"staff", "chair", "doctor", "column", "release"}
