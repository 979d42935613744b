"""The question of a week: what waits, what is booked, as the practice knows it on that Friday."""

import datetime as dt

from engine.practice import Booking, Horizon, Problem, Treatment, Visit
from engine.simulate.clinic import Clinic
from engine.simulate.in_treatment import SCAN_DAYS
from engine.simulate.patients import Person
from engine.simulate.steps import step_of


def week_question(clinic: Clinic, now: dt.datetime, horizon: Horizon) -> Problem:
    """Visits that may fall into the dates, and the bookings of these dates and patients.

    Visits stand in the order in which they came on the list. Bookings are frozen.
    """
    asked = [
        entry.visit
        for entry in clinic.waiting.values()
        if entry.visit.earliest is None or entry.visit.earliest < horizon.end
    ]
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
        visits=tuple(_as_known(clinic, visit, known, horizon.start) for visit in asked),
        bookings=tuple(
            Booking(
                visit=_as_known(clinic, entry.visit, known, horizon.start),
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


def _as_known(clinic: Clinic, visit: Visit, known: set[str], first: dt.date) -> Visit:
    """The visit with what has changed since it came up: attendance, treatment, links, latest."""
    person = clinic.people[visit.patient]
    latest = visit.latest if visit.latest is None or visit.latest >= first else None
    return visit.model_copy(
        update={
            "attendance": person.attendance,
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
