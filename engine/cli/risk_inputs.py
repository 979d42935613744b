"""What the commands on a history have in common: its options, and how far it is read."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.inputs import date_of
from engine.files import LoadedHistory, read_history_csv
from engine.practice import Problem
from engine.schedule import Schedule

History = Annotated[Path, typer.Argument(help="history.csv: kept and missed visits.")]
PracticeFolder = Annotated[
    Path | None,
    typer.Option("--practice", help="Practice: what its procedures are for, its rate, today."),
]
Today = Annotated[
    str | None,
    typer.Option(
        "--today",
        help="YYYY-MM-DD; else the practice's, of a schedule its last date, else this day.",
    ),
]


def read_past(
    path: Path, problem: Problem | None, today: str | None, schedule: Schedule | None = None
) -> LoadedHistory:
    """The history up to a day: the one that is named, the practice's, or the computer's.

    With a schedule up to its last date, which lies after the day the practice asked on: what became
    of the slots that it chose is what is to be judged.
    """
    if today is not None:
        day = date_of(today, "--today")
    else:
        day = dt.date.today() if problem is None else problem.as_of.date()
        if schedule is not None:
            day = max(day, schedule.horizon.end - dt.timedelta(days=1))
    return read_history_csv(path, day, None if problem is None else problem.practice)
