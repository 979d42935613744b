"""`modelday generate`: a practice of any size from one seed."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, count_of, print_json, refusing_bad_input
from engine.files import write_folder, write_history_csv, write_problem_json, write_schedule
from engine.files.atomic import write_text
from engine.generate import Generated, generate_history
from engine.generate import generate as generate_practice
from engine.model_day.goals_toml import goals_text
from engine.model_day.sample_goals import sample_goals
from engine.problems import PracticeProblem, PracticeProblemsError


def generate(
    *,
    profile: Annotated[str, typer.Option("--profile", help="Kind of practice, e.g. one-doctor.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write.")] = Path("out/practice"),
    visits: Annotated[
        int | None, typer.Option("--visits", min=1, help="Visits to place; default by profile.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same practice.")] = 0,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=12, help="Weeks to fill.")] = 1,
    planted: Annotated[
        bool, typer.Option("--planted", help="With a schedule known to be good.")
    ] = False,
    history: Annotated[
        int | None,
        typer.Option("--history", min=1, help="With a history.csv of so many past treatments."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a practice: the folder, problem.json, goals.toml, and planted.json where asked."""
    with refusing_bad_input(as_json):
        made = _made(profile, visits, seed, weeks, planted)
        write_folder(made.problem, out)
        write_problem_json(made.problem, out / "problem.json")
        write_text(out / "goals.toml", goals_text(sample_goals(len(made.problem.doctors))))
        if history is not None:
            past = generate_history(history, made.problem.as_of.date(), seed)
            write_history_csv(past, out / "history.csv")
        if made.planted_schedule is not None:
            write_schedule(made.planted_schedule, out / "planted.json")
        else:
            # One of an earlier practice would be held against this one.
            (out / "planted.json").unlink(missing_ok=True)
    summary = {
        "out": str(out),
        "from": made.horizon.start.isoformat(),
        "days": made.horizon.days,
        "visits": len(made.problem.visits),
        "bookings": len(made.problem.bookings),
        "planted": made.planted_schedule is not None,
    }
    if as_json:
        print_json(summary)
        return
    OUT.print(
        f"{out}: {count_of(len(made.problem.visits), 'visit')} to place, "
        f"{count_of(len(made.problem.bookings), 'booking')}.",
        highlight=False,
        soft_wrap=True,
    )
    OUT.print(
        f"Fill it: modelday fill {out} --from {made.horizon.start} --days {made.horizon.days} "
        "--out FOLDER",
        highlight=False,
        soft_wrap=True,
    )


def _made(profile: str, visits: int | None, seed: int, weeks: int, planted: bool) -> Generated:
    """The practice. PracticeProblemsError where it cannot be made."""
    try:
        return generate_practice(profile, visits, seed, weeks=weeks, planted=planted)
    except ValueError as error:
        problem = PracticeProblem(
            "cannot-generate", "generate", str(error), "ask for another practice"
        )
        raise PracticeProblemsError([problem]) from None
