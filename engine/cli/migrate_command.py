"""`modelday migrate`: the book against new model days, and the first date they can start."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from engine.cli.console import OUT, AsJson, count_of, print_json, refusing_bad_input
from engine.cli.inputs import read_question
from engine.cli.new_practice import write_new_practice
from engine.files import read_template
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.template.migrate import Fit, Migration
from engine.template.migrate import migrate as hold_against
from engine.template.migration_csv import MIGRATION_COLUMNS, migration_row
from engine.template.new_times import new_times

SHOWN = 20
"""Clashes in the terminal; --out has all bookings."""


def migrate(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    new: Annotated[
        Path, typer.Argument(help="New model days: a TOML file, or another practice folder.")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="CSV file, every booking.")] = None,
    adopt: Annotated[
        Path | None,
        typer.Option("--adopt", help="Folder for the practice with the new ones."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold the book against new model days: what fits, what clashes, when they can start."""
    with refusing_bad_input(as_json):
        found = hold_against(read_question(problem).problem, read_template(new))
        proposed = new_times(found)
        rows = [migration_row(one, proposed) for one in found.bookings]
        if adopt is not None:
            write_new_practice(found.problem, problem, adopt)
        if out is not None:
            write_text(out, csv_text(MIGRATION_COLUMNS, rows))
    if as_json:
        print_json(_document(found, rows))
        return
    if found.bookings:
        OUT.print(_weeks(found))
    for one in found.clashes[:SHOWN]:
        OUT.print(f"  {_sentence(migration_row(one, proposed))}", highlight=False, soft_wrap=True)
    if len(found.clashes) > SHOWN:
        OUT.print(f"  and {len(found.clashes) - SHOWN} more; --out writes all")
    OUT.print(_closing(found), highlight=False, soft_wrap=True)
    for made in (out, adopt):
        if made is not None:
            OUT.print(f"  {made}", markup=False, highlight=False, soft_wrap=True)


def _first_dates(found: Migration) -> dict[str, str | None]:
    """By new model day the first date from which on nothing of it has to be moved."""
    names = (one.id for one in found.problem.practice.model_days)
    return {name: _text(found.first_date(name)) for name in names}


def _document(found: Migration, rows: list[dict[str, Any]]) -> dict[str, object]:
    fits = Counter(one.fit for one in found.bookings)
    dates = sorted({one.booking.date for one in found.clashes})
    return {
        "bookings": len(found.bookings),
        "fits": {fit.value: fits[fit] for fit in Fit},
        "first_date": _text(found.first_date()),
        "first_date_of": _first_dates(found),
        "clashes_from": {day.isoformat(): found.clashes_from(day) for day in dates},
        "rows": rows,
    }


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks(found: Migration) -> Table:
    table = Table("week of", box=None, pad_edge=False, header_style="bold")
    for heading in ("bookings", *(fit.value for fit in Fit), "to move if it starts here"):
        table.add_column(heading, justify="right")
    for week in sorted({_monday(one.booking.date) for one in found.bookings}):
        fits = Counter(one.fit for one in found.bookings if _monday(one.booking.date) == week)
        table.add_row(
            week.isoformat(),
            str(fits.total()),
            *(str(fits[fit]) for fit in Fit),
            str(found.clashes_from(week)),
        )
    return table


def _sentence(row: dict[str, object]) -> str:
    """`2026-03-10 09:00 V12 (adj, chair C1): clash with K1 (start); could go to …`."""
    where = f" with {row['cells']}" if row["cells"] else ""
    who = f"{row['date']} {row['start']} {row['visit']} ({row['class']}, chair {row['chair']})"
    if row["new_time"] is None:
        could = "no other time was found"
    elif row["new_time"] == f"{row['date']} {row['start']}":
        could = "could keep its time on other chairs"
    else:
        could = f"could go to {row['new_time']}"
    return escape(f"{who}: {row['fit']}{where}; {could}")


def _closing(found: Migration) -> str:
    own = ", ".join(f"{name} {day or 'none'}" for name, day in _first_dates(found).items())
    clashing = count_of(len(found.clashes), "booking")
    return (
        f"{clashing} of {len(found.bookings)} clash, by time or by chair. "
        f"First date from which on nothing clashes: {_text(found.first_date()) or 'none'} ({own})."
    )


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
