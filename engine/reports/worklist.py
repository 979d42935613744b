"""What the week begins with: treatments that end without a debond, patients who may get lost."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from engine.kpi.filled import Filled
from engine.kpi.next_appointments import coming
from engine.practice import Purpose, Treatment

NEAR_DAYS = 90
"""A debond is planned a quarter of a year ahead: about two visits at the usual interval, so that
scan, retainer and debond itself can still be booked before the date."""


class Reason(StrEnum):
    """Why a patient is on the worklist."""

    PAST_ECD = "past_ecd"
    """Past a completion date, and no debond has a time."""
    NEAR_ECD = "near_ecd"
    """Within `NEAR_DAYS` of a completion date, and no debond has a time."""
    WITHOUT_NEXT = "without_next"
    """In treatment without a coming appointment, neither booked nor placed by the schedule."""


def with_debond(filled: Filled) -> frozenset[str]:
    """Patients whose debond is booked, or placed by the schedule."""
    procedures = filled.problem.procedures
    return frozenset(
        visit.patient
        for visit, _ in coming(filled)
        if procedures[visit.procedure].purpose is Purpose.DEBOND
    )


def first_ecd(treatment: Treatment) -> date:
    """The earlier of the two dates: an estimate that was put off hides nobody."""
    return min(treatment.original_ecd, treatment.current_ecd)


def reasons_of(
    patient: str,
    treatment: Treatment,
    today: date,
    *,
    debonds: Collection[str],
    has_next: Collection[str],
) -> tuple[Reason, ...]:
    """Why the patient is on the worklist; empty if not. `debonds`, `has_next`: who has one."""
    reasons = []
    if patient not in debonds:
        days_left = (first_ecd(treatment) - today).days
        if days_left < 0:
            reasons.append(Reason.PAST_ECD)
        elif days_left <= NEAR_DAYS:
            reasons.append(Reason.NEAR_ECD)
    if patient not in has_next:
        reasons.append(Reason.WITHOUT_NEXT)
    return tuple(reasons)
