"""Comfort visits: whoever calls about a poking wire is squeezed in today, in all policies alike."""

import datetime as dt

from engine.practice import Horizon, Visit
from engine.practice.calendar import is_open
from engine.simulate.checkout import occupancy_of
from engine.simulate.clinic import Booked, Clinic


def squeeze_in(clinic: Clinic, day: dt.date) -> None:
    """Give waiting comfort visits the first start of the day that is free; the rest wait on."""
    if not is_open(clinic.practice, day):
        return
    calling = [visit for visit in _comfort_visits(clinic) if _can_come(visit, day)]
    if not calling:
        return
    midnight = dt.datetime.combine(day, dt.time(0))
    occupancy = occupancy_of(clinic, Horizon(start=day, days=1), midnight, calling, strict=False)
    for visit in calling:
        starts = occupancy.feasible_starts(visit, day)
        placed = occupancy.place_at(visit, day, int(starts[0])) if len(starts) else None
        if placed is not None:
            occupancy.book(placed)
            attempt = clinic.waiting[visit.id].attempt
            clinic.enter(Booked(visit, placed, day, "desk", attempt))


def _comfort_visits(clinic: Clinic) -> list[Visit]:
    codes = {code for code, _ in clinic.steps["comfort"]}
    return [entry.visit for entry in clinic.waiting.values() if entry.visit.procedure in codes]


def _can_come(visit: Visit, day: dt.date) -> bool:
    return visit.earliest is None or visit.earliest <= day
