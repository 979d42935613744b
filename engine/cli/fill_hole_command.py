"""`modelday fill-hole`: who could take a time that has become free."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, Exit, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import clock_of, date_of, moment_of, read_question
from engine.cli.last_fill import LastFill, placements_on, read_last_fill
from engine.files import read_holds
from engine.filling.openings.answers import Candidate
from engine.filling.openings.hole import candidates_for, taken_by
from engine.filling.openings.open_book import OpenBook
from engine.filling.short_notice import Hole, hole_of
from engine.plot.names import day_text
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.reports.backups import standing_now
from engine.schedule import Hold, Placement
from engine.units import clock_text, to_minutes


def fill_hole(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    visit: Annotated[
        str | None, typer.Option("--visit", help="Whose time has become free: a visit id.")
    ] = None,
    on: Annotated[str | None, typer.Option("--date", help="Or the date of the hole,")] = None,
    start: Annotated[str | None, typer.Option("--start", help="its start HH:MM,")] = None,
    end: Annotated[str | None, typer.Option("--end", help="its end HH:MM,")] = None,
    chair: Annotated[str | None, typer.Option("--chair", help="and its chair.")] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="How many at most.")] = 10,
    fill: Annotated[
        Path | None, typer.Option("--fill", help="Folder of the last fill: its times are taken.")
    ] = None,
    now: Annotated[
        str | None, typer.Option("--now", help="YYYY-MM-DDTHH:MM; else the practice's as_of.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Who could take a time that has become free; exit code 1 where nobody can."""
    with refusing_bad_input(as_json):
        moment = moment_of(now, "--now") if now is not None else None
        loaded = read_question(practice, now=moment)
        problem, holds = loaded.problem, read_holds(practice)
        last = read_last_fill(fill, problem) if fill is not None else None
        remarks = (*loaded.problems, *(last.remarks if last is not None else ()))
        if visit is not None:
            _refuse_more_than_a_visit(on, start, end, chair)
            hole = _of_visit(problem, visit, last, holds)
            # Its patient is not coming: the visit is asked about nobody's time now.
            problem = _without(problem, visit)
        else:
            hole = _of_options(problem, on, start, end, chair)
        horizon = Horizon(start=hole.date, days=1)
        placed = _with_linked(problem, horizon, last, holds, visit or "")
        book = OpenBook(problem, horizon, placed)
        if visit is None:
            _refuse_taken(book, hole)
        found = candidates_for(book, hole, problem.as_of, count)
    if as_json:
        print_json(_document(hole, found))
    else:
        print_problems(remarks, "Remarks on the input")
        _print(hole, found, problem)
    raise typer.Exit(Exit.DONE if found else Exit.NOT_GOOD)


def _with_linked(
    problem: Problem, horizon: Horizon, last: LastFill | None, holds: Sequence[Hold], gone: str
) -> tuple[Placement, ...]:
    """The times of the date, and those that the last fill gave visits on other dates.

    Bookings of other dates are in the problem.
    """
    here = placements_on(problem, horizon, last, holds, gone)
    if last is None:
        return here
    elsewhere = (
        one
        for one in last.schedule.placements
        if one.date not in horizon and one.visit in problem.all_visits and one.visit != gone
    )
    return (*here, *elsewhere)


def _refuse_more_than_a_visit(*others: str | None) -> None:
    if any(one is not None for one in others):
        cause = "a visit says by itself when and where its time is"
        raise PracticeProblemsError(
            [PracticeProblem("which-hole", "--visit", cause, "leave date, start, end, chair out")]
        )


def _of_visit(problem: Problem, visit: str, last: LastFill | None, holds: Sequence[Hold]) -> Hole:
    placed = last.schedule.placement_of.get(visit) if last is not None else None
    booking = problem.booking_of.get(visit)
    if placed is None and booking is not None:
        day = Horizon(start=booking.date, days=1)
        there = placements_on(problem, day, last, holds, "")
        placed = next((one for one in there if one.visit == visit), None)
    if placed is None or visit not in problem.all_visits:
        cause = "no visit of that id has a time"
        remedy = "take an id of bookings.csv, or name the folder of the last fill"
        raise PracticeProblemsError([PracticeProblem("unknown-visit", "--visit", cause, remedy)])
    return hole_of(placed, problem.all_visits[visit])


