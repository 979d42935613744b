"""Patients in treatment of whose treatment neither the list nor the book knows any more.

Every other row of the ledger stands on a visit. Who has left without one is nowhere, and gets lost:
the history alone still knows them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from engine.kpi.next_appointments import is_to_come
from engine.practice import Outcome, PastVisit, Problem, Purpose, Visit

_AFTER_TREATMENT = (Purpose.DEBOND, Purpose.RETENTION)
_UNPLANNED = (Purpose.REPAIR, Purpose.EMERGENCY)


def in_treatment_by_history_only(
    problem: Problem, past: Iterable[PastVisit], with_row: Collection[str] = ()
) -> tuple[str, ...]:
    """Ids of patients who started, had no debond since, and have nothing open; in their order.

    Nothing open: no visit to place and no booking to come but for what has broken, and no row in
    the ledger (`with_row`). Retention tells of a debond that the history does not hold. Where the
    history knows nobody of list and book, it is not about these patients, and says nothing of them.
    """
    of_patient: dict[str, list[PastVisit]] = defaultdict(list)
    for visit in past:
        of_patient[visit.patient].append(visit)
    if not any(visit.patient in of_patient for visit in problem.all_visits.values()):
        return ()
    today = problem.as_of.date()
    still_open = (*problem.visits, *_booked_visits(problem))
    here = {one.patient for one in still_open if not _has_broken(problem, one)} | set(with_row)
    purposes = {one.code: one.purpose for one in problem.practice.procedures}
    return tuple(
        sorted(
            patient
            for patient, visits in of_patient.items()
            if patient not in here and _is_under_way(visits, purposes, today)
        )
    )


def _booked_visits(problem: Problem) -> Iterator[Visit]:
    return (one.visit for one in problem.bookings if is_to_come(problem, one))


def _has_broken(problem: Problem, visit: Visit) -> bool:
    return problem.procedures[visit.procedure].purpose in _UNPLANNED


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
