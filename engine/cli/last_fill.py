"""The last fill of a practice, where there is one: what it placed, and its prices."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.certificate.certificate import PriceLine
from engine.certificate.certificate_json import CERTIFICATE_FILE, read_certificate
from engine.files import held_times, read_schedule
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Problem
from engine.schedule import Hold, Placement, Schedule


@dataclass(frozen=True, slots=True)
class LastFill:
    """A schedule, and the prices beside it; no prices where no certificate lies there."""

    schedule: Schedule
    prices: tuple[PriceLine, ...]

    def priced_in(self, horizon: Horizon) -> frozenset[dt.date]:
        """The dates of a horizon that have prices; in the others a time may look cheap."""
        own = self.schedule.horizon.dates if self.prices else ()
        return frozenset(own).intersection(horizon.dates)


def read_last_fill(folder: Path) -> LastFill:
    """Reads `schedule.json` and `certificate.json`. PracticeProblemsError with every fault."""
    schedule = read_schedule(folder / "schedule.json")
    paper = folder / CERTIFICATE_FILE
    prices = read_certificate(paper).prices if paper.is_file() else ()
    return LastFill(schedule, prices)


def placements_on(
    problem: Problem, horizon: Horizon, last: LastFill | None, holds: Iterable[Hold], asked: str
) -> tuple[Placement, ...]:
    """Everything that has a time in these dates, but for the visit that is asked about.

    Holds as they are held, then what the last fill placed, then bookings that it does not know.
    """
    placed = held_times(problem, holds)
    if last is not None:
        for placement in last.schedule.placements:
            if placement.visit in problem.all_visits:
                placed.setdefault(placement.visit, placement)
    for placement in seat_bookings(problem, horizon):
        placed.setdefault(placement.visit, placement)
    placed.pop(asked, None)
    return tuple(one for one in placed.values() if one.date in horizon)
