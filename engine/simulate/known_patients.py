"""The patients whom the practice has when the year begins, read off their visits.

Treatments are taken as the visits state them. So that no stage of care runs dry, two things are
added that no list of visits holds: the next adjustment of patients known only by a
repair, and retention and observation patients whose next visit lies beyond the book. New patients
who stand in the book weeks ahead are left out: they are the callers of the weeks to come. That is
no steady state: where more treatments are near their end than begin, the practice shrinks.
"""

import datetime as dt
from collections import defaultdict

from engine.practice import AgeBand, Problem, Visit
from engine.schedule import Placement
from engine.simulate.behaviour import Occasion, effect_of, frailty_of
from engine.simulate.clinic import Booked, Clinic
from engine.simulate.in_treatment import next_in_treatment
from engine.simulate.known_past import past_of
from engine.simulate.patients import Person, Plan, Stage
from engine.simulate.plans import draw_plan
from engine.simulate.settings import YearSettings
from engine.simulate.sleepers import add_sleepers
from engine.simulate.steps import step_of
from engine.simulate.streams import Streams

_NEW_DAYS_AHEAD = 18
_BEFORE_TREATMENT = ("exam", "records", "start")
_USUAL_LEAD_DAYS, _USUAL_MINUTE = 42, 600
_IN_TREATMENT = ("active", "before_debond", "debond", "repair")


def effects_of_known(problem: Problem, settings: YearSettings, streams: Streams) -> list[float]:
    """Frailty times effect of all visits known at the beginning, for the base of the hazard."""
    today, habits = problem.as_of.date(), settings.patients
    return [
        frailty_of(streams, visit.patient, visit.attendance, habits.frailty_shape, habits.miss_rate)
        * effect_of(
            Occasion(
                purpose=problem.procedures[visit.procedure].purpose,
                age=visit.age_band or AgeBand.AGE_12_17,
                account=visit.account,
                months_in_treatment=_months(visit, today),
                lead_days=_USUAL_LEAD_DAYS,
                day=today,
                minute=_USUAL_MINUTE,
            )
        )
        for visit in problem.all_visits.values()
    ]


def _months(visit: Visit, today: dt.date) -> float:
    return 0.0 if visit.treatment is None else (today - visit.treatment.started).days / 30.4


def admit_known(clinic: Clinic, placements: dict[str, Placement]) -> None:
    """Patients, book and list as the problem has them; `placements` seat the bookings.

    A booking without one, in the past or years ahead, goes on the list.
    """
    problem, today = clinic.problem, clinic.problem.as_of.date()
    by_patient: dict[str, list[Visit]] = defaultdict(list)
    for visit in problem.all_visits.values():
        by_patient[visit.patient].append(visit)
    for patient, visits in by_patient.items():
        if _taken(clinic, patient) and not _calls_later(clinic, visits):
            clinic.people[patient] = _person(clinic, patient, visits)
    for visit in problem.visits:
        if visit.patient in clinic.people:
            clinic.wait(visit)
    for booking in problem.bookings:
        if booking.visit.patient not in clinic.people:
            continue
        placed = placements.get(booking.visit.id)
        if placed is None:
            clinic.wait(booking.visit)
            continue
        booked_on = min(booking.booked_on or today, booking.date)
        clinic.enter(Booked(booking.visit, placed, booked_on, "given"))
    for person in list(clinic.people.values()):
        _complete(clinic, person, today)
    add_sleepers(clinic, today)


def _taken(clinic: Clinic, patient: str) -> bool:
    return clinic.streams.uniform("taken", patient) < clinic.settings.patients.known_share


def _calls_later(clinic: Clinic, visits: list[Visit]) -> bool:
    """True for a new patient whose first visit lies more than some weeks ahead."""
    if any(step_of(clinic, v) not in _BEFORE_TREATMENT or v.treatment for v in visits):
        return False
    today, booked = clinic.problem.as_of.date(), clinic.problem.booking_of
    dates = [booked[v.id].date if v.id in booked else (v.earliest or v.due) for v in visits]
    return min(dates) > today + dt.timedelta(days=_NEW_DAYS_AHEAD)


