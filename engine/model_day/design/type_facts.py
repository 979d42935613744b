"""What a day type has on every one of its weekdays: hours, chairs, people, doctors in the office.

A model day holds on all weekdays of its type, so a person counts while present on each of them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from engine.model_day.goals import DayTypeGoal
from engine.practice import (
    WEEKDAYS,
    ChairKind,
    DoctorRuleKind,
    Practice,
    Problem,
    Role,
    SegmentKind,
    Weekday,
)
from engine.practice.calendar import in_office_intervals, open_intervals, present_intervals
from engine.units import MINUTES_PER_DAY, Interval, subtract

WEEKS_LOOKED_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Crew:
    """People whom nothing tells apart on this day type: role, skills, when they are there."""

    role: Role
    skills: frozenset[str]
    present: tuple[Interval, ...]
    members: tuple[str, ...]

    def serves(self, role: Role, skill: str | None) -> bool:
        """True where a member may work on a stage."""
        return self.role is role and (skill is None or skill in self.skills)


@dataclass(frozen=True, slots=True)
class Columns:
    """Chairs of one kind that nothing tells apart; overflow chairs take their classes only."""

    kind: ChairKind
    overflow: bool
    chairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """One day type. Intervals are minutes of the day; `dates`: an ordinary date of each weekday."""

    practice: Practice
    day_type: DayTypeGoal
    dates: tuple[dt.date, ...]
    open: tuple[Interval, ...]
    columns: tuple[Columns, ...]
    crews: tuple[Crew, ...]
    supervised: tuple[Interval, ...]

    @property
    def doctors(self) -> tuple[Crew, ...]:
        """The crews of doctors."""
        return tuple(crew for crew in self.crews if crew.role is Role.DOCTOR)

    @property
    def doctor_count(self) -> int:
        """Doctors who are there at all, at least one."""
        return max(1, sum(len(crew.members) for crew in self.doctors))

    @property
    def open_minutes(self) -> int:
        """Patient minutes of the day."""
        return sum(end - start for start, end in self.open)


def facts_of(problem: Problem, day_type: DayTypeGoal) -> TypeFacts:
    """Look at an ordinary date of each weekday of the type."""
    practice = problem.practice
    today = problem.as_of.date()
    dates = tuple(ordinary_date(practice, weekday, today) for weekday in day_type.weekdays)
    people: dict[tuple[Role, frozenset[str], tuple[Interval, ...], str], list[str]]
    people = defaultdict(list)
    by_name = _doctors_by_name(practice)
    for person in practice.staff:
        present = common(present_intervals(practice, person, day) for day in dates)
        if present:
            own = person.id if by_name and person.role is Role.DOCTOR else ""
            people[person.role, frozenset(person.skills), present, own].append(person.id)
    chairs: dict[tuple[ChairKind, bool], list[str]] = defaultdict(list)
    for chair in practice.chairs:
        chairs[chair.kind, chair.overflow].append(chair.id)
    supervised = []
    for day in dates:
        inside: list[Interval] = []
        for doctor in problem.doctors:
            inside += in_office_intervals(practice, doctor, day)
        supervised.append(tuple(inside))
    return TypeFacts(
        practice,
        day_type,
        dates,
        common(open_intervals(practice, day) for day in dates),
        tuple(Columns(*key, tuple(ids)) for key, ids in chairs.items()),
        tuple(Crew(*key[:3], tuple(ids)) for key, ids in people.items()),
        common(supervised),
    )


def _doctors_by_name(practice: Practice) -> bool:
    """True where doctors cannot be named once all are counted.

    A visit that asks for a doctor more than once has the same one each time. By units, minutes of a
    slot that fit the doctors together need not fit each of them: 3 x 10 into 2 x 15 do not.
    """
    if practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT:
        return True
    return any(
        sum(s.kind is SegmentKind.DOCTOR for stage in one.stages for s in stage.segments) > 1
        for one in practice.procedures
    )


def ordinary_date(practice: Practice, weekday: Weekday, today: dt.date) -> dt.date:
    """The next such weekday on which the fewest things are different from usual."""
    first = today + dt.timedelta(days=(WEEKDAYS.index(weekday) - today.weekday() - 1) % 7 + 1)
    ahead = [first + dt.timedelta(weeks=week) for week in range(WEEKS_LOOKED_AHEAD)]
    return min(ahead, key=lambda day: (_oddities(practice, day), day))


def _oddities(practice: Practice, day: dt.date) -> int:
    closed = sum(closure.date == day for closure in practice.closures)
    hours = sum(hours.date == day for hours in practice.hours)
    shifts = sum(shift.date == day for person in practice.staff for shift in person.shifts)
    away = sum(day in block.dates for block in practice.staff_blocks)
    chairs = sum(block.date == day for chair in practice.chairs for block in chair.blocks)
    return 100 * closed + hours + shifts + away + chairs


def common(days: Iterable[Iterable[Interval]]) -> tuple[Interval, ...]:
    """The minutes that are in the intervals of every day."""
    return reduce(_both, (subtract(day, ()) for day in days))


def _both(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> tuple[Interval, ...]:
    return subtract(one, subtract([(0, MINUTES_PER_DAY)], other))
