"""The unplaced list: for each visit a code, what binds, its window and numbers, in a sentence."""

from dataclasses import dataclass

from engine.plot.names import day_text, short_day
from engine.practice import Problem, Visit
from engine.rules import RULES
from engine.schedule import Schedule, Unplaced
from engine.units import clock_text, to_minutes

_BINDING = {
    "chair_once": "chairs",
    "chair_kind": "chairs of the right kind",
    "cells": "cells of the model day",
    "quotas": "quota of the class",
    "staff_once": "staff with the role and skill",
    "doctor_once": "doctor time",
    "required_doctor": "the required doctor",
    "limits": "kits and machines",
    "opening_hours": "opening hours",
    "procedure_times": "times of day for the procedure",
    "supervision": "a doctor in the office",
    "due_window": "earliest and latest date",
    "availability": "the patient's available times",
    "readiness": "lab item or clearance",
    "patient_once": "another visit of the patient",
    "order": "the visit it follows",
    "book_kept": "the book",
}
"""What binds, by the rule that a reason code names."""
_SENTENCES = {rule.id: rule.sentence for rule in RULES}


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """One line of the list; `window` is the dates and times that the visit may have."""

    visit: str
    patient: str
    procedure: str
    minutes: int
    due: str
    window: str
    code: str
    binding: str
    sentence: str


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
    rule = one.reason.replace("-", "_")
    text = one.sentence or (
        f"{procedure.code} of {minutes} min, {window}, {_why(rule, one.reason)} between "
        f"{short_day(schedule.start)} and {short_day(schedule.horizon.dates[-1])}."
    )
    return UnplacedRow(
        visit.id,
        visit.patient,
        procedure.code,
        minutes,
        day_text(visit.due),
        window,
        one.reason,
        _BINDING.get(rule, "not named"),
        text,
    )


def _why(rule: str, reason: str) -> str:
    if reason == "displaced":
        return "had a booking and lost it, and found no other time"
    if rule in _SENTENCES:
        kept = _SENTENCES[rule].rstrip(".")
        return f"has no start that keeps the rule '{kept[0].lower()}{kept[1:]}'"
    return f"found no time (code {reason})"


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
