"""Solves tiny problems to the proven optimum, with all rules or without one: fixture `solve`.

A *trap* is a day in which one rule alone stops a tempting schedule. It is solved twice: with the
rule the schedule is the one worked out on paper; without it the solver takes the bait, and the
checker names the rule. A rule that the model does not keep, or a checker that does not see it,
fails either half.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from engine.checker import check
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.practice.pattern import DoctorTime
from engine.practice.release import Acceptance
from engine.result import KpiValue, Status
from engine.schedule import Schedule
from engine.solver import build_model as entry
from engine.solver import items, kinds, pin, seating, starts
from engine.solver.arrays import restrict, to_arrays
from engine.solver.constraints import (
    chair_once,
    doctor_once,
    staff_once,
    start_marks,
)
from engine.solver.cp_sat import solve_program
from engine.solver.decode import decode
from engine.solver.incumbent import Incumbent, seats_only
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.model import Model
from engine.solver.solved import Limits, Solved
from engine.solver.verdict import Verdict

TUESDAY = dt.date(2026, 3, 3)
LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)


@dataclass(frozen=True)
class Solved:
    """The proven optimum of a tiny problem, its schedule, and what the judges say of it."""

    problem: Problem
    model: Model
    answer: Solved
    schedule: Schedule
    kpis: tuple[KpiValue, ...]

    @property
    def millipoints(self) -> int:
        """What the program says the schedule costs."""
        assert self.answer.objective is not None
        return round(self.answer.objective)

    @property
    def times(self) -> dict[str, str]:
        """`HH:MM` of every placed visit; `Wed 09:00` where it is not on the Tuesday."""
        return {
            placed.visit: ("" if placed.date == TUESDAY else f"{placed.date:%a} ")
            + f"{placed.start:%H:%M}"
            for placed in self.schedule.placements
        }

    @property
    def unplaced(self) -> list[str]:
        return [entry.visit for entry in self.schedule.unplaced]

    @property
    def broken(self) -> set[str]:
        """The rules that the checker sees broken."""
        return {violation.rule for violation in check(self.problem, self.schedule).violations}

    def quanta(self, kpi: str) -> int:
        return next(value.quanta for value in self.kpis if value.kpi == kpi)


class Solve:
    """Call it with a problem; `days` from `start` on (default: the Tuesday alone)."""

    def __call__(
        self,
        problem: Problem,
        *,
        without: str | None = None,
        start: dt.date = TUESDAY,
        days: int = 1,
    ) -> Solved:
        """With every rule the checker accepts the schedule and agrees on its price."""
        with dropped(without):
            model = self.model(problem, Horizon(start=start, days=days))
            answer = solve_program(model.program, LIMITS)
            assert answer.status is Status.OPTIMAL
            assert answer.values is not None
            decoded = decode(model, answer.values)
        assert decoded.schedule is not None, decoded.cuts
        kpis = measure(problem, decoded.schedule)
        solved = Solved(problem, model, answer, decoded.schedule, kpis)
        if without is None:
            report = check(problem, decoded.schedule)
            assert report.ok, [violation.sentence for violation in report.violations]
            assert solved.millipoints == round(objective_points(kpis) * 1000)
        return solved

    @staticmethod
    def model(problem: Problem, horizon: Horizon) -> Model:
        """The model as a fill builds it: bookings held to their chairs, lacks of the book found."""
        locked = locked_bookings(problem, horizon)
        lacking = lacking_resources(problem, horizon, locked)
        return entry.build_model(problem, horizon, locked=locked, lacking=lacking)

    @staticmethod
    def pinned(model: Model, schedule: Schedule, *, seats: bool = True) -> Solved:
        """The model with places and counts (and shares) as in the schedule; prices are free.

        `seats` False leaves the shares to the solver, as for the first schedule of a fill.
        """
        values = pin.values_of(model, schedule)
        arrays = to_arrays(model.program)
        free = seats_only(model)
        if seats:
            for use in model.uses.values():
                free[list(use.shares.values())] = False
            for kept in model.kept_starts.values():
                free[[start.column for start in kept]] = False
        small = restrict(arrays, free, values)
        answer = solve_program(small.program, LIMITS)
        if answer.values is not None:
            whole = values.copy()
            whole[free] = answer.values
            assert not arrays.violates(whole)
            assert arrays.value_of(whole) == answer.objective
            answer.values = whole
        return answer

    @staticmethod
    def book_seated(model: Model) -> npt.NDArray[np.int64]:
        """Values with every booking in its seats and nobody else anywhere."""
        values = Incumbent(model, lambda schedule, by, doubtful: Verdict.KEPT).places_of(None)
        small = restrict(to_arrays(model.program), seats_only(model), values)
        answer = solve_program(small.program, LIMITS)
        assert answer.values is not None
        values[small.columns] = answer.values
        return values


@contextmanager
def dropped(rule: str | None) -> Iterator[None]:
    """The solver without one rule, wherever it keeps it."""
    with pytest.MonkeyPatch.context() as patch:
        if rule is not None:
            _without_rows(patch, rule)
            _WITHOUT.get(rule, lambda _: None)(patch)
        yield


def _without_rows(patch: pytest.MonkeyPatch, rule: str) -> None:
    for module, name in ((entry, "ROW_RULES"), (starts, "START_RULES"), (items, "VISIT_RULES")):
        left = tuple(one for one in getattr(module, name) if one.__name__.split(".")[-1] != rule)
        patch.setattr(module, name, left)


def _any_offset(patch: pytest.MonkeyPatch) -> None:
    """The doctor may come at any of the first moments of the visit, whatever the float."""

    def anywhen(times: Iterable[DoctorTime], grid: int) -> tuple[tuple[int, ...], ...]:
        return tuple(product(*(range(0, 25, grid) for _ in times)))

    patch.setattr(kinds, "doctor_options", anywhen)


def _any_minute(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(start_marks, "start_minutes", lambda facts: tuple(range(480, 1020, 5)))


def _any_room(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        chair_once,
        "classes_for",
        lambda problem, facts, procedure_class, stage: facts.chairs.get(stage.chair_kind, ()),
    )


def _any_cell(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chair_once, "acceptance_of", lambda *_: Acceptance.OWN)


def _any_doctor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(items, "asked_doctors", lambda problem, item: ((None, False),))


def _pile_up(patch: pytest.MonkeyPatch) -> None:
    """Without capacity the first member of a class takes all that nobody else is free for."""
    color: Callable[..., None] = seating._color

    def pile(model: Model, place: tuple[str, int, int], group: list, seats: dict) -> None:
        try:
            color(model, place, group, seats)
        except seating.SeatingError:
            first = seating._members(model, *place)[0]
            seats.update({(need.visit, need.slot): first for need in group})

    patch.setattr(seating, "_color", pile)


def _any_chair(patch: pytest.MonkeyPatch) -> None:
    """Also a blocked one."""
    _pile_up(patch)

    def options(model, day, kind, minute, stage):
        return tuple((chairs.id, 0) for chairs in model.days[day].chairs[stage.chair_kind])

    patch.setattr(chair_once, "options", options)


def _anybody(patch: pytest.MonkeyPatch) -> None:
    """Also who is away or not skilled."""
    _pile_up(patch)

    def options(model, day, minute, stage):
        return tuple((people.id, 0) for people in model.days[day].staff.get(stage.role, ()))

    patch.setattr(staff_once, "options", options)


def _absent_doctors(patch: pytest.MonkeyPatch) -> None:
    """Also who is away, as long as it is the one asked for."""
    _pile_up(patch)

    def options(model, day, start, end, doctor):
        return tuple(
            (doctors.id, 0)
            for doctors in model.days[day].doctors
            if doctor is None or doctors.members == (doctor,)
        )

    patch.setattr(doctor_once, "options", options)


_WITHOUT: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "pattern": _any_offset,
    "start_marks": _any_minute,
    "chair_kind": _any_room,
    "cells": _any_cell,
    "chair_once": _any_chair,
    "staff_once": _anybody,
    "doctor_once": _absent_doctors,
    "required_doctor": _any_doctor,
}
"""Rules that are not (only) rows, and how the solver forgets them."""
