"""Demand against capacity, and what the visits are like: figures printed with every sample."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.generate.capacity import Load, capacity_of, cell_minutes, inside, load_of
from engine.practice import ChairKind, Horizon, Problem, Visit
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
)
from engine.practice.pattern import pattern_of
from engine.units import merge, to_minutes


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One procedure class: visits, chair minutes with turnover, minutes of its own cells."""

    visits: int
    chair_minutes: int
    cell_minutes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All in minutes of the horizon; shares of one. `due_now`: may be given within the horizon."""

    visits: int
    due_now: int
    bookings: int
    booked_in_horizon: int
    demand: Load
    booked: Load
    capacity: Load
    classes: dict[str, ClassFigures]
    window_share: float
    together_share: float
    wish_share: float
    past_ecd_share: float
    reserved_share: float
    cells: int
    cells_by_model_day: dict[str, int]
    cell_classes: int


def summarise(problem: Problem, horizon: Horizon) -> Summary:
    """Figures of a problem over the horizon."""
    visits = problem.visits
    due_now = [v for v in visits if v.earliest is None or v.earliest < horizon.end]
    booked = [b.visit for b in problem.bookings if b.date in horizon]
    everybody = [*visits, *(booking.visit for booking in problem.bookings)]
    together = _together(everybody)
    wished = [v for v in visits if v.wishes or v.preferred_doctor or v.preferred_assistant]
    by_day = {model_day.id: len(model_day.cells) for model_day in problem.practice.model_days}
    return Summary(
        visits=len(visits),
        due_now=len(due_now),
        bookings=len(problem.bookings),
        booked_in_horizon=len(booked),
        demand=load_of(problem, due_now),
        booked=load_of(problem, booked),
        capacity=capacity_of(problem, horizon),
        classes=_classes(problem, horizon, [*due_now, *booked]),
        window_share=_share(sum(bool(v.availability) for v in visits), len(visits)),
        together_share=_share(sum(v.id in together for v in visits), len(visits)),
        wish_share=_share(len(wished), len(visits)),
        past_ecd_share=_past_ecd_share(problem.as_of.date(), everybody),
        reserved_share=_reserved_share(problem, horizon),
        cells=sum(by_day.values()),
        cells_by_model_day=by_day,
        cell_classes=len(
            {c.procedure_class for day in problem.practice.model_days for c in day.cells}
        ),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _together(visits: Iterable[Visit]) -> set[str]:
    """Ids of visits that come with a household or before or after another of the same patient."""
    found: set[str] = set()
    for visit in visits:
        if visit.household:
            found.add(visit.id)
        for follows in visit.follows:
            found |= {visit.id, follows.visit}
    return found


def _past_ecd_share(today: dt.date, visits: Iterable[Visit]) -> float:
    late = {v.patient: v.treatment.original_ecd < today for v in visits if v.treatment}
    return _share(sum(late.values()), len(late))


def _classes(problem: Problem, horizon: Horizon, visits: list[Visit]) -> dict[str, ClassFigures]:
    practice = problem.practice
    kinds = {chair.id: chair.kind for chair in practice.chairs}
    supply: Counter[str] = Counter()
    for day in horizon.dates:
        if model_day := model_day_on(practice, day):
            opened = open_intervals(practice, day)
            for (name, _), minutes in cell_minutes(model_day, opened, kinds).items():
                supply[name] += minutes
    count: Counter[str] = Counter()
    minutes_of: Counter[str] = Counter()
    for visit in visits:
        procedure = problem.procedures[visit.procedure]
        stages = pattern_of(procedure, visit.minutes, practice.grid_minutes)
        count[procedure.procedure_class] += 1
        minutes_of[procedure.procedure_class] += sum(
            stage.busy_until - stage.start for stage in stages if stage.chair_kind
        )
    names = sorted(set(supply) | set(count))
    return {name: ClassFigures(count[name], minutes_of[name], supply[name]) for name in names}


def _reserved_share(problem: Problem, horizon: Horizon) -> float:
    practice = problem.practice
    clinic = [chair for chair in practice.chairs if chair.kind is ChairKind.CLINIC]
    reserved = total = 0
    for day in horizon.dates:
        opened = open_intervals(practice, day)
        total += len(clinic) * sum(end - start for start, end in opened)
        model_day = model_day_on(practice, day)
        for chair in clinic if model_day else ():
            assert model_day is not None
            cells = [c for c in model_day.cells if chair.id in c.columns]
            kept = merge((to_minutes(c.start), to_minutes(c.end)) for c in cells)
            reserved += inside(kept, opened)
    return _share(reserved, total)
