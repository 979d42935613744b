"""Which single booking or proposal stands in the way of a visit and could as well come later."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.explain.binding import Sifted
from engine.explain.try_change import Plan
from engine.explain.wording import day_text
from engine.filling.occupancy import Occupancy
from engine.filling.plan_as_book import may_move
from engine.practice import Visit
from engine.schedule import Placement
from engine.units import overlaps, to_minutes

ROOM = frozenset(
    ("chair_once", "staff_once", "doctor_once", "required_doctor", "limits", "seating")
)
"""Rules that a single visit less may lift."""

LOOKS = 60
"""Neighbours looked at for one visit."""


@dataclass(frozen=True, slots=True)
class Move:
    """Of a visit that has a time on that date."""

    visit: str
    date: dt.date
    text: str


def moves_that_help(plan: Plan, sifted: Sifted) -> Iterator[Move]:
    """Visits that leave room when they go and find another start of their date.

    Told by the occupancy, for a second look by the solver. Dates in order.
    """
    occupancy, visit, movable = (
        sifted.occupancy,
        sifted.visit,
        may_move(plan.problem, plan.schedule),
    )
    looks = 0
    length = max(stage.busy_until for stage in occupancy.stages(visit))
    for day, table in sifted.by_date.items():
        starts = table.starts[table.within(ROOM)]
        for name in sorted(movable):
            placed = occupancy.placements.get(name)
            if placed is None or placed.date != day or looks == LOOKS:
                continue
            span = (to_minutes(placed.start), to_minutes(placed.end) + 1)
            if not any(overlaps(span, (int(start), int(start) + length)) for start in starts):
                continue
            looks += 1
            if _makes_room(occupancy, visit, placed):
                booked = name in plan.problem.booking_of
                what = "booking" if booked else "proposal"
                text = f"move one {what} of {day_text(day)} ({name} at {placed.start:%H:%M})"
                yield Move(name, day, text)


def _makes_room(occupancy: Occupancy, visit: Visit, placed: Placement) -> bool:
    other = occupancy.problem.all_visits[placed.visit]
    day = placed.date
    occupancy.release(placed.visit)
    try:
        for start in map(int, occupancy.feasible_starts(visit, day)):
            here = occupancy.place_at(visit, day, start)
            if here is None:
                continue
            occupancy.book(here)
            fits = len(occupancy.feasible_starts(other, day)) > 0
            occupancy.release(visit.id)
            if fits:
                return True
        return False
    finally:
        occupancy.book(placed)
