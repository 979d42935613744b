"""Entry page of a migration: the book against new model days, and from when on they can hold."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from engine.kpi.cell_use import CellUse, Use, cell_uses
from engine.kpi.filled import Filled
from engine.practice import Booking, Horizon, Problem
from engine.practice.calendar import is_open, model_day_on
from engine.practice.release import opens_at
from engine.practice.template import Template
from engine.template.book_schedule import book_schedule
from engine.template.replace import under_template


class Fit(StrEnum):
    """How a booking lies in a model day, the best first."""

    FITS = "fits"
    """In cells of its own class, or in time that is kept for nobody."""
    FALLBACK = "fallback"
    RELEASED = "released"
    """In a cell that is open to its class now."""
    LATER = "released-later"
    """In a cell that the ladder opens to its class before the visit."""
    OVER_QUOTA = "over-quota"
    """The day takes no more visits of its class."""
    CLASH = "clash"
    """In a cell that never takes its class."""

    @property
    def clashes(self) -> bool:
        """True where the new model day does not take the booking."""
        return self in (Fit.OVER_QUOTA, Fit.CLASH)


@dataclass(frozen=True, slots=True)
class BookingFit:
    """A booking under the new model day of its date.

    `before`: how it lies in the present one. `cells`: the cells that it sits in and that are kept
    for another class. `opens`: from when on they are open to it, where the ladder opens them.
    """

    booking: Booking
    procedure_class: str
    model_day: str | None
    fit: Fit
    before: Fit
    cells: tuple[CellUse, ...]
    opens: dt.datetime | None


@dataclass(frozen=True)
class Migration:
    """Every booking from the day after `as_of` on; `problem` is the question after the change."""

    problem: Problem
    bookings: tuple[BookingFit, ...]

    @cached_property
    def clashes(self) -> tuple[BookingFit, ...]:
        """What has to be moved before the new model days can hold, by date and time."""
        return tuple(one for one in self.bookings if one.fit.clashes)

    def clashes_from(self, day: dt.date) -> int:
        """Bookings to move if the new model days hold from that date on."""
        return sum(one.booking.date >= day for one in self.clashes)

    def first_date(self, model_day: str | None = None) -> dt.date | None:
        """The first open date from which on nothing has to be moved; of one model day, if named.

        None where no open date of the year after has it.
        """
        tomorrow = self.problem.as_of.date() + dt.timedelta(days=1)
        wrong = [
            one.booking.date
            for one in self.clashes
            if model_day is None or one.model_day == model_day
        ]
        start = max([tomorrow, *(day + dt.timedelta(days=1) for day in wrong)])
        for offset in range(366):
            day = start + dt.timedelta(days=offset)
            plan = model_day_on(self.problem.practice, day)
            named = plan is not None if model_day is None else plan and plan.id == model_day
            if named and is_open(self.problem.practice, day):
                return day
        return None


def migrate(problem: Problem, template: Template) -> Migration:
    """Hold the book against new model days.

    Bookings of today are left alone: their day runs by the present model day. Raises
    PracticeProblemsError where the practice cannot have the new model days at all.
    """
    changed = under_template(problem, template)
    tomorrow = problem.as_of.date() + dt.timedelta(days=1)
    last = max((one.date for one in problem.bookings), default=tomorrow)
    horizon = Horizon(start=tomorrow, days=max(1, (last - tomorrow).days + 1))
    after, before = _fits(changed, horizon), _fits(problem, horizon)
    found = []
    for booking in sorted(problem.bookings, key=lambda one: (one.date, one.start, one.visit.id)):
        if booking.date not in horizon:
            continue
        fit, cells, opens = after[booking.visit.id]
        model_day = model_day_on(changed.practice, booking.date)
        found.append(
            BookingFit(
                booking,
                changed.procedures[booking.visit.procedure].procedure_class,
                model_day.id if model_day else None,
                fit,
                before[booking.visit.id][0],
                cells,
                opens,
            )
        )
    return Migration(changed, tuple(found))


_Fitted = tuple[Fit, tuple[CellUse, ...], dt.datetime | None]


def _fits(problem: Problem, horizon: Horizon) -> dict[str, _Fitted]:
    """Every booking of the dates: how it lies, in whose cells, and when they open."""
    schedule = book_schedule(problem, horizon)
    uses: dict[str, list[CellUse]] = defaultdict(list)
    for one in cell_uses(Filled(problem, schedule), schedule.placements):
        uses[one.visit].append(one)
    over = _over_quota(problem, horizon)
    found: dict[str, _Fitted] = {}
    for placed in schedule.placements:
        booking = problem.booking_of[placed.visit]
        foreign = tuple(one for one in uses[placed.visit] if one.use is not Use.OWN)
        fit, opens = _fit(problem, booking, foreign)
        if placed.visit in over and not fit.clashes:
            fit = Fit.OVER_QUOTA
        found[placed.visit] = (fit, foreign, opens)
    return found


def _fit(
    problem: Problem, booking: Booking, foreign: Iterable[CellUse]
) -> tuple[Fit, dt.datetime | None]:
    """The worst of the cells that the booking shares, and the last moment at which one opens."""
    wanted = problem.procedures[booking.visit.procedure].procedure_class
    visit_begins = dt.datetime.combine(booking.date, booking.start)
    worst, latest = Fit.FITS, None
    order = list(Fit)
    for one in foreign:
        fit, opens = Fit.CLASH, None
        if one.use is not Use.AGAINST:
            fit = Fit(one.use.value)
        else:
            opens = opens_at(one.cell, wanted, booking.date, problem.policy)
            if opens is not None and opens <= visit_begins:
                fit = Fit.LATER
        if order.index(fit) > order.index(worst):
            worst = fit
        if fit is Fit.LATER and opens is not None:
            latest = opens if latest is None else max(latest, opens)
    return worst, latest


def _over_quota(problem: Problem, horizon: Horizon) -> set[str]:
    """Bookings above what their day takes of their class: those that were booked last."""
    on_day: dict[tuple[dt.date, str], list[Booking]] = defaultdict(list)
    for booking in problem.bookings:
        if booking.date in horizon:
            wanted = problem.procedures[booking.visit.procedure].procedure_class
            on_day[booking.date, wanted].append(booking)
    over: set[str] = set()
    for (day, wanted), booked in on_day.items():
        model_day = model_day_on(problem.practice, day)
        for quota in model_day.quotas if model_day else ():
            if quota.procedure_class == wanted and quota.at_most is not None:
                booked.sort(key=lambda one: (one.booked_on or dt.date.min, one.start, one.visit.id))
                over.update(one.visit.id for one in booked[quota.at_most :])
    return over
