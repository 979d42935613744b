"""One day: who comes, who does not, how the day runs, and what each visit brings up."""

import datetime as dt

from engine.day_run import VisitDraw, day_plan, draw_visit, run_once
from engine.day_run.monte_carlo import doctor_steps
from engine.practice import Problem, Visit
from engine.simulate.back_on_list import back_on_list
from engine.simulate.behaviour import Outcome, recorded
from engine.simulate.clinic import Booked, Clinic
from engine.simulate.course import after_kept
from engine.simulate.desk import squeeze_in
from engine.simulate.log import Attended, DayRun
from engine.units import to_minutes


def run_day(clinic: Clinic, day: dt.date) -> None:
    """The day from the first to the last visit.

    What was foreseen of the day comes true first; it takes no time. Those who cancelled late leave
    theirs to comfort visits; whoever follows a visit that was not kept is put off with it.
    """
    for known in [one for one in clinic.foreseen.values() if one.day == day]:
        clinic.people[known.visit.patient].remember(day, recorded(known.outcome))
        back_on_list(clinic, known.visit, known.attempt, known.outcome, day)
    for entry in clinic.booked_on(day):
        outcome, _ = clinic.outcome_of(entry)
        if outcome in (Outcome.CANCELLED_LATE, Outcome.CANCELLED_EARLY):
            _not_kept(clinic, entry, Outcome.CANCELLED_LATE, day)
    squeeze_in(clinic, day)
    entries = clinic.booked_on(day)
    came: list[Booked] = []
    for entry in entries:
        if entry.visit.id not in clinic.book:
            continue  # its treatment ended earlier on the same day
        outcome, _ = clinic.outcome_of(entry)
        if _put_off(clinic, entry.visit):
            _not_kept(clinic, entry, Outcome.PUT_OFF, day)
        elif outcome is Outcome.MISSED:
            _not_kept(clinic, entry, outcome, day)
        else:
            came.append(entry)
            _kept(clinic, entry, day)
    _run(clinic, day, entries, {entry.visit.id for entry in came})


def _kept(clinic: Clinic, entry: Booked, day: dt.date) -> None:
    person = clinic.people[entry.visit.patient]
    _note(clinic, entry, Outcome.KEPT, day)
    _free_followers(clinic, entry.visit, day)
    after_kept(clinic, person, entry.visit, day)


def _not_kept(clinic: Clinic, entry: Booked, outcome: Outcome, day: dt.date) -> None:
    _note(clinic, entry, outcome, day)
    back_on_list(clinic, entry.visit, entry.attempt, outcome, day)


def _put_off(clinic: Clinic, visit: Visit) -> bool:
    """True where a visit that must come before is still open."""
    return any(clinic.is_open(visit.patient, link.visit) for link in visit.follows)


def _free_followers(clinic: Clinic, visit: Visit, day: dt.date) -> None:
    """What waits for this visit may come after its least gap from now on."""
    for other in clinic.open_visits(visit.patient):
        for link in other.follows:
            if link.visit == visit.id:
                gap = max(link.min_days, -(-link.min_working_days * 7 // 5))
                first = day + dt.timedelta(days=gap)
                earliest = max(first, other.earliest or first)
                clinic.postpone(other.id, earliest)


def _note(clinic: Clinic, entry: Booked, outcome: Outcome, day: dt.date) -> None:
    placed = entry.placement
    clinic.people[entry.visit.patient].remember(day, recorded(outcome))
    minutes = sum(
        to_minutes(piece.end) - to_minutes(piece.start)
        for piece in placed.segments
        if piece.doctor_time
    )
    clinic.log.attended.append(
        Attended(
            day=day,
            visit=entry.visit.id,
            patient=entry.visit.patient,
            purpose=clinic.purpose(entry.visit),
            minute=to_minutes(placed.start),
            attempt=entry.attempt,
            latent=clinic.outcome_of(entry)[1],
            outcome=outcome,
            doctor_minutes=minutes,
            by=entry.by,
            chance_of_miss=entry.chance_of_miss,
        )
    )


def _run(clinic: Clinic, day: dt.date, expected: list[Booked], came: set[str]) -> None:
    """The day as it ran, with durations that belong to the visits.

    The plan is that of the morning, as on the page of a week: who does not come is in it.
    """
    if not expected:
        return
    problem = Problem(
        as_of=dt.datetime.combine(day, dt.time(0)),
        practice=clinic.practice,
        visits=tuple(entry.visit for entry in expected),
    )
    plan = day_plan(problem, day, [entry.placement for entry in expected])
    attempts = {entry.visit.id: entry.attempt for entry in expected}
    draws: dict[str, VisitDraw] = {
        visit: draw_visit(
            clinic.streams.of("day", visit, attempts[visit]), steps, comes=visit in came
        )
        for visit, steps in doctor_steps(plan).items()
    }
    ran = run_once(plan, draws)
    clinic.log.days.append(DayRun(day, len(came), ran.mean_wait, ran.overtime, ran.late_by))
