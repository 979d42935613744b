"""The ledger of treatments: both completion dates, and the finish with and without this plan.

A row for each patient in treatment, those on the worklist first. The row stands on the visit that
carries the treatment (`engine.risk.later_visits`), and every figure is one of `PersonalCosts`, so
that the rows with a visit in these dates add up to the KPIs. Without the plan a visit to place
counts as at its first realistic date after the schedule, a booking as where the book has it.
The floor is the visit's best admissible date: what no schedule of these dates can avoid.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import fsum

from engine.files import kind_of
from engine.kpi.choices import Choices
from engine.kpi.filled import Filled
from engine.kpi.next_appointments import left_behind, next_appointments
from engine.practice import Horizon, PastVisit, Problem, Treatment, Visit
from engine.reports.history_only import in_treatment_by_history_only
from engine.reports.outlook import Outlook, Outlooks, best_of
from engine.reports.worklist import Reason, first_ecd, reasons_of, with_debond
from engine.risk.after_booked import first_after_booked
from engine.risk.later_visits import visits_before_carriers
from engine.schedule import Schedule

OVER = "over"
"""Standing of the last booking of a patient in treatment, where nothing is to come after it."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One patient in treatment.

    `in_these_dates`: the visit is seen or waits in the dates of the schedule, so that it counts in
    the KPIs; else all three outlooks are that of its time in the book, or of its earliest date.
    `time`: of the visit, once the schedule stands (None: none); `standing`: new, moved, kept,
    booked (on another date), none, or over (`OVER`). `next_time`: the patient's next appointment.
    """

    visit: Visit
    treatment: Treatment
    in_these_dates: bool
    time: dt.datetime | None
    standing: str
    with_plan: Outlook
    without_plan: Outlook
    floor: Outlook
    reasons: tuple[Reason, ...] = ()
    next_time: dt.datetime | None = None

    @property
    def patient(self) -> str:
        """The patient's id."""
        return self.visit.patient

    @property
    def weeks_bought(self) -> float:
        """Weeks by which the plan brings the expected finish forward."""
        return (self.without_plan.finish - self.with_plan.finish) / 7.0

    @property
    def extended_days(self) -> int:
        """Days by which the first estimate has been put off."""
        return (self.treatment.current_ecd - self.treatment.original_ecd).days


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows: the worklist first, then by the earlier completion date.

    `by_history_only`: ids of patients in treatment without any visit that a row could stand on.
    """

    today: dt.date
    rows: tuple[LedgerRow, ...]
    by_history_only: tuple[str, ...] = ()

    @property
    def counted(self) -> tuple[LedgerRow, ...]:
        """The rows that the KPIs count."""
        return tuple(row for row in self.rows if row.in_these_dates)

    def on_worklist(self, reason: Reason) -> tuple[LedgerRow, ...]:
        """The rows with this reason."""
        return tuple(row for row in self.rows if reason in row.reasons)

    def total(self, figure: Callable[[LedgerRow], float]) -> float:
        """Sum of a figure over the rows that the KPIs count."""
        return fsum(map(figure, self.counted))


def make_ledger(problem: Problem, schedule: Schedule, past: Iterable[PastVisit] = ()) -> Ledger:
    """The ledger of a schedule, from question and answer, and whom `past` visits alone know."""
    filled = Filled(problem, schedule)
    here = tuple(_in_these_dates(filled))
    known = {row.patient for row in here}
    others = [row for row in _on_other_dates(filled) if row.patient not in known]
    known.update(row.patient for row in others)
    left = [row for row in _left_behind(filled) if row.patient not in known]
    known.update(row.patient for row in left)
    today = problem.as_of.date()
    next_times, debonds = next_appointments(filled), with_debond(filled)

    def with_reasons(row: LedgerRow) -> LedgerRow:
        who, treatment = row.patient, row.treatment
        reasons = reasons_of(who, treatment, today, debonds=debonds, has_next=next_times)
        return replace(row, reasons=reasons, next_time=next_times.get(who))

    rows = [with_reasons(row) for row in (*here, *others, *left)]
    rows.sort(key=lambda row: (not row.reasons, first_ecd(row.treatment), row.patient))
    return Ledger(today, tuple(rows), in_treatment_by_history_only(problem, past, known))


def _in_these_dates(filled: Filled) -> Iterator[LedgerRow]:
    outlooks, choices = Outlooks(filled.problem, filled.schedule.horizon), Choices(filled)
    for visit, treatment in _carriers(filled.problem, filled.schedule.horizon):
        booking = filled.problem.booking_of.get(visit.id)
        placed = filled.schedule.placement_of.get(visit.id)
        without = after = outlooks.unplaced(visit.id)
        times = choices.of_visit(visit)
        if booking is not None:
            without = outlooks.at(visit.id, booking.date, booking.start.hour)
            times = choices.of_booking(booking)
        time, standing = None, "none"
        if placed is not None:
            after = outlooks.at(visit.id, placed.date, placed.start.hour)
            time = dt.datetime.combine(placed.date, placed.start)
            standing = kind_of(filled.problem, placed).value
        floor = best_of(outlooks.at(visit.id, *choice) for choice in times)
        yield LedgerRow(visit, treatment, True, time, standing, after, without, floor)


def _on_other_dates(filled: Filled) -> Iterator[LedgerRow]:
    """Rows over the whole book; where a visit lies outside these dates the plan changes nothing."""
    problem, horizon = filled.problem, _all_dates(filled)
    outlooks = Outlooks(problem, horizon)
    for visit, treatment in _carriers(problem, horizon):
        booking = problem.booking_of.get(visit.id)
        if booking is not None:
            now = outlooks.at(visit.id, booking.date, booking.start.hour)
            time = dt.datetime.combine(booking.date, booking.start)
            yield LedgerRow(visit, treatment, False, time, "booked", now, now, now)
        else:
            day = max(visit.earliest or visit.due, filled.schedule.horizon.end)
            now = outlooks.at(visit.id, max(day, first_after_booked(problem, visit)), None)
            yield LedgerRow(visit, treatment, False, None, "none", now, now, now)


def _left_behind(filled: Filled) -> Iterator[LedgerRow]:
    """Rows of patients of whom only a booking is left that is over.

    It counts as kept: the next visit comes an interval after it, or once these dates are over.
    """
    problem, dates = filled.problem, filled.schedule.horizon
    last = left_behind(problem)
    if not last:
        return
    start = min(one.date for one in last.values())
    horizon = Horizon(start=start, days=(dates.end - start).days)
    outlooks = Outlooks(problem, horizon)
    for visit, treatment in _carriers(problem, horizon):
        if visit.patient in last:
            interval = treatment.interval_days if treatment.remaining_visits > 1 else 0
            after = dates.end - dt.timedelta(days=interval)
            now = outlooks.at(visit.id, max(last[visit.patient].date, after), None)
            yield LedgerRow(visit, treatment, False, None, OVER, now, now, now)


def _carriers(problem: Problem, horizon: Horizon) -> Iterator[tuple[Visit, Treatment]]:
    for visit_id in visits_before_carriers(problem, horizon):
        visit = problem.all_visits[visit_id]
        if visit.treatment is not None:
            yield visit, visit.treatment


def _all_dates(filled: Filled) -> Horizon:
    """From today to the last date of the book and of the list."""
    problem, horizon = filled.problem, filled.schedule.horizon
    start = min(problem.as_of.date(), horizon.start)
    booked = (booking.date for booking in problem.bookings)
    waiting = (visit.earliest for visit in problem.visits if visit.earliest is not None)
    last = max((horizon.dates[-1], *booked, *waiting))
    return Horizon(start=start, days=(last - start).days + 1)
