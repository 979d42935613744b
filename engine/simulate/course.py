"""What follows a kept visit: the way of a patient from the exam to the last retention check.

Exam -> observation, start or goodbye; records -> start; start -> adjustments -> scan -> debond ->
delivery -> retention checks -> discharge. Visits due within ten weeks are asked for at checkout;
the rest, and whatever begins a treatment, goes on the list.
"""

import datetime as dt

from engine.practice import Follows, Purpose, Visit
from engine.simulate.clinic import Clinic
from engine.simulate.log import Completed, Waited
from engine.simulate.make_visit import active_step, make_visit
from engine.simulate.patients import Person, Stage
from engine.simulate.plans import draw_plan

SCAN_DAYS = 10
"""The scan lies so long before the debond: five working days at the lab and some room."""
_DELIVERY_DAYS = 5
_START_DAYS = 7
"""A start within 7 days of yes (R. Levin, Orthodontic Products, April 2012)."""

_STEP_OF_PURPOSE = {
    Purpose.EXAM: "exam",
    Purpose.RECORDS: "records",
    Purpose.CONFERENCE: "records",
    Purpose.START: "start",
    Purpose.ACTIVE: "active",
    Purpose.REPAIR: "repair",
    Purpose.EMERGENCY: "repair",
    Purpose.DEBOND: "debond",
    Purpose.RETENTION: "retention",
    Purpose.OBSERVATION: "observation",
}
_OWN = ("before_debond", "delivery")
"""Steps that the purpose alone does not tell."""


def step_of(clinic: Clinic, visit: Visit) -> str:
    """The step of the care path that a visit is."""
    for step in _OWN:
        if any(code == visit.procedure for code, _ in clinic.steps[step]):
            return step
    return _STEP_OF_PURPOSE[clinic.purpose(visit)]


