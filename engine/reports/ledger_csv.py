"""ledger.csv: one row for each patient in treatment, units in the column names."""

from collections.abc import Iterator
from typing import Any

from engine.practice import EcdChoice
from engine.reports.ledger import Ledger, LedgerRow
from engine.reports.outlook import Outlook
from engine.reports.worklist import Reason
from engine.risk.treatment_time import days_past_ecd

_PLANS = ("with_plan", "without_plan", "floor")
_FIGURES = (
    "finish_date",
    "probability_past_original_ecd",
    "probability_past_current_ecd",
    "expected_weeks_past_ecd",
)

LEDGER_COLUMNS = (
    "patient",
    "worklist",
    "original_ecd_date",
    "current_ecd_date",
    "extended_days",
    "days_past_original_ecd",
    "days_past_current_ecd",
    "remaining_visits",
    "next_appointment",
    "visit",
    "procedure",
    "due_date",
    "earliest_date",
    "in_these_dates",
    "standing",
    "visit_date",
    "visit_start",
    "weeks_bought",
    *(f"{figure}_{plan}" for figure in _FIGURES for plan in _PLANS),
)
"""Columns of ledger.csv. FORMAT.md of `engine.files` says what they hold."""


def ledger_rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The worklist, with ids alone of those whom only the history knows; then everybody else."""
    yield from (ledger_row(row, ledger) for row in ledger.rows if row.reasons)
    for patient in ledger.by_history_only:
        yield {"patient": patient, "worklist": Reason.WITHOUT_NEXT}
    yield from (ledger_row(row, ledger) for row in ledger.rows if not row.reasons)


def ledger_row(row: LedgerRow, ledger: Ledger) -> dict[str, Any]:
    """The cells of one patient."""
    cells: dict[str, Any] = {
        "patient": row.patient,
        "worklist": "; ".join(row.reasons),
        "original_ecd_date": row.treatment.original_ecd,
        "current_ecd_date": row.treatment.current_ecd,
        "extended_days": row.extended_days,
        "days_past_original_ecd": days_past_ecd(row.treatment, EcdChoice.ORIGINAL, ledger.today),
        "days_past_current_ecd": days_past_ecd(row.treatment, EcdChoice.CURRENT, ledger.today),
        "remaining_visits": row.treatment.remaining_visits,
        "next_appointment": f"{row.next_time:%Y-%m-%d %H:%M}" if row.next_time else None,
        "visit": row.visit.id,
        "procedure": row.visit.procedure,
        "due_date": row.visit.due,
        "earliest_date": row.visit.earliest,
        "in_these_dates": row.in_these_dates,
        "standing": row.standing,
        "visit_date": row.time.date() if row.time else None,
        "visit_start": f"{row.time:%H:%M}" if row.time else None,
        "weeks_bought": f"{round(row.weeks_bought, 2) + 0.0:.2f}",
    }
    for plan in _PLANS:
        outlook: Outlook = getattr(row, plan)
        values = (
            outlook.finish_date,
            f"{outlook.past_original:.4f}",
            f"{outlook.past_current:.4f}",
            f"{outlook.late_weeks:.3f}",
        )
        cells |= {f"{figure}_{plan}": value for figure, value in zip(_FIGURES, values, strict=True)}
    return cells
