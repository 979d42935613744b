"""Families that have to come more than once."""

from collections.abc import Collection

from engine.kpi.filled import Filled, span
from engine.schedule import Schedule


def quanta(filled: Filled) -> int:
    """Households of at least two visits that are not seen together.

    A household of frozen bookings only is not counted: nothing can be done about it.
    """
    members: dict[str, list[str]] = {}
    changeable: set[str] = set()
    for visit in filled.problem.visits_for(filled.schedule.horizon):
        if visit.household is not None:
            members.setdefault(visit.household, []).append(visit.id)
            changeable.add(visit.household)
    for booking in filled.booked:
        household = booking.visit.household
        if household is not None:
            members.setdefault(household, []).append(booking.visit.id)
            if booking.movable:
                changeable.add(household)
    return sum(
        not are_together(filled.schedule, ids, filled.problem.policy.together_minutes)
        for household, ids in members.items()
        if len(ids) >= 2 and household in changeable
    )


def are_together(schedule: Schedule, ids: Collection[str], within: int) -> bool:
    """Whether all are placed on one date, with starts at most so many minutes apart."""
    placed = [schedule.placement_of.get(visit) for visit in ids]
    times = [(one.date, span(one)[0]) for one in placed if one is not None]
    if len(times) < len(ids) or len({day for day, _ in times}) > 1:
        return False
    starts = [start for _, start in times]
    return max(starts) - min(starts) <= within