def _without(problem: Problem, visit: str) -> Problem:
    visits = tuple(one for one in problem.visits if one.id != visit)
    bookings = tuple(one for one in problem.bookings if one.visit.id != visit)
    return problem.model_copy(update={"visits": visits, "bookings": bookings})


def _of_options(
    problem: Problem, on: str | None, start: str | None, end: str | None, chair: str | None
) -> Hole:
    faults = []
    missing = [
        name
        for name, value in (("--date", on), ("--start", start), ("--end", end), ("--chair", chair))
        if value is None
    ]
    if missing or on is None or start is None or end is None:
        cause = "a hole is a visit's time, or a date with start, end and chair"
        remedy = f"give --visit, or also {', '.join(missing)}"
        raise PracticeProblemsError([PracticeProblem("which-hole", "--visit", cause, remedy)])
    if chair not in problem.chairs:
        cause = "the practice has no such chair"
        known = "one of " + ", ".join(problem.chairs)
        faults.append(PracticeProblem("unknown-chair", "--chair", cause, known))
    day = date_of(on, "--date")
    begins, ends = clock_of(start, "--start"), clock_of(end, "--end")
    if begins >= ends:
        cause = f"it ends at {ends:%H:%M}, and does not begin before"
        faults.append(PracticeProblem("empty-hole", "--end", cause, "give a later end"))
    if faults:
        raise PracticeProblemsError(faults)
    return Hole(day, to_minutes(begins), to_minutes(ends), chair)


def _refuse_taken(book: OpenBook, hole: Hole) -> None:
    taken = taken_by(book, hole)
    if taken:
        cause = f"in chair {hole.chair} is then " + ", ".join(
            f"{one.visit} ({one.start:%H:%M}-{one.end:%H:%M})" for one in taken
        )
        remedy = "give a free time; with --visit, the time of one who does not come"
        raise PracticeProblemsError([PracticeProblem("taken-hole", "--chair", cause, remedy)])


def _document(hole: Hole, found: Sequence[Candidate]) -> dict[str, object]:
    return {
        "date": hole.date.isoformat(),
        "start": clock_text(hole.start),
        "end": clock_text(hole.end),
        "chair": hole.chair,
        "candidates": [one.model_dump(mode="json") for one in found],
    }


def _print(hole: Hole, found: Sequence[Candidate], problem: Problem) -> None:
    hours = (hole.begin - problem.as_of) / dt.timedelta(hours=1)
    OUT.print(
        f"{day_text(hole.date)} {clock_text(hole.start)}-{clock_text(hole.end)}, "
        f"chair {hole.chair or 'none'}, in {hours:.1f} hours",
        highlight=False,
    )
    if not found:
        OUT.print("Nobody who waits fits into it.")
        return
    table = Table("rank", "patient", "visit", "time", "list", box=None, pad_edge=False)
    table.add_column("weeks\npast ECD", justify="right")
    table.add_column("comes\nwith", justify="right")
    table.add_column("doctor\nmin", justify="right")
    for header in ("now booked", "which is", "household"):
        table.add_column(header)
    for rank, one in enumerate(found, start=1):
        table.add_row(
            str(rank),
            one.patient,
            f"{one.visit} ({one.procedure})",
            f"{one.start:%H:%M}-{one.end:%H:%M}",
            one.listed.value,
            str(one.weeks_past_ecd or ""),
            f"{one.chance_to_show:.0%}",
            str(one.doctor_minutes),
            f"{one.now_booked:%Y-%m-%d %H:%M}" if one.now_booked else "",
            _standing(problem, one),
            problem.all_visits[one.visit].household or "",
        )
    OUT.print(table)


def _standing(problem: Problem, one: Candidate) -> str:
    """What the time is that a candidate would give up: frozen, movable or proposed."""
    standing = standing_now(problem, one.visit, one.now_booked)
    return standing.value.removeprefix("booked, ") if standing else ""
