"""Families that came together by the old schedule, and do not by the new one."""

import datetime as dt

from engine.kpi.households_apart import are_together
from engine.practice import Problem
from engine.practice.base import ClockTime, Frozen
from engine.schedule import Schedule


class Member(Frozen):
    """A visit of the family with its new time; None: it has no time any more."""

    visit: str
    date: dt.date | None
    start: ClockTime | None


class Parted(Frozen):
    """A household whose visits are no longer seen together."""

    household: str
    members: tuple[Member, ...]


def parted_households(problem: Problem, old: Schedule, new: Schedule) -> tuple[Parted, ...]:
    """Those of at least two visits with a time in the old schedule, in the order of its visits."""
    families: dict[str, list[str]] = {}
    for placed in old.placements:
        household = problem.all_visits[placed.visit].household
        if household is not None:
            families.setdefault(household, []).append(placed.visit)
    within = problem.policy.together_minutes
    return tuple(
        Parted(
            household=household,
            members=tuple(_member(visit, new) for visit in visits),
        )
        for household, visits in families.items()
        if len(visits) >= 2
        and are_together(old, visits, within)
        and not are_together(new, visits, within)
    )


def _member(visit: str, schedule: Schedule) -> Member:
    placed = schedule.placement_of.get(visit)
    if placed is None:
        return Member(visit=visit, date=None, start=None)
    return Member(visit=visit, date=placed.date, start=placed.start)
