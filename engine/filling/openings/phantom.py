"""Phantom demand: prices that keep exam and start times for callers who have not called yet.

A new patient is to be seen within 7 days of the call, and to start within 7 days of yes. Whoever
calls today may take any time that is free, and an exam time given to somebody who could as well
come later is missed by the caller of tomorrow. So a free place of a protected procedure has a
price: what a caller loses who does not find one in time, times the chance that more callers will
want the date than would still find a place without it,

    price = value * P(D >= n),   D Poisson with the calls to come that want the date,

where n places are left (the last of them is the one that is given away). This is the protection
level of K. Littlewood, 'Forecasting and control of passenger bookings', AGIFORS Symposium
Proceedings 12 (1972), reprinted in Journal of Revenue and Pricing Management 4 (2005) 111-123, doi
10.1057/palgrave.rpm.5170134, read as a price. Calls to come are spread evenly over the open dates
of their 7 days. Near dates have few calls to come and are cheap; they would stay empty otherwise.

The prices are chair prices in the cells of the class, so that a visit of another class pays for as
much of the place as it takes. They hold for the book as it is: after a booking those of its date
are worked out again, a day later all of them (`engine.filling.openings.later_prices`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from scipy.special import pdtrc

from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.price_table import PriceTable
from engine.filling.occupancy import Occupancy
from engine.practice import Practice, Problem, Purpose, Visit
from engine.practice.calendar import is_open, model_day_on
from engine.risk.visit_costs import ACCESS_DAYS_PROMISED
from engine.units import to_minutes
from engine.yardsticks import prices_of

PROTECTED = (Purpose.EXAM, Purpose.START)
"""Visits whose days since the call count."""

LOOK_BACK_DAYS = 28
"""Four weeks of calls say how many to expect: weekdays are balanced, and seasons do not blur it."""


class Book(Protocol):
    """What prices for callers to come are read from: an `OpenBook`."""

    occupancy: Occupancy

    def places_left(self, visit: Visit, day: dt.date) -> int:
        """How many more visits of this kind fit into a date."""


@dataclass(frozen=True, slots=True)
class LaterCalls:
    """Calls to come for one procedure, so many on an open day."""

    procedure: str
    a_day: float


def calls_of(problem: Problem) -> tuple[LaterCalls, ...]:
    """Calls for protected procedures in the last four weeks, a day. Only visits that say when they
    were asked for count (`requested_on`)."""
    today, practice = problem.as_of.date(), problem.practice
    since = today - dt.timedelta(days=LOOK_BACK_DAYS)
    days = sum(is_open(practice, since + dt.timedelta(days=n + 1)) for n in range(LOOK_BACK_DAYS))
    found = []
    for procedure in practice.procedures:
        if procedure.purpose in PROTECTED and days:
            count = sum(
                visit.procedure == procedure.code
                and visit.requested_on is not None
                and since < visit.requested_on <= today
                for visit in problem.all_visits.values()
            )
            if count:
                found.append(LaterCalls(procedure.code, count / days))
    return tuple(found)


def calls_wanting(
    practice: Practice,
    day: dt.date,
    today: dt.date,
    a_day: float,
    until: dt.date | None = None,
) -> float:
    """Expected calls after today that want this date: its share of the calls of each later day.

    `until`: the last date on which anybody calls; None: they go on.
    """
    wanting = 0.0
    for back in range(ACCESS_DAYS_PROMISED + 1):
        called = day - dt.timedelta(days=back)
        if until is not None and called > until:
            continue
        if called > today and is_open(practice, called):
            reach = (called + dt.timedelta(days=n) for n in range(ACCESS_DAYS_PROMISED + 1))
            wanting += a_day / sum(is_open(practice, one) for one in reach)
    return wanting


def phantom_prices(
    book: Book,
    calls: Iterable[LaterCalls],
    now: dt.datetime,
    until: dt.date | None = None,
    dates: Iterable[dt.date] | None = None,
) -> tuple[PriceLine, ...]:
    """Price lines for every date of the book that calls to come may want, whole millipoints.

    `until`: the last date on which anybody calls; None: they go on. `dates`: these alone.
    """
    problem = book.occupancy.problem
    # A caller who finds nothing within the 7 days waits about as long again.
    value = ACCESS_DAYS_PROMISED * prices_of(problem)["access_days"]
    table = PriceTable()
    asked = book.occupancy.horizon.dates if dates is None else tuple(dates)
    for one in calls:
        procedure = problem.procedures[one.procedure]
        name = f"later-{procedure.code}"
        sample = Visit(id=name, patient=name, procedure=procedure.code, due=now.date())
        for day in asked:
            wanting = calls_wanting(problem.practice, day, now.date(), one.a_day, until)
            left = book.places_left(sample, day) if wanting > 0 else 0
            if left:
                price = value * float(pdtrc(left - 1, wanting))
                steps = _steps(book, sample)
                for chair, start, end in _own_cells(problem, procedure.procedure_class, day):
                    table.add(Priced.CHAIR, chair, day, start, end, round(price / steps))
    return table.lines()


def _steps(book: Book, visit: Visit) -> int:
    """Grid steps for which a visit of the kind holds a chair, turnover included."""
    seated = [stage for stage in book.occupancy.stages(visit) if stage.chair_kind is not None]
    minutes = sum(stage.busy_until - stage.start for stage in seated)
    return max(1, minutes // book.occupancy.problem.practice.grid_minutes)


def _own_cells(
    problem: Problem, procedure_class: str, day: dt.date
) -> Iterator[tuple[str, int, int]]:
    model_day = model_day_on(problem.practice, day)
    for cell in model_day.cells if model_day is not None else ():
        if cell.procedure_class == procedure_class:
            for column in cell.columns:
                yield column, to_minutes(cell.start), to_minutes(cell.end)
