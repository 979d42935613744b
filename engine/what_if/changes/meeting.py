"""A meeting, huddle or training moved to another time."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from engine.practice import WEEKDAYS, BlockKind, ClockTime, Horizon, Id, Problem, StaffBlock
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, Interval, to_clock, to_minutes
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.change import Change, span_faults, unknown, with_practice


class MeetingMoved(Change):
    """The `block` (a meeting unless said otherwise) of `date` is held at another time.

    `staff`: only the one of exactly these people. `to_date`: else on the same date. Without `end`
    it lasts as long as before. One that is held every week is moved on this date alone.
    """

    kind: Literal["meeting_moved"]
    block: BlockKind = BlockKind.MEETING
    date: dt.date
    staff: tuple[Id, ...] | None = None
    to_date: dt.date | None = None
    start: ClockTime
    end: ClockTime | None = None

    def faults(self, asked: Asked, where: str) -> Iterator[PracticeProblem]:
        """No such meeting or several, unknown people, dates outside or closed, times."""
        problem, days = asked.problem, asked.horizon.dates
        yield from unknown("staff", self.staff or (), tuple(problem.staff), where)
        outside = [d for d in (self.date, self.to_date) if d is not None and d not in asked.horizon]
        for day in outside:
            yield fault(
                "date-outside",
                where,
                f"{day} is outside the dates that are filled, {days[0]} to {days[-1]}",
                "choose a date inside, or fill other dates",
            )
        if self.to_date in asked.horizon.dates and not asked.is_open(self.to_date):
            yield fault(
                "date-closed",
                where,
                f"no patients are seen on {self.to_date}",
                "choose an open date, or open it in the same scenario",
            )
        found = self._found(problem)
        if self.date in asked.horizon and len(found) != 1:
            yield fault(
                "no-meeting" if not found else "several-meetings",
                where,
                f"there are {len(found) or 'no'} blocks of kind {self.block} on {self.date}",
                "name a date and kind of a block of time away in practice.toml"
                + (", and its staff" if found else ""),
            )
        elif found:
            yield from span_faults(self._span(found[0]), where)

    def claims(self, asked: Asked) -> Iterator[Claim]:
        """When it is held: of the block itself, in whatever words it is named."""
        block = self._found(asked.problem)[0]
        yield Claim(f"the {block.kind} of {', '.join(block.staff) or 'everyone'}", self.date)

    def apply(self, problem: Problem, horizon: Horizon) -> Problem:
        """The old block without the date, and one block at the new time."""
        found = self._found(problem)[0]
        span = self._span(found)
        moved = StaffBlock(
            kind=found.kind,
            staff=found.staff,
            dates=(self.to_date or self.date,),
            start=to_clock(span[0]),
            end=to_clock(span[1]) if span[1] < MINUTES_PER_DAY else None,
        )
        blocks = [block for block in problem.practice.staff_blocks if block != found]
        return with_practice(problem, staff_blocks=(*blocks, *self._left(found, horizon), moved))

    def _found(self, problem: Problem) -> list[StaffBlock]:
        weekday = WEEKDAYS[self.date.weekday()]
        return [
            block
            for block in problem.practice.staff_blocks
            if block.kind is self.block
            and (self.date in block.dates or weekday in block.weekdays)
            and (self.staff is None or set(self.staff) == set(block.staff))
        ]

    def _left(self, block: StaffBlock, horizon: Horizon) -> Iterator[StaffBlock]:
        """The same block on its other dates; a weekly one is written out for the horizon."""
        weekday = WEEKDAYS[self.date.weekday()]
        weekdays = tuple(one for one in block.weekdays if one is not weekday)
        dates = {day for day in block.dates if day != self.date}
        if weekday in block.weekdays:
            dates |= {d for d in horizon.dates if WEEKDAYS[d.weekday()] is weekday}
        left = tuple(sorted(dates - {self.date}))
        if weekdays or left:
            yield block.model_copy(update={"weekdays": weekdays, "dates": left})

    def _span(self, block: StaffBlock) -> Interval:
        start = to_minutes(self.start)
        if self.end is not None:
            return start, to_minutes(self.end)
        before = to_minutes(block.start) if block.start is not None else 0
        until = to_minutes(block.end) if block.end is not None else MINUTES_PER_DAY
        return start, min(MINUTES_PER_DAY, start + until - before)
