"""Who could step in where a long slot stays empty: for each risky one, up to five patients.

Nobody on the list gets the time before it is free, so nobody is booked twice. Whether a patient
can really come at a few hours' notice is known to the patient alone; what is checked here is that
the visit fits: room, length, dates and times of the patient, lab item and clearances, gaps to other
visits, the model day as it is released on that morning, and the people, doctor and chairs there
are. The rules are those of the fill by hand (`engine.filling.occupancy`).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.filling.occupancy import Occupancy
from engine.kpi.filled import Filled
from engine.practice import Problem, Visit, VisitList
from engine.reports.risky_slots import RiskySlot, risky_slots
from engine.risk.treatment_time import days_past_ecd
from engine.schedule import Schedule
from engine.yardsticks import stages_of

# A booking that is frozen counts as well: its patient asked to come sooner, and the desk, not the
# engine, moves it.
SHORT_NOTICE = (VisitList.ASAP, VisitList.WILL_CALL, VisitList.UNSCHEDULED)
"""Lists of patients who take what comes, the readiest first: those who asked to come sooner, then
those who gave a time back or missed it and have none now. A visit that is simply due later, or a
recall, is not asked at short notice."""

MOST_BACKUPS = 5
"""For one slot: as many as a desk can ring before the patient would have to leave home."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit at short notice. `minutes` without turnover; `now`: its time (None: it has none)."""

    visit: Visit
    minutes: int
    now: dt.datetime | None
    days_past_ecd: int

    @property
    def order(self) -> tuple[int, int, int, dt.date, str]:
        """Readiest list, longest past ECD, most minutes of the slot used, longest due."""
        ready = SHORT_NOTICE.index(self.visit.listed)
        return ready, -self.days_past_ecd, -self.minutes, self.visit.due, self.visit.id


@dataclass(frozen=True, slots=True)
class Backup:
    """A visit that fits into a slot from `start` on, minutes of the slot's date."""

    waiting: Waiting
    start: int


@dataclass(frozen=True, slots=True)
class SlotBackups:
    """A risky slot and who could take it, the best first; empty where nobody fits."""

    slot: RiskySlot
    backups: tuple[Backup, ...]


def list_backups(problem: Problem, schedule: Schedule) -> tuple[SlotBackups, ...]:
    """The backups of every risky long slot of a schedule, by date and start."""
    filled = Filled(problem, schedule)
    waiting = sorted(_waiting(filled), key=lambda one: one.order)
    linked = _linked(problem)
    mornings: dict[dt.date, Occupancy] = {}
    found = []
    for slot in risky_slots(filled):
        if slot.date not in mornings:
            mornings[slot.date] = _that_morning(problem, schedule, slot.date, linked)
        found.append(SlotBackups(slot, _backups_of(slot, waiting, mornings[slot.date])))
    return tuple(found)


def _waiting(filled: Filled) -> Iterator[Waiting]:
    """The visits of the lists, with the time that they have once the schedule stands."""
    problem, schedule = filled.problem, filled.schedule
    today = problem.as_of.date()
    for visit in problem.all_visits.values():
        if visit.listed not in SHORT_NOTICE:
            continue
        time = schedule.placement_of.get(visit.id) or problem.booking_of.get(visit.id)
        now = None
        if time is not None and visit.id not in schedule.displaced:
            now = dt.datetime.combine(time.date, time.start)
        past = 0
        if visit.treatment is not None:
            past = max(0, days_past_ecd(visit.treatment, problem.policy.ecd, today))
        yield Waiting(visit, stages_of(problem, visit)[-1].end, now, past)


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
    slot: RiskySlot, waiting: list[Waiting], occupancy: Occupancy
) -> tuple[Backup, ...]:
    """The first `MOST_BACKUPS` that fit while the slot is free and all else stands."""
    begin = dt.datetime.combine(slot.date, slot.placement.start)
    placement = occupancy.release(slot.visit.id)
    found: list[Backup] = []
    for one in waiting:
        later = one.now is None or one.now > begin
        if not later or one.visit.patient == slot.visit.patient:
            continue
        start = _start_inside(slot, one, occupancy)
        if start is not None:
            found.append(Backup(one, start))
        if len(found) == MOST_BACKUPS:
            break
    occupancy.book(placement)
    return tuple(found)


def _uses_its_room(slot: RiskySlot, one: Waiting, occupancy: Occupancy) -> bool:
    """False for a visit in other rooms, or in none: the chair of the slot would stay empty."""
    stages = occupancy.stages(one.visit)
    if slot.chair is None:
        return all(stage.chair_kind is None for stage in stages)
    kind = occupancy.problem.chairs[slot.chair].kind
    return any(stage.chair_kind is kind for stage in stages)


def _start_inside(slot: RiskySlot, one: Waiting, occupancy: Occupancy) -> int | None:
    """The first start at which the whole visit lies inside the slot; None where there is none."""
    if one.minutes > slot.end - slot.start or not _uses_its_room(slot, one, occupancy):
        return None
    placed = one.visit.id in occupancy.placements
    own = occupancy.release(one.visit.id) if placed else None
    starts = occupancy.feasible_starts(one.visit, slot.date)
    inside = starts[(starts >= slot.start) & (starts + one.minutes <= slot.end)]
    if own is not None:
        occupancy.book(own)
    return int(inside[0]) if len(inside) else None
