"""Entry page: patients have answered; the plan is filled again around what they said.

What is accepted is booked and frozen. What is declined is not offered again, and its visit is
filled anew with those that had no time. What nobody has answered yet is held where it is: somebody
may be on the telephone.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.certificate.certificate import Certificate
from engine.files.responses_csv import Answer, Response
from engine.filling.fill import FillSettings
from engine.filling.plan_as_book import as_booking
from engine.practice import Problem, Visit, VisitList
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.replan.fill_around import fill_around
from engine.replan.not_then import without_time
from engine.replan.old_times import keeps_its_time, old_times
from engine.result import Result, TracePoint
from engine.schedule import Placement, Schedule
from engine.units import to_minutes

USUAL_FILL = FillSettings(time_limit=30.0)


@dataclass(frozen=True, slots=True)
class Answered:
    """The question after the answers. `held`: proposals that nobody has answered yet.

    `accepted`, `declined`: visits. `lost`: bookings whose patients declined to move, although
    somebody else has accepted their old time: they have no time any more and wait. `urgent`: moves
    that nobody has answered yet, and whose old time has been accepted by others.
    """

    problem: Problem
    held: tuple[Placement, ...]
    accepted: tuple[str, ...]
    declined: tuple[str, ...]
    lost: tuple[str, ...]
    urgent: tuple[str, ...] = ()

    def on(self, problem: Problem) -> "Answered":
        """The same on a question from which faulty visits and bookings were left out."""
        known = problem.all_visits
        held = tuple(placed for placed in self.held if placed.visit in known)
        return replace(self, problem=problem, held=held)


def proposals_of(problem: Problem, schedule: Schedule) -> dict[str, Placement]:
    """Placements that a patient has to be asked about: new times and moved ones."""
    found = {}
    for placed in schedule.placements:
        booked = problem.booking_of.get(placed.visit)
        if booked is None or not keeps_its_time(booked, placed):
            found[placed.visit] = placed
    return found


def take_answers(problem: Problem, schedule: Schedule, responses: Sequence[Response]) -> Answered:
    """The question with the answers in it. PracticeProblemsError with every answer to nothing."""
    proposed = proposals_of(problem, schedule)
    _refuse_faults(problem, proposed, responses)
    by_visit = {response.visit: response for response in responses}
    problem = _seated_as_planned(problem, schedule)
    accepted = [name for name in proposed if _said(by_visit, name) is Answer.ACCEPTED]
    declined = [name for name in proposed if _said(by_visit, name) is Answer.DECLINED]
    held = tuple(placed for name, placed in proposed.items() if name not in by_visit)
    booked = {name: as_booking(problem, proposed[name], movable=False) for name in accepted}
    sure = [proposed[name] for name in accepted]
    back = [name for name in declined if name in problem.booking_of]
    old = old_times(problem, schedule, [*held, *sure], back)
    waits = [placed.visit for placed in held if placed.visit in problem.booking_of]
    bookings = []
    for booking in problem.bookings:
        name = booking.visit.id
        if name in booked:
            bookings.append(booked.pop(name))
        elif name not in old.gone:
            bookings.append(old.stays.get(name, booking))
    again = [
        _not_again(problem, problem.all_visits[name], proposed[name], by_visit[name])
        for name in declined
        if name not in old.stays
    ]
    changed = {visit.id: visit for visit in again}
    visits = [changed.pop(v.id, v) for v in problem.visits if v.id not in booked]
    visits += [v.model_copy(update={"listed": VisitList.ASAP}) for v in changed.values()]
    reseats = problem.policy.reseat_bookings or old.reseats
    return Answered(
        problem.model_copy(
            update={
                "bookings": (*bookings, *booked.values()),
                "visits": tuple(visits),
                "policy": problem.policy.model_copy(update={"reseat_bookings": reseats}),
            }
        ),
        held,
        tuple(accepted),
        tuple(declined),
        lost=old.gone,
        urgent=old_times(problem, schedule, sure, waits).gone,
    )


def refill(
    answered: Answered,
    schedule: Schedule,
    settings: FillSettings = USUAL_FILL,
    on_progress: Callable[[TracePoint], None] | None = None,
) -> tuple[Result, Certificate | None]:
    """The dates of the schedule filled again; what is held stays where it is.

    The certificate, the bound and the gap are given only where nothing is held.
    """
    return fill_around(answered.problem, schedule.horizon, answered.held, settings, on_progress)


def _seated_as_planned(problem: Problem, schedule: Schedule) -> Problem:
    """Bookings that keep their time, in the chair that the plan gave them: nobody is asked that."""
    placed = schedule.placement_of
    bookings = tuple(
        as_booking(problem, placed[one.visit.id], movable=one.movable)
        if keeps_its_time(one, placed.get(one.visit.id))
        else one
        for one in problem.bookings
    )
    return problem.model_copy(update={"bookings": bookings})


def _said(by_visit: dict[str, Response], name: str) -> Answer | None:
    return by_visit[name].answer if name in by_visit else None


def _not_again(problem: Problem, visit: Visit, placed: Placement, said: Response) -> Visit:
    """The visit, not to be offered that time again; where no time is left, from the next day on."""
    wishes = said.wishes or visit.wishes
    span = (to_minutes(placed.start), to_minutes(placed.end))
    left = without_time(visit.availability, placed.date.weekday(), span)
    if left:
        return visit.model_copy(update={"availability": left, "wishes": wishes})
    after = placed.date + dt.timedelta(days=1)
    latest = None if visit.latest is None else max(visit.latest, after)
    earliest = max(after, visit.earliest or after)
    return visit.model_copy(update={"earliest": earliest, "latest": latest, "wishes": wishes})


def _refuse_faults(
    problem: Problem, proposed: dict[str, Placement], responses: Sequence[Response]
) -> None:
    faults, seen = [], set[str]()
    for response in responses:
        if response.visit in seen:
            cause = "an earlier answer is about the same visit"
            faults.append(PracticeProblem("answered-twice", response.where, cause, "keep one"))
        seen.add(response.visit)
        if response.visit not in problem.all_visits:
            cause, remedy = "it is not in the practice", "name a visit of the call list by its id"
            faults.append(PracticeProblem("unknown-visit", response.where, cause, remedy))
        elif response.visit not in proposed:
            cause = "no new time was proposed for it in this schedule"
            remedy = "give the schedule of the call list, or leave the row out"
            faults.append(PracticeProblem("nothing-proposed", response.where, cause, remedy))
    if faults:
        raise PracticeProblemsError(faults)
