"""What one more assistant, chair or doctor-hour would do for all who wait, window by window."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.explain.answers import Unlock
from engine.explain.binding import OF_THE_PATIENT, OF_THE_PRACTICE, Sifted
from engine.explain.changes import (
    NOTHING,
    Change,
    one_more_chair,
    one_more_column,
    one_more_person,
    release_cells,
)
from engine.explain.try_change import Plan, fewest_cells, try_change, unlock_of
from engine.practice import ChairKind, Horizon, Role
from engine.practice.calendar import open_intervals
from engine.units import Interval

WINDOW = 120
"""Minutes of one more person or chair."""

TRIED = 10
"""Changes that are asked of the solver: those that open starts for most visits."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Something there could be one more of, and the visits that need it."""

    name: str
    visits: frozenset[str]

    # What it is, by name: a role, a kind of chair, both, or a class for the cells.
    role: Role | None = None
    skills: frozenset[str] = frozenset()
    chair: ChairKind | None = None
    procedure_class: str | None = None


def unlock_several(plan: Plan, waiting: Sequence[Sifted], most: int) -> tuple[Unlock, ...]:
    """At most so many changes that place more visits than the plan as it is, the best first.

    Best: most visits more, then the cheaper change, then fewer minutes of it.
    """
    if len(waiting) < 2:
        return ()
    asked = [sifted.visit.id for sifted in waiting]
    base: dict[dt.date, int] = {}
    found: list[tuple[int, int, int, str, Unlock]] = []
    for day, change in _most_promising(plan, waiting):
        part, able = Horizon(start=day, days=1), _who_can_come(waiting, day)
        if day not in base:
            plain = try_change(plan, NOTHING, able, part)
            base[day] = 0 if plain is None else len(plain.placed)
        tried = try_change(plan, change, able, part)
        if tried is None or len(tried.placed) <= base[day]:
            continue
        told, tried = fewest_cells(plan, change, tried, able, part)
        unlock = unlock_of(told, tried, asked, base[day])
        gain = len(tried.placed) - base[day]
        found.append((-gain, told.rank, told.minutes, told.text, unlock))
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:4])[:most])


def _who_can_come(waiting: Iterable[Sifted], day: dt.date) -> list[str]:
    """Visits for which some start of the date suits practice and patient."""
    apart = OF_THE_PRACTICE | OF_THE_PATIENT
    return [one.visit.id for one in waiting if one.by_date[day].without(apart).any()]


def _most_promising(plan: Plan, waiting: Sequence[Sifted]) -> list[tuple[dt.date, Change]]:
    """For each kind of change its best window of each date, those for most visits first."""
    ranked: list[tuple[int, int, dt.date, str, Change]] = []
    kinds = list(_kinds(plan, waiting))
    for day in plan.schedule.horizon.dates:
        for kind in kinds:
            best: tuple[int, Change] | None = None
            for change in _changes(plan, kind, day):
                helped = sum(
                    _helps(change, sifted, day)
                    for sifted in waiting
                    if sifted.visit.id in kind.visits
                )
                if helped and (best is None or helped > best[0]):
                    best = (helped, change)
            if best is not None:
                ranked.append((-best[0], best[1].rank, day, best[1].text, best[1]))
    ranked.sort(key=lambda entry: entry[:4])
    return [(entry[2], entry[4]) for entry in ranked[:TRIED]]


def _helps(change: Change, sifted: Sifted, day: dt.date) -> bool:
    """Some start inside the window is refused by nothing but what the change lifts."""
    table = sifted.by_date[day]
    opened = table.within(change.rules)
    if change.span is not None:
        length = max(stage.busy_until for stage in sifted.occupancy.stages(sifted.visit))
        inside = (change.span[0] <= table.starts) & (table.starts + length <= change.span[1])
        opened = opened & inside
    return bool(opened.any())


def _kinds(plan: Plan, waiting: Iterable[Sifted]) -> Iterator[_Kind]:
    needs: dict[tuple[Role | None, ChairKind | None], set[str]] = {}
    skills: dict[Role, set[str]] = {}
    classes: dict[str, set[str]] = {}
    doctors: set[str] = set()
    for sifted in waiting:
        visit = sifted.visit
        code = plan.problem.procedures[visit.procedure].procedure_class
        classes.setdefault(code, set()).add(visit.id)
        for stage in sifted.occupancy.stages(visit):
            needs.setdefault((stage.role, stage.chair_kind), set()).add(visit.id)
            if stage.role is not None and stage.skill is not None:
                skills.setdefault(stage.role, set()).add(stage.skill)
            if stage.doctor:
                doctors.add(visit.id)
    for who in dict.fromkeys(role for role, _ in needs if role is not None):
        visits = frozenset().union(*(own for (role, _), own in needs.items() if role is who))
        yield _Kind("staff", visits, role=who, skills=frozenset(skills.get(who, ())))
    for kind in dict.fromkeys(chair for _, chair in needs if chair is not None):
        visits = frozenset().union(*(own for (_, chair), own in needs.items() if chair is kind))
        yield _Kind("chair", visits, chair=kind)
    for (role, chair), own in needs.items():
        if role is not None and chair is not None:
            able = frozenset(skills.get(role, ()))
            yield _Kind("column", frozenset(own), role=role, skills=able, chair=chair)
    if doctors:
        yield _Kind("doctor", frozenset(doctors), role=Role.DOCTOR)
    for code, own in classes.items():
        yield _Kind("release", frozenset(own), procedure_class=code)


def _changes(plan: Plan, kind: _Kind, day: dt.date) -> Iterator[Change]:
    if kind.procedure_class is not None:
        change = release_cells(plan.problem, day, kind.procedure_class)
        if change is not None:
            yield change
        return
    for span in _windows(plan, day):
        if kind.role is not None and kind.chair is not None:
            yield one_more_column(kind.chair, kind.role, kind.skills, day, span)
        elif kind.role is not None:
            yield one_more_person(kind.role, kind.skills, day, span)
        elif kind.chair is not None:
            yield one_more_chair(kind.chair, day, span)


def _windows(plan: Plan, day: dt.date) -> Iterator[Interval]:
    """Two hours from every clock hour on, inside opening hours."""
    for start, end in open_intervals(plan.problem.practice, day):
        for hour in range(-(-start // 60), end // 60):
            yield hour * 60, min(end, hour * 60 + WINDOW)
