"""At checkout: the next visit is booked near its due date. The same rule in all policies.

Who books at once, and which time of day is asked for, hangs on the visit alone. The desk offers
the open date nearest to the due date, and of that date the start nearest to the wished time. It
keeps to the model day: weeks ahead, no cell is given to another class.
"""

import datetime as dt

import numpy as np

from engine.filling.occupancy import Occupancy
from engine.practice import Horizon, Problem, Visit
from engine.schedule import Placement
from engine.simulate.clinic import Booked, Clinic
from engine.simulate.own_cells import own_cells_only
from engine.units import to_minutes

_AFTER_SCHOOL_WISHED = 0.55
"""Share of the pupils who ask for a time after school."""


def book_at_checkout(clinic: Clinic, now: dt.datetime) -> None:
    """Give this week's patients their next times; who gets none is put on the list."""
    asking, clinic.to_book = clinic.to_book, []
    today, desk = now.date(), clinic.settings.desk
    booking: list[Visit] = []
    for visit in asking:
        soon = (visit.due - today).days <= desk.longest_lead_days
        at_once = clinic.streams.uniform("checkout", visit.id) < desk.checkout_share
        if soon and at_once:
            booking.append(visit)
        else:
            clinic.wait(visit)
    if not booking:
        return
    first = today + dt.timedelta(days=1)
    horizon = Horizon(start=first, days=desk.longest_lead_days + desk.later_days)
    occupancy = occupancy_of(clinic, horizon, now, booking, strict=True)
    for visit in booking:
        placed = _offer(clinic, occupancy, visit)
        if placed is None:
            clinic.wait(visit)
        else:
            occupancy.book(placed)
            clinic.enter(Booked(visit, placed, today, "checkout"))


def occupancy_of(
    clinic: Clinic, horizon: Horizon, now: dt.datetime, visits: list[Visit], *, strict: bool
) -> Occupancy:
    """The book of these dates, as it is seated, and visits that may be written into it.

    `strict`: every cell takes its own class alone.
    """
    entries = [entry for entry in clinic.book.values() if entry.placement.date in horizon]
    problem = Problem(
        as_of=now,
        practice=clinic.practice,
        visits=(*visits, *(entry.visit for entry in entries)),
        policy=clinic.problem.policy,
    )
    occupancy = Occupancy(own_cells_only(problem) if strict else problem, horizon)
    for entry in entries:
        occupancy.book(entry.placement)
    return occupancy


def _offer(clinic: Clinic, occupancy: Occupancy, visit: Visit) -> Placement | None:
    desk, wished = clinic.settings.desk, _wished_minute(clinic, visit)
    days = [
        visit.due + dt.timedelta(days=offset)
        for offset in range(-desk.earlier_days, desk.later_days + 1)
    ]
    for day in sorted(days, key=lambda day: (abs((day - visit.due).days), day)):
        if day not in occupancy.horizon:
            continue
        starts = occupancy.feasible_starts(visit, day)
        for index in np.argsort(np.abs(starts - wished), kind="stable"):
            placed = occupancy.place_at(visit, day, int(starts[index]))
            if placed is not None:
                return placed
    return None


def _wished_minute(clinic: Clinic, visit: Visit) -> float:
    after_school, when = clinic.streams.of("time of day", visit.id).random(2)
    if clinic.people[visit.patient].at_school and after_school < _AFTER_SCHOOL_WISHED:
        return float(to_minutes(clinic.practice.after_school))
    return 480.0 + 480.0 * float(when)
