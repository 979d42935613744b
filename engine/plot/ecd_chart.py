"""Weeks past the completion date, before and after this schedule, patient by patient."""

from dataclasses import dataclass
from datetime import date

from engine.files import kind_of
from engine.plot.visit_signs import weeks_past
from engine.practice import Problem, Visit
from engine.risk.treatment_time import ecd_of
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Schedule
from engine.weights import weights_with

SHOWN = 20
"""Rows of the chart; the totals count everybody."""


@dataclass(frozen=True, slots=True)
class EcdRow:
    """A patient past the ECD; weeks expected past it at the finish, before and after.

    `standing`: of the time in this schedule: new, moved or kept; none.
    """

    patient: str
    visit: str
    procedure: str
    ecd: date
    weeks_now: float
    weeks_before: float
    weeks_after: float
    proposed: date | None
    standing: str


@dataclass(frozen=True, slots=True)
class EcdChart:
    """The rows with most weeks past now first, and the totals over all `patients`."""

    rows: tuple[EcdRow, ...]
    patients: int
    with_time: int
    weeks_before: float
    weeks_after: float
    longest: float


def ecd_chart(problem: Problem, schedule: Schedule, costs: PersonalCosts) -> EcdChart:
    """Patients past their ECD with a visit to place or a booking in these dates.

    Only visits that the finish hangs on (`engine.risk.later_visits`). Before: pending visits
    without a time, bookings where the book has them. After: as scheduled.
    """
    booked = [booking.visit for booking in problem.bookings if booking.date in schedule.horizon]
    rows = [
        _row(problem, schedule, costs, visit)
        for visit in (*problem.visits_for(schedule.horizon), *booked)
        if weeks_past(problem, visit) > 0 and costs.carries(visit.id)
    ]
    ordered = sorted(rows, key=lambda row: (-row.weeks_now, row.patient))
    return EcdChart(
        tuple(ordered[:SHOWN]),
        len(ordered),
        sum(row.proposed is not None for row in ordered),
        sum(row.weeks_before for row in ordered),
        sum(row.weeks_after for row in ordered),
        max((max(row.weeks_before, row.weeks_after) for row in ordered), default=0.0),
    )


def _row(problem: Problem, schedule: Schedule, costs: PersonalCosts, visit: Visit) -> EcdRow:
    assert visit.treatment is not None
    quantum = weights_with({})["late_weeks"].quantum
    booking = problem.booking_of.get(visit.id)
    without = costs.unplaced(visit.id)
    before, after = without, without
    if booking is not None:
        before = costs.at(visit.id, booking.date, booking.start.hour)
    placement = schedule.placement_of.get(visit.id)
    if placement is not None:
        after = costs.at(visit.id, placement.date, placement.start.hour)
    return EcdRow(
        visit.patient,
        visit.id,
        visit.procedure,
        ecd_of(visit.treatment, problem.policy.ecd),
        weeks_past(problem, visit),
        before["late_weeks"] * quantum,
        after["late_weeks"] * quantum,
        placement.date if placement is not None else None,
        kind_of(problem, placement).value if placement is not None else "none",
    )
