"""Why a visit has no time: the code of what stops it first."""

from collections import Counter

from engine.filling.occupancy import Occupancy
from engine.filling.visit_starts import lab_is_in
from engine.practice import Visit

_CODES = {
    "start_marks": "no-admissible-start",
    "opening_hours": "no-admissible-start",
    "procedure_times": "no-admissible-start",
    "before_closure": "no-admissible-start",
    "supervision": "no-admissible-start",
    "due_window": "window-too-narrow",
    "availability": "window-too-narrow",
    "order": "order-gap",
    "patient_once": "patient-elsewhere",
    "quotas": "quota-full",
    "limits": "limit-full",
    "chair_kind": "no-chair",
    "cells": "no-cell",
    "chair_once": "no-chair",
    "staff_once": "no-staff",
    "doctor_once": "no-doctor-time",
    "required_doctor": "no-doctor-time",
    "seating": "no-staff",
}
"""The code of a rule; readiness and order look at the visit as well."""

_ALWAYS = ("start_marks", "opening_hours", "procedure_times", "before_closure", "supervision")
_PATIENT = ("due_window", "readiness", "availability", "order")


def unplaced_reason(occupancy: Occupancy, visit: Visit) -> str:
    """The code for a visit that fits nowhere in the horizon as it is filled.

    If starts are left that suit practice and patient, the rule that forbids most of them; else
    what of the patient's own facts took the last start; else the practice has none at all.
    """
    taken: Counter[str] = Counter()
    for day in occupancy.horizon.dates:
        taken.update(occupancy.why_not(visit, day))
    filling = {rule: count for rule, count in taken.items() if rule not in _ALWAYS + _PATIENT}
    if filling:
        # The first of equals is the one asked first.
        rule = max(filling, key=lambda rule: filling[rule])
    else:
        asked = [rule for rule in _PATIENT if taken[rule]]
        rule = asked[-1] if asked else "opening_hours"
    return _code(occupancy, visit, rule)


def _code(occupancy: Occupancy, visit: Visit, rule: str) -> str:
    if rule == "readiness":
        last = occupancy.horizon.dates[-1]
        return "clearance-missing" if lab_is_in(visit, last) else "lab-not-ready"
    if rule == "order" and any(occupancy.seen(one.visit) is None for one in visit.follows):
        return "predecessor-unplaced"
    return _CODES[rule]
