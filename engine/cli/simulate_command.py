"""`modelday simulate`: a practice year under several policies, with intervals and differences."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.cli.console import ERR, OUT, Exit, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import read_question
from engine.cli.year_progress import watching_years
from engine.cli.year_table import year_table
from engine.files.atomic import write_texts
from engine.practice import Problem
from engine.problems import PracticeProblem

_WORKERS = 2
_CALLERS = 12.0
"""A week, for each doctor."""
_SAMPLE_SHARE = 0.8
"""The sample's lists are those of a practice that cannot keep up; a year shows more with fewer."""


def simulate(
    practice: Annotated[
        Path | None,
        typer.Argument(help="Practice folder or problem.json; default: the sample practice."),
    ] = None,
    *,
    weeks: Annotated[int, typer.Option("--weeks", help="Weeks of the year.")] = 52,
    policy: Annotated[
        list[str] | None,
        typer.Option(
            "--policy",
            help="first-fit, best-fit, model-day-only, engine, engine-constant-p or clairvoyant; "
            "several times for several. The others are held against the first.",
        ),
    ] = None,
    replications: Annotated[int, typer.Option("--replications", help="Years of each policy.")] = 10,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same patients.")] = 1,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("out/year"),
    warm_up: Annotated[
        int | None, typer.Option("--warm-up", help="Weeks not counted; default 8 or a quarter.")
    ] = None,
    new_a_week: Annotated[
        float | None,
        typer.Option("--new-a-week", help="Callers a week on average; default 12 for a doctor."),
    ] = None,
    known_share: Annotated[
        float | None,
        typer.Option(
            "--known-share",
            help="Share of the known patients that is taken in; default all, 0.8 of the sample.",
        ),
    ] = None,
    miss_rate: Annotated[
        float, typer.Option("--miss-rate", help="Share of visits that are missed.")
    ] = 0.05,
    seconds: Annotated[float, typer.Option("--seconds", help="Of each weekly fill.")] = 5.0,
    workers: Annotated[int, typer.Option("--workers", help="Of each fill by the engine.")] = (
        _WORKERS
    ),
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="Years at a time; 0: as the cores allow.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Simulate practice years. What is finished is kept: Ctrl-C, and the same command goes on."""
    from engine.simulate.compare import compare, csv_text
    from engine.simulate.record import json_text
    from engine.simulate.replicate import replicate
    from engine.simulate.settings import EngineSettings, PatientSettings, YearSettings

    wanted = tuple(policy or ("engine", "first-fit"))
    with refusing_bad_input(as_json):
        problem, remarks = _question(practice)
        habits = {
            "new_a_week": _CALLERS * len(problem.doctors) if new_a_week is None else new_a_week,
            "known_share": _known_share(practice) if known_share is None else known_share,
            "miss_rate": miss_rate,
        }
        settings = YearSettings(
            weeks=weeks,
            warm_up_weeks=min(8, weeks // 4) if warm_up is None else warm_up,
            patients=PatientSettings(**habits),
            engine=EngineSettings(seconds=seconds, workers=workers),
        )
        if not as_json:
            print_problems(remarks, "Set aside before the year begins")
        try:
            with watching_years(len(wanted) * replications * weeks, quiet=as_json) as on_progress:
                records = replicate(
                    problem,
                    wanted,
                    settings,
                    replications,
                    seed,
                    out,
                    jobs or _jobs(wanted, workers),
                    on_progress,
                )
        except KeyboardInterrupt:
            ERR.print(f"Interrupted; finished years are kept in {escape(str(out / 'runs'))}.")
            raise typer.Exit(Exit.INTERRUPTED) from None
        rows = compare(records)
        document = {
            "policies": list(wanted),
            "replications": replications,
            "seed": seed,
            "digest": records[0].digest,
            "settings": settings.model_dump(mode="json"),
            "rows": [_as_dict(row) for row in rows],
        }
        write_texts({out / "year.json": json_text(document), out / "year.csv": csv_text(rows)})
    if as_json:
        print_json(document)
        return
    OUT.print(year_table(rows, wanted))
    OUT.print(
        f"{replications} years of {weeks} weeks each, counted from week "
        f"{settings.warm_up_weeks + 1} on; mean and 95 % interval over years, in brackets the "
        f"difference to {wanted[0]} with the same patients.",
        highlight=False,
    )
    OUT.print(
        "Treatments still under way at the end count in the shares past the date, not in on-time "
        "completion.",
        highlight=False,
    )
    OUT.print(f"{out / 'year.json'}, {out / 'year.csv'}", highlight=False, soft_wrap=True)


def _known_share(practice: Path | None) -> float:
    return _SAMPLE_SHARE if practice is None else 1.0


def _question(practice: Path | None) -> tuple[Problem, tuple[PracticeProblem, ...]]:
    """The practice with its patients, without faulty rows."""
    from engine.problems import Severity
    from engine.validation import put_aside

    if practice is None:
        from engine.generate.sample import rolling_book

        problem, faults = put_aside(rolling_book().problem)
        return problem, tuple(f for f in faults if f.severity is Severity.SET_ASIDE)
    loaded = read_question(practice)
    problem, _ = put_aside(loaded.problem)
    gone = (Severity.SET_ASIDE, Severity.REFUSED)
    return problem, tuple(fault for fault in loaded.problems if fault.severity in gone)


def _jobs(policies: tuple[str, ...], workers: int) -> int:
    """Years at a time: every core, or the cores a fill by the engine leaves."""
    cores = os.cpu_count() or 1
    by_hand = all(name in ("first-fit", "best-fit", "model-day-only") for name in policies)
    return max(1, cores if by_hand else cores // max(1, workers))


def _as_dict(row: object) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(row)  # type: ignore[call-overload, no-any-return]
