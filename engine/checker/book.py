"""The schedule as the checker reads it: who holds which chair, person and doctor, minute by minute.

Reads what stands in the segments, however odd, and never corrects it: `pattern` and `complete`
say what is wrong with the reading, all other rules judge the minutes as they stand.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.practice import Booking, Problem, Procedure, Role, Stage, Visit
from engine.practice.calendar import (
    in_office_intervals,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.practice.practice import Practice
from engine.schedule import PlacedSegment, Placement, Schedule
from engine.units import to_minutes

Intervals = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A placed visit. `kept`: a booking at the date and start that the book gives it."""

    placement: Placement
    visit: Visit
    procedure: Procedure
    booking: Booking | None
    kept: bool
    start: int
    end: int

    @property
    def id(self) -> str:
        """The visit's id."""
        return self.visit.id

    @property
    def date(self) -> dt.date:
        """The date on which it is placed."""
        return self.placement.date


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """What a visit holds over [start, until): a stage's chair and person, or a doctor.

    `until` is `end` plus the turnover. `need`: the stage of the procedure, None where the
    procedure has no stage of that index.
    """

    entry: Entry
    start: int
    end: int
    until: int
    stage: int
    need: Stage | None
    chair: str | None = None
    staff: str | None = None
    doctor: str | None = None


def _entry(problem: Problem, placement: Placement) -> Entry | None:
    visit = problem.all_visits.get(placement.visit)
    procedure = problem.procedures.get(visit.procedure) if visit else None
    if visit is None or procedure is None:
        return None
    start = min(to_minutes(segment.start) for segment in placement.segments)
    end = max(to_minutes(segment.end) for segment in placement.segments)
    booking = problem.booking_of.get(visit.id)
    kept = (
        booking is not None
        and booking.date == placement.date
        and to_minutes(booking.start) == start
    )
    return Entry(placement, visit, procedure, booking, kept, start, end)


def _stage_holds(entry: Entry) -> Iterable[Hold]:
    parts: dict[tuple[int, str | None, str | None], list[PlacedSegment]] = defaultdict(list)
    last: dict[int, int] = defaultdict(int)
    for segment in entry.placement.segments:
        parts[segment.stage, segment.chair, segment.staff].append(segment)
        last[segment.stage] = max(last[segment.stage], to_minutes(segment.end))
    for (index, chair, staff), segments in parts.items():
        stages = entry.procedure.stages
        need = stages[index] if index < len(stages) else None
        start = min(to_minutes(segment.start) for segment in segments)
        end = max(to_minutes(segment.end) for segment in segments)
        until = end + need.turnover_minutes if need and end == last[index] else end
        yield Hold(entry, start, end, until, index, need, chair, staff)


def _doctor_holds(entry: Entry) -> Iterable[Hold]:
    for segment in entry.placement.segments:
        if segment.doctor_time or segment.doctor is not None:
            start, end = to_minutes(segment.start), to_minutes(segment.end)
            yield Hold(entry, start, end, end, segment.stage, None, doctor=segment.doctor)