def after_kept(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Close the visit, move the patient on, and bring up what comes next."""
    clinic.close(visit.id, person.id)
    _FOLLOWING[step_of(clinic, visit)](clinic, person, visit, day)


def _after_exam(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    called = person.called_on or visit.requested_on or visit.due
    clinic.log.waited.append(Waited(day, person.id, "exam", (day - called).days))
    habits = clinic.settings.patients
    seen, accepts = clinic.streams.of("decision", person.id).random(2)
    if seen < habits.observation_share:
        person.enter(Stage.OBSERVATION, day)
        _drop_open(clinic, person)
        _observe_again(clinic, person, day)
    elif accepts < habits.acceptance:
        agree(clinic, person, day)
    else:
        person.enter(Stage.DECLINED, day)
        _drop_open(clinic, person)


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
        records = make_visit(clinic, person, "records", day + dt.timedelta(days=3))
        if records is not None:
            clinic.wait(records)
    _want_start(clinic, person, day, records)


def _want_start(clinic: Clinic, person: Person, day: dt.date, records: Visit | None) -> None:
    if any(step_of(clinic, v) == "start" for v in clinic.open_visits(person.id)):
        return
    aligners = is_aligner_case(clinic, person)
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


def is_aligner_case(clinic: Clinic, person: Person) -> bool:
    """Drawn for each patient once."""
    return clinic.streams.uniform("aligners", person.id) < clinic.settings.patients.aligner_share


def _after_records(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    if person.stage is Stage.ACCEPTED:
        person.agreed_on = person.agreed_on or day
        _want_start(clinic, person, day, None)


def _after_start(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    agreed = person.agreed_on or visit.requested_on or day
    clinic.log.waited.append(Waited(day, person.id, "start", (day - agreed).days))
    person.enter(Stage.ACTIVE, day)
    person.plan = draw_plan(clinic, person, day)
    next_in_treatment(clinic, person, day)


def _after_active(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
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
        _ask(clinic, make_visit(clinic, person, active_step(plan), due, treatment=treatment))
        return
    scan_due = due - dt.timedelta(days=SCAN_DAYS)
    treatment = plan.as_treatment(2, SCAN_DAYS)
    scan = make_visit(clinic, person, "before_debond", scan_due, treatment=treatment)
    _ask(clinic, scan or _debond(clinic, person, due, None))


def _debond(clinic: Clinic, person: Person, due: dt.date, earliest: dt.date | None) -> Visit | None:
    assert person.plan is not None
    treatment = person.plan.as_treatment(1, person.plan.interval_days)
    return make_visit(clinic, person, "debond", due, treatment=treatment, earliest=earliest)


def _after_scan(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    if person.plan is None:
        return
    person.plan.visits_left = 1
    if not any(step_of(clinic, v) == "debond" for v in clinic.open_visits(person.id)):
        earliest = day + dt.timedelta(days=7)
        _ask(clinic, _debond(clinic, person, day + dt.timedelta(days=SCAN_DAYS), earliest))


def _after_debond(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    plan = person.plan
    if plan is not None:
        clinic.log.completed.append(
            Completed(day, person.id, plan.started, plan.original_ecd, plan.current_ecd)
        )
    person.enter(Stage.RETENTION, day)
    person.retention_step = 0
    delivered = [v for v in clinic.open_visits(person.id) if step_of(clinic, v) == "delivery"]
    _drop_open(clinic, person, but=delivered)
    long_ones = sorted(clinic.steps["debond"], key=lambda item: _minutes(clinic, item[0]))
    with_delivery = len(long_ones) > 1 and visit.procedure == long_ones[-1][0]
    if not delivered and not with_delivery:
        due = day + dt.timedelta(days=_DELIVERY_DAYS)
        delivery = make_visit(clinic, person, "delivery", due, earliest=day)
        if delivery is not None:
            clinic.at_desk(delivery)
            return
    if not delivered:
        retention_check(clinic, person, day)


def _minutes(clinic: Clinic, code: str) -> int:
    return clinic.problem.procedures[code].minutes


def _after_delivery(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    if person.stage is Stage.RETENTION:
        retention_check(clinic, person, day)


def _after_retention(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    if person.stage is Stage.RETENTION:
        person.retention_step += 1
        retention_check(clinic, person, day)


def retention_check(clinic: Clinic, person: Person, day: dt.date) -> None:
    """The next check, so long after the last visit as the checks lie apart; or discharge."""
    days = (0, *clinic.settings.patients.retention_days)
    step = person.retention_step
    if step + 1 >= len(days):
        person.enter(Stage.DISCHARGED, day)
        _drop_open(clinic, person)
        return
    due = day + dt.timedelta(days=days[step + 1] - days[step])
    _ask(clinic, make_visit(clinic, person, "retention" if step < 2 else "late_retention", due))


def _after_observation(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    habits = clinic.settings.patients
    drawn = clinic.streams.uniform("observed", visit.id)
    if drawn < habits.observation_starts:
        agree(clinic, person, day)
    elif drawn < habits.observation_starts + habits.observation_leaves:
        person.enter(Stage.DECLINED, day)
        _drop_open(clinic, person)
    else:
        _observe_again(clinic, person, day)


def _observe_again(clinic: Clinic, person: Person, day: dt.date) -> None:
    due = day + dt.timedelta(days=clinic.settings.patients.observation_days)
    _ask(clinic, make_visit(clinic, person, "observation", due))


def _after_repair(clinic: Clinic, person: Person, visit: Visit, day: dt.date) -> None:
    """Some repairs use up what a visit should have done: one more is needed."""
    if any(code == visit.procedure for code, _ in clinic.steps["comfort"]):
        return
    share = clinic.settings.patients.repair_adds_visit
    if person.plan is not None and clinic.streams.uniform("one more", visit.id) < share:
        person.plan.visits_left += 1


def _ask(clinic: Clinic, visit: Visit | None) -> None:
    if visit is not None:
        clinic.at_desk(visit)


def _drop_open(clinic: Clinic, person: Person, but: list[Visit] | None = None) -> None:
    kept = {visit.id for visit in but or ()}
    for visit in clinic.open_visits(person.id):
        if visit.id not in kept:
            clinic.close(visit.id, person.id)


_FOLLOWING = {
    "exam": _after_exam,
    "records": _after_records,
    "start": _after_start,
    "active": _after_active,
    "before_debond": _after_scan,
    "debond": _after_debond,
    "delivery": _after_delivery,
    "retention": _after_retention,
    "observation": _after_observation,
    "repair": _after_repair,
}
