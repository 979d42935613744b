"""Patients whom no list of visits shows: retention and observation, due after the book."""

import datetime as dt

from engine.practice import AgeBand
from engine.simulate.clinic import Clinic
from engine.simulate.make_visit import make_visit
from engine.simulate.new_person import new_person
from engine.simulate.patients import Stage

_BOOK_WEEKS = 10
_PUPILS = (AgeBand.AGE_12_17, AgeBand.UNDER_12)


def add_sleepers(clinic: Clinic, today: dt.date) -> None:
    """Patients of retention and observation who are due after the book, one a week and kind."""
    for stage, step, weeks in (
        (Stage.OBSERVATION, "observation", clinic.settings.patients.observation_days // 7),
        (Stage.RETENTION, "late_retention", 52),
    ):
        known = [
            person
            for person in clinic.people.values()
            if person.stage is stage and (stage is Stage.OBSERVATION or person.retention_step >= 2)
        ]
        a_week = len(known) / _BOOK_WEEKS
        for number in range(round(a_week * max(0, weeks - _BOOK_WEEKS))):
            _add_sleeper(clinic, stage, step, number, today, weeks)


def _add_sleeper(
    clinic: Clinic, stage: Stage, step: str, number: int, today: dt.date, weeks: int
) -> None:
    name = f"{stage}-{number:04d}"
    age, when, check = clinic.streams.of("sleeper", name).random(3)
    person = new_person(clinic, name, stage, _PUPILS[int(age < 0.5)])
    person.retention_step = 3 + int(2 * check) if stage is Stage.RETENTION else 0
    person.history.append((today, stage))
    days = 7 * _BOOK_WEEKS + int(when * 7 * (weeks - _BOOK_WEEKS))
    visit = make_visit(clinic, person, step, today + dt.timedelta(days=days))
    if visit is not None:
        clinic.wait(visit)
