"""A patient whom the practice has not seen yet: hidden frailty, and an account that fits it."""

from engine.practice import Account, AgeBand, Attendance
from engine.simulate.behaviour import frailty_of
from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Stage
from engine.simulate.streams import Streams

_OVERDUE_HAZARD, _COLLECTIONS = 0.07, 0.25


def new_person(clinic: Clinic, patient: str, stage: Stage, age: AgeBand) -> Person:
    """Added to the people of the clinic."""
    habits = clinic.settings.patients
    frailty = frailty_of(
        clinic.streams, patient, Attendance(), habits.frailty_shape, habits.miss_rate
    )
    account = account_of(clinic.streams, patient, frailty)
    person = Person(patient, stage, frailty, age, account)
    clinic.people[patient] = person
    return person


def account_of(streams: Streams, patient: str, frailty: float) -> Account:
    """Standing of the account: unreliable patients pay late more often."""
    overdue, worse = streams.of("account", patient).random(2)
    if overdue >= min(0.6, _OVERDUE_HAZARD * frailty):
        return Account.NEUTRAL
    return Account.COLLECTIONS if worse < _COLLECTIONS else Account.OVERDUE
