"""Fill this hole: who could take a time that has become free, the best first.

Thousands of waiting visits are of a few kinds: what a kind needs is asked of the book once, what
a patient needs of each visit. The order is that of `engine.filling.short_notice`.
"""

import datetime as dt
from collections.abc import Iterable

import numpy as np

from engine.filling.lanes import Minutes
from engine.filling.openings.answers import Candidate
from engine.filling.openings.open_book import OpenBook
from engine.filling.short_notice import (
    Hole,
    Rank,
    Waiting,
    lists_asked,
    rank_of,
    sooner,
    starts_in,
    uses_room,
    waiting_visits,
    would_gain,
)
from engine.filling.visit_starts import can_come, first_minute, in_due_window, is_ready
from engine.practice import Visit
from engine.schedule import Placement
from engine.units import to_clock, to_minutes

KindKey = tuple[str, int | None, str | None]
"""Procedure, own length, required doctor."""


def candidates_for(
    book: OpenBook, hole: Hole, now: dt.datetime, count: int | None = None
) -> tuple[Candidate, ...]:
    """Everybody who could take the hole, or the first `count`; nobody has got it yet.

    The hole's time is free in `book` (`taken_by`). Each candidate fits wholly inside it, in its
    chair, with people, doctor, counts, and everything that the patient and the visit need, as all
    else stands; whoever has a time would come sooner.
    """
    book.expire(now)
    finder = _Finder(book, hole, now)
    found: list[tuple[Rank, Waiting, int, float]] = []
    for one in finder.waiting():
        start = finder.start_of(one)
        if start is not None:
            show = 1.0 - book.chance_of_miss(one.visit, hole.date, hole.start // 60)
            found.append((rank_of(hole, one, show), one, start, show))
    found.sort(key=lambda entry: entry[0])
    return tuple(_candidate(one, start, show) for _, one, start, show in found[:count])


def taken_by(book: OpenBook, hole: Hole) -> tuple[Placement, ...]:
    """Who sits in the hole's chair in its time, turnover aside: such a hole is none."""
    return tuple(
        placed
        for placed in book.occupancy.placements.values()
        if placed.date == hole.date
        and any(
            part.chair == hole.chair
            and to_minutes(part.start) < hole.end
            and hole.start < to_minutes(part.end)
            for part in placed.segments
        )
    )


class _Finder:
    """The first start inside the hole, visit by visit."""

    def __init__(self, book: OpenBook, hole: Hole, now: dt.datetime) -> None:
        self._book, self._hole, self._now = book, hole, now
        self._occupancy = book.occupancy
        self._of_kind: dict[KindKey, Minutes] = {}

    def waiting(self) -> Iterable[Waiting]:
        problem, placements = self._occupancy.problem, self._occupancy.placements

        def time_of(visit: Visit) -> dt.datetime | None:
            placed = placements.get(visit.id)
            time = placed or problem.booking_of.get(visit.id)
            return None if time is None else dt.datetime.combine(time.date, time.start)

        lists = lists_asked(self._hole.begin - self._now)
        held = self._book.holds.keys()
        asked = (one for one in self._occupancy.visits.values() if one.id not in held)
        for one in waiting_visits(problem, asked, time_of, lists):
            if would_gain(self._hole, one):
                yield one

    def start_of(self, one: Waiting) -> int | None:
        visit, day, occupancy = one.visit, self._hole.date, self._occupancy
        if not in_due_window(visit, day):
            return None
        placed = occupancy.placements.get(visit.id)
        if placed is not None and placed.date == day:
            return self._while_away(one)
        starts = sooner(self._hole, one, self._starts_of_kind(visit))
        if not len(starts) or not is_ready(visit, day):
            return None
        if visit.availability:
            starts = starts[can_come(visit, day, starts, one.minutes)]
        for other, (start, end) in occupancy.day_book(day).of_patient.get(visit.patient, ()):
            if other != visit.id:
                starts = starts[(starts + one.minutes <= start) | (end <= starts)]
        if occupancy.is_ordered(visit):
            first, last = occupancy.order_window(visit, day)
            starts = starts[(first <= starts) & (starts + one.minutes <= last)]
        if self._book.is_seated_alone(visit):
            return int(starts[0]) if len(starts) else None
        seated = (int(s) for s in starts if occupancy.seat(visit, day, int(s)) is not None)
        return next(seated, None)

    def _starts_of_kind(self, visit: Visit) -> Minutes:
        key = (visit.procedure, visit.minutes, visit.required_doctor)
        if key not in self._of_kind:
            starts: Minutes = np.empty(0, dtype=np.int64)
            if uses_room(self._occupancy.problem, self._hole, self._occupancy.stages(visit)):
                starts = self._inside(visit, self._book.served_on(visit, self._hole.date))
            self._of_kind[key] = starts
        return self._of_kind[key]

    def _inside(self, visit: Visit, starts: Minutes) -> Minutes:
        """Not before now, in the hole's time and chair."""
        coming = starts[starts >= first_minute(self._hole.date, self._now)]
        return starts_in(self._hole, visit, self._occupancy, coming)

    def _while_away(self, one: Waiting) -> int | None:
        """For a visit of the same date: its own later time does not stand in its way."""
        visit = one.visit
        if not uses_room(self._occupancy.problem, self._hole, self._occupancy.stages(visit)):
            return None
        own = self._occupancy.release(visit.id)
        starts = self._inside(visit, self._occupancy.feasible_starts(visit, self._hole.date))
        self._occupancy.book(own)
        starts = sooner(self._hole, one, starts)
        return int(starts[0]) if len(starts) else None


def _candidate(one: Waiting, start: int, chance_to_show: float) -> Candidate:
    return Candidate(
        visit=one.visit.id,
        patient=one.visit.patient,
        procedure=one.visit.procedure,
        listed=one.visit.listed,
        start=to_clock(start),
        end=to_clock(start + one.minutes),
        doctor_minutes=one.doctor_minutes,
        weeks_past_ecd=one.weeks_past_ecd,
        chance_to_show=chance_to_show,
        now_booked=one.now,
    )
