"""What the list of rows that need attention says: faults of the rows, and clashes of the book."""

import re
from collections.abc import Iterable

from engine.checker import Violation
from engine.problems import PracticeProblem, Severity

_SAID_BY = {
    "chair_once": {"book-chair-twice"},
    "doctor_once": {"book-doctor-twice", "booking-outside-shift"},
    "staff_once": {"book-short-of-staff", "booking-outside-shift"},
    "patient_once": {"book-patient-twice"},
    "opening_hours": {"booking-outside-hours", "booking-closed-date"},
    "procedure_times": {"booking-outside-times"},
    "supervision": {"booking-unsupervised"},
    "chair_kind": {"booking-wrong-chair-kind", "booking-in-overflow"},
    "start_marks": {"booking-off-grid"},
    "order": {"book-order-broken"},
}
"""Rules of the checker, and the faults of rows that say the same with file and row."""


def attention_list(
    problems: Iterable[PracticeProblem], inherited: Iterable[Violation]
) -> tuple[PracticeProblem, ...]:
    """Every fault, and every inherited clash that none of them has told already."""
    told = tuple(problems)
    return (*told, *(_as_problem(clash) for clash in inherited if not _is_told(clash, told)))


def _is_told(clash: Violation, told: tuple[PracticeProblem, ...]) -> bool:
    """True where a fault of the same kind names all its bookings."""
    codes = _SAID_BY.get(clash.rule, set())
    return any(
        one.code in codes and set(clash.visits) <= _words(f"{one.where} {one.cause}")
        for one in told
    )


def _words(text: str) -> set[str]:
    return set(re.split(r"[\s'(),;]+", text))


def _as_problem(clash: Violation) -> PracticeProblem:
    alone = len(clash.visits) == 1
    return PracticeProblem(
        f"inherited-{clash.rule.replace('_', '-')}",
        " ".join(("booking", *clash.visits)),
        clash.sentence,
        f"move {'it' if alone else 'one of them'} by hand, or allow it to move",
        Severity.KEPT,
    )
