"""One date as the solver sees it: marks, hours, and classes of chairs, staff and doctors.

A *class* is a set of chairs (or people) that no rule tells apart on that date: same kind or role,
same relevant skills, same windows, same cells. Counting inside a class loses nothing, because
intervals that never exceed the size of a class can always be given to its members one by one
(interval graphs are perfect; M. Golumbic, Algorithmic Graph Theory and Perfect Graphs, 1980).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from engine.practice import Chair, Problem, Role, StaffMember
from engine.practice.calendar import (
    in_office_intervals,
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)
from engine.practice.model_days import Cell
from engine.practice.release import Acceptance
from engine.units import Interval, merge, subtract, to_minutes


@dataclass(frozen=True, slots=True)
class ResourceClass:
    """Interchangeable members with their common windows on one date."""

    id: int
    members: tuple[str, ...]
    windows: tuple[Interval, ...]
    cells: tuple[Cell, ...] = ()
    skills: frozenset[str] = frozenset()
    overflow: bool = False

    def holds(self, start: int, end: int) -> bool:
        """True where a member is there for all of [start, end)."""
        for low, high in self.windows:  # noqa: SIM110 - a generator is slower
            if low <= start and end <= high:
                return True
        return False


CellAnswer = tuple[int, int, Acceptance | None]
"""Start and end of a cell, and how it takes a class."""


@dataclass(slots=True)
class DayFacts:
    """Everything about one open date that rules ask for. Minutes of local clock time."""

    day: dt.date
    weekday: int
    open: tuple[Interval, ...]
    supervised: tuple[Interval, ...]
    marks: tuple[int, ...]
    has_model_day: bool
    quotas: dict[str, int]
    chairs: dict[str, tuple[ResourceClass, ...]] = field(default_factory=dict)
    """Chair classes by chair kind."""
    staff: dict[Role, tuple[ResourceClass, ...]] = field(default_factory=dict)
    doctors: tuple[ResourceClass, ...] = ()
    present: dict[str, tuple[Interval, ...]] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple["CellAnswer", ...]] = field(default_factory=dict)
    """What the cells of a column say to a class, where it is not plainly yes; filled when asked."""


def read_day(
    problem: Problem,
    day: dt.date,
    locked: dict[str, list[Interval]],
    skills: frozenset[str],
    named_doctors: frozenset[str],
) -> DayFacts:
    """Facts of an open date.

    `locked`: minutes of each chair that locked bookings hold. `skills`: those that any visit asks
    for. `named_doctors`: doctors that must be told apart.
    """
    practice = problem.practice
    hours = open_intervals(practice, day)
    step = practice.start_mark_minutes
    marks = tuple(
        minute for start, end in hours for minute in range(-(-start // step) * step, end, step)
    )
    office = [i for doctor in problem.doctors for i in in_office_intervals(practice, doctor, day)]
    template = model_day_on(practice, day)
    quotas = template.quotas if template else ()
    facts = DayFacts(
        day=day,
        weekday=day.weekday(),
        open=hours,
        supervised=merge(office),
        marks=marks,
        has_model_day=template is not None,
        quotas={q.procedure_class: q.at_most for q in quotas if q.at_most is not None},
        present={p.id: present_intervals(practice, p, day) for p in practice.staff},
    )
    cells = template.cells if template else ()
    facts.chairs = _chair_classes(problem, day, cells, locked)
    for role in Role:
        people = [person for person in practice.staff if person.role is role]
        if role is Role.DOCTOR:
            facts.doctors = _people_classes(people, facts, frozenset(), named_doctors)
        else:
            facts.staff[role] = _people_classes(people, facts, skills, frozenset())
    return facts


def _people_classes(
    people: Iterable[StaffMember],
    facts: DayFacts,
    skills: frozenset[str],
    named: frozenset[str],
) -> tuple[ResourceClass, ...]:
    groups: dict[Hashable, list[StaffMember]] = defaultdict(list)
    for person in people:
        if facts.present[person.id]:
            own = person.id if person.id in named else ""
            groups[(facts.present[person.id], skills & set(person.skills), own)].append(person)
    return tuple(
        ResourceClass(
            index,
            tuple(person.id for person in group),
            facts.present[group[0].id],
            skills=skills & frozenset(group[0].skills),
        )
        for index, group in enumerate(groups.values())
    )


def _chair_classes(
    problem: Problem,
    day: dt.date,
    cells: Iterable[Cell],
    locked: dict[str, list[Interval]],
) -> dict[str, tuple[ResourceClass, ...]]:
    by_kind: dict[str, dict[Hashable, list[Chair]]] = defaultdict(lambda: defaultdict(list))
    layout: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        for column in cell.columns:
            layout[column].append(cell)
    windows: dict[str, tuple[Interval, ...]] = {}
    for chair in problem.practice.chairs:
        usable = usable_intervals(problem.practice, chair, day)
        windows[chair.id] = subtract(usable, locked.get(chair.id, []))
        looks = tuple(
            (cell.start, cell.end, cell.procedure_class, cell.fallbacks, cell.release)
            for cell in sorted(layout[chair.id], key=lambda cell: to_minutes(cell.start))
        )
        by_kind[chair.kind][(windows[chair.id], looks, chair.overflow)].append(chair)
    return {
        kind: tuple(
            ResourceClass(
                index,
                tuple(chair.id for chair in group),
                windows[group[0].id],
                cells=tuple(layout[group[0].id]),
                overflow=group[0].overflow,
            )
            for index, group in enumerate(groups.values())
        )
        for kind, groups in by_kind.items()
    }
