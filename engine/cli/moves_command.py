"""`modelday moves`: what a few moves of bookings would buy."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import OUT, AsJson, Exit, count_of, print_json, refusing_bad_input
from engine.cli.filling_run import print_files
from engine.cli.inputs import date_of, read_plan, read_question
from engine.cli.staging import move_in, staged
from engine.cli.tables import number
from engine.files import write_problem_json, write_schedule
from engine.practice import Horizon

if TYPE_CHECKING:
    from engine.replan.answers import MovePlan

MOVE_FILES = ("schedule.json", "problem.json")


def moves(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    schedule: Annotated[
        Path | None, typer.Option("--schedule", help="schedule.json that stands, as the book.")
    ] = None,
    first_date: Annotated[
        str | None, typer.Option("--from", help="First date, where no schedule stands.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=14, help="Calendar days.")] = 7,
    most: Annotated[int, typer.Option("--most", min=0, help="Bookings that may move.")] = 3,
    frozen_days: Annotated[
        int, typer.Option("--frozen-days", min=0, help="Next days in which nothing moves.")
    ] = 1,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="Seconds of each of two fills.")
    ] = 20.0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="Same seed, same schedule; slower.")
    ] = False,
    results: Annotated[
        Path | None, typer.Option("--results", help="Folder for schedule and book.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill again with at most so many moves; say what they buy, and what each is for."""
    with refusing_bad_input(as_json):
        if schedule is not None:
            question, standing = read_plan(practice, schedule)
            problem = question.problem
            horizon = standing.horizon
        else:
            horizon = Horizon(start=date_of(first_date or "", "--from"), days=days)
            problem, standing = read_question(practice, horizon).problem, None
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.filling.fill import FillSettings
        from engine.replan.few_moves import MoveSettings, few_moves

        fill = FillSettings(
            time_limit=time_limit, workers=workers, seed=seed, reproducible=reproducible
        )
        found = few_moves(problem, horizon, standing, MoveSettings(most, frozen_days, fill))
        files: tuple[Path, ...] = ()
        if results is not None and found.schedule is not None:
            with staged(results) as folder:
                write_schedule(found.schedule, folder / "schedule.json")
                write_problem_json(found.question, folder / "problem.json")
                files = move_in(folder, results, MOVE_FILES)
    if as_json:
        told = found.model_dump(mode="json", exclude={"question", "schedule"})
        print_json({**told, "found": found.schedule is not None, "files": [str(f) for f in files]})
    else:
        _print(found, files)
    raise typer.Exit(Exit.DONE if found.schedule is not None else Exit.NOT_GOOD)


def _print(found: "MovePlan", files: tuple[Path, ...]) -> None:
    if found.schedule is None:
        OUT.print("No schedule was found.")
        return
    if not found.moves:
        OUT.print("No move was found that buys anything.")
        if files:
            print_files(files)
        return
    what = count_of(len(found.moves), "move")
    buys = "buys" if len(found.moves) == 1 else "buy"
    OUT.print(
        f"[bold]{what} {buys} {number(found.overdue_weeks)} overdue weeks[/bold] "
        f"({number(found.points)} points)",
        highlight=False,
    )
    for one in found.bought:
        amount, change = number(abs(one.less)), "less" if one.less > 0 else "more"
        if amount != "0":
            text = f"  {one.kpi.replace('_', ' ')}: {amount} {change} ({one.unit})"
            OUT.print(text, markup=False, highlight=False, soft_wrap=True)
    for move in sorted(found.moves, key=lambda one: -(one.worth or 0.0)):
        worth = "" if move.worth is None else f", is worth {number(move.worth)}"
        said = ", confirmed" if move.confirmed else ""
        text = (
            f"{move.visit} (patient {move.patient}) from {move.old:%a %Y-%m-%d %H:%M} to "
            f"{move.new:%a %Y-%m-%d %H:%M}: {count_of(move.notice_days, 'day')} of notice{said}, "
            f"costs {number(move.points)} points{worth}; {move.reason}"
        )
        OUT.print(text, markup=False, highlight=False, soft_wrap=True)
    if files:
        print_files(files)
