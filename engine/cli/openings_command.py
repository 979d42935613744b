"""`modelday openings`: the best times for one visit, while its patient is on the line."""

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.caller import Caller, asking
from engine.cli.console import OUT, AsJson, Exit, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import date_of, moment_of, read_question
from engine.cli.last_fill import placements_on, read_last_fill
from engine.cli.tables import number
from engine.files import HOLDS_FILE, read_holds, write_holds
from engine.filling.openings.answers import Opening
from engine.filling.openings.open_book import OpenBook
from engine.filling.openings.phantom import calls_of, phantom_prices
from engine.plot.names import day_text
from engine.practice import Horizon, Visit
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.schedule import Hold
from engine.units import to_minutes
from engine.weights import MILLIPOINTS

DAYS = 60
"""Dates that are looked at: as far ahead as visits are booked."""


def openings(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    visit: Annotated[
        str | None, typer.Option("--visit", help="Visit of a list, or a booking to move.")
    ] = None,
    procedure: Annotated[
        str | None, typer.Option("--procedure", help="What a new caller needs.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, help="Own length of a new caller's visit.")
    ] = None,
    patient: Annotated[
        str | None, typer.Option("--patient", help="Id of a new caller's patient.")
    ] = None,
    when: Annotated[
        str | None,
        typer.Option("--when", help="Times that suit the caller: 'mon|tue 08:00-12:00'."),
    ] = None,
    first_date: Annotated[
        str | None, typer.Option("--from", help="First date; else today.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=400, help="Calendar days; else 60.")
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=50, help="How many.")] = 6,
    fill: Annotated[
        Path | None,
        typer.Option(
            "--fill", help="Folder of the last fill: its times are taken; prices on its dates."
        ),
    ] = None,
    protect: Annotated[
        bool,
        typer.Option("--protect", help="Keep exam and start times for callers still to come."),
    ] = False,
    now: Annotated[
        str | None, typer.Option("--now", help="YYYY-MM-DDTHH:MM; else the practice's as_of.")
    ] = None,
    hold: Annotated[
        int | None, typer.Option("--hold", min=1, help="Keep the opening of this rank.")
    ] = None,
    hold_minutes: Annotated[
        int, typer.Option("--hold-minutes", min=1, max=1440, help="How long it is kept.")
    ] = 15,
    release: Annotated[
        bool, typer.Option("--release", help="Give back what is held for the visit instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The best times for one visit, without a fill; exit code 1 where there is none."""
    with refusing_bad_input(as_json):
        moment = moment_of(now, "--now") if now is not None else None
        loaded = read_question(practice, now=moment)
        problem, holds = loaded.problem, read_holds(practice)
        if release:
            _release(practice, holds, visit, as_json)
        problem, asked = asking(problem, Caller(visit, procedure, minutes, patient, when))
        last = read_last_fill(fill, loaded.problem) if fill is not None else None
        remarks = (*loaded.problems, *(last.remarks if last is not None else ()))
        start = date_of(first_date, "--from") if first_date is not None else None
        horizon = Horizon(start=start or problem.as_of.date(), days=days or DAYS)
        placed = placements_on(problem, horizon, last, holds, asked.id)
        priced = last.priced_in(horizon) if last is not None else frozenset()
        prices = last.prices if last is not None and priced else ()
        book = OpenBook(problem, horizon, placed, prices)
        if protect:
            later = phantom_prices(book, calls_of(loaded.problem), problem.as_of)
            book.set_prices((*prices, *later))
        found = book.best(asked, problem.as_of, count)
        kept = None
        if hold is not None:
            until = problem.as_of + dt.timedelta(minutes=hold_minutes)
            kept = _keep(book, asked, found, hold, until)
            open_ones = [one for one in holds if one.is_open(problem.as_of)]
            others = [one for one in open_ones if one.visit.id != asked.id]
            _require_folder(practice)
            write_holds(practice, (*others, kept))
    if as_json:
        print_json(_document(asked, horizon, found, kept, priced, protected=protect))
    else:
        print_problems(remarks, "Remarks on the input")
        _print(asked, horizon, found, kept, priced, protected=protect)
    raise typer.Exit(Exit.DONE if found else Exit.NOT_GOOD)


def _keep(
    book: OpenBook, asked: Visit, found: Sequence[Opening], rank: int, until: dt.datetime
) -> Hold:
    if rank > len(found):
        cause = f"there are {len(found)} openings"
        raise PracticeProblemsError(
            [PracticeProblem("no-such-opening", "--hold", cause, "choose a rank of the list")]
        )
    one = found[rank - 1]
    now = book.occupancy.problem.as_of
    return book.hold(asked, one.date, to_minutes(one.start), now=now, until=until)


def _require_folder(practice: Path) -> None:
    if not practice.is_dir():
        cause = f"times are held in {HOLDS_FILE} of a practice folder, and this is a file"
        raise PracticeProblemsError(
            [PracticeProblem("no-folder", practice.name, cause, "name the practice folder")]
        )


def _release(practice: Path, holds: Sequence[Hold], visit: str | None, as_json: bool) -> None:
    """Takes the hold out of the file and ends the command."""
    held = [one for one in holds if one.visit.id == visit]
    if not held:
        cause = "nothing is held for this visit"
        raise PracticeProblemsError(
            [PracticeProblem("no-hold", "--visit", cause, f"take an id of {HOLDS_FILE}")]
        )
    write_holds(practice, [one for one in holds if one.visit.id != visit])
    if as_json:
        print_json({"released": held[0].model_dump(mode="json")})
    else:
        OUT.print(f"Given back: {_when(held[0])}.", highlight=False)
    raise typer.Exit(Exit.DONE)


def _document(
    asked: Visit,
    horizon: Horizon,
    found: Sequence[Opening],
    kept: Hold | None,
    priced: Collection[dt.date],
    *,
    protected: bool,
) -> dict[str, object]:
    return {
        "visit": asked.model_dump(mode="json"),
        "from": horizon.start.isoformat(),
        "days": horizon.days,
        "priced": sorted(day.isoformat() for day in priced),
        "protected": protected,
        "openings": [one.model_dump(mode="json") for one in found],
        "hold": kept.model_dump(mode="json") if kept is not None else None,
    }


def _print(
    asked: Visit,
    horizon: Horizon,
    found: Sequence[Opening],
    kept: Hold | None,
    priced: Collection[dt.date],
    *,
    protected: bool,
) -> None:
    last = horizon.dates[-1]
    OUT.print(
        f"Visit {asked.id} ({asked.procedure}) of {asked.patient}: {horizon.start} to {last}, "
        f"{_cost_words(horizon, priced, protected=protected)}",
        highlight=False,
        soft_wrap=True,
    )
    if not found:
        OUT.print("No opening in these dates.")
        return
    table = Table("rank", "date", "time", "chair", box=None, pad_edge=False, header_style="bold")
    table.add_column("cost (points)", justify="right")
    if priced or protected:
        table.add_column("its own", justify="right")
        table.add_column("prices", justify="right")
    for rank, one in enumerate(found, start=1):
        cells = [
            str(rank),
            day_text(one.date),
            f"{one.start:%H:%M}-{one.end:%H:%M}",
            one.chairs[0] if one.chairs else "none",
            number(one.millipoints / MILLIPOINTS),
        ]
        if priced or protected:
            known = protected or one.date in priced
            more = number((one.millipoints - one.own_millipoints) / MILLIPOINTS)
            cells += [number(one.own_millipoints / MILLIPOINTS), more if known else "not known"]
        table.add_row(*cells)
    OUT.print(table)
    if kept is not None:
        OUT.print(f"Held: {_when(kept)}, until {kept.until:%Y-%m-%d %H:%M}.", highlight=False)


def _cost_words(horizon: Horizon, priced: Collection[dt.date], *, protected: bool) -> str:
    """What the costs hold."""
    parts = ["its own costs"]
    parts += ["prices of the fill"] * bool(priced) + ["prices for callers to come"] * protected
    words = " and ".join(parts)
    if priced and len(priced) < horizon.days:
        words += (
            f"; the fill has prices from {min(priced)} to {max(priced)}, other times may look "
            "cheaper than they are"
        )
    return words


def _when(hold: Hold) -> str:
    placed = hold.placement
    return f"{day_text(placed.date)} {placed.start:%H:%M} for visit {hold.visit.id}"
