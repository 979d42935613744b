"""Which classes a cell accepts on a date, seen from now."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from engine.practice.model_days import ANY_CLASS, Cell, ReleaseStep
from engine.practice.policy import Policy


class Acceptance(StrEnum):
    """Why a cell takes a class."""

    OWN = "own"
    FALLBACK = "fallback"
    RELEASED = "released"


def ladder_of(cell: Cell, policy: Policy) -> tuple[ReleaseStep, ...]:
    """The cell's own release ladder, else the one of its class."""
    if cell.release is not None:
        return cell.release
    for entry in policy.release:
        if entry.procedure_class == cell.procedure_class:
            return entry.steps
    return ()


def moment_of(step: ReleaseStep, day: date) -> datetime:
    """When a step comes into force for a date: D-2 at 15:00 means from that minute on."""
    return datetime.combine(day - timedelta(days=step.days_before), step.at or time(0, 0))


def has_come(step: ReleaseStep, day: date, as_of: datetime) -> bool:
    """True once the step is in force."""
    return as_of >= moment_of(step, day)


def names_class(step: ReleaseStep, procedure_class: str) -> bool:
    """True where the step opens its cell to the class."""
    return procedure_class in step.accepts or ANY_CLASS in step.accepts


def opens_at(cell: Cell, procedure_class: str, day: date, policy: Policy) -> datetime | None:
    """From when on the ladder opens the cell of that date to a class; None where it never does."""
    steps = (step for step in ladder_of(cell, policy) if names_class(step, procedure_class))
    return min((moment_of(step, day) for step in steps), default=None)


def acceptance(
    cell: Cell, procedure_class: str, day: date, as_of: datetime, policy: Policy
) -> Acceptance | None:
    """How the cell of that date takes the class now; None where it does not."""
    if procedure_class == cell.procedure_class:
        return Acceptance.OWN
    if procedure_class in cell.fallbacks:
        return Acceptance.FALLBACK
    for step in ladder_of(cell, policy):
        if names_class(step, procedure_class) and has_come(step, day, as_of):
            return Acceptance.RELEASED
    return None
