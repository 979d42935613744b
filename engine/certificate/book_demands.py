"""What kept bookings hold: chairs that are certain, and people, doctors and rooms they ask for.

A frozen booking keeps the chair of the book unless the policy lets it change: that chair is taken,
whatever else the book says of it. All else is a *demand*: a stage's person, a doctor, a room that
the book does not name. A demand pays for what it uses, unless it is one of those that the book
leaves without (`lacks.py`): these pay nothing, which only lowers the bound.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.certificate.certificate import Priced
from engine.certificate.day_rows import ChairHold
from engine.practice import Booking, Horizon, Problem
from engine.practice.calendar import usable_intervals
from engine.practice.pattern import StageTime
from engine.units import covers, to_minutes
from engine.yardsticks import stages_of

Span = tuple[int, int, int]
"""[start, end) of the day, and by how many minutes it may come later."""


Lack = tuple[str, str, int]
"""Visit; `chair`, `staff` or `doctor`; stage (0 for a doctor): what a booking goes without."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One of `fit` for all of the spans. `stage`: of a chair or person, 0 for a doctor."""

    of: Priced
    visit: str
    stage: int
    fit: frozenset[str]
    spans: tuple[Span, ...]

    @property
    def key(self) -> Lack:
        """What it is called where the booking goes without."""
        return (self.visit, self.of.value, self.stage)


@dataclass(frozen=True, slots=True)
class BookedVisit:
    """A booking of these dates at its place: `taken` for sure, `demands` besides.

    `clashing`: chairs of the book that others hold too, or that are blocked, or of another kind;
    the booking may stay there, so they count as nothing.
    """

    booking: Booking
    stages: tuple[StageTime, ...]
    taken: tuple[ChairHold, ...]
    clashing: tuple[ChairHold, ...]
    demands: tuple[Demand, ...]


def booked_visits(problem: Problem, horizon: Horizon) -> dict[dt.date, list[BookedVisit]]:
    """The bookings of the dates, by date."""
    by_date: dict[dt.date, list[Booking]] = {}
    for booking in problem.bookings:
        if booking.date in horizon:
            by_date.setdefault(booking.date, []).append(booking)
    return {day: _of_date(problem, bookings) for day, bookings in by_date.items()}


def _of_date(problem: Problem, bookings: list[Booking]) -> list[BookedVisit]:
    stages = [stages_of(problem, booking.visit) for booking in bookings]
    meant = [
        [stage for stage in own if _is_meant(problem, booking, own, stage)]
        for booking, own in zip(bookings, stages, strict=True)
    ]
    holders: dict[str, list[tuple[int, int, int]]] = {}
    for number, (booking, in_book) in enumerate(zip(bookings, meant, strict=True)):
        for stage in in_book:
            hold = (*_hold(booking, stage), number)
            holders.setdefault(booking.chair or "", []).append(hold)
    return [
        _booked(problem, booking, own, in_book, holders.get(booking.chair or "", []), number)
        for number, (booking, own, in_book) in enumerate(zip(bookings, stages, meant, strict=True))
    ]


def _hold(booking: Booking, stage: StageTime) -> tuple[int, int]:
    start = to_minutes(booking.start)
    return start + stage.start, start + stage.busy_until


def _booked(
    problem: Problem,
    booking: Booking,
    stages: tuple[StageTime, ...],
    in_book: list[StageTime],
    holders: list[tuple[int, int, int]],
    number: int,
) -> BookedVisit:
    stays = not problem.policy.reseat_bookings or booking.chair_locked
    taken: list[ChairHold] = []
    clashing: list[ChairHold] = []
    demands: list[Demand] = []
    for stage in stages:
        start, until = _hold(booking, stage)
        span = ((start, until, 0),)
        if stage.chair_kind is not None and stage not in in_book:
            fit = chairs_for(problem, booking.visit.procedure, stage)
            demands.append(Demand(Priced.CHAIR, booking.visit.id, stage.index, fit, span))
        elif stage.chair_kind is not None:
            assert booking.chair is not None
            if stays and not booking.movable:
                taken.append((booking.chair, start, until))
            elif _is_odd(problem, booking, stage) or any(
                other != number and begin < until and start < end for begin, end, other in holders
            ):
                clashing.append((booking.chair, start, until))
            else:
                fit = chairs_for(problem, booking.visit.procedure, stage)
                fit = frozenset({booking.chair}) if booking.chair_locked else fit
                demands.append(Demand(Priced.CHAIR, booking.visit.id, stage.index, fit, span))
        if stage.role is not None:
            fit = people_for(problem, stage)
            demands.append(Demand(Priced.STAFF, booking.visit.id, stage.index, fit, span))
    moments = tuple(_moments(to_minutes(booking.start), stages))
    if moments:
        asked = booking.visit.required_doctor
        fit = frozenset(one.id for one in problem.doctors if asked in (None, one.id))
        demands.append(Demand(Priced.DOCTOR, booking.visit.id, 0, fit, moments))
    return BookedVisit(booking, stages, tuple(taken), tuple(clashing), tuple(demands))


def _is_odd(problem: Problem, booking: Booking, stage: StageTime) -> bool:
    """The book's chair is blocked meanwhile, or not one that the stage may have."""
    if booking.chair not in chairs_for(problem, booking.visit.procedure, stage):
        return True
    chair = problem.chairs[booking.chair]
    usable = usable_intervals(problem.practice, chair, booking.date)
    return not covers(usable, _hold(booking, stage))


def _moments(start: int, stages: tuple[StageTime, ...]) -> Iterator[Span]:
    for stage in stages:
        for time in stage.doctor:
            begin = start + time.offset
            yield begin, begin + time.minutes, time.float_minutes


def _is_meant(
    problem: Problem, booking: Booking, stages: tuple[StageTime, ...], stage: StageTime
) -> bool:
    """The book names one chair: for the stages of its kind, else for the first stage in a chair."""
    if booking.chair is None or stage.chair_kind is None:
        return False
    chair = problem.chairs.get(booking.chair)
    kinds = [one.chair_kind for one in stages]
    if chair is not None and chair.kind in kinds:
        return stage.chair_kind is chair.kind
    return stage.index == next(one.index for one in stages if one.chair_kind is not None)


def chairs_for(problem: Problem, procedure: str, stage: StageTime) -> frozenset[str]:
    """Chairs of the stage's kind; overflow chairs for their classes only."""
    practice = problem.practice
    overflow = problem.procedures[procedure].procedure_class in practice.overflow_classes
    return frozenset(
        chair.id
        for chair in practice.chairs
        if chair.kind is stage.chair_kind and (overflow or not chair.overflow)
    )


def people_for(problem: Problem, stage: StageTime) -> frozenset[str]:
    """People of the stage's role and skill."""
    return frozenset(
        person.id
        for person in problem.practice.staff
        if person.role is stage.role and (stage.skill is None or stage.skill in person.skills)
    )
