"""Tries a change: the part of the plan it touches is asked again, by the engine's own model."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.certificate.lacks import lacks_of
from engine.checker import check
from engine.explain.answers import Unlock
from engine.explain.changes import Change, placed_text, release_cells
from engine.explain.wording import joined, moment_text
from engine.filling.plan_as_book import part_of_plan, plan_as_book
from engine.practice import Horizon, Problem
from engine.practice.calendar import model_day_on
from engine.schedule import Placement, Schedule
from engine.solver.build_model import build_model
from engine.solver.inherited import locked_bookings
from engine.solver.model import Lack
from engine.solver.small_solve import solve_small
from engine.units import to_clock

WORK = 3.0
"""Solver work of one try, in units that are about seconds."""


@dataclass(frozen=True)
class Plan:
    """A question and the schedule that stands."""

    problem: Problem
    schedule: Schedule

    @cached_property
    def lacking(self) -> frozenset[Lack]:
        """What kept bookings go without already: that much, and no more, a try may leave as is."""
        return lacks_of(self.problem, self.schedule)


@dataclass(frozen=True, slots=True)
class Tried:
    """The part with the change; `question` is what was asked, `placed` those who waited before."""

    question: Problem
    schedule: Schedule
    placed: tuple[Placement, ...]
    moved: tuple[Placement, ...]

    def gives(self, visit: str) -> bool:
        """Whether the visit has got a time."""
        return any(one.visit == visit for one in self.placed)


def try_change(plan: Plan, change: Change, asked: Iterable[str], part: Horizon) -> Tried | None:
    """Ask the dates of `part` again with the change; None where no checked schedule is found.

    Everything else in the plan stands: only those who wait, and bookings that the change allows
    to move, may get a time. A schedule counts when the checker accepts it for the changed question.
    """
    booked = plan_as_book(plan.problem, plan.schedule, change.movable)
    policy = plan.problem.policy.model_copy(update={"max_moves": len(change.movable)})
    wanted = frozenset(asked)
    standing = part_of_plan(booked, plan.schedule.horizon, part, wanted, policy)
    question = change.apply(standing)
    locked = locked_bookings(question, part)
    lacking = frozenset(lack for lack in plan.lacking if lack[0] in question.booking_of)
    model = build_model(question, part, locked=locked, lacking=lacking)
    schedule = solve_small(model, WORK).schedule
    if schedule is None or not check(question, schedule).ok or schedule.displaced:
        return None
    book = question.booking_of
    return Tried(
        question,
        schedule,
        tuple(one for one in schedule.placements if one.visit not in book),
        tuple(
            one
            for one in schedule.placements
            if one.visit in book
            and (book[one.visit].date, book[one.visit].start) != (one.date, one.start)
        ),
    )


def fewest_cells(
    plan: Plan, change: Change, tried: Tried, asked: Iterable[str], part: Horizon
) -> tuple[Change, Tried]:
    """A release with only those cells that somebody was put into, tried again.

    As it was where that places fewer, and for any other change.
    """
    if change.name != "release":
        return change, tried
    used: set[str] = set()
    wanted: set[str] = set()
    model_day = model_day_on(plan.problem.practice, part.start)
    for placed in tried.placed:
        visit = tried.question.all_visits[placed.visit]
        wanted.add(tried.question.procedures[visit.procedure].procedure_class)
        for piece in placed.segments:
            for cell in model_day.cells if model_day is not None else ():
                inside = piece.start < cell.end and cell.start < piece.end
                if inside and piece.chair in cell.columns:
                    used.add(cell.id)
    if len(wanted) != 1:
        return change, tried
    narrow = release_cells(plan.problem, part.start, wanted.pop(), frozenset(used))
    again = None if narrow is None else try_change(plan, narrow, asked, part)
    if narrow is None or again is None or len(again.placed) < len(tried.placed):
        return change, tried
    return narrow, again


def unlock_of(change: Change, tried: Tried, asked: Collection[str], without: int = 0) -> Unlock:
    """What a change does, in a sentence. `without`: places that need no change."""
    helped = [one for one in tried.placed if one.visit in asked]
    times = tuple(dt.datetime.combine(one.date, one.start) for one in helped)
    text = f"{change.text} {placed_text(len(helped), len(asked))}"
    if len(asked) == 1:
        text += f" on {moment_text(times[0])}" if times else ""
    elif without:
        text += f" ({without} of them without it, where the date is filled again)"
    moves = [
        f"{one.visit} moves to {moment_text(dt.datetime.combine(one.date, one.start))}"
        for one in tried.moved
    ]
    if moves:
        text += f"; {joined(moves)}"
    return Unlock(
        change=change.name,
        sentence=text,
        places=len(helped),
        asked=len(asked),
        visits=tuple(one.visit for one in helped),
        times=times,
        date=change.date,
        start=None if change.span is None else to_clock(change.span[0]),
        end=None if change.span is None else to_clock(change.span[1]),
        minutes=change.minutes,
        moved=tuple(one.visit for one in tried.moved),
    )
