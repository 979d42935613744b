"""The unplaced list: for each visit a code, what binds, its window and numbers, in a sentence."""

from dataclasses import dataclass

from engine.plot.names import day_text, short_day
from engine.practice import Horizon, Problem, Visit
from engine.rules import RULES
from engine.schedule import Schedule, Unplaced
from engine.units import clock_text, to_minutes

_BINDING = {
    "no-admissible-start": "hours of the practice and of the procedure",
    "window-too-narrow": "dates and times of the patient",
    "lab-not-ready": "lab item",
    "clearance-missing": "clearance",
    "order-gap": "gap to the visit it follows",
    "predecessor-unplaced": "visit it follows, unplaced itself",
    "patient-elsewhere": "another visit of the patient",
    "quota-full": "quota of the class",
    "limit-full": "kits and machines",
    "no-chair": "chairs",
    "no-cell": "cells of the model day",
    "no-staff": "staff with the role and skill",
    "no-doctor-time": "doctor time",
    "displaced": "the booking was displaced",
}
"""What binds, by reason code; rule ids of the catalogue are understood too."""
_RULE_NAMES = {rule.id: rule.name for rule in RULES}


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """One line of the list; `window` is the dates and times that the visit may have.

    `not_yet`: its first possible date lies after these dates, so no schedule could have placed it.
    """

    visit: str
    patient: str
    procedure: str
    minutes: int
    due: str
    window: str
    code: str
    binding: str
    sentence: str
    not_yet: bool


def unplaced_rows(problem: Problem, schedule: Schedule) -> tuple[UnplacedRow, ...]:
    """Unplaced visits first, then displaced bookings; the longest due first."""
    missing = [*schedule.unplaced]
    missing += [Unplaced(visit=visit, reason="displaced") for visit in schedule.displaced]
    rows = [(problem.all_visits[one.visit], one) for one in missing]
    rows.sort(key=lambda row: (row[1].reason == "displaced", row[0].due, row[0].id))
    return tuple(_row(problem, schedule, visit, one) for visit, one in rows)


def _row(problem: Problem, schedule: Schedule, visit: Visit, one: Unplaced) -> UnplacedRow:
    procedure = problem.procedures[visit.procedure]
    minutes = visit.minutes or procedure.minutes
    window = window_text(visit)
    binding = _BINDING.get(one.reason) or _RULE_NAMES.get(one.reason, "not named")
    text = one.sentence or (
        f"{procedure.code} of {minutes} min, {window}: no start is left in these dates; "
        f"what binds: {binding}."
    )
    return UnplacedRow(
        visit.id,
        visit.patient,
        procedure.code,
        minutes,
        day_text(visit.due),
        window,
        one.reason,
        binding,
        text,
        not_yet(visit, schedule.horizon),
    )


def not_yet(visit: Visit, horizon: Horizon) -> bool:
    """True where earliest date, lab item or an expected clearance lie beyond the horizon."""
    last = horizon.dates[-1]
    expected = (one.expected for one in visit.clearances if not one.granted)
    return (
        (visit.earliest is not None and visit.earliest > last)
        or (visit.lab_ready is not None and visit.lab_ready >= last)
        or any(day is not None and day > last for day in expected)
    )


def window_text(visit: Visit) -> str:
    """`from Mon 12 Jan to Fri 16 Jan, mon tue 15:00–17:00`: dates and times that bind."""
    parts = []
    if visit.earliest is not None:
        parts.append(f"from {short_day(visit.earliest)}")
    if visit.latest is not None:
        parts.append(f"to {short_day(visit.latest)}")
    times = [
        " ".join(
            (
                *(day.value for day in window.weekdays),
                f"{clock_text(to_minutes(window.start))}–{clock_text(to_minutes(window.end))}",
            )
        )
        for window in visit.availability
    ]
    if times:
        parts.append("on " + " or ".join(times))
    return " ".join(parts) or "any date and time"
