"""What comes from outside, week by week: new callers, and what breaks. The same in all policies."""

import datetime as dt
import math

from engine.practice import AgeBand
from engine.practice.calendar import is_open
from engine.simulate.clinic import Clinic
from engine.simulate.make_visit import make_visit
from engine.simulate.new_person import new_person
from engine.simulate.patients import Person, Stage

_AGES = (
    (AgeBand.UNDER_12, 0.25),
    (AgeBand.AGE_12_17, 0.45),
    (AgeBand.AGE_18_30, 0.12),
    (AgeBand.OVER_30, 0.18),
)
_REPAIR_DAYS = 3


def new_callers(clinic: Clinic, week: int, monday: dt.date) -> dict[dt.date, list[str]]:
    """How many call in a week (Poisson) and on which date: ids by date of the call."""
    days = open_dates(clinic, monday)
    calls: dict[dt.date, list[str]] = {day: [] for day in days}
    rng = clinic.streams.of("arrivals", week)
    count = int(rng.poisson(clinic.settings.patients.new_a_week)) if days else 0
    for number, when in enumerate(rng.random(count)):
        calls[days[int(when * len(days))]].append(f"new-{week:03d}-{number:02d}")
    return calls


def take_call(clinic: Clinic, patient: str, day: dt.date) -> None:
    """A new patient asks for an exam."""
    age = clinic.streams.pick(_AGES, "age", patient)
    person = new_person(clinic, patient, Stage.NEW, age)
    person.called_on = day
    person.enter(Stage.NEW, day)
    clinic.log.arrivals.append((day, patient))
    exam = make_visit(clinic, person, "exam", day + dt.timedelta(days=7), requested_on=day)
    if exam is not None:
        clinic.wait(exam)


def breakages(clinic: Clinic, week: int, monday: dt.date) -> dict[dt.date, list[tuple[str, str]]]:
    """What breaks in a week on patients in braces: by date, patient and kind of visit."""
    days = open_dates(clinic, monday)
    found: dict[dt.date, list[tuple[str, str]]] = {day: [] for day in days}
    for person in clinic.people.values():
        if person.stage is Stage.ACTIVE and person.plan is not None and not person.plan.aligners:
            broken = broken_in(clinic, person, week)
            if broken is not None and days:
                when, kind = broken
                found[days[int(when * len(days))]].append((person.id, kind))
    return found


def broken_in(clinic: Clinic, person: Person, week: int) -> tuple[float, str] | None:
    """When in the week something breaks, and what it needs; None in most weeks.

    Careless patients break more: the rate goes with the root of the hidden frailty.
    """
    habits = clinic.settings.patients
    breaks, when, kind = clinic.streams.of("breakage", person.id, week).random(3)
    expected = habits.breakages_a_week * person.frailty**0.5
    if breaks >= -math.expm1(-expected):
        return None
    return float(when), "comfort" if kind < habits.comfort_share else "repair"


def break_something(clinic: Clinic, patient: str, kind: str, week: int, day: dt.date) -> None:
    """The patient calls about it: comfort visits go to the desk, repairs on the list."""
    person = clinic.people[patient]
    if person.stage is not Stage.ACTIVE:
        return
    clinic.log.breakages.append((patient, week, kind))
    wait = 0 if kind == "comfort" else _REPAIR_DAYS
    due = day + dt.timedelta(days=wait)
    visit = make_visit(clinic, person, kind, due, visit_id=f"{patient}-B{week:03d}")
    if visit is not None:
        clinic.wait(visit)


def open_dates(clinic: Clinic, monday: dt.date) -> list[dt.date]:
    """The open dates of a week."""
    days = [monday + dt.timedelta(days=offset) for offset in range(7)]
    return [day for day in days if is_open(clinic.practice, day)]
