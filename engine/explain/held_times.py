"""Who holds which chair, person and doctor on a date, and who is away."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from engine.explain.wording import span_text, spans_text
from engine.filling.held_stages import held_stages
from engine.filling.occupancy import Occupancy
from engine.practice.calendar import present_intervals, usable_intervals
from engine.units import Interval, covers, overlaps, to_minutes


@dataclass(frozen=True, slots=True)
class Held:
    """A visit that holds something on [start, until)."""

    visit: str
    start: int
    until: int


class HeldTimes:
    """Holders by id of chair, person or doctor on one date, in order of time."""

    def __init__(self, occupancy: Occupancy, day: dt.date) -> None:
        self._practice = occupancy.problem.practice
        self._problem = occupancy.problem
        self._day = day
        self.placed = [one for one in occupancy.placements.values() if one.date == day]
        self.of: dict[str, list[Held]] = defaultdict(list)
        for placed in self.placed:
            visit = self._problem.all_visits[placed.visit]
            for stage in held_stages(self._problem, placed, visit):
                for name in (stage.chair, stage.staff):
                    if name is not None:
                        self.of[name].append(Held(placed.visit, stage.start, stage.busy_until))
            for segment in placed.segments:
                if segment.doctor is not None:
                    start, end = to_minutes(segment.start), to_minutes(segment.end)
                    self.of[segment.doctor].append(Held(placed.visit, start, end))
        for held in self.of.values():
            held.sort(key=lambda one: (one.start, one.visit))

    def chair_text(self, chair: str, span: Interval) -> str:
        """`C1 is taken by V12 15:40-16:30`; empty where it is free on the span."""
        usable = usable_intervals(self._practice, self._problem.chairs[chair], self._day)
        if not covers(usable, span):
            return f"{chair} is out of use but {spans_text(usable)}"
        return self._taken(chair, span, "is taken by")

    def person_text(self, person: str, span: Interval) -> str:
        """`AS1 is with V12 15:40-16:30`, `AS1 is there 08:00-12:00`; empty where free."""
        there = present_intervals(self._practice, self._problem.staff[person], self._day)
        if not there:
            return f"{person} is away that day"
        if not covers(there, span):
            return f"{person} is there only {spans_text(there)}"
        return self._taken(person, span, "is with")

    def _taken(self, name: str, span: Interval, how: str) -> str:
        held = [one for one in self.of[name] if overlaps((one.start, one.until), span)]
        if not held:
            return ""
        who = ", ".join(f"{one.visit} {span_text((one.start, one.until))}" for one in held)
        return f"{name} {how} {who}"
