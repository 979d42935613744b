"""The catalogue of hard rules: one line each, in a practice owner's words.

A rule has the same file name in `engine/checker/`, `engine/solver/constraints/` and
`tests/rules/`; `tests/test_architecture.py` names what is missing. `stage` says where the solver
keeps it: `columns` (a start that breaks it is never offered), `rows` (a constraint over counts),
`seating` (who sits where).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule: id (= file name), short name, where the solver keeps it, sentence, source."""

    id: str
    name: str
    stage: Literal["columns", "rows", "seating"]
    sentence: str
    source: str


_PRACTICE = "common practice of orthodontic offices"

RULES: tuple[Rule, ...] = (
    Rule(
        "complete",
        "Every visit accounted for",
        "rows",
        "Every visit has one time or stands on the unplaced list, never both, and every booking "
        "of these dates is in the schedule, moved if it may move, or displaced.",
        _PRACTICE,
    ),
    Rule(
        "pattern",
        "The visit is given as its procedure says",
        "columns",
        "A visit has its procedure's stages and doctor time in their order and length; the "
        "doctor comes no later than the float allows.",
        "K. Alexander, 'On-Time Doctor-Time Scheduling', alexanderandsons.consulting",
    ),
    Rule(
        "start_marks",
        "Starts on the practice's marks",
        "columns",
        "Patients are given times on the practice's marks (every 5, 10 or 15 minutes).",
        _PRACTICE,
    ),
    Rule(
        "opening_hours",
        "Patients only in opening hours",
        "columns",
        "A visit begins and ends inside the patient hours of an open day.",
        _PRACTICE,
    ),
    Rule(
        "procedure_times",
        "Procedures at their times of day",
        "columns",
        "A procedure is given only at the times of day the practice allows for it.",
        "Carestream OrthoTrac manual, appointment types: allowed start and end times",
    ),
    Rule(
        "before_closure",
        "Nothing delicate before a closure",
        "columns",
        "Procedures that may need a repair soon are not given in the last days before a closure.",
        _PRACTICE,
    ),
    Rule(
        "supervision",
        "A doctor is in the office",
        "columns",
        "What needs direct supervision is done only while a doctor is in the office.",
        "California Business and Professions Code section 1750.3; COMAR 10.44.01.01",
    ),
    Rule(
        "due_window",
        "Not before the earliest, not after the latest date",
        "columns",
        "A visit lies between its earliest and its latest date, and not before now.",
        _PRACTICE,
    ),
    Rule(
        "availability",
        "When the patient can come",
        "columns",
        "A visit lies wholly inside one of the patient's available times, if any are given.",
        _PRACTICE,
    ),
    Rule(
        "readiness",
        "Lab item in house, clearances given",
        "columns",
        "A visit waits until the day after its lab item arrives and until its financial, "
        "consent and referral clearances are there.",
        "Orthodontic Products, 'Do You Need a Clinical Coordinator?', November 2007",
    ),
    Rule(
        "chair_kind",
        "The right kind of room",
        "columns",
        "Each stage is in a chair of its kind; an overflow chair takes its classes only.",
        _PRACTICE,
    ),
    Rule(
        "chair_once",
        "One patient in a chair",
        "rows",
        "A chair holds one patient at a time, turnover included, and none while it is blocked.",
        "R. Trosien, 'Scheduling Software', Orthodontic Products, November 2010",
    ),
    Rule(
        "cells",
        "Visits sit in cells of the model day",
        "rows",
        "A visit lies in time that the model day keeps for its class, released or listed as "
        "fallback for it, or keeps for nobody.",
        "Carestream OrthoTrac manual, pre-blocks",
    ),
    Rule(
        "quotas",
        "No more of a class than the model day takes",
        "rows",
        "A day takes at most as many visits of a class as its model day says.",
        "Carestream OrthoTrac manual, pre-blocks",
    ),
    Rule(
        "staff_once",
        "Everyone in one place, on shift, and skilled",
        "rows",
        "Each stage has one person of its role and skill, on shift and not at lunch or in a "
        "meeting, who serves nobody else until the turnover is done.",
        "K. Alexander, Orthotown magazine, article 4711 (title not verified)",
    ),
    Rule(
        "doctor_once",
        "The doctor is never in two places",
        "rows",
        "Doctor time is given by one doctor on shift, one patient at a time (or, by units, at "
        "most so many minutes in a slot).",
        "K. Alexander, Orthotown magazine, article 4711 (title not verified); Carestream OrthoTrac "
        "manual, "
        "doctor units per time slot",
    ),
    Rule(
        "required_doctor",
        "The doctor the patient must see",
        "rows",
        "Where a doctor is required, that doctor gives all of the doctor time.",
        _PRACTICE,
    ),
    Rule(
        "limits",
        "Kits and machines",
        "rows",
        "No more visits of limited procedures a day, or at once, than kits and machines allow.",
        _PRACTICE,
    ),
    Rule(
        "patient_once",
        "A patient is in one place",
        "rows",
        "Two visits of one patient never overlap.",
        _PRACTICE,
    ),
    Rule(
        "order",
        "One visit after another",
        "rows",
        "A visit that follows another comes after it, with the gap that biology or the lab "
        "needs, and not without it.",
        "Renick Orthodontics, debonding appointment (scan in the week before; retainer the same "
        "afternoon)",
    ),
    Rule(
        "book_kept",
        "The book is kept",
        "rows",
        "Frozen bookings stay where they are, at most the allowed number of movable ones move, "
        "and where the book already clashes no new visit makes it worse.",
        _PRACTICE,
    ),
)

RULE_IDS: tuple[str, ...] = tuple(rule.id for rule in RULES)
