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
from engine.problems import PracticeProblem, Severity
from engine.schedule import Hold, Placement, Schedule


@dataclass(frozen=True, slots=True)
class LastFill:
    """A schedule, and the prices beside it; no prices where no certificate lies there.

    The schedule is without visits that the practice does not know, and without those that have a
    frozen booking at another time: no fill moves one, so it was made since. `remarks` names these.
    """

    schedule: Schedule
    prices: tuple[PriceLine, ...]
    remarks: tuple[PracticeProblem, ...] = ()

    def priced_in(self, horizon: Horizon) -> frozenset[dt.date]:
        """The dates of a horizon that have prices; in the others a time may look cheap."""
        own = self.schedule.horizon.dates if self.prices else ()
        return frozenset(own).intersection(horizon.dates)


def read_last_fill(folder: Path, problem: Problem) -> LastFill:
    """Reads `schedule.json` and `certificate.json`. PracticeProblemsError with every fault."""
    schedule = read_schedule(folder / "schedule.json")
    paper = folder / CERTIFICATE_FILE
    prices = read_certificate(paper).prices if paper.is_file() else ()
    known = [one for one in schedule.placements if one.visit in problem.all_visits]
    stale = {one.visit: _remark(problem, one) for one in known if _is_stale(problem, one)}
    standing = schedule.model_copy(
        update={"placements": tuple(one for one in known if one.visit not in stale)}
    )
    return LastFill(standing, prices, tuple(stale.values()))


def _is_stale(problem: Problem, placement: Placement) -> bool:
    booked = problem.booking_of.get(placement.visit)
    if booked is None or booked.movable:
        return False
    return (booked.date, booked.start) != (placement.date, placement.start)


def _remark(problem: Problem, placement: Placement) -> PracticeProblem:
    booked = problem.booking_of[placement.visit]
    return PracticeProblem(
        "booked-since-the-fill",
        f"visit {placement.visit}",
        f"the fill has it on {placement.date} {placement.start:%H:%M}, and it has "
        f"{booked.date} {booked.start:%H:%M} by now",
        "the booking counts; fill again for a plan with it",
        Severity.KEPT,
    )


def placements_on(
    problem: Problem, horizon: Horizon, last: LastFill | None, holds: Iterable[Hold], asked: str
) -> tuple[Placement, ...]:
    """Everything that has a time in these dates, but for the visit that is asked about.

    Holds as they are held, then what the last fill placed, then bookings that it does not know.
    """
    placed = held_times(problem, holds)
    if last is not None:
        for placement in last.schedule.placements:
            placed.setdefault(placement.visit, placement)
    for placement in seat_bookings(problem, horizon):
        placed.setdefault(placement.visit, placement)
    placed.pop(asked, None)
    return tuple(one for one in placed.values() if one.date in horizon)