class Book:
    """A problem and a schedule, read once; calendars are kept per person, chair and date."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.schedule = schedule
        read = (_entry(problem, placement) for placement in schedule.placements)
        self.entries: tuple[Entry, ...] = tuple(entry for entry in read if entry is not None)
        self.stage_holds: tuple[Hold, ...] = tuple(
            hold for entry in self.entries for hold in _stage_holds(entry)
        )
        self.doctor_holds: tuple[Hold, ...] = tuple(
            hold for entry in self.entries for hold in _doctor_holds(entry)
        )
        self._present: dict[tuple[str, dt.date], Intervals] = {}
        self._usable: dict[tuple[str, dt.date], Intervals] = {}
        self._open: dict[dt.date, Intervals] = {}
        self._doctors_in: dict[dt.date, Intervals] = {}

    @property
    def practice(self) -> Practice:
        """The office."""
        return self.problem.practice

    @cached_property
    def entry_of(self) -> dict[str, Entry]:
        """Entries by visit id; of a visit placed twice, the first."""
        return {entry.id: entry for entry in reversed(self.entries)}

    @cached_property
    def by_date(self) -> dict[dt.date, tuple[Entry, ...]]:
        """Entries by date."""
        days: dict[dt.date, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            days[entry.date].append(entry)
        return {day: tuple(entries) for day, entries in days.items()}

    @cached_property
    def holds_of_chair(self) -> dict[tuple[str, dt.date], list[Hold]]:
        """Stages by chair and date."""
        held: dict[tuple[str, dt.date], list[Hold]] = defaultdict(list)
        for hold in self.stage_holds:
            if hold.chair is not None:
                held[hold.chair, hold.entry.date].append(hold)
        return dict(held)

    @cached_property
    def holds_of_person(self) -> dict[tuple[str, dt.date], list[Hold]]:
        """Stages by staff member and date."""
        held: dict[tuple[str, dt.date], list[Hold]] = defaultdict(list)
        for hold in self.stage_holds:
            if hold.staff is not None:
                held[hold.staff, hold.entry.date].append(hold)
        return dict(held)

    @cached_property
    def holds_of_doctor(self) -> dict[tuple[str, dt.date], list[Hold]]:
        """Doctor time by doctor and date."""
        held: dict[tuple[str, dt.date], list[Hold]] = defaultdict(list)
        for hold in self.doctor_holds:
            if hold.doctor is not None:
                held[hold.doctor, hold.entry.date].append(hold)
        return dict(held)

    @cached_property
    def doctor_spans(self) -> dict[Entry, list[tuple[int, int]]]:
        """When each placed visit needs its doctor."""
        spans: dict[Entry, list[tuple[int, int]]] = defaultdict(list)
        for hold in self.doctor_holds:
            spans[hold.entry].append((hold.start, hold.end))
        return dict(spans)

    @cached_property
    def doctor_ids(self) -> frozenset[str]:
        """Ids of everybody who is a doctor."""
        return frozenset(doctor.id for doctor in self.problem.doctors)

    @cached_property
    def _fit(self) -> dict[tuple[Role, str | None], frozenset[str]]:
        return {}

    def people_for(self, need: Stage) -> frozenset[str]:
        """Ids of the people who have the role and skill that a stage needs."""
        if need.role is None:
            return frozenset()
        key = (need.role, need.skill)
        if key not in self._fit:
            self._fit[key] = frozenset(
                person.id
                for person in self.practice.staff
                if person.role is need.role and (need.skill is None or need.skill in person.skills)
            )
        return self._fit[key]

    def in_horizon(self, day: dt.date) -> bool:
        """True on the dates that the schedule covers."""
        return 0 <= (day - self.schedule.start).days < self.schedule.days

    def present(self, person_id: str, day: dt.date) -> Intervals:
        """When a person works on patients; never, for an id that nobody has."""
        key = (person_id, day)
        if key not in self._present:
            person = self.problem.staff.get(person_id)
            self._present[key] = present_intervals(self.practice, person, day) if person else ()
        return self._present[key]

    def usable(self, chair_id: str, day: dt.date) -> Intervals:
        """When a chair is not blocked; never, for an id that no chair has."""
        key = (chair_id, day)
        if key not in self._usable:
            chair = self.problem.chairs.get(chair_id)
            self._usable[key] = usable_intervals(self.practice, chair, day) if chair else ()
        return self._usable[key]

    def open(self, day: dt.date) -> Intervals:
        """Patient hours."""
        if day not in self._open:
            self._open[day] = open_intervals(self.practice, day)
        return self._open[day]

    def doctors_in(self, day: dt.date) -> Intervals:
        """When one doctor or another is in the office; not merged."""
        if day not in self._doctors_in:
            self._doctors_in[day] = tuple(
                interval
                for doctor in self.problem.doctors
                for interval in in_office_intervals(self.practice, doctor, day)
            )
        return self._doctors_in[day]

    def booked_stage(self, hold: Hold) -> bool:
        """True where the book's chair is meant for this stage of a booking.

        The book names one chair: it is that of the stages of its kind, else of the first stage
        with a chair.
        """
        booking = hold.entry.booking
        if booking is None or booking.chair is None or hold.need is None:
            return False
        chair = self.problem.chairs.get(booking.chair)
        kinds = [stage.chair_kind for stage in hold.entry.procedure.stages]
        if chair is not None and chair.kind in kinds:
            return hold.need.chair_kind is chair.kind
        first = next((index for index, kind in enumerate(kinds) if kind is not None), None)
        return hold.stage == first

    def chair_as_booked(self, hold: Hold) -> bool:
        """True for a kept booking in the book's chair, or where the book names none for it."""
        booking = hold.entry.booking
        if booking is None or not hold.entry.kept:
            return False
        return hold.chair == booking.chair or not self.booked_stage(hold)
