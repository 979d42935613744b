"""`modelday huddle`: one page for the morning meeting."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import date_of, moment_of, read_question
from engine.cli.last_fill import read_last_fill
from engine.files import read_holds, read_labels
from engine.files.atomic import write_text
from engine.plot.huddle_page import huddle_html
from engine.plot.names import day_text
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.reports.huddle import make_huddle, schedule_of_book
from engine.reports.huddle_json import huddle_document
from engine.schedule import Schedule


def huddle(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    day: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Page to write; else out/huddle-DATE.html.")
    ] = None,
    fill: Annotated[
        Path | None, typer.Option("--fill", help="Folder of the last fill: its times are shown.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", help="YYYY-MM-DDTHH:MM; else the practice's as_of.")
    ] = None,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="labels.csv: names for the page alone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """One page for the morning meeting: who is late, unconfirmed, at risk; what is missing."""
    with refusing_bad_input(as_json):
        date = date_of(day, "DATE")
        moment = moment_of(now, "--now") if now is not None else None
        loaded = read_question(practice, now=moment)
        names = read_labels(labels) if labels is not None else {}
        problem = loaded.problem
        schedule, remarks = schedule_of_book(problem, date), loaded.problems
        if fill is not None:
            last = read_last_fill(fill, problem)
            schedule = _filled(problem, last.schedule, Horizon(start=date, days=1))
            remarks = (*remarks, *last.remarks)
        meeting = make_huddle(problem, schedule, date, read_holds(practice))
        page = out or Path("out") / f"huddle-{date.isoformat()}.html"
        write_text(page, huddle_html(meeting, names))
    if as_json:
        print_json({**huddle_document(meeting), "page": str(page)})
        return
    print_problems(remarks, "Remarks on the input")
    OUT.print(
        f"{day_text(date)}: {len(meeting.visits)} visits, {len(meeting.late)} late, "
        f"{len(meeting.unconfirmed)} not confirmed, {len(meeting.risky)} at risk.",
        highlight=False,
    )
    OUT.print(f"  {page}", markup=False, highlight=False, soft_wrap=True)


def _filled(problem: Problem, schedule: Schedule, horizon: Horizon) -> Schedule:
    """The schedule of a fill, with the bookings of the date that it does not have."""
    if horizon.start not in schedule.horizon:
        cause = f"the fill is for {schedule.days} days from {schedule.start} on"
        raise PracticeProblemsError(
            [PracticeProblem("date-outside", "--fill", cause, "choose one of its dates")]
        )
    there = schedule.placement_of.keys() | set(schedule.displaced)
    booked = schedule_of_book(problem, horizon.start).placements
    added = tuple(one for one in booked if one.visit not in there)
    return schedule.model_copy(update={"placements": (*schedule.placements, *added)})
