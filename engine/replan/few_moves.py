"""Entry page: what a few moves of bookings would buy.

The plan is asked again twice, once with every booking where it is and once with at most so many
moves. What differs is what the moves buy; each of them is taken back on its own, to see what it is
for.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from engine.filling.fill import FillSettings, fill_days
from engine.filling.plan_as_book import all_waiting, may_move, plan_as_book
from engine.kpi import measure, objective_points
from engine.practice import Confirmation, Horizon, MoveCosts, Problem
from engine.replan.answers import Bought, Move, MovePlan
from engine.replan.take_back import take_back
from engine.result import KpiValue
from engine.schedule import Placement, Schedule
from engine.units import to_minutes
from engine.weights import MILLIPOINTS
from engine.yardsticks import move_count, prices_of

OVERDUE = {"late_weeks": 1.0, "overdue_days": 1 / 7}
"""Weeks in a unit of the figures that say how late patients are seen."""


USUAL_FILL = FillSettings(time_limit=20.0)


@dataclass(frozen=True, slots=True)
class MoveSettings:
    """At most `most` bookings move, none in the next `frozen_days`. `fill`: limits of a fill."""

    most: int = 3
    frozen_days: int = 1
    fill: FillSettings = USUAL_FILL


def few_moves(
    problem: Problem,
    horizon: Horizon,
    schedule: Schedule | None = None,
    settings: MoveSettings = MoveSettings(),
) -> MovePlan:
    """Fill the dates with at most so many moves, and say what they buy.

    With a `schedule` that stands, its placements are the book: proposals may move, bookings that
    it has moved stay. PracticeProblemsError as `fill_days`.
    """
    question = _question(problem, horizon, schedule, settings)
    asked = _with_moves(question, settings.most)
    standing = None if schedule is None else all_waiting(schedule)
    still = fill_days(_with_moves(question, 0), horizon, settings.fill, start=standing)
    # From the one without moves: with moves no schedule is worse than that.
    moved = fill_days(asked, horizon, settings.fill, start=still.schedule)
    best, kpis = moved.schedule, moved.kpis
    moves = () if best is None else tuple(_moves(asked, best))
    bought = tuple(_bought(still.kpis, kpis)) if still.kpis else ()
    return MovePlan(
        question=asked,
        schedule=best,
        moves=moves,
        bought=bought,
        overdue_weeks=round(sum(one.less * OVERDUE.get(one.kpi, 0.0) for one in bought), 3),
        points=round(objective_points(still.kpis) - objective_points(kpis), 3) if bought else 0.0,
    )


def _question(
    problem: Problem, horizon: Horizon, schedule: Schedule | None, settings: MoveSettings
) -> Problem:
    """The plan as the book, with moves priced, and those in the frozen zone frozen."""
    booked = problem
    if schedule is not None:
        booked = plan_as_book(problem, schedule, may_move(problem, schedule))
    until = problem.as_of.date() + dt.timedelta(days=settings.frozen_days)
    bookings = tuple(
        one.model_copy(update={"movable": False}) if one.date < until else one
        for one in booked.bookings
    )
    costs = booked.policy.move_costs or MoveCosts()
    policy = booked.policy.model_copy(update={"move_costs": costs})
    return booked.model_copy(update={"bookings": bookings, "policy": policy})


def _with_moves(question: Problem, most: int) -> Problem:
    policy = question.policy.model_copy(update={"max_moves": most})
    return question.model_copy(update={"policy": policy})


def _bought(before: Collection[KpiValue], after: Collection[KpiValue]) -> list[Bought]:
    """Figures that the moves change, but for the moves themselves."""
    return [
        Bought(kpi=old.kpi, unit=old.unit, less=round(old.value - new.value, 4))
        for old, new in zip(before, after, strict=True)
        if old.quanta != new.quanta and old.kpi != "moved_bookings"
    ]


def _moves(question: Problem, best: Schedule) -> list[Move]:
    """Each move with its price, and what is lost when it alone is taken back."""
    price = prices_of(question)["moved_bookings"]
    points = objective_points(measure(question, best))
    found = []
    for placed in best.placements:
        booked = question.booking_of.get(placed.visit)
        if booked is None or (booked.date, booked.start) == (placed.date, placed.start):
            continue
        counts = move_count(question, booked)
        back = take_back(question, best, placed)
        lost = None if back is None else objective_points(measure(question, back)) - points
        found.append(
            Move(
                visit=placed.visit,
                patient=booked.visit.patient,
                old=dt.datetime.combine(booked.date, booked.start),
                new=dt.datetime.combine(placed.date, placed.start),
                notice_days=(booked.date - question.as_of.date()).days,
                confirmed=booked.confirmation is Confirmation.CONFIRMED,
                counts=counts,
                points=counts * price / MILLIPOINTS,
                worth=None if lost is None else round(lost, 3),
                reason=_reason(question, best, back, placed),
            )
        )
    return found


def _reason(question: Problem, best: Schedule, back: Schedule | None, moved: Placement) -> str:
    """Who would be worse off without the move."""
    if back is None:
        return "without it no schedule was found"
    words = []
    for placed in best.placements:
        then = back.placement_of.get(placed.visit)
        here = dt.datetime.combine(placed.date, placed.start)
        if placed.visit == moved.visit:
            continue
        if then is None:
            words.append(f"{placed.visit} has a time ({here:%a %Y-%m-%d %H:%M})")
        elif (then.date, to_minutes(then.start)) != (placed.date, to_minutes(placed.start)):
            words.append(
                f"{placed.visit} comes {here:%a %Y-%m-%d %H:%M} and not "
                f"{dt.datetime.combine(then.date, then.start):%a %Y-%m-%d %H:%M}"
            )
    return "; ".join(words) or "its own visit is better there"
