"""In treatment: start, adjustments, repairs, scan, debond."""

import datetime as dt

from engine.practice import Visit
from engine.simulate.after_treatment import retention_check
from engine.simulate.clinic import Clinic
from engine.simulate.log import Completed, Waited
from engine.simulate.make_visit import active_step, make_visit
from engine.simulate.patients import Person, Stage
from engine.simulate.plans import draw_plan
from engine.simulate.steps import step_of

SCAN_DAYS = 10
"""The scan lies so long before the debond: five working days at the lab and some room."""
_LAB_DAYS = 7
_DELIVERY_DAYS = 5


def after_start(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """The treatment begins, with a plan of its own; a second arch later on changes no plan."""
    if person.plan is not None and person.stage is Stage.ACTIVE:
        next_in_treatment(clinic, person, day)
        return
    agreed = person.agreed_on or visit.requested_on or day
    clinic.log.waited.append(Waited(day, person.id, "start", (day - agreed).days))
    person.enter(Stage.ACTIVE, day)
    person.plan = draw_plan(clinic, person, day)
    next_in_treatment(clinic, person, day)


def after_active(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """One visit less to go."""
    if person.plan is not None and person.stage is Stage.ACTIVE:
        person.plan.visits_left = max(1, person.plan.visits_left - 1)
        next_in_treatment(clinic, person, day)


def next_in_treatment(clinic: Clinic, person: Person, day: dt.date) -> None:
    """The next adjustment, or the scan once only the debond is left; nothing twice."""
    plan = person.plan
    assert plan is not None
    steps = {step_of(clinic, visit) for visit in clinic.open_visits(person.id)}
    if steps & {"active", "before_debond", "debond"}:
        return
    due = day + dt.timedelta(days=plan.interval_days)
    if plan.visits_left > 1:
        treatment = plan.as_treatment(plan.visits_left, plan.interval_days)
        clinic.at_desk(make_visit(clinic, person, active_step(plan), due, treatment=treatment))
        return
    scan_due = due - dt.timedelta(days=SCAN_DAYS)
    treatment = plan.as_treatment(2, SCAN_DAYS)
    scan = make_visit(clinic, person, "before_debond", scan_due, treatment=treatment)
    clinic.at_desk(scan or _debond(clinic, person, due, None))


def _debond(clinic: Clinic, person: Person, due: dt.date, earliest: dt.date | None) -> Visit | None:
    assert person.plan is not None
    treatment = person.plan.as_treatment(1, person.plan.interval_days)
    return make_visit(clinic, person, "debond", due, treatment=treatment, earliest=earliest)


def after_scan(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """The debond is next, once the lab has had its week."""
    if person.plan is None:
        return
    person.plan.visits_left = 1
    if not any(step_of(clinic, v) == "debond" for v in clinic.open_visits(person.id)):
        earliest = day + dt.timedelta(days=_LAB_DAYS)
        clinic.at_desk(_debond(clinic, person, day + dt.timedelta(days=SCAN_DAYS), earliest))


def after_debond(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """The treatment is over: it is logged, and retention begins."""
    plan = person.plan
    if plan is not None:
        clinic.log.completed.append(
            Completed(day, person.id, plan.started, plan.original_ecd, plan.current_ecd)
        )
    person.enter(Stage.RETENTION, day)
    person.retention_step = 0
    delivery = tuple(v for v in clinic.open_visits(person.id) if step_of(clinic, v) == "delivery")
    clinic.close_all(person.id, but=delivery)
    if delivery:
        return
    delivers = {code for code, _ in clinic.steps["debond_delivers"]}
    due = day + dt.timedelta(days=_DELIVERY_DAYS)
    coming = (
        None
        if visit.procedure in delivers
        else make_visit(clinic, person, "delivery", due, earliest=day)
    )
    if coming is None:
        retention_check(clinic, person, day)
    clinic.at_desk(coming)


def after_repair(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Some repairs use up what a visit should have done: one more is needed."""
    if any(code == visit.procedure for code, _ in clinic.steps["comfort"]):
        return
    share = clinic.settings.patients.repair_adds_visit
    if person.plan is not None and clinic.streams.uniform("one more", visit.id) < share:
        person.plan.visits_left += 1
