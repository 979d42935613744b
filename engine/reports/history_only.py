"""Patients in treatment of whom neither the list nor the book knows anything any more.

Every other row of the ledger stands on a visit. Who has left without one is nowhere, and gets lost:
the history alone still knows them.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from engine.practice import Outcome, PastVisit, Problem, Purpose

_AFTER_TREATMENT = (Purpose.DEBOND, Purpose.RETENTION)


def in_treatment_by_history_only(problem: Problem, past: Iterable[PastVisit]) -> tuple[str, ...]:
    """Ids of patients who started, had no debond since, and have nothing open; in their order.

    Nothing open: no visit to place and no booking from today on, of whatever kind. Retention tells
    of a debond that the history does not hold. Where the history knows nobody of list and book, it
    is not about these patients, and says nothing of them.
    """
    of_patient: dict[str, list[PastVisit]] = defaultdict(list)
    for visit in past:
        of_patient[visit.patient].append(visit)
    if not any(visit.patient in of_patient for visit in problem.all_visits.values()):
        return ()
    today = problem.as_of.date()
    here = {visit.patient for visit in problem.visits}
    here |= {one.visit.patient for one in problem.bookings if one.date >= today}
    purposes = {one.code: one.purpose for one in problem.practice.procedures}
    return tuple(
        sorted(
            patient
            for patient, visits in of_patient.items()
            if patient not in here and _is_under_way(visits, purposes, today)
        )
    )


def _is_under_way(visits: list[PastVisit], purposes: dict[str, Purpose], today: date) -> bool:
    """True where the last start has no debond after it."""
    kept = [
        (visit.date, visit.purpose or purposes.get(visit.procedure or ""))
        for visit in visits
        if visit.outcome is Outcome.KEPT and visit.date <= today
    ]
    starts = [day for day, purpose in kept if purpose is Purpose.START]
    starts += [one.started for one in visits if one.started is not None and one.started <= today]
    if not starts:
        return False
    return not any(day >= max(starts) for day, purpose in kept if purpose in _AFTER_TREATMENT)
