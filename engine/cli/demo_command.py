"""`modelday demo`: the next week of the sample practice, by hand and by the engine."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.checker import check
from engine.cli.console import OUT, AsJson, count_of, print_json, refusing_bad_input
from engine.cli.defaults import print_defaults
from engine.cli.filling_run import (
    closing_line,
    exit_code_of,
    print_files,
    run_document,
    run_fill,
)
from engine.cli.inputs import read_question
from engine.cli.outputs import write_results
from engine.cli.sample_folder import write_sample
from engine.cli.staging import staged
from engine.cli.tables import kpi_table
from engine.filling.by_hand import fill_by_hand
from engine.generate import Generated, summary_lines
from engine.kpi import measure


def demo(
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("out/demo"),
    time_limit: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds.")] = 45.0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    as_json: AsJson = False,
) -> None:
    """Fill the next week of the sample practice, and show it beside a fill by hand."""
    from engine.filling.fill import FillSettings

    with refusing_bad_input(as_json), staged(out) as folder:
        # Through the files and back, as a practice would come: the folder stays for the reader.
        sample = write_sample(out / "practice")
        loaded = read_question(out / "practice", sample.horizon)
        problem, horizon = loaded.problem, sample.horizon
        if not as_json:
            _print_question(sample, out)
            print_defaults(loaded.defaults)
        hand = {
            "first fit": fill_by_hand(problem, horizon, fit="first"),
            "best fit": fill_by_hand(problem, horizon, fit="best"),
        }
        settings = FillSettings(time_limit=time_limit, workers=workers, seed=seed)
        result, certificate = run_fill(problem, horizon, settings, quiet=as_json)
        files = write_results(folder, out, loaded, result, certificate, hand=hand["best fit"])
    columns = {name: measure(problem, schedule) for name, schedule in hand.items()}
    if result.schedule is not None:
        columns["engine"] = result.kpis
    if as_json:
        print_json(run_document(loaded, result, files))
        raise typer.Exit(exit_code_of(result))
    OUT.print("[bold]By hand (first fit, best fit) and by the engine[/bold]")
    OUT.print(kpi_table(columns))
    OUT.print(closing_line(result), highlight=False, soft_wrap=True)
    for name, schedule in hand.items():
        report = check(problem, schedule)
        verdict = "checked" if report.ok else f"{len(report.violations)} violations"
        OUT.print(f"  by hand, {name}: {verdict}", highlight=False)
    OUT.print(
        f"{count_of(len(loaded.problems), 'remark')} on the book: see needs_attention.csv",
        highlight=False,
    )
    print_files(files)
    raise typer.Exit(exit_code_of(result))


def _print_question(sample: Generated, out: Path) -> None:
    """What is filled: the practice, the dates, demand against capacity."""
    OUT.print(f"[bold]Sample practice {escape(sample.problem.practice.id)}[/bold]", highlight=False)
    lines = (
        f"{sample.horizon.start} and {sample.horizon.days - 1} days after it, "
        f"seen on {sample.problem.as_of:%Y-%m-%d %H:%M}; its files are in {out / 'practice'}",
        *summary_lines(sample.summary),
    )
    for line in lines:
        OUT.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
