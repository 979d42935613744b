"""`modelday staff-calendar`: who works which days and columns, and when people are best away."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import read_question
from engine.cli.new_practice import refuse_own_folder, write_new_practice
from engine.cli.tables import number
from engine.files import Loaded, read_staff_requests
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.practice import Problem
from engine.practice.staff_requests import StaffRequest
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.units import clock_text

if TYPE_CHECKING:
    from engine.staffing.calendar import PlacedRequest, PricedOption, StaffCalendar
    from engine.staffing.roster import DayRoster

MOST_SHORTAGES = 15
"""Shortages in the terminal, the dearest; --out has all."""


def staff_calendar(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    month: Annotated[str, typer.Option("--month", help="YYYY-MM.")],
    requests: Annotated[
        Path | None, typer.Option("--requests", help="TOML: meetings, training, vacations.")
    ] = None,
    meeting: Annotated[
        int | None, typer.Option("--meeting", min=15, max=600, help="Minutes for the whole team.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    out: Annotated[Path | None, typer.Option("--out", help="CSV file, duty by duty.")] = None,
    practice_out: Annotated[
        Path | None,
        typer.Option("--practice-out", help="The practice with the requests as time away."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Staff the model days of a month; place meetings, training and vacations at least cost."""
    with refusing_bad_input(as_json):
        first = _first_of(month)
        refuse_own_folder(practice_out, practice)
        asked = read_staff_requests(requests) if requests is not None else ()
        if meeting is not None:
            asked = (*asked, StaffRequest(id="team-meeting", minutes=meeting))
        loaded = read_question(practice)
        problem = loaded.problem
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.staffing.calendar import staff_calendar as make_calendar
        from engine.staffing.calendar_csv import STAFF_COLUMNS, staff_rows

        found = make_calendar(problem, first, asked, seed)
        rows = list(staff_rows(problem, found))
        if out is not None:
            write_text(out, csv_text(STAFF_COLUMNS, rows))
        if practice_out is not None:
            _write_practice(loaded, practice, found, practice_out)
    if as_json:
        print_json(_document(found, rows))
        return
    print_problems(found.remarks, "Remarks on the model days")
    for placed in found.requests:
        OUT.print(_sentence(placed), highlight=False, soft_wrap=True)
    for table in _weeks(problem, found):
        OUT.print(table)
    _print_shortages(found)
    for path in (out, practice_out):
        if path is not None:
            OUT.print(f"  {path}", markup=False, highlight=False, soft_wrap=True)


def _write_practice(loaded: Loaded, source: Path, found: "StaffCalendar", out: Path) -> None:
    """A folder for `fill`: the same practice with everybody away as placed."""
    from engine.staffing.as_blocks import with_requests

    print_problems(loaded.problems, "Remarks on the input")
    write_new_practice(with_requests(loaded.problem, found.requests), source, out)


def _first_of(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        problem = PracticeProblem(
            "not-a-month", "--month", "this is not a month of the calendar", "write it as 2026-01"
        )
        raise PracticeProblemsError([problem]) from None


def _when(one: "PricedOption") -> str:
    option = one.option
    first, last = option.dates[0], option.dates[-1]
    if option.request.days:
        return f"{first:%a %Y-%m-%d}" + (f" to {last:%a %Y-%m-%d}" if last > first else "")
    start, end = option.span
    return f"{first:%a %Y-%m-%d} {clock_text(start)}-{clock_text(end)}"


def _sentence(placed: "PlacedRequest") -> str:
    """`team-meeting (meeting, everyone): Fri … 12:00-14:00, displaces 0 points; next: …`."""
    request = placed.chosen.option.request
    who = ", ".join(request.staff) or "everyone"
    text = (
        f"{request.id} ({request.kind.value}, {who}): {_when(placed.chosen)}, displaces "
        f"{number(placed.chosen.points)} points of demand"
    )
    rest = ", ".join(f"{_when(one)} {number(one.points)}" for one in placed.alternatives)
    return f"{text}; next: {rest}" if rest else text


def _document(found: "StaffCalendar", rows: list[dict[str, Any]]) -> dict[str, object]:
    return {
        "month": f"{found.month:%Y-%m}",
        "requests": [
            {
                "id": placed.chosen.option.request.id,
                **_priced(placed.chosen),
                "alternatives": [_priced(one) for one in placed.alternatives],
            }
            for placed in found.requests
        ],
        "remarks": [one.as_dict() for one in found.remarks],
        "lost_points": round(sum(day.lost for day in found.days), 3),
        "rows": rows,
    }


def _priced(one: "PricedOption") -> dict[str, object]:
    start, end = one.option.span
    return {
        "dates": [day.isoformat() for day in one.option.dates],
        "start": clock_text(start),
        "end": clock_text(end),
        "points": round(one.points, 3),
    }


def _weeks(problem: Problem, found: "StaffCalendar") -> list[Table]:
    """A table for each week: people by dates, with their columns."""
    weeks: dict[dt.date, list[DayRoster]] = defaultdict(list)
    for day in found.days:
        weeks[day.date - dt.timedelta(days=day.date.weekday())].append(day)
    tables = []
    for days in weeks.values():
        table = Table("staff", box=None, pad_edge=False, header_style="bold")
        for day in days:
            table.add_column(f"{day.date:%a %d %b}")
        for person in problem.practice.staff:
            cells = (_columns_of(found, day, person.id) for day in days)
            table.add_row(person.id, *cells)
        tables.append(table)
    return tables


def _columns_of(found: "StaffCalendar", day: "DayRoster", who: str) -> str:
    """`C1 C3, meeting`: the columns of a person in order of time, and what else there is."""
    columns = list(dict.fromkeys(duty.column for duty in day.duties if duty.person == who))
    other = [
        placed.chosen.option.request.kind.value
        for placed in found.requests
        if day.date in placed.chosen.option.dates and who in placed.chosen.option.people
    ]
    return ", ".join(([" ".join(columns)] if columns else []) + other)


def _print_shortages(found: "StaffCalendar") -> None:
    short = [one for day in found.days for one in day.shortages]
    for one in sorted(short, key=lambda each: -each.points)[:MOST_SHORTAGES]:
        span = f"{clock_text(one.start)}-{clock_text(one.end)}"
        OUT.print(
            f"nobody for {one.column} {one.date:%a %Y-%m-%d} {span}: "
            f"{number(one.points)} points of demand",
            highlight=False,
            soft_wrap=True,
        )
    lost = sum(day.lost for day in found.days)
    OUT.print(
        f"{len(short)} times a column has nobody; {number(lost)} points of demand are not served "
        "in the month.",
        highlight=False,
        soft_wrap=True,
    )
