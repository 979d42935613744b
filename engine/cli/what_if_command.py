"""`modelday what-if`: scenarios held against a base."""

import datetime as dt
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import (
    ERR,
    OUT,
    AsJson,
    Exit,
    count_of,
    print_json,
    print_problems,
    refusing_bad_input,
)
from engine.cli.filling_run import print_files
from engine.cli.inputs import date_of, read_question
from engine.cli.staging import staged
from engine.files import Loaded, read_labels
from engine.practice import Horizon, Problem
from engine.problems import PracticeProblemsError

if TYPE_CHECKING:
    from engine.what_if.compare_scenarios import Comparison
    from engine.what_if.read_scenarios import ReadScenarios
    from engine.what_if.scenarios import ScenarioSettings


def _print_example(wanted: bool) -> None:
    if wanted:
        text = (files("engine.what_if") / "example.toml").read_text("utf-8")
        typer.echo(text, nl=False)
        raise typer.Exit


def what_if(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    scenarios: Annotated[Path, typer.Argument(help="TOML file of scenarios; see --example.")],
    *,
    first_date: Annotated[
        str | None,
        typer.Option("--from", help="First date, YYYY-MM-DD; default: the file's, next Monday."),
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=14, help="Calendar days; default 7.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "out/what-if"
    ),
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=0.1, help="Of each full solve; default 20.")
    ] = None,
    repeats: Annotated[
        int | None, typer.Option("--repeats", min=1, max=20, help="Seeds of each; default 2.")
    ] = None,
    confirm: Annotated[
        int | None,
        typer.Option("--confirm", min=0, help="So many of the best are solved in full; default 5."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Of the first repeat.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Of each solve; default 2.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="Solves at a time; 0: as the cores allow.")
    ] = 0,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="Limits in solver work; slower.")
    ] = False,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="labels.csv: names for the page alone.")
    ] = None,
    example: Annotated[
        bool,
        typer.Option(
            "--example", callback=_print_example, is_eager=True, help="Print a file to start from."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold scenarios against a base: all by a quick bound, the best few by full solves."""
    # Only now: loading the solver takes a second, which help and example need not wait for.
    from engine.cli.what_if_outputs import comparison_document, write_comparison
    from engine.what_if.compare_scenarios import compare_scenarios
    from engine.what_if.read_scenarios import read_scenarios

    given = {
        "start": first_date,
        "days": days,
        "seconds": seconds,
        "repeats": repeats,
        "confirm": confirm,
        "seed": seed,
        "workers": workers,
        "reproducible": reproducible or None,
    }
    with refusing_bad_input(as_json):
        read = read_scenarios(scenarios)
        if first_date is not None:
            given["start"] = date_of(first_date, "--from").isoformat()
        settings = _settings(read, given)
        loaded, horizon = _question(practice, settings)
        names = read_labels(labels) if labels is not None else {}
        _refuse_all(loaded.problem, horizon, read)
        if not as_json:
            print_problems(loaded.problems, "Remarks on the input")
        with staged(out) as folder:
            comparison = compare_scenarios(
                loaded.problem,
                horizon,
                read.scenarios,
                settings,
                jobs,
                (lambda said: None) if as_json else _say,
            )
            made = write_comparison(folder, out, comparison, names)
    if as_json:
        print_json({**comparison_document(comparison), "files": [str(path) for path in made]})
    else:
        _print(comparison, made)
    if comparison.stopped:
        raise typer.Exit(Exit.INTERRUPTED)
    without = any(not run.schedule for one in comparison.solved.values() for run in one.results)
    raise typer.Exit(Exit.NOT_GOOD if without else Exit.DONE)


def _say(said: str) -> None:
    ERR.print(f"  {said}", markup=False, highlight=False, soft_wrap=True)


def _settings(read: "ReadScenarios", given: Mapping[str, object]) -> "ScenarioSettings":
    """Options win over the file."""
    own = read.settings.model_dump(mode="json")
    options = {key: value for key, value in given.items() if value is not None}
    return type(read.settings).model_validate(own | options)


def _question(practice: Path, settings: "ScenarioSettings") -> tuple[Loaded, Horizon]:
    """The practice and the dates; without a first date, from the Monday after now on."""
    start = settings.start
    if start is None:
        today = read_question(practice).problem.as_of.date()
        start = today + dt.timedelta(days=7 - today.weekday())
    horizon = Horizon(start=start, days=settings.days)
    return read_question(practice, horizon), horizon


def _refuse_all(problem: Problem, horizon: Horizon, read: "ReadScenarios") -> None:
    """Where something could not be read: all of that, and what is wrong with the rest."""
    from engine.what_if.faults import scenario_faults

    if read.faults:
        rest = scenario_faults(problem, horizon, read.scenarios)
        raise PracticeProblemsError((*read.faults, *rest))


def _print(comparison: "Comparison", made: tuple[Path, ...]) -> None:
    from engine.cli.what_if_table import figure_table, outcome_table
    from engine.what_if.wording import NOISE_SIGN, limit_text, stopped_lines

    settings = comparison.settings
    OUT.print("[bold]Scenarios, points of difference to the base (less is better)[/bold]")
    OUT.print(outcome_table(comparison.outcomes))
    table = figure_table(comparison.outcomes)
    if table is not None:
        OUT.print("[bold]Figure by figure[/bold]")
        OUT.print(table)
    lines = (
        f"{count_of(comparison.screened, 'scenario')} screened in "
        f"{comparison.screening_seconds:.1f} s; full solves of {limit_text(settings)} with "
        f"{count_of(settings.repeats, 'seed')} each, the same for the base.",
        f"{NOISE_SIGN}: no larger than what the gaps leave open or another seed changes.",
        *stopped_lines(comparison.stopped, comparison.left_out),
    )
    for line in lines:
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)
    for outcome in comparison.outcomes:
        for note in outcome.notes:
            OUT.print(f"  {outcome.name}: {note}", markup=False, highlight=False, soft_wrap=True)
    print_files(made)
