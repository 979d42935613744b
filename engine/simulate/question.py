"""The question of a week: what waits, what is booked, as the practice knows it on that Friday."""

import datetime as dt

from engine.practice import Booking, Horizon, Problem, Treatment, Visit
from engine.simulate.clinic import Clinic
from engine.simulate.in_treatment import SCAN_DAYS
from engine.simulate.patients import Person
from engine.simulate.steps import step_of


def week_question(clinic: Clinic, now: dt.datetime, horizon: Horizon) -> Problem:
    """Visits that may fall into the dates, and the bookings of these dates and patients.

    Visits stand in the order in which they came on the list. Bookings are frozen. A visit that
    must follow one which is neither booked nor asked about waits for it.
    """
    asked = _in_order(
        clinic,
        [
            entry.visit
            for entry in clinic.waiting.values()
            if entry.visit.earliest is None or entry.visit.earliest < horizon.end
        ],
    )
    patients = {visit.patient for visit in asked}
    entries = [
        entry
        for entry in clinic.book.values()
        if entry.placement.date in horizon
        or (entry.placement.date >= horizon.start and entry.visit.patient in patients)
    ]
    known = {visit.id for visit in asked} | {entry.visit.id for entry in entries}
    return Problem(
        as_of=now,
        practice=clinic.practice,
        visits=tuple(_as_known(clinic, visit, known, now.date(), horizon.start) for visit in asked),
        bookings=tuple(
            Booking(
                visit=_as_known(clinic, entry.visit, known, now.date(), horizon.start),
                date=entry.placement.date,
                start=entry.placement.start,
                chair=next((s.chair for s in entry.placement.segments if s.chair), None),
                booked_on=entry.booked_on,
            )
            for entry in entries
        ),
        policy=clinic.problem.policy,
        no_show_model=clinic.problem.no_show_model,
        slot_prices=clinic.problem.slot_prices,
    )


def _in_order(clinic: Clinic, asked: list[Visit]) -> list[Visit]:
    """Without visits whose forerunner is still open and can get no time in these dates."""
    while True:
        timed = clinic.book.keys() | {visit.id for visit in asked}
        left = [
            visit
            for visit in asked
            if all(
                link.visit in timed or not clinic.is_open(visit.patient, link.visit)
                for link in visit.follows
            )
        ]
        if len(left) == len(asked):
            return left
        asked = left


def _as_known(
    clinic: Clinic, visit: Visit, known: set[str], today: dt.date, first: dt.date
) -> Visit:
    """The visit with what has changed since it came up: attendance, treatment, links, latest."""
    person = clinic.people[visit.patient]
    latest = visit.latest if visit.latest is None or visit.latest >= first else None
    return visit.model_copy(
        update={
            "attendance": person.attendance_on(today),
            "treatment": _treatment(clinic, person, visit),
            "follows": tuple(link for link in visit.follows if link.visit in known),
            "latest": latest,
        }
    )


def _treatment(clinic: Clinic, person: Person, visit: Visit) -> Treatment | None:
    """Visits of the treatment carry it; what breaks does not."""
    plan = person.plan
    if plan is None:
        return None
    step = step_of(clinic, visit)
    if step == "active":
        return plan.as_treatment(plan.visits_left, plan.interval_days)
    if step == "before_debond":
        return plan.as_treatment(2, SCAN_DAYS)
    return plan.as_treatment(1, plan.interval_days) if step == "debond" else None
