"""The cheapest ways to a time for one visit, each tried."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from engine.explain.answers import Unlock
from engine.explain.binding import OF_THE_PATIENT, OF_THE_PRACTICE, Sifted
from engine.explain.changes import (
    NOTHING,
    Change,
    any_day,
    any_time,
    both,
    may_move_too,
    one_more_chair,
    one_more_column,
    one_more_kit,
    one_more_person,
    raise_quota,
    ready,
    release_cells,
)
from engine.explain.moves_that_help import moves_that_help
from engine.explain.try_change import Plan, fewest_cells, try_change, unlock_of
from engine.filling.occupancy import Occupancy
from engine.practice import Horizon, Role, Visit
from engine.units import Interval

TRIES, TRIES_OF_A_KIND = 12, 3
"""Changes tried for one visit."""


class Ways(NamedTuple):
    """Changes that give a visit a time, and how many were `tried`."""

    unlocks: tuple[Unlock, ...] = ()
    tried: int = 0


def unlock_visit(plan: Plan, sifted: Sifted, most: int, *, pinned: bool = False) -> Ways:
    """At most so many changes that give the visit a time while all else stands, cheapest first.

    `pinned`: its one time is asked for, and other times of the patient are no way to it.
    """
    found: list[Unlock] = []
    tries: Counter[str] = Counter()
    done = 0
    asked = (sifted.visit.id,)
    for change, day in _worth_trying(plan, sifted, pinned) if most else ():
        if tries[change.name] >= TRIES_OF_A_KIND:
            continue
        if len(found) == most or tries.total() >= TRIES:
            break
        done += 1
        tries[change.name] += 1
        part = Horizon(start=day, days=1)
        tried = try_change(plan, change, asked, part)
        if tried is not None and tried.gives(sifted.visit.id):
            found.append(unlock_of(*fewest_cells(plan, change, tried, asked, part), asked))
            tries[change.name] = TRIES_OF_A_KIND
    return Ways(tuple(found), done)


def _worth_trying(plan: Plan, sifted: Sifted, pinned: bool) -> Iterator[tuple[Change, dt.date]]:
    """Changes that lift every rule that refuses some start, and its date; by their rank."""
    for day, table in sifted.by_date.items():
        if not table.anywhere().all():
            yield NOTHING, day
    yield from _of_the_patient(sifted.occupancy, sifted.visit, pinned)
    yield from _of_the_model_day(plan, sifted)
    yield from (
        (may_move_too(frozenset((move.visit,)), move.text, move.date), move.date)
        for move in moves_that_help(plan, sifted)
    )
    yield from _of_kits(plan, sifted)
    yield from _of_people_and_rooms(plan, sifted)


def _of_the_patient(
    occupancy: Occupancy, visit: Visit, pinned: bool
) -> Iterator[tuple[Change, dt.date]]:
    """Asked of the occupancy with the changed visit: a rule may refuse the start only then."""
    offered = (ready(visit),) if pinned else (any_time(visit), any_day(visit), ready(visit))
    known = [one for one in offered if one is not None]
    pairs = [both(first, second) for first, second in combinations(known, 2)]
    alone = occupancy.problem.model_copy(update={"visits": (visit,)})
    for change in (*known, *pairs):
        (changed,) = change.apply(alone).visits
        for day in occupancy.horizon.dates:
            if len(occupancy.feasible_starts(changed, day)):
                yield change, day
                break


def _of_the_model_day(plan: Plan, sifted: Sifted) -> Iterator[tuple[Change, dt.date]]:
    problem, visit = plan.problem, sifted.visit
    wanted = problem.procedures[visit.procedure].procedure_class
    for day in _dates_first(sifted):
        for change in (release_cells(problem, day, wanted), raise_quota(problem, day, wanted)):
            if change is not None and sifted.by_date[day].within(change.rules).any():
                yield change, day


def _of_kits(plan: Plan, sifted: Sifted) -> Iterator[tuple[Change, dt.date]]:
    change = one_more_kit(plan.problem, sifted.visit.procedure)
    if change is None:
        return
    for day in _dates_first(sifted):
        if sifted.by_date[day].within(change.rules).any():
            yield change, day


def _of_people_and_rooms(plan: Plan, sifted: Sifted) -> Iterator[tuple[Change, dt.date]]:
    for name in ("staff", "chair", "doctor", "column"):
        for day in _dates_first(sifted):
            table = sifted.by_date[day]
            for change in _resources(plan, sifted, day, (0, 0)):
                opened = table.starts[table.within(change.rules)]
                if change.name == name and len(opened):
                    span = _hours(sifted, int(opened[0]))
                    yield from (
                        (one, day)
                        for one in _resources(plan, sifted, day, span)
                        if one.name == name and one.rules == change.rules
                    )


def _resources(plan: Plan, sifted: Sifted, day: dt.date, span: Interval) -> Iterator[Change]:
    """One more of everybody and everything that a visit needs, in a span."""
    stages = sifted.occupancy.stages(sifted.visit)
    for role in dict.fromkeys(stage.role for stage in stages if stage.role is not None):
        skills = {s.skill for s in stages if s.role is role and s.skill is not None}
        yield one_more_person(role, skills, day, span)
        for kind in dict.fromkeys(s.chair_kind for s in stages if s.role is role):
            if kind is not None:
                yield one_more_column(kind, role, skills, day, span)
    for kind in dict.fromkeys(s.chair_kind for s in stages if s.chair_kind is not None):
        yield one_more_chair(kind, day, span)
    if any(stage.doctor for stage in stages):
        yield one_more_person(Role.DOCTOR, (), day, span)


def _dates_first(sifted: Sifted) -> list[dt.date]:
    """Dates with starts that suit the patient, the one with most of them first."""
    apart = OF_THE_PRACTICE | OF_THE_PATIENT
    suiting = {day: int(table.without(apart).sum()) for day, table in sifted.by_date.items()}
    return sorted((day for day in suiting if suiting[day]), key=lambda day: (-suiting[day], day))


def _hours(sifted: Sifted, start: int) -> Interval:
    """Whole clock hours around a visit and its turnover."""
    until = start + max(stage.busy_until for stage in sifted.occupancy.stages(sifted.visit))
    return start // 60 * 60, -(-until // 60) * 60