def _person(clinic: Clinic, patient: str, visits: list[Visit]) -> Person:
    habits, first = clinic.settings.patients, visits[0]
    steps = {step_of(clinic, visit) for visit in visits}
    past = first.attendance
    frailty = frailty_of(clinic.streams, patient, past, habits.frailty_shape, habits.miss_rate)
    person = Person(
        id=patient,
        stage=_stage(steps),
        frailty=frailty,
        age=first.age_band or AgeBand.AGE_12_17,
        account=first.account,
    )
    today = clinic.problem.as_of.date()
    begun = [visit.treatment.started for visit in visits if visit.treatment is not None]
    person.past = past_of(clinic.streams, patient, past, today, min(begun, default=None))
    exams = [visit for visit in visits if step_of(clinic, visit) == "exam"]
    if exams:
        person.called_on = exams[0].requested_on or min(today, exams[0].due - dt.timedelta(days=7))
    if person.stage is Stage.ACCEPTED:
        asked = [visit.requested_on for visit in visits if visit.requested_on is not None]
        person.agreed_on = asked[0] if asked else today
    if person.stage is Stage.ACTIVE:
        person.plan = _plan(clinic, person, visits, steps)
    if person.stage is Stage.RETENTION:
        drawn = clinic.streams.uniform("retention step", patient)
        late = any(visit.procedure == code for visit in visits for code in _late_codes(clinic))
        person.retention_step = 2 + int(3 * drawn) if late else int(2 * drawn)
    person.history.append((today, person.stage))
    return person


def _late_codes(clinic: Clinic) -> set[str]:
    early = {code for code, _ in clinic.steps["retention"]}
    return {code for code, _ in clinic.steps["late_retention"]} - early


def _stage(steps: set[str]) -> Stage:
    if steps & set(_IN_TREATMENT):
        return Stage.ACTIVE
    if "exam" in steps:
        return Stage.NEW
    if steps & {"start", "records"}:
        return Stage.ACCEPTED
    return Stage.RETENTION if steps & {"retention", "delivery"} else Stage.OBSERVATION


def _plan(clinic: Clinic, person: Person, visits: list[Visit], steps: set[str]) -> Plan:
    known = [visit.treatment for visit in visits if visit.treatment is not None]
    near_end = bool(steps & {"before_debond", "debond"})
    if not known:
        return _plan_of_unknown(clinic, person, near_end)
    own = max(known, key=lambda treatment: treatment.remaining_visits)
    codes = {code for code, _ in clinic.steps["aligners"]} - {
        code for code, _ in clinic.steps["braces"]
    }
    return Plan(
        started=own.started,
        original_ecd=own.original_ecd,
        current_ecd=own.current_ecd,
        interval_days=own.interval_days,
        visits_left=1 if near_end else own.remaining_visits,
        aligners=any(visit.procedure in codes for visit in visits),
    )


def _plan_of_unknown(clinic: Clinic, person: Person, near_end: bool) -> Plan:
    """Somewhere on the way through a usual treatment."""
    done = 1.0 if near_end else clinic.streams.uniform("done", person.id)
    today = clinic.problem.as_of.date()
    plan = draw_plan(clinic, person, today)
    back = dt.timedelta(days=round(done * (plan.original_ecd - today).days))
    plan.started, plan.original_ecd = plan.started - back, plan.original_ecd - back
    plan.current_ecd = plan.original_ecd
    plan.visits_left = max(1, round((1 - done) * plan.visits_left))
    return plan


def _complete(clinic: Clinic, person: Person, today: dt.date) -> None:
    """Every patient in treatment has a next visit: due some time within the interval."""
    if person.stage is Stage.ACTIVE and person.plan is not None:
        passed = clinic.streams.uniform("since the last visit", person.id)
        last = today - dt.timedelta(days=int(passed * person.plan.interval_days))
        next_in_treatment(clinic, person, last)
