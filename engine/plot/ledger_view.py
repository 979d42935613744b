"""The ledger on the page: the worklist in parts, the sums, and the rows of these dates."""

from dataclasses import dataclass
from datetime import date

from engine.reports.ledger import OVER, Ledger, LedgerRow
from engine.reports.worklist import NEAR_DAYS, Reason

SHOWN = 100
"""Rows of a table on the page; ledger.csv has all."""


@dataclass(frozen=True, slots=True)
class WorklistPart:
    """The patients with one reason: how many, in words, and the first `SHOWN` of them.

    `by_history_only`: ids of the first `SHOWN` of those whom no row can be written for.
    """

    reason: str
    count: int
    title: str
    more: str
    rows: tuple[LedgerRow, ...]
    by_history_only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure over all patients of these dates: without the plan, with it, the floor."""

    what: str
    without_plan: float
    with_plan: float
    floor: float


@dataclass(frozen=True, slots=True)
class LedgerView:
    """What the template shows. `patients`: with a visit in these dates; `rows`: the first ones,
    bookings that stay where they are after all others."""

    today: date
    parts: tuple[WorklistPart, ...]
    sums: tuple[Sum, ...]
    patients: int
    weeks_bought: float
    rows: tuple[LedgerRow, ...]


def ledger_view(ledger: Ledger) -> LedgerView:
    """The ledger in the order of the page."""
    return LedgerView(
        ledger.today,
        tuple(_part(ledger, reason) for reason in Reason),
        (
            Sum(
                "Patients expected to finish after the original ECD",
                ledger.total(lambda row: row.without_plan.past_original),
                ledger.total(lambda row: row.with_plan.past_original),
                ledger.total(lambda row: row.floor.past_original),
            ),
            Sum(
                "Patients expected to finish after the current ECD",
                ledger.total(lambda row: row.without_plan.past_current),
                ledger.total(lambda row: row.with_plan.past_current),
                ledger.total(lambda row: row.floor.past_current),
            ),
            Sum(
                "Expected weeks past ECD, of patients past it now",
                ledger.total(lambda row: row.without_plan.late_weeks),
                ledger.total(lambda row: row.with_plan.late_weeks),
                ledger.total(lambda row: row.floor.late_weeks),
            ),
        ),
        len(ledger.counted),
        ledger.total(lambda row: row.weeks_bought),
        tuple(sorted(ledger.counted, key=lambda row: row.standing == "kept"))[:SHOWN],
    )


def _part(ledger: Ledger, reason: Reason) -> WorklistPart:
    rows = ledger.on_worklist(reason)
    unseen = ledger.by_history_only if reason is Reason.WITHOUT_NEXT else ()
    count = len(rows) + len(unseen)
    who = "patient" if count == 1 else "patients"
    extended = sum(row.extended_days > 0 for row in rows)
    more = f"the estimate of {extended} of them has been put off" if extended else ""
    if reason is Reason.PAST_ECD:
        title = f"{who} past ECD, no debond booked"
    elif reason is Reason.NEAR_ECD:
        title = f"{who} within {NEAR_DAYS} days of the ECD, no debond booked"
    else:
        title = f"{who} in treatment without a next appointment"
        # Who is on no list stands first, then whom these dates could have helped, then who is due.
        rows = tuple(sorted(rows, key=_least_looked_after))
        over = sum(row.standing == OVER for row in rows)
        waiting = sum(not row.in_these_dates for row in rows) - over
        told = (
            (waiting, "of them wait for a later week"),
            (over, "with the last booking over and nothing after it"),
            (len(unseen), "neither on the list nor in the book"),
        )
        more = ", ".join(f"{number} {what}" for number, what in told if number)
    return WorklistPart(reason.value, count, title, more, rows[:SHOWN], unseen[:SHOWN])


def _least_looked_after(row: LedgerRow) -> tuple[bool, bool, date]:
    return row.standing != OVER, not row.in_these_dates, row.visit.due
