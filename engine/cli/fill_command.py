"""`modelday fill`: places the waiting visits of a practice on real dates."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import ERR, AsJson, print_json, print_problems, refusing_bad_input
from engine.cli.defaults import print_defaults
from engine.cli.filling_run import (
    compare_freely,
    exit_code_of,
    print_result,
    run_document,
    run_fill,
)
from engine.cli.inputs import date_of, read_question
from engine.cli.outputs import write_results
from engine.cli.staging import staged
from engine.files import read_labels
from engine.practice import Horizon


def fill(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    first_date: Annotated[str, typer.Option("--from", help="First date, YYYY-MM-DD.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    days: Annotated[int, typer.Option("--days", min=1, max=84, help="Calendar days.")] = 7,
    time_limit: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds.")] = 60.0,
    gap: Annotated[
        float, typer.Option("--gap", min=0.0, max=1.0, help="Stop once proven this close.")
    ] = 0.002,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="Same seed, same schedule; slower.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse rows that would be set aside.")
    ] = False,
    slot_prices: Annotated[
        bool,
        typer.Option("--slot-prices", help="Price a lost minute by slot first; takes longer."),
    ] = False,
    regret: Annotated[
        bool, typer.Option("--regret", help="A second fill, without model days, to compare with.")
    ] = False,
    labels: Annotated[
        Path | None, typer.Option("--labels", help="labels.csv: names for the page alone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fill the dates of a practice. Ctrl-C stops and keeps the best schedule found."""
    with refusing_bad_input(as_json):
        horizon = Horizon(start=date_of(first_date, "--from"), days=days)
        loaded = read_question(practice, horizon, strict)
        names = read_labels(labels) if labels is not None else {}
        if not as_json:
            print_problems(loaded.problems, "Remarks on the input")
            print_defaults(loaded.defaults)
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.filling.fill import FillSettings
        from engine.filling.slot_prices import with_slot_prices

        settings = FillSettings(
            time_limit=time_limit,
            gap=gap,
            workers=workers,
            seed=seed,
            reproducible=reproducible,
        )
        with staged(out) as folder:
            if slot_prices:
                if not as_json:
                    ERR.print("Pricing the slots")
                loaded = replace(loaded, problem=with_slot_prices(loaded.problem, horizon))
            result, certificate = run_fill(loaded.problem, horizon, settings, quiet=as_json)
            free = compare_freely(loaded.problem, horizon, result, settings) if regret else None
            if free is not None:
                result = result.model_copy(update={"regret": free.regret})
            files = write_results(folder, out, loaded, result, certificate, labels=names)
    if as_json:
        print_json(run_document(loaded, result, files))
    else:
        print_result(result, files, free=free.kpis if free is not None else ())
    raise typer.Exit(exit_code_of(result))
