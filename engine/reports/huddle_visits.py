"""The visits of one date as a morning meeting goes through them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from engine.kpi.filled import Filled, span
from engine.practice import Confirmation, Purpose, Visit
from engine.reports.reminders import PROPOSED
from engine.reports.worklist import first_ecd
from engine.schedule import Placement

OVERDUE_DAYS = 7
"""A visit counts as overdue in the meeting from a week after its due date on: in shorter delays is
nothing that a day's team could make good."""


@dataclass(frozen=True, slots=True)
class HuddleVisit:
    """A visit of the date, minutes [start, end) without turnover.

    `days_past_ecd`: past the earlier of its two completion dates (0: not past, or not in
    treatment); `days_overdue`: since its due date, 0 within `OVERDUE_DAYS`. `said`: what the
    patient has said. `minutes_at_stake`: chair and doctor minutes that a miss costs;
    `worth_at_stake`: the same in minutes of an average slot.
    """

    placement: Placement
    visit: Visit
    purpose: Purpose
    start: int
    end: int
    said: str
    days_past_ecd: int
    days_overdue: int
    chance_of_miss: float
    minutes_at_stake: int
    worth_at_stake: float

    @property
    def chair(self) -> str | None:
        """Where it begins."""
        return self.placement.segments[0].chair

    @property
    def is_confirmed(self) -> bool:
        """True once the patient has said yes to this time."""
        return self.said == Confirmation.CONFIRMED


@dataclass(frozen=True, slots=True)
class Missing:
    """What a visit of the date still waits for: `what`, and when it is expected (None: unknown).

    `overdue`: it was expected before today.
    """

    visit: HuddleVisit
    what: str
    expected: dt.date | None
    overdue: bool = False


def visits_on(filled: Filled, day: dt.date) -> tuple[HuddleVisit, ...]:
    """Every visit of a date, by start and chair."""
    found = (_visit(filled, placed, day) for placed in filled.on_date(day))
    return tuple(sorted(found, key=lambda one: (one.start, one.chair or "", one.visit.id)))


def missing_for(one: HuddleVisit, today: dt.date) -> Iterator[Missing]:
    """Lab items that are not in the house, and clearances that are not given, as of today.

    A fill takes a clearance as given from its expected date on; whether it was, the desk asks here.
    """
    day, visit = one.placement.date, one.visit
    # An item that arrives on a day is usable from the next day on.
    if visit.lab_ready is not None and visit.lab_ready >= min(today, day):
        yield Missing(one, "lab item", visit.lab_ready)
    for clearance in visit.clearances:
        if not clearance.granted:
            expected = clearance.expected
            overdue = expected is not None and expected < today
            yield Missing(one, f"{clearance.kind.value} clearance", expected, overdue)


def _visit(filled: Filled, placed: Placement, day: dt.date) -> HuddleVisit:
    visit = filled.visit_of(placed)
    booking = filled.problem.booking_of.get(visit.id)
    said = PROPOSED
    if booking is not None and filled.is_kept(placed):
        said = booking.confirmation.value
    past = 0
    if visit.treatment is not None:
        past = max(0, (day - first_ecd(visit.treatment)).days)
    overdue = (day - visit.due).days
    start, end = span(placed)
    return HuddleVisit(
        placement=placed,
        visit=visit,
        purpose=filled.problem.procedures[visit.procedure].purpose,
        start=start,
        end=end,
        said=said,
        days_past_ecd=past,
        days_overdue=overdue if overdue >= OVERDUE_DAYS else 0,
        chance_of_miss=filled.costs.no_show(visit.id, day, placed.start.hour),
        minutes_at_stake=filled.costs.minutes_at_stake(visit.id),
        worth_at_stake=filled.costs.worth_at_stake(visit.id, day, placed.start.hour),
    )
