"""One move of a plan taken back: the booking keeps its time, whoever took it is asked again."""

import datetime as dt

from engine.checker import check
from engine.filling.plan_as_book import as_booking, part_of_plan
from engine.practice import Booking, Horizon, Problem, Visit
from engine.replan.old_times import keeps_its_time
from engine.schedule import Placement, Schedule
from engine.solver.build_model import build_model
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.small_solve import solve_small
from engine.units import Interval, overlaps, to_minutes
from engine.yardsticks import stages_of

WORK = 2.0
"""Solver work, in units that are about seconds."""


def take_back(question: Problem, plan: Schedule, moved: Placement) -> Schedule | None:
    """The plan without one of its moves; all that has nothing to do with the old time stands.

    Whoever is at that time now is asked again, and whoever is at the old time of one of these. None
    where no checked schedule was found.
    """
    booking = question.booking_of[moved.visit]
    near = _near(question, plan, moved)
    book = question.booking_of
    dates = {booking.date, moved.date} | {one.date for one in plan.placements if one.visit in near}
    dates |= {book[name].date for name in near if name in book}
    dates &= set(plan.horizon.dates)
    part = Horizon(start=min(dates), days=(max(dates) - min(dates)).days + 1)
    standing = [
        _at_its_time(question, one)
        for one in plan.placements
        if one.visit not in near and one.visit != moved.visit
    ]
    standing.append(booking.model_copy(update={"movable": False, "chair": _chair(booking)}))
    standing += [book[name] for name in near if name in book]
    here = {one.visit for one in plan.placements}
    standing += [
        one
        for one in question.bookings
        if one.visit.id not in here and one.visit.id not in plan.displaced
    ]
    waiting = [visit for visit in question.visits if visit.id in near or visit.id not in here]
    free = question.policy.model_copy(update={"max_moves": None})
    booked = question.model_copy(update={"bookings": tuple(standing), "visits": tuple(waiting)})
    asked = part_of_plan(booked, plan.horizon, part, [visit.id for visit in waiting], free)
    locked = locked_bookings(asked, part)
    lacking = lacking_resources(asked, part, locked)
    if lacking is None:
        return None
    model = build_model(asked, part, locked=locked, lacking=lacking)
    found = solve_small(model, WORK).schedule
    if found is None:
        return None
    others = tuple(one for one in plan.placements if one.date not in part)
    placements = (*others, *found.placements)
    placed = {one.visit for one in placements}
    gone = {one.visit: one for one in (*plan.unplaced, *found.unplaced)}
    whole = plan.model_copy(
        update={
            "placements": placements,
            "displaced": tuple(sorted({*plan.displaced, *found.displaced} - placed)),
            "unplaced": tuple(one for name, one in gone.items() if name not in placed),
            "inherited": (),
        }
    )
    return whole if check(question, whole).ok else None


def _near(question: Problem, plan: Schedule, moved: Placement) -> set[str]:
    """Who is in the way of the old time, and of the old times of those who would go back."""
    near: set[str] = set()
    back = [moved]
    while back:
        gone = back.pop()
        for one in plan.placements:
            if one.visit in near or one.visit == moved.visit:
                continue
            if _in_the_way(question, one, gone):
                near.add(one.visit)
                if one.visit in question.booking_of:
                    back.append(one)
    return near


def _at_its_time(question: Problem, placed: Placement) -> Booking:
    """A placement that keeps its time. A booking that was not frozen in its chair may change it;
    whoever is new at a time stays in the plan's chair, which suits its class."""
    booking = as_booking(question, placed, movable=False)
    own = question.booking_of.get(placed.visit)
    if own is not None and own.movable and keeps_its_time(own, placed):
        return booking.model_copy(update={"chair": _chair(booking)})
    return booking


def _chair(booking: Booking) -> str | None:
    return booking.chair if booking.chair_locked else None


def _in_the_way(question: Problem, placed: Placement, moved: Placement) -> bool:
    """New in the plan, and at the time that the moved booking had."""
    booking = question.booking_of[moved.visit]
    own = question.booking_of.get(placed.visit)
    if placed.date != booking.date:
        return False
    if own is not None and (own.date, own.start) == (placed.date, placed.start):
        return False
    visit = question.all_visits[placed.visit]
    return overlaps(
        _busy(question, visit, placed.start), _busy(question, booking.visit, booking.start)
    )


def _busy(question: Problem, visit: Visit, start: dt.time) -> Interval:
    begin = to_minutes(start)
    return begin, begin + max(stage.busy_until for stage in stages_of(question, visit))
