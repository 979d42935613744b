"""Real counts from the book: what the treatments under way will ask for within a year.

By the visits that remain, never by the completion date, which hides every treatment that runs over.
"""

from dataclasses import dataclass

from engine.practice import Problem, Treatment

DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class KnownTreatments:
    """Treatments under way, their adjustments of the next year, and how many end in it."""

    patients: float
    adjustments_a_year: float
    endings_a_year: float


def known_treatments(problem: Problem, share: float = 1.0) -> KnownTreatments:
    """Of all patients on the lists and in the book; `share`: of them, so many are counted.

    A patient's last visit is the debond, the others are adjustments an interval apart.
    """
    treatments: dict[str, Treatment] = {}
    for visit in problem.all_visits.values():
        own, known = visit.treatment, treatments.get(visit.patient)
        if own is not None and (known is None or own.remaining_visits > known.remaining_visits):
            treatments[visit.patient] = own
    every = treatments.values()
    return KnownTreatments(
        patients=share * len(treatments),
        adjustments_a_year=share
        * sum(min(one.remaining_visits - 1, DAYS_A_YEAR / one.interval_days) for one in every),
        endings_a_year=share
        * sum(one.remaining_visits * one.interval_days <= DAYS_A_YEAR for one in every),
    )
