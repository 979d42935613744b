"""`modelday simulate`: a practice year under several policies, with intervals and differences."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

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
from engine.cli.year_options import Jobs, NewAWeek, Reproducible, WarmUp
from engine.cli.year_progress import watching_years
from engine.cli.year_question import year_question, years_at_a_time
from engine.cli.year_settings import year_settings
from engine.cli.year_table import fallback_lines, year_table
from engine.files.atomic import write_texts
from engine.problems import PracticeProblemsError

if TYPE_CHECKING:
    from engine.simulate.compare import Row
    from engine.simulate.settings import YearSettings


def simulate(
    practice: Annotated[
        Path | None,
        typer.Argument(help="Practice folder or problem.json; default: the sample practice."),
    ] = None,
    *,
    weeks: Annotated[
        int | None, typer.Option("--weeks", help="Weeks of the year; default 52.")
    ] = None,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            help="first-fit, best-fit, model-day-only, engine, engine-constant-p or clairvoyant; "
            "several times for several. The others are held against the first. Default: engine and "
            "first-fit.",
        ),
    ] = None,
    replications: Annotated[int, typer.Option("--replications", help="Years of each policy.")] = 10,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same patients.")] = 1,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("out/year"),
    warm_up: WarmUp = None,
    new_a_week: NewAWeek = None,
    known_share: Annotated[
        float | None,
        typer.Option(
            "--known-share",
            help="Share of the known patients that is taken in; default all, 0.8 of the sample.",
        ),
    ] = None,
    miss_rate: Annotated[
        float | None,
        typer.Option("--miss-rate", help="Missed visits at the beginning; default 0.05."),
    ] = None,
    seconds: Annotated[
        float | None, typer.Option("--seconds", help="Of each weekly fill; default 5.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Of each fill by the engine; default 2.")
    ] = None,
    reproducible: Reproducible = False,
    settings_file: Annotated[
        Path | None,
        typer.Option("--settings", help="TOML file with all other settings, and the care path."),
    ] = None,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Simulate practice years. What is finished is kept: Ctrl-C, and the same command goes on."""
    # Only now: statistics and the fill take a second to load, which bad input need not wait for.
    from engine.simulate.compare import compare, csv_text
    from engine.simulate.faults import asked_faults
    from engine.simulate.figures import FIGURES
    from engine.simulate.record import fallbacks_of, json_text
    from engine.simulate.replicate import replicate

    wanted = tuple(policy or ("engine", "first-fit"))
    options: dict[str, float | None] = {
        "weeks": weeks,
        "warm_up": warm_up,
        "new_a_week": new_a_week,
        "known_share": known_share,
        "miss_rate": miss_rate,
        "seconds": seconds,
        "workers": workers,
        "reproducible": reproducible or None,
    }
    with refusing_bad_input(as_json):
        problem, remarks = year_question(practice)
        asked = asked_faults(wanted, replications)
        try:
            settings = year_settings(
                settings_file, options, doctors=len(problem.doctors), sample=practice is None
            )
        except PracticeProblemsError as error:
            raise PracticeProblemsError((*error.problems, *asked)) from None
        if not as_json:
            print_problems(remarks, "Set aside before the year begins")
        at_once = jobs or years_at_a_time(wanted, settings.engine.workers)
        try:
            with watching_years(len(wanted) * replications, settings.weeks, as_json) as on_progress:
                records = replicate(
                    problem, wanted, settings, replications, seed, out, at_once, on_progress
                )
        except KeyboardInterrupt:
            ERR.print(f"Interrupted; finished years are kept in {escape(str(out / 'runs'))}.")
            raise typer.Exit(Exit.INTERRUPTED) from None
        rows = compare(records)
        document: dict[str, Any] = {
            "policies": list(wanted),
            "replications": replications,
            "seed": seed,
            "digest": records[0].digest,
            "fallback_weeks": fallbacks_of(records),
            "settings": settings.model_dump(mode="json"),
            "figures": [asdict(figure) for figure in FIGURES],
            "rows": [asdict(row) for row in rows],
        }
        write_texts({out / "year.json": json_text(document), out / "year.csv": csv_text(rows)})
    if as_json:
        print_json(document)
    else:
        _print(rows, wanted, settings, replications, out, fallbacks_of(records))


def _print(
    rows: "Sequence[Row]",
    policies: tuple[str, ...],
    settings: "YearSettings",
    replications: int,
    out: Path,
    fallbacks: dict[str, int],
) -> None:
    OUT.print(year_table(rows, policies))
    against = f", in brackets the difference to {policies[0]} with the same patients"
    shown = "mean and 95 % interval over years" if replications > 1 else "one year has no interval"
    lines = (
        f"{count_of(replications, 'year')} of {count_of(settings.weeks, 'week')} each, counted "
        f"from week {settings.warm_up_weeks + 1} on: {shown}"
        f"{against if len(policies) > 1 else ''}.",
        "What each figure counts is said in year.json, under figures.",
        "Treatments still under way at the end count in the shares past the date, not in on-time "
        "completion.",
        *fallback_lines(fallbacks, replications * settings.weeks),
        f"{out / 'year.json'}, {out / 'year.csv'}",
    )
    for line in lines:
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)
