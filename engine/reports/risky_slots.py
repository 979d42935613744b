"""Long slots that may well stay empty: worth having somebody ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.kpi.filled import Filled, span
from engine.practice import Visit
from engine.schedule import Placement

RISKY_CHANCE = 0.10
"""A slot is risky from this chance of a miss on: twice the 5 % below which practices aim to keep
their no-shows, so that of ten such slots one stays empty."""

LONG_MINUTES = 40
"""A slot is long from this length on: offices keep visits of 40 minutes and more to the mornings,
and one that stays empty is more than two ordinary adjustments (15 to 20 minutes) could have used.
A shorter hole closes by itself: somebody is early or late."""


@dataclass(frozen=True, slots=True)
class RiskySlot:
    """The time of one placement, in minutes of its date, [start, end) without turnover.

    `expected_lost_minutes`: chair and doctor minutes, at slot prices where the practice has them.
    """

    placement: Placement
    visit: Visit
    date: date
    start: int
    end: int
    chance_of_miss: float
    expected_lost_minutes: float

    @property
    def chair(self) -> str | None:
        """The chair in which it begins."""
        return self.placement.segments[0].chair


def risky_slots(filled: Filled) -> Iterator[RiskySlot]:
    """By date and start: long slots whose patient may well not come."""
    ordered = sorted(filled.schedule.placements, key=lambda one: (one.date, one.start, one.visit))
    for placed in ordered:
        start, end = span(placed)
        if end - start >= LONG_MINUTES:
            chance = filled.costs.no_show(placed.visit, placed.date, placed.start.hour)
            if chance >= RISKY_CHANCE:
                visit = filled.visit_of(placed)
                worth = filled.costs.worth_at_stake(visit.id, placed.date, placed.start.hour)
                yield RiskySlot(placed, visit, placed.date, start, end, chance, chance * worth)
