"""The cheapest schedule of a tiny problem by trying everything: no solver, no model.

Every visit is tried at every start mark of every date, with every chair, person, doctor and moment
of the doctor inside the float, or not at all; every booking where the book has it and, if movable,
anywhere. The checker says what is feasible, the KPIs what it costs. Depth first, cheapest choice
first, with three cuts that lose nothing:

* what one choice, or a pair of choices, breaks on its own stays broken whatever is added (not so
  `complete`, a missing predecessor, and a booking that goes without: these wait for the end);
* prices of single visits add up, the shared ones (households, doctor, even days) are never
  negative: a branch whose sum reaches the best schedule ends;
* who assists costs nothing, so schedules that differ only there are priced once.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import product

from engine.checker import check
from engine.kpi import measure
from engine.practice import Booking, Horizon, Problem, Procedure, SegmentKind, Visit
from engine.schedule import PlacedSegment, Placement, Schedule, Unplaced

SHARED = ("households_apart", "doctor_overload", "doctor_chains", "uneven_load")
Choice = Placement | None


class BruteForce:
    """All schedules of one problem; `clashing` also tries bookings that go without people."""

    def __init__(self, problem: Problem, horizon: Horizon, clashing: bool = False) -> None:
        self.problem = problem
        self.horizon = horizon
        self.clashing = clashing
        self.booked = [b for b in problem.bookings if b.date in horizon]
        self.visits = [*(b.visit for b in self.booked), *problem.visits_for(horizon)]
        self.best: int | None = None
        self.schedule: Schedule | None = None
        self.tried = 0
        self._pairs: dict[tuple[int, int, int, int], bool] = {}
        self._prices: dict[object, int] = {}
        self.choices = [self._priced(visit) for visit in self.visits]

    def optimum(self) -> int:
        """Millipoints of the cheapest schedule that the checker accepts."""
        nothing = self._schedule([])
        base = sum(self._own(nothing).values())
        least = [min(price for price, _ in choices) for choices in self.choices]
        self._dive([], base + sum(least), least)
        assert self.best is not None
        return self.best

    def _dive(self, chosen: list[int], bound: int, least: list[int]) -> None:
        number = len(chosen)
        if self.best is not None and bound >= self.best:
            return
        if number == len(self.visits):
            self._finish(chosen, bound)
            return
        for index, (price, _) in enumerate(self.choices[number]):
            further = bound + price - least[number]
            if self.best is not None and further >= self.best:
                return  # choices come cheapest first
            if all(self._fit(other, chosen[other], number, index) for other in range(len(chosen))):
                self._dive([*chosen, index], further, least)

    def _finish(self, chosen: list[int], bound: int) -> None:
        picked = [self.choices[n][index][1] for n, index in enumerate(chosen)]
        schedule = self._schedule([one for one in picked if one is not None])
        self.tried += 1
        if not check(self.problem, schedule).ok:
            return
        key = tuple(one and (one.date, tuple(map(_without_staff, one.segments))) for one in picked)
        if key not in self._prices:
            assert sum(self._own(schedule).values()) == bound
            self._prices[key] = _millipoints(self.problem, schedule)
        if self.best is None or self._prices[key] < self.best:
            self.best, self.schedule = self._prices[key], schedule

    def _fit(self, one: int, choice: int, other: int, index: int) -> bool:
        key = (one, choice, other, index)
        if key not in self._pairs:
            placed = [self.choices[one][choice][1], self.choices[other][index][1]]
            self._pairs[key] = self._holds([p for p in placed if p is not None])
        return self._pairs[key]

    def _holds(self, placed: list[Placement]) -> bool:
        """False where these few already break a rule that nothing added can mend."""
        lacks = any(s.staff is None and s.chair is not None for p in placed for s in p.segments)
        lacks |= any(s.doctor_time and s.doctor is None for p in placed for s in p.segments)
        for violation in check(self.problem, self._schedule(placed)).violations:
            waits = violation.rule == "complete"
            waits |= violation.rule == "order" and len(violation.visits) < 2
            waits |= lacks and violation.rule in {"staff_once", "doctor_once", "chair_once"}
            if not waits:
                return False
        return True

    def _own(self, schedule: Schedule) -> dict[str, int]:
        values = measure(self.problem, schedule)
        return {v.kpi: round(v.points * 1000) for v in values if v.kpi not in SHARED}

    def _priced(self, visit: Visit) -> list[tuple[int, Choice]]:
        """Choices with what they cost more than no time at all, cheapest first."""
        base = sum(self._own(self._schedule([])).values())
        prices: dict[object, int] = {}
        found: list[tuple[int, Choice]] = []
        for choice in self._tries(visit):
            placed = [] if choice is None else [choice]
            if not self._holds(placed):
                continue
            key = choice and (choice.date, tuple(map(_without_staff, choice.segments)))
            if key not in prices:
                prices[key] = sum(self._own(self._schedule(placed)).values()) - base
            found.append((prices[key], choice))
        return sorted(found, key=lambda entry: entry[0])

    def _schedule(self, placed: list[Placement]) -> Schedule:
        """Who is not placed is unplaced or displaced; a frozen booking is missing meanwhile."""
        there = {placement.visit for placement in placed}
        may_go = {booking.visit.id for booking in self.booked if booking.movable}
        gone = [visit.id for visit in self.problem.visits if visit.id not in there]
        return Schedule(
            start=self.horizon.start,
            days=self.horizon.days,
            placements=tuple(placed),
            unplaced=tuple(Unplaced(visit=visit, reason="tried") for visit in gone),
            displaced=tuple(sorted(may_go - there)),
        )

    def _tries(self, visit: Visit) -> Iterator[Choice]:
        booking = self.problem.booking_of.get(visit.id)
        procedure = self.problem.procedures[visit.procedure]
        if booking is not None:
            yield from self._seated(visit, booking.date, _minutes(booking.start), booking)
        if booking is None or booking.movable:
            yield None
            step = self.problem.practice.start_mark_minutes
            for day in self.horizon.dates:
                for minute in range(0, 1440 - procedure.minutes, step):
                    stands = booking and (booking.date, _minutes(booking.start)) == (day, minute)
                    if self._is_open(day, minute) and not stands:
                        yield from self._seated(visit, day, minute, None)

    def _is_open(self, day: dt.date, minute: int) -> bool:
        """Whether the checker finds the practice open then; spares placing it there each way."""
        names = {hours.weekday for hours in self.problem.practice.hours}
        weekday = tuple(type(next(iter(names))))[day.weekday()]
        return any(
            hours.weekday is weekday and _minutes(hours.start) <= minute < _minutes(hours.end)
            for hours in self.problem.practice.hours
        )

    def _seated(
        self, visit: Visit, day: dt.date, minute: int, booking: Booking | None
    ) -> Iterator[Placement]:
        return ways_to_serve(self.problem, visit, day, minute, booking, clashing=self.clashing)


def ways_to_serve(
    problem: Problem,
    visit: Visit,
    day: dt.date,
    minute: int,
    booking: Booking | None = None,
    *,
    clashing: bool = False,
) -> Iterator[Placement]:
    """Every way to serve the visit there. A frozen booking keeps its chair by default."""
    procedure = problem.procedures[visit.procedure]
    practice = problem.practice
    chairs: list[list[str | None]] = []
    people: list[list[str | None]] = []
    for stage in procedure.stages:
        fit = [c.id for c in practice.chairs if c.kind is stage.chair_kind]
        free = booking is None or booking.movable or problem.policy.reseat_bookings
        if booking is not None and not free and booking.chair in fit:
            fit = [booking.chair]
        helpers: list[str | None] = [p.id for p in practice.staff if p.role is stage.role]
        if clashing and booking is not None:
            helpers.append(None)
        chairs.append(fit or [None])
        people.append(helpers or [None])
    doctors: list[str | None] = [doctor.id for doctor in problem.doctors]
    if clashing and booking is not None:
        doctors.append(None)
    moments = list(_doctor_moments(procedure, practice.grid_minutes))
    for chair in product(*chairs):
        for helper in product(*people):
            for moment in moments:
                for doctor in doctors if moment else [None]:
                    segments = _segments(procedure, minute, chair, helper, moment, doctor)
                    yield Placement(visit=visit.id, date=day, segments=tuple(segments))


def _minutes(clock: dt.time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def _millipoints(problem: Problem, schedule: Schedule) -> int:
    return sum(round(value.points * 1000) for value in measure(problem, schedule))


def _without_staff(segment: PlacedSegment) -> tuple[object, ...]:
    return (segment.stage, segment.start, segment.end, segment.chair, segment.doctor)


def _doctor_moments(procedure: Procedure, grid: int) -> Iterator[tuple[int, ...]]:
    """Starts of the doctor segments, minutes from the start of the visit, within the floats."""
    ranges, position = [], 0
    for stage in procedure.stages:
        for segment in stage.segments:
            if segment.kind is SegmentKind.DOCTOR:
                ranges.append(range(position, position + segment.float_minutes + 1, grid))
            position += segment.minutes
    yield from product(*ranges)


def _segments(
    procedure: Procedure,
    minute: int,
    chairs: tuple[str | None, ...],
    people: tuple[str | None, ...],
    moments: tuple[int, ...],
    doctor: str | None,
) -> Iterator[PlacedSegment]:
    """Doctor time cut out of each stage; the assistant has the rest."""
    left = list(moments)
    begin = minute
    for number, stage in enumerate(procedure.stages):
        end = begin + stage.minutes
        given = [s.minutes for s in stage.segments if s.kind is SegmentKind.DOCTOR]
        pieces: list[tuple[int, int, bool]] = []
        position = begin
        for length in given:
            comes = minute + left.pop(0)
            pieces += [(position, comes, False), (comes, comes + length, True)]
            position = comes + length
        pieces.append((position, end, False))
        for start, stop, by_doctor in pieces:
            if start < stop:
                yield PlacedSegment(
                    stage=number,
                    start=_clock(start),
                    end=_clock(stop),
                    chair=chairs[number],
                    staff=people[number],
                    doctor=doctor if by_doctor else None,
                    doctor_time=by_doctor,
                )
        begin = end
