"""What follows a kept visit: the way of a patient from the exam to the last retention check.

Exam -> observation, start or goodbye; records -> start; start -> adjustments -> scan -> debond ->
delivery -> retention checks -> discharge. Visits due within ten weeks are asked for at checkout;
the rest, and whatever begins a treatment, goes on the list.
"""

import datetime as dt

from engine.practice import Visit
from engine.simulate.after_treatment import after_delivery, after_retention
from engine.simulate.before_treatment import after_exam, after_observation, after_records
from engine.simulate.clinic import Clinic
from engine.simulate.in_treatment import (
    after_active,
    after_debond,
    after_repair,
    after_scan,
    after_start,
)
from engine.simulate.patients import Person
from engine.simulate.steps import step_of

_FOLLOWING = {
    "exam": after_exam,
    "records": after_records,
    "start": after_start,
    "active": after_active,
    "before_debond": after_scan,
    "debond": after_debond,
    "delivery": after_delivery,
    "retention": after_retention,
    "observation": after_observation,
    "repair": after_repair,
}


def after_kept(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Close the visit, move the patient on, and bring up what comes next."""
    clinic.close(visit.id, person.id)
    _FOLLOWING[step_of(clinic, visit)](clinic, person, visit, day)
