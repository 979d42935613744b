"""After the treatment: retainer, checks ever further apart, discharge."""

import datetime as dt

from engine.practice import Visit
from engine.simulate.clinic import Clinic
from engine.simulate.make_visit import make_visit
from engine.simulate.patients import Person, Stage


def after_delivery(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """The retainer is there: the first check is next."""
    if person.stage is Stage.RETENTION:
        retention_check(clinic, person, day)


def after_retention(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """One check further."""
    if person.stage is Stage.RETENTION:
        person.retention_step += 1
        retention_check(clinic, person, day)


def retention_check(clinic: Clinic, person: Person, day: dt.date) -> None:
    """The next check, so long after the last visit as the checks lie apart; or discharge."""
    days = (0, *clinic.settings.patients.retention_days)
    step = person.retention_step
    if step + 1 >= len(days):
        person.enter(Stage.DISCHARGED, day)
        clinic.close_all(person.id)
        return
    due = day + dt.timedelta(days=days[step + 1] - days[step])
    clinic.at_desk(make_visit(clinic, person, "retention" if step < 2 else "late_retention", due))
