"""Who could step in where a long slot stays empty: for each risky one, up to five patients.

Nobody on the list gets the time before it is free, so nobody is booked twice. Who is asked, by how
much notice there is from now to the slot, and in which order, is the rule of
`engine.filling.short_notice`; what is checked is that the visit fits: the slot's own chair, length,
dates and times of the patient, lab item and clearances, gaps to other visits, the model day as it
is released on that morning, and the people, doctor and chairs there are. The rules are those of the
fill by hand (`engine.filling.occupancy`).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.filling.occupancy import Occupancy
from engine.filling.short_notice import (
    LATER,
    SHORT_NOTICE,
    Hole,
    Waiting,
    hole_of,
    lists_asked,
    rank_of,
    sooner,
    starts_in,
    uses_room,
    waiting_visits,
    would_gain,
)
from engine.kpi.filled import Filled
from engine.practice import Problem, Visit
from engine.reports.risky_slots import RiskySlot, risky_slots
from engine.schedule import Schedule

MOST_BACKUPS = 5
"""For one slot: as many as a desk can ring before the patient would have to leave home."""

MOST_TRIED = 60
"""Of those who wait as usual: there can be thousands, and where the cell of a slot takes none of
them each would be tried in vain."""


class Standing(StrEnum):
    """What the time that a backup would give up is."""

    FROZEN = "booked, frozen"
    MOVABLE = "booked, movable"
    PROPOSED = "proposed"
    """By this schedule: its patient has not said yes."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A visit that fits into a slot from `start` on, minutes of the slot's date.

    `standing`: of the time that it has now (None: it has none).
    """

    waiting: Waiting
    start: int
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class SlotBackups:
    """A risky slot and who could take it, the best first; empty where nobody fits."""

    slot: RiskySlot
    backups: tuple[Backup, ...]


def list_backups(
    problem: Problem, schedule: Schedule, day: dt.date | None = None
) -> tuple[SlotBackups, ...]:
    """The backups of every risky long slot of a schedule (or of one date), by date and start."""
    filled = Filled(problem, schedule)
    waiting = tuple(_waiting(filled))
    linked = _linked(problem)
    mornings: dict[dt.date, Occupancy] = {}
    found = []
    for slot in risky_slots(filled):
        if day is not None and slot.date != day:
            continue
        if slot.date not in mornings:
            mornings[slot.date] = _that_morning(problem, schedule, slot.date, linked)
        hole = hole_of(slot.placement, slot.visit)
        ranked = _ranked(filled, hole, waiting)
        found.append(SlotBackups(slot, _backups_of(slot, hole, ranked, mornings[slot.date])))
    return tuple(found)


def _waiting(filled: Filled) -> Iterator[Waiting]:
    """The visits of all lists, with the time that they have once the schedule stands."""
    problem, schedule = filled.problem, filled.schedule

    def time_of(visit: Visit) -> dt.datetime | None:
        time = schedule.placement_of.get(visit.id) or problem.booking_of.get(visit.id)
        if time is None or visit.id in schedule.displaced:
            return None
        return dt.datetime.combine(time.date, time.start)

    lists = (*SHORT_NOTICE, *LATER)
    return waiting_visits(problem, problem.all_visits.values(), time_of, lists)


def _ranked(filled: Filled, hole: Hole, waiting: Sequence[Waiting]) -> list[Waiting]:
    """Those whom the hole would help, in the order in which they are asked."""
    hour = hole.start // 60
    lists = lists_asked(hole.begin - filled.problem.as_of)
    gaining = [one for one in waiting if one.visit.listed in lists and would_gain(hole, one)]
    shows = {
        one.visit.id: 1.0 - filled.costs.no_show(one.visit.id, hole.date, hour) for one in gaining
    }
    ranked = sorted(gaining, key=lambda one: rank_of(hole, one, shows[one.visit.id]))
    ready = sum(one.visit.listed in SHORT_NOTICE for one in ranked)
    return ranked[: ready + MOST_TRIED]  # those who wait as usual come after all others


def _linked(problem: Problem) -> frozenset[str]:
    """Visits that follow another one, or are followed."""
    pairs = (
        (visit.id, one.visit) for visit in problem.all_visits.values() for one in visit.follows
    )
    return frozenset(visit for pair in pairs for visit in pair)


def _that_morning(
    problem: Problem, schedule: Schedule, day: dt.date, linked: frozenset[str]
) -> Occupancy:
    """A date as its morning finds it: what is released by then takes others.

    Of other dates only `linked` visits are in it: they alone can stand in a backup's way, and a
    schedule of many weeks would be written out once for each of its dates.
    """
    as_of = max(problem.as_of, dt.datetime.combine(day, dt.time()))
    here = (one for one in schedule.placements if one.date == day or one.visit in linked)
    then = problem.model_copy(update={"as_of": as_of})
    return Occupancy.of(then, schedule.model_copy(update={"placements": tuple(here)}))


def _backups_of(
    slot: RiskySlot, hole: Hole, ranked: list[Waiting], occupancy: Occupancy
) -> tuple[Backup, ...]:
    """The first `MOST_BACKUPS` that fit while the slot is free and all else stands."""
    placement = occupancy.release(slot.visit.id)
    found: list[Backup] = []
    for one in ranked:
        start = _start_inside(hole, one, occupancy)
        if start is not None:
            found.append(Backup(one, start, standing_now(occupancy.problem, one.visit.id, one.now)))
        if len(found) == MOST_BACKUPS:
            break
    occupancy.book(placement)
    return tuple(found)


def standing_now(problem: Problem, visit: str, now: dt.datetime | None) -> Standing | None:
    """What the time is that a visit has now (None: it has none)."""
    if now is None:
        return None
    booking = problem.booking_of.get(visit)
    if booking is None or dt.datetime.combine(booking.date, booking.start) != now:
        return Standing.PROPOSED
    return Standing.MOVABLE if booking.movable else Standing.FROZEN


def _start_inside(hole: Hole, one: Waiting, occupancy: Occupancy) -> int | None:
    """The first start in the hole's time and chair, sooner than what the visit has; or None."""
    if not uses_room(occupancy.problem, hole, occupancy.stages(one.visit)):
        return None
    placed = one.visit.id in occupancy.placements
    own = occupancy.release(one.visit.id) if placed else None
    starts = sooner(hole, one, occupancy.feasible_starts(one.visit, hole.date))
    inside = starts_in(hole, one.visit, occupancy, starts)
    if own is not None:
        occupancy.book(own)
    return int(inside[0]) if len(inside) else None
