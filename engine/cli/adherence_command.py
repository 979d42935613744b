"""`modelday adherence`: how far the book, or a schedule, follows the model day."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, count_of, print_json, refusing_bad_input
from engine.cli.inputs import read_schedule_or_book
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.kpi.cell_use import Use
from engine.template.adherence import (
    AdherenceSum,
    CellRow,
    CellState,
    by_class,
    by_column,
    by_date,
    cell_rows,
    sums,
)
from engine.template.adherence_csv import ADHERENCE_COLUMNS, adherence_row

KEYS = {"class": by_class, "column": by_column, "date": by_date}
"""What the tables go by, in their order."""


def adherence(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[
        Path | None, typer.Option("--schedule", help="schedule.json; without it, the book.")
    ] = None,
    first_date: Annotated[
        str | None, typer.Option("--from", help="First date of the book; default: today.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=84, help="Calendar days.")] = 28,
    out: Annotated[Path | None, typer.Option("--out", help="CSV file, cell by cell.")] = None,
    as_json: AsJson = False,
) -> None:
    """Booked against template: cells kept, misused and empty, by class, column and date."""
    with refusing_bad_input(as_json):
        question, answer = read_schedule_or_book(problem, schedule, first_date, days)
        rows = cell_rows(question, answer)
        if out is not None:
            write_text(out, csv_text(ADHERENCE_COLUMNS, map(adherence_row, rows)))
    tables = {name: sums(rows, key) for name, key in KEYS.items()}
    if as_json:
        print_json(
            {
                "from": answer.start.isoformat(),
                "days": answer.days,
                **{name: [_as_json(one) for one in found] for name, found in tables.items()},
                "cells": [adherence_row(row) for row in rows],
            }
        )
        return
    for name, found in tables.items():
        OUT.print(_table(name, found))
    OUT.print(_closing(rows), highlight=False, soft_wrap=True)
    if out is not None:
        OUT.print(f"  {out}", markup=False, highlight=False, soft_wrap=True)


def _as_json(one: AdherenceSum) -> dict[str, object]:
    return {
        "key": one.key,
        **{f"{state.value}_cells": one.cells.get(state, 0) for state in CellState},
        "cell_minutes": one.cell_minutes,
        **{f"{use.value}_minutes": one.minutes.get(use, 0) for use in Use},
        "empty_minutes": one.empty_minutes,
        "kept_share": one.kept_share,
    }


def _table(name: str, found: Sequence[AdherenceSum]) -> Table:
    table = Table(name, box=None, pad_edge=False, header_style="bold")
    for heading in ("cells", *(f"{state.value}" for state in CellState), "cell min"):
        table.add_column(heading, justify="right")
    for heading in (*(use.value for use in Use), "empty min", "kept share"):
        table.add_column(heading, justify="right")
    for one in found:
        share = one.kept_share
        table.add_row(
            one.key,
            str(sum(one.cells.values())),
            *(str(one.cells.get(state, 0)) for state in CellState),
            str(one.cell_minutes),
            *(str(one.minutes.get(use, 0)) for use in Use),
            str(one.empty_minutes),
            "" if share is None else f"{share:.0%}",
        )
    return table


def _closing(rows: Sequence[CellRow]) -> str:
    """`of 60 cells 41 are kept, 3 misused, 16 empty`; columns counted one by one."""
    by_state = {state: sum(row.state is state for row in rows) for state in CellState}
    return (
        f"Of {count_of(len(rows), 'cell')}, each column counted, {by_state[CellState.KEPT]} are "
        f"kept for their class, {by_state[CellState.MISUSED]} misused, "
        f"{by_state[CellState.EMPTY]} empty. Minutes by use; turnover counts as empty."
    )
