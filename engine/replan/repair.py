"""Entry page: a day on which somebody is out, repaired with the fewest calls to patients.

Everybody who can be served at the time they have keeps it: chairs, assistants and moments of the
doctor are dealt out anew. Whoever cannot gets another time of the day, or has to leave it. A
booking moves at most once: one that the plan has moved is called again only where no equally few
calls spare it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from engine.certificate.lacks import lacks_of
from engine.checker import check
from engine.filling.offers import alternatives, two_offers, with_later_dates
from engine.filling.plan_as_book import all_waiting, moved_once, part_of_plan, plan_as_book
from engine.practice import Confirmation, Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.replan.absence import Absence, unknown_staff, without_people
from engine.replan.answers import PatientCall, Repair
from engine.replan.fewest_calls import Terms, fewest_calls
from engine.schedule import Placement, Schedule
from engine.solver.inherited import lacking_resources, locked_bookings
from engine.solver.model import Lack
from engine.units import overlaps, to_minutes

WORK = 0.6
"""Solver work, in units that are about seconds."""


def repair_day(
    problem: Problem,
    schedule: Schedule,
    absences: Collection[Absence],
    now: dt.datetime,
    work: float = WORK,
) -> Repair:
    """Repair the date of `now` in a plan that stands; visits that have begun by then stay.

    PracticeProblemsError as `demand_repairable` says.
    """
    day = now.date()
    demand_repairable(problem, schedule, absences, now)
    question = _that_morning(problem, schedule, absences, now)
    part = Horizon(start=day, days=1)
    asked = part_of_plan(question, schedule.horizon, part, (), question.policy)
    followers = _followers(question, day)
    terms = Terms(
        _lacking(problem, schedule, asked, part),
        _unsupervised(problem, schedule, question),
        {name: len(others) for name, others in followers.items()},
        {one.visit.id: 1 for one in asked.bookings if one.confirmation is Confirmation.CONFIRMED},
        moved_once(problem, schedule),
    )
    found = fewest_calls(asked, part, terms, work)
    repaired = None if found is None else _whole(schedule, found.schedule, day, followers)
    if found is None or repaired is None or not check(question, repaired).ok:
        return Repair(
            date=day, question=question, schedule=None, calls=(), at_least=0, fewest=False
        )
    calls = _calls(problem, question, schedule, repaired, absences, terms.impossible, day)
    return Repair(
        date=day,
        question=question,
        schedule=repaired,
        calls=calls,
        at_least=found.at_least,
        fewest=found.at_least == len(calls),
    )


def begin_of(problem: Problem, day: dt.date, now: dt.datetime | None = None) -> dt.datetime:
    """What has begun by then stays: now (None: the question's) on the day itself, else midnight.

    PracticeProblemsError where the day is over.
    """
    moment = now or problem.as_of
    if moment.date() > day:
        raise PracticeProblemsError([_over(day, moment)])
    return max(moment, dt.datetime.combine(day, dt.time()))


def demand_repairable(
    problem: Problem, schedule: Schedule, absences: Collection[Absence], now: dt.datetime
) -> None:
    """PracticeProblemsError where somebody is unknown, or the date is not in the plan or over."""
    faults = [*unknown_staff(problem, absences)]
    if now.date() not in schedule.horizon:
        dates = schedule.horizon.dates
        cause = f"it is not in the dates of the schedule, {dates[0]} to {dates[-1]}"
        faults.append(
            PracticeProblem("date-outside", f"{now.date()}", cause, "choose one of its dates")
        )
    elif now.date() < problem.as_of.date():
        faults.append(_over(now.date(), problem.as_of))
    if faults:
        raise PracticeProblemsError(faults)


def _over(day: dt.date, moment: dt.datetime) -> PracticeProblem:
    cause = f"it is over: the practice is as of {moment:%Y-%m-%d %H:%M}"
    return PracticeProblem("date-over", f"{day}", cause, "choose today or a later date")


def _that_morning(
    problem: Problem, schedule: Schedule, absences: Collection[Absence], now: dt.datetime
) -> Problem:
    """The plan as the book, without those who are out; what has not begun by now may move."""
    may_move = {
        one.visit for one in schedule.placements if dt.datetime.combine(one.date, one.start) >= now
    }
    booked = plan_as_book(without_people(problem, now.date(), absences), schedule, may_move)
    policy = booked.policy.model_copy(update={"max_moves": None, "reseat_bookings": True})
    return booked.model_copy(update={"as_of": max(problem.as_of, now), "policy": policy})


def _lacking(
    problem: Problem, schedule: Schedule, asked: Problem, part: Horizon
) -> frozenset[Lack]:
    """What may go without somebody: as much as before, and visits under way if nobody is left."""
    before = {lack for lack in lacks_of(problem, schedule) if lack[0] in asked.booking_of}
    begun = tuple(one for one in asked.bookings if not one.movable and one.date in part)
    if begun:
        alone = asked.model_copy(update={"bookings": begun, "visits": ()})
        before |= lacking_resources(alone, part, locked_bookings(alone, part)) or frozenset()
    return frozenset(before)


def _unsupervised(problem: Problem, plan: Schedule, question: Problem) -> frozenset[str]:
    """Visits that need a doctor in the office when none is there any more.

    The rules keep a booking that breaks this one as an old clash of the book; here it is new.
    """

    def broken(asked: Problem) -> set[str]:
        report = check(asked, plan)
        return {
            visit
            for found in (*report.violations, *report.inherited)
            if found.rule == "supervision"
            for visit in found.visits
        }

    return frozenset(broken(question) - broken(problem))


def _followers(question: Problem, day: dt.date) -> dict[str, frozenset[str]]:
    """By visit of the day: visits of later dates that cannot come without it, at any remove."""
    direct: dict[str, set[str]] = defaultdict(set)
    for booking in question.bookings:
        for follows in booking.visit.follows:
            direct[follows.visit].add(booking.visit.id)
    dates = {booking.visit.id: booking.date for booking in question.bookings}

    def after(name: str, seen: frozenset[str]) -> frozenset[str]:
        for one in sorted(direct[name] - seen):
            seen = after(one, seen | {one})
        return seen

    return {
        name: frozenset(one for one in after(name, frozenset()) if dates[one] > day)
        for name in list(direct)
        if dates.get(name) == day
    }


def _whole(
    plan: Schedule, repaired: Schedule, day: dt.date, followers: Mapping[str, frozenset[str]]
) -> Schedule:
    """The plan with the repaired day in the place of the old one."""
    gone = set(repaired.displaced)
    gone |= {one for name in repaired.displaced for one in followers.get(name, ())}
    others = tuple(one for one in plan.placements if one.date != day and one.visit not in gone)
    return all_waiting(plan).model_copy(
        update={"placements": (*others, *repaired.placements), "displaced": tuple(sorted(gone))}
    )


def _calls(
    problem: Problem,
    question: Problem,
    plan: Schedule,
    repaired: Schedule,
    absences: Collection[Absence],
    unsupervised: Collection[str],
    day: dt.date,
) -> tuple[PatientCall, ...]:
    """Everybody whose time does not stay, in order of the old time."""
    # Later dates are looked at as the desk will find them: with the repaired day in the book.
    later = with_later_dates(question, repaired)
    calls = []
    for old in sorted(plan.placements, key=lambda one: (one.date, one.start, one.visit)):
        new = repaired.placement_of.get(old.visit)
        if new is not None and (new.date, new.start) == (old.date, old.start):
            continue
        visit, booked = problem.all_visits[old.visit], problem.booking_of.get(old.visit)
        was = dt.datetime.combine(old.date, old.start)
        reason = (
            _reason(old, absences, unsupervised)
            if old.date == day
            else "the visit before it has no time"
        )
        offers = (
            two_offers(later, visit, was, day)
            if new is None
            else alternatives(later, old.visit, day)
        )
        calls.append(
            PatientCall(
                visit=visit.id,
                patient=visit.patient,
                procedure=visit.procedure,
                old=was,
                new=None if new is None else dt.datetime.combine(new.date, new.start),
                offers=offers,
                confirmed=booked is not None and booked.confirmation is Confirmation.CONFIRMED,
                reason=reason,
            )
        )
    return tuple(calls)


def _reason(old: Placement, absences: Collection[Absence], unsupervised: Collection[str]) -> str:
    span = (to_minutes(old.start), to_minutes(old.end))
    served = {name for piece in old.segments for name in (piece.staff, piece.doctor)}
    out = [one.staff for one in absences if one.staff in served and overlaps(one.span, span)]
    if out:
        return f"{' and '.join(out)} was to serve it, and nobody else can at that time"
    if old.visit in unsupervised:
        return "it needs a doctor in the office, and none is there"
    return "gives way, so that fewer patients in all are called"
