"""Whom to call: every proposed time with two alternatives, in the order of need, some each day.

A placement is a proposal until the patient says yes. Visits of one household, or of one patient,
are one call: they stand together where the most urgent one does, on one day. Rows hold ids only,
never phone numbers.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from engine.filling.offers import alternatives, with_later_dates
from engine.plot.visit_signs import Standing, standing_of, weeks_past
from engine.practice import Booking, Problem
from engine.practice.calendar import is_open, open_intervals
from engine.schedule import Placement, Schedule
from engine.units import to_minutes

CALL_COLUMNS = (
    "order", "call_on", "call_by", "status", "kind", "patient", "visit", "procedure", "date",
    "start", "end", "old_date", "old_start", "alternative_1", "alternative_2", "weeks_past_ecd",
    "late_call", "household",
)  # fmt: skip
"""Columns of calls.csv."""


@dataclass(frozen=True, slots=True)
class Call:
    """One visit of a call. `call_on`: by the daily cap.

    `call_by`: the last open day before the patient comes.
    `alternatives`: at most two other times that are free while all other placements stand.
    """

    order: int
    call_on: dt.date
    call_by: dt.date
    kind: str
    patient: str
    household: str | None
    visit: str
    procedure: str
    date: dt.date
    start: dt.time
    end: dt.time
    old: dt.datetime | None
    weeks_past_ecd: float
    alternatives: tuple[dt.datetime, ...] = ()

    def as_row(self) -> dict[str, str]:
        """The row of calls.csv; `late_call` yes: the cap puts the call after `call_by`."""
        offers = [f"{offer:%Y-%m-%d %H:%M}" for offer in self.alternatives] + ["", ""]
        values = (
            str(self.order),
            self.call_on.isoformat(),
            self.call_by.isoformat(),
            "proposed",
            self.kind,
            self.patient,
            self.visit,
            self.procedure,
            self.date.isoformat(),
            f"{self.start:%H:%M}",
            f"{self.end:%H:%M}",
            f"{self.old:%Y-%m-%d}" if self.old else "",
            f"{self.old:%H:%M}" if self.old else "",
            offers[0],
            offers[1],
            f"{self.weeks_past_ecd:.1f}" if self.weeks_past_ecd else "",
            "yes" if self.call_on > self.call_by else "no",
            self.household or "",
        )
        return dict(zip(CALL_COLUMNS, values, strict=True))


def calls(problem: Problem, schedule: Schedule) -> tuple[Call, ...]:
    """Calls for new and moved times: past ECD first, then by the day on which it matters.

    At most `policy.calls_per_day` on each open day from now on.
    """
    grouped = together(problem, schedule)
    days = _call_days(problem, len(grouped))
    occupancy = with_later_dates(problem, schedule)
    listed = [(call, day) for group, day in zip(grouped, days, strict=True) for call in group]
    return tuple(
        replace(
            call,
            order=order,
            call_on=day,
            alternatives=alternatives(occupancy, call.visit, day),
        )
        for order, (call, day) in enumerate(listed, start=1)
    )


def together(problem: Problem, schedule: Schedule) -> list[list[Call]]:
    """The visits of each call to make, the most urgent first, without day and alternatives.

    A moved booking matters on its old date too, when the patient would come.
    """
    listed = [
        _call(problem, placement)
        for placement in schedule.placements
        if standing_of(problem, placement) in (Standing.NEW, Standing.MOVED)
    ]
    listed.sort(key=lambda call: (call.weeks_past_ecd == 0, _matters_on(call), call.visit))
    home: dict[str, str] = {}
    for call in listed:
        if call.household is not None:
            home.setdefault(call.patient, call.household)
    groups: defaultdict[tuple[str | None, str], list[Call]] = defaultdict(list)
    for call in listed:
        household = home.get(call.patient)
        groups[household, "" if household else call.patient].append(call)
    return list(groups.values())


def _call(problem: Problem, placement: Placement) -> Call:
    visit = problem.all_visits[placement.visit]
    booking: Booking | None = problem.booking_of.get(visit.id)
    old = dt.datetime.combine(booking.date, booking.start) if booking else None
    comes = min(placement.date, old.date()) if old else placement.date
    return Call(
        0,
        comes,
        _open_day_before(problem, comes),
        "moved" if booking else "new",
        visit.patient,
        visit.household,
        visit.id,
        visit.procedure,
        placement.date,
        placement.start,
        placement.end,
        old,
        weeks_past(problem, visit),
    )


def _matters_on(call: Call) -> dt.datetime:
    new = dt.datetime.combine(call.date, call.start)
    return min(new, call.old) if call.old else new


def _open_day_before(problem: Problem, day: dt.date) -> dt.date:
    """The last open day before a date, but not before today."""
    today = problem.as_of.date()
    day -= dt.timedelta(days=1)
    while day > today and not is_open(problem.practice, day):
        day -= dt.timedelta(days=1)
    return max(day, today)


def _call_days(problem: Problem, count: int) -> list[dt.date]:
    """The date of each call in order. Today counts while the office is open."""
    day = problem.as_of.date()
    closing = max((end for _, end in open_intervals(problem.practice, day)), default=0)
    if to_minutes(problem.as_of.time()) >= closing:
        day += dt.timedelta(days=1)
    days: list[dt.date] = []
    idle = 0
    while len(days) < count:
        # A practice that never opens again would loop for ever: after a year any day will do.
        if is_open(problem.practice, day) or idle > 366:
            days += [day] * problem.policy.calls_per_day
            idle = 0
        idle += 1
        day += dt.timedelta(days=1)
    return days[:count]
