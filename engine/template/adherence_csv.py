"""adherence.csv: one row for each cell, column and date; units in the column names."""

from typing import Any

from engine.kpi.cell_use import Use
from engine.template.adherence import CellRow

ADHERENCE_COLUMNS = (
    "date",
    "model_day",
    "column",
    "cell",
    "class",
    "start",
    "end",
    "state",
    "cell_minutes",
    *(f"{use.value}_minutes" for use in Use),
    "empty_minutes",
    "other_visits",
)
"""Columns of adherence.csv. FORMAT.md of `engine.files` says what they hold."""


def adherence_row(row: CellRow) -> dict[str, Any]:
    """The cells of the file's row for one cell of the model day."""
    place = row.place
    return {
        "date": place.date.isoformat(),
        "model_day": place.model_day.id,
        "column": place.column,
        "cell": place.cell.id,
        "class": place.cell.procedure_class,
        "start": place.cell.start.strftime("%H:%M"),
        "end": place.cell.end.strftime("%H:%M"),
        "state": row.state.value,
        "cell_minutes": place.minutes,
        **{f"{use.value}_minutes": row.by_use.get(use, 0) for use in Use},
        "empty_minutes": place.empty_minutes,
        "other_visits": "; ".join(dict.fromkeys(one.visit for one in row.strangers)),
    }
