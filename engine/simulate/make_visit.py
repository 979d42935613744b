"""The visits that the year brings: code, dates, and when the patient can come."""

import datetime as dt

from engine.practice import AgeBand, ClockWindow, Follows, Treatment, Visit, VisitList
from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Plan

_ONLY_AFTER_SCHOOL, _WISHES_AFTER_SCHOOL = 0.25, 0.3
"""Shares of the short visits of pupils."""
_ADULTS_EARLY = 0.15
"""Share of the short visits of grown-ups who can only come before noon."""
_SHORT_MINUTES = 30
_TOLERANCE_DAYS = {"observation": 30, "retention": 21, "late_retention": 21}
_LIST = {"observation": VisitList.OBSERVATION, "comfort": VisitList.ASAP}
_RECALL = ("retention", "late_retention")


def make_visit(
    clinic: Clinic,
    person: Person,
    step: str,
    due: dt.date,
    *,
    visit_id: str | None = None,
    treatment: Treatment | None = None,
    earliest: dt.date | None = None,
    requested_on: dt.date | None = None,
    follows: tuple[Follows, ...] = (),
) -> Visit | None:
    """A visit for this step of the care path; None where the practice does without the step.

    Everything drawn hangs on the id of the visit alone. The patient's record is added when the
    visit is asked about (`engine.simulate.question`).
    """
    if not clinic.steps[step]:
        return None
    name = visit_id or person.next_step()
    code = clinic.streams.pick(clinic.steps[step], "procedure", name)
    first = due - dt.timedelta(days=_TOLERANCE_DAYS.get(step, 10))
    free_now = step in ("exam", "comfort", "repair")
    return Visit(
        id=name,
        patient=person.id,
        procedure=code,
        listed=_LIST.get(step, VisitList.RECALL if step in _RECALL else VisitList.PENDING),
        due=due,
        earliest=earliest or (None if free_now else first),
        availability=_availability(clinic, person, code, name, bool(follows)),
        wishes=_wishes(clinic, person, name),
        follows=follows,
        treatment=treatment,
        account=person.account,
        age_band=person.age,
        requested_on=requested_on,
    )


def active_step(plan: Plan) -> str:
    """Which adjustments a treatment consists of."""
    return "aligners" if plan.aligners else "braces"


def _availability(
    clinic: Clinic, person: Person, code: str, name: str, tied: bool
) -> tuple[ClockWindow, ...]:
    """Only visits that the practice gives at any time are bound; two tied ones never are."""
    procedure = clinic.problem.procedures[code]
    if tied or procedure.allowed_times or procedure.minutes > _SHORT_MINUTES:
        return ()
    if len(procedure.stages) > 1 or procedure.stages[0].chair_kind is None:
        return ()
    drawn = clinic.streams.uniform("availability", name)
    if person.at_school and drawn < _ONLY_AFTER_SCHOOL:
        return (_after_school(clinic),)
    if person.age in (AgeBand.AGE_18_30, AgeBand.OVER_30) and drawn < _ADULTS_EARLY:
        return (ClockWindow(start=dt.time(6), end=dt.time(12, 30)),)
    return ()


def _wishes(clinic: Clinic, person: Person, name: str) -> tuple[ClockWindow, ...]:
    wished = clinic.streams.uniform("wish", name) < _WISHES_AFTER_SCHOOL
    return (_after_school(clinic),) if person.at_school and wished else ()


def _after_school(clinic: Clinic) -> ClockWindow:
    return ClockWindow(start=clinic.practice.after_school, end=dt.time(22))
