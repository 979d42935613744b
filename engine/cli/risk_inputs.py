"""What the commands on a history have in common: its options, and how far it is read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.inputs import date_of
from engine.files import LoadedHistory, read_history_csv
from engine.practice import Problem

History = Annotated[Path, typer.Argument(help="history.csv: kept and missed visits.")]
PracticeFolder = Annotated[
    Path | None,
    typer.Option("--practice", help="Practice: what its procedures are for, its rate, today."),
]
Today = Annotated[
    str | None,
    typer.Option(
        "--today",
        help="YYYY-MM-DD; else the practice's day, of a report this one or a schedule's last.",
    ),
]


def read_past(
    path: Path, problem: Problem | None, today: str | None, *later: dt.date
) -> LoadedHistory:
    """The history up to a day: the one that is named, the practice's, or the computer's.

    `later`: days up to which it is read at least if none is named: what came after the day the
    practice asked on is what judges a model and the slots that a schedule chose.
    """
    if today is not None:
        day = date_of(today, "--today")
    else:
        asked = dt.date.today() if problem is None else problem.as_of.date()
        day = max(asked, *later) if later else asked
    return read_history_csv(path, day, None if problem is None else problem.practice)
