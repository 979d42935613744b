"""What is to be known about a placed visit at a glance: new, moved, locked, risky, past ECD."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.plot.names import short_day
from engine.practice import Problem, Visit
from engine.risk.treatment_time import days_past_ecd
from engine.schedule import Placement
from engine.units import clock_text, to_minutes

RISK_SHARE = 0.15
"""A visit more likely than this to be missed bears a mark: the front desk calls twice."""

NoShow = Callable[[str, date, int], float]
"""Probability of a miss: visit id, date, clock hour."""


class Standing(StrEnum):
    """How a placement relates to the book."""

    NEW = "new"
    MOVED = "moved"
    LOCKED = "locked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Sign:
    """A badge: its kind (for the colour), a letter or two, and the sentence behind it."""

    kind: str
    text: str
    sentence: str


def standing_of(problem: Problem, placement: Placement) -> Standing:
    """New for a visit that was not in the book; locked for a booking that may not move."""
    booking = problem.booking_of.get(placement.visit)
    if booking is None:
        return Standing.NEW
    if (booking.date, booking.start) != (placement.date, placement.start):
        return Standing.MOVED
    return Standing.KEPT if booking.movable and not booking.chair_locked else Standing.LOCKED


def weeks_past(problem: Problem, visit: Visit) -> float:
    """Weeks from the ECD that the policy counts by to now; 0 for a patient who is not past it."""
    if visit.treatment is None:
        return 0.0
    past = days_past_ecd(visit.treatment, problem.policy.ecd, problem.as_of.date())
    return max(0.0, past / 7)


def lacking(problem: Problem, placement: Placement) -> tuple[str, ...]:
    """What a kept booking goes without although it needs it: an inherited clash."""
    stages = problem.procedures[problem.all_visits[placement.visit].procedure].stages
    parts = [(stages[segment.stage], segment) for segment in placement.segments]
    found = (
        ("chair", any(stage.chair_kind and part.chair is None for stage, part in parts)),
        ("staff", any(stage.role and part.staff is None for stage, part in parts)),
        ("doctor", any(part.doctor_time and part.doctor is None for _, part in parts)),
    )
    return tuple(what for what, missing in found if missing)


def signs_of(problem: Problem, placement: Placement, no_show: NoShow | None) -> tuple[Sign, ...]:
    """The badges of a placement, the most important one first."""
    visit = problem.all_visits[placement.visit]
    signs = [Sign("clash", "!", f"goes without {what}") for what in lacking(problem, placement)]
    late = weeks_past(problem, visit)
    if late > 0:
        signs.append(Sign("past", "E", f"past ECD by {late:.1f} weeks"))
    chance = no_show(visit.id, placement.date, placement.start.hour) if no_show else 0.0
    if chance > RISK_SHARE:
        signs.append(Sign("risk", f"{chance:.0%}", f"{chance:.0%} likely to be missed"))
    standing = standing_of(problem, placement)
    if standing is Standing.NEW:
        signs.append(Sign("new", "N", "new time, proposed"))
    elif standing is Standing.MOVED:
        signs.append(Sign("moved", "M", f"moved, was {_old_time(problem, visit.id)}"))
    elif standing is Standing.LOCKED:
        signs.append(Sign("locked", "", "in the book, may not move"))
    return tuple(signs)


def _old_time(problem: Problem, visit_id: str) -> str:
    booking = problem.booking_of[visit_id]
    return f"{short_day(booking.date)} {clock_text(to_minutes(booking.start))}"
