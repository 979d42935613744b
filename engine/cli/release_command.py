"""`modelday release`: the release ladder by class, and what is opened when."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, print_json, refusing_bad_input
from engine.cli.inputs import read_schedule_or_book
from engine.practice import ANY_CLASS
from engine.template.release_ladder import LadderStep, Opening, ladder, openings


def release(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[
        Path | None, typer.Option("--schedule", help="schedule.json; without it, the book.")
    ] = None,
    first_date: Annotated[
        str | None, typer.Option("--from", help="First date of the book; default: today.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=84, help="Calendar days.")] = 14,
    as_json: AsJson = False,
) -> None:
    """Show the release ladder of every class, and what it opens on these dates."""
    with refusing_bad_input(as_json):
        question, answer = read_schedule_or_book(problem, schedule, first_date, days)
        steps, opened = ladder(question), openings(question, answer)
    if as_json:
        print_json(
            {
                "ladder": [_step_row(step) for step in steps],
                "openings": [_opening_row(one) for one in opened],
            }
        )
        return
    OUT.print(_ladder_table(steps))
    OUT.print(_opening_table(opened))
    left = sum(one.empty_minutes for one in opened if not one.has_come)
    OUT.print(
        f"{left} empty minutes are still to be opened; a cell counts at each of its steps.",
        highlight=False,
        soft_wrap=True,
    )


def _step_row(one: LadderStep) -> dict[str, object]:
    step = one.step
    return {
        "model_day": one.model_day,
        "class": one.procedure_class,
        "days_before": step.days_before if step else None,
        "at": step.at.strftime("%H:%M") if step and step.at else None,
        "accepts": list(step.accepts) if step else [],
        "cells": list(one.cells),
        "minutes": one.minutes,
    }


def _opening_row(one: Opening) -> dict[str, object]:
    return {
        "moment": one.moment.isoformat(timespec="minutes"),
        "date": one.date.isoformat(),
        "model_day": one.model_day,
        "class": one.procedure_class,
        "accepts": list(one.accepts),
        "cells": list(one.cells),
        "cell_minutes": one.cell_minutes,
        "empty_minutes": one.empty_minutes,
        "open": one.has_come,
    }


def _named(accepts: tuple[str, ...]) -> str:
    return "all" if ANY_CLASS in accepts else ", ".join(accepts)


def _ladder_table(steps: tuple[LadderStep, ...]) -> Table:
    table = Table(
        "model day", "class", "opens", "to", box=None, pad_edge=False, header_style="bold"
    )
    table.add_column("cells", justify="right")
    table.add_column("min a day", justify="right")
    for one in steps:
        when, to = "never", ""
        if one.step is not None:
            hour = f" {one.step.at:%H:%M}" if one.step.at else ""
            when, to = f"D-{one.step.days_before}{hour}", _named(one.step.accepts)
        counts = (str(len(one.cells)), str(one.minutes))
        table.add_row(one.model_day, one.procedure_class, when, to, *counts)
    return table


def _opening_table(opened: tuple[Opening, ...]) -> Table:
    headings = ("opens", "", "date", "class", "to")
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    table.add_column("cell min", justify="right")
    table.add_column("empty min", justify="right")
    for one in opened:
        table.add_row(
            f"{one.moment:%a %Y-%m-%d %H:%M}",
            "open" if one.has_come else "",
            f"{one.date:%a %Y-%m-%d}",
            one.procedure_class,
            _named(one.accepts),
            str(one.cell_minutes),
            str(one.empty_minutes),
        )
    return table
