"""Before the treatment: exam, yes or no, observation, records, start to come."""

import datetime as dt

from engine.practice import Follows, Visit
from engine.simulate.clinic import Clinic
from engine.simulate.log import Waited
from engine.simulate.make_visit import make_visit
from engine.simulate.patients import Person, Stage
from engine.simulate.plans import is_aligner_case
from engine.simulate.steps import step_of

_START_DAYS = 7
"""A start within 7 days of yes (R. Levin, 'Managing the Treatment Process from Start to Finish',
Orthodontic Products, April 2012)."""
_RECORDS_DAYS = 3


def after_exam(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Observation, a start, or goodbye: drawn for each patient once.

    A given book can hold an exam of somebody who is further on; that changes nothing.
    """
    if person.stage is not Stage.NEW:
        return
    called = person.called_on or visit.requested_on or visit.due
    clinic.log.waited.append(Waited(day, person.id, "exam", (day - called).days))
    habits = clinic.settings.patients
    seen, accepts = clinic.streams.of("decision", person.id).random(2)
    if seen < habits.observation_share:
        person.enter(Stage.OBSERVATION, day)
        clinic.close_all(person.id)
        _observe_again(clinic, person, day)
    elif accepts < habits.acceptance:
        agree(clinic, person, day)
    else:
        person.enter(Stage.DECLINED, day)
        clinic.close_all(person.id)


def agree(clinic: Clinic, person: Person, day: dt.date) -> None:
    """The patient says yes: records where they are not taken at the exam, and the start."""
    person.enter(Stage.ACCEPTED, day)
    person.agreed_on = day
    open_now = clinic.open_visits(person.id)
    records = next((v for v in open_now if step_of(clinic, v) == "records"), None)
    at_exam = (
        clinic.streams.uniform("records", person.id) < clinic.settings.patients.records_at_exam
    )
    if records is None and not at_exam:
        records = make_visit(clinic, person, "records", day + dt.timedelta(days=_RECORDS_DAYS))
        if records is not None:
            clinic.wait(records)
    _want_start(clinic, person, day, records)


def _want_start(clinic: Clinic, person: Person, day: dt.date, records: Visit | None) -> None:
    if any(step_of(clinic, v) == "start" for v in clinic.open_visits(person.id)):
        return
    aligners = is_aligner_case(clinic, person.id)
    follows = () if records is None else (Follows(visit=records.id, min_days=1),)
    start = make_visit(
        clinic,
        person,
        "start_aligners" if aligners else "start_braces",
        day + dt.timedelta(days=_START_DAYS),
        earliest=day,
        requested_on=day,
        follows=follows,
    )
    if start is not None:
        clinic.wait(start)


def after_records(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Records alone bring up the start, where it is not on the list yet."""
    if person.stage is Stage.ACCEPTED:
        person.agreed_on = person.agreed_on or day
        _want_start(clinic, person, day, None)


def after_observation(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """A start, goodbye, or another look in half a year."""
    habits = clinic.settings.patients
    drawn = clinic.streams.uniform("observed", visit.id)
    if drawn < habits.observation_starts:
        agree(clinic, person, day)
    elif drawn < habits.observation_starts + habits.observation_leaves:
        person.enter(Stage.DECLINED, day)
        clinic.close_all(person.id)
    else:
        _observe_again(clinic, person, day)


def _observe_again(clinic: Clinic, person: Person, day: dt.date) -> None:
    due = day + dt.timedelta(days=clinic.settings.patients.observation_days)
    clinic.at_desk(make_visit(clinic, person, "observation", due))
