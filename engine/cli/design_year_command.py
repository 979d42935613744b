"""`modelday design-year`: goals, build, fill, and a practice year on the designed model days."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.cli.console import (
    ERR,
    OUT,
    AsJson,
    Exit,
    print_json,
    print_problems,
    refusing_bad_input,
    telling,
)
from engine.cli.design_year_outputs import told_lines, write_design_year, year_tables
from engine.cli.designed_practice import PRACTICE, design_practice, with_designed
from engine.cli.goal_inputs import read_demand
from engine.cli.sample_folder import GOALS, write_sample
from engine.cli.year_options import Jobs, NewAWeek, Reproducible, WarmUp
from engine.cli.year_progress import watching_years
from engine.cli.year_question import year_question, years_at_a_time
from engine.cli.year_settings import year_settings
from engine.practice import Horizon
from engine.problems import PracticeProblemsError

HAND_MADE, DESIGNED = "hand-made", "designed"
"""The two sets of model days; years are kept in folders of these names."""


def design_year(
    goals: Annotated[
        Path | None,
        typer.Argument(help="goals.toml; default: the one in the practice folder."),
    ] = None,
    *,
    practice: Annotated[
        Path | None, typer.Option("--practice", help="Practice folder; default: the sample one.")
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option("--policy", help="Who fills the weeks; default first-fit and engine."),
    ] = None,
    weeks: Annotated[
        int | None, typer.Option("--weeks", help="Weeks of the year; default 52.")
    ] = None,
    replications: Annotated[int, typer.Option("--replications", help="Years of each policy.")] = 10,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same patients.")] = 1,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "out/design-year"
    ),
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="Seconds for each day type.")
    ] = 10.0,
    fill_seconds: Annotated[
        float, typer.Option("--fill-seconds", min=0.1, help="Of the week that is written.")
    ] = 20.0,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="Of each weekly fill of a year; default 5.")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Of the design and of each fill.")
    ] = 2,
    reproducible: Reproducible = False,
    warm_up: WarmUp = None,
    new_a_week: NewAWeek = None,
    settings_file: Annotated[
        Path | None,
        typer.Option("--settings", help="TOML file with all other settings of the year."),
    ] = None,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Design model days from goals, fill a week on them, and live years on both. Ctrl-C keeps."""
    # Only now: statistics and the solver take seconds to load, which bad input need not wait for.
    from engine.filling.fill import FillSettings
    from engine.model_day.design.build import BuildSettings
    from engine.model_day.design.design_day import DesignSettings
    from engine.simulate.clinic import monday_of
    from engine.simulate.faults import asked_faults
    from engine.simulate.two_templates import Years, compare_templates, live_under

    policies = tuple(policy or ("first-fit", "engine"))
    options = {
        "weeks": weeks,
        "warm_up": warm_up,
        "new_a_week": new_a_week,
        "seconds": seconds,
        "workers": workers,
        "reproducible": reproducible or None,
    }
    with refusing_bad_input(as_json):
        folder, goals_file = _inputs(goals, practice, out)
        problem, aside = year_question(folder)
        faults = asked_faults(policies, replications)
        doctors = len(problem.doctors)
        try:
            settings = year_settings(
                settings_file, options, doctors=doctors, sample=practice is None
            )
        except PracticeProblemsError as error:
            raise PracticeProblemsError((*error.problems, *faults)) from None
        if faults:
            raise PracticeProblemsError(faults)
        # The days are designed for the patients who are taken into the year.
        known_share = settings.patients.known_share
        asked = read_demand(goals_file, folder, out / PRACTICE, known_share)
        if not as_json:
            print_problems(aside, "Set aside before the year begins")
        building = BuildSettings(
            DesignSettings(time_limit, workers=workers, seed=seed), with_costs=False
        )
        filling = FillSettings(time_limit=fill_seconds, workers=workers, seed=seed)
        horizon = Horizon(start=monday_of(problem, 1), days=7)
        tell = telling(as_json)
        at_once = jobs or years_at_a_time(policies, settings.engine.workers)
        years = Years(policies, settings, replications, seed, at_once)
        try:
            made = design_practice(asked, folder, out, building, filling, horizon, tell)
            if not made.built.complete:
                if as_json:
                    print_json({"design": made.built.lines})
                raise typer.Exit(Exit.NOT_GOOD)
            templates = {HAND_MADE: problem, DESIGNED: with_designed(problem, asked, made.built)}
            count = len(templates) * len(policies) * replications
            with watching_years(count, settings.weeks, as_json) as on_progress:
                runs = live_under(templates, years, out / "years", on_progress)
        except KeyboardInterrupt:
            ERR.print(f"Interrupted; what is finished is kept in {escape(str(out))}.")
            raise typer.Exit(Exit.INTERRUPTED) from None
        rows = compare_templates(runs)
        document = write_design_year(out, asked, made, years, runs, rows)
    if as_json:
        print_json(document)
        return
    for table in year_tables(rows):
        OUT.print(table)
    for line in told_lines(made, years, runs, out):
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)


def _inputs(goals: Path | None, practice: Path | None, out: Path) -> tuple[Path, Path]:
    """The practice folder and the goals; the sample practice is written where none is named."""
    folder = practice or out / "sample"
    if practice is None:
        write_sample(folder)
    return folder, goals or folder / GOALS
