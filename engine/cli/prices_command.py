"""`modelday prices`: what one more assistant-, doctor- or chair-hour is worth by half-day."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from engine.cli.console import (
    ERR,
    OUT,
    AsJson,
    Exit,
    print_json,
    print_problems,
    refusing_bad_input,
)
from engine.cli.filling_run import print_files
from engine.cli.inputs import date_of, read_question
from engine.cli.staging import move_in, staged
from engine.files.atomic import write_text
from engine.practice import Horizon, Problem

if TYPE_CHECKING:
    from engine.what_if.hour_prices import HourPrices
    from engine.what_if.price_check import PriceCheck

PRICE_FILES = ("prices.html", "prices.png", "prices.json")


def prices(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    first_date: Annotated[str, typer.Option("--from", help="First date, YYYY-MM-DD.")],
    days: Annotated[int, typer.Option("--days", min=1, max=14, help="Calendar days.")] = 7,
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path(
        "out/prices"
    ),
    steps: Annotated[
        int, typer.Option("--steps", min=100, max=50_000, help="Steps of the prices.")
    ] = 4000,
    check: Annotated[
        int,
        typer.Option(
            "--check", min=0, max=50, help="Bound all half-days with one more, solve so many."
        ),
    ] = 0,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="Of each of these solves.")
    ] = 20.0,
    repeats: Annotated[int, typer.Option("--repeats", min=1, max=20, help="Seeds of each.")] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the first repeat.")] = 0,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="Solves at a time; 0: as the cores allow.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Say where an hour is missing: a heat map of what one more is worth."""
    # Only now: loading the solver takes a second, which bad input need not wait for.
    from engine.what_if.hour_prices import hour_prices
    from engine.what_if.price_check import check_prices
    from engine.what_if.scenarios import ScenarioSettings

    with refusing_bad_input(as_json):
        horizon = Horizon(start=date_of(first_date, "--from"), days=days)
        loaded = read_question(practice, horizon)
        if not as_json:
            print_problems(loaded.problems, "Remarks on the input")
        with staged(out) as folder:
            found = hour_prices(loaded.problem, horizon, steps)
            settings = ScenarioSettings(
                start=horizon.start,
                days=days,
                seconds=seconds,
                repeats=repeats,
                seed=seed,
                steps=min(steps, 20_000),
            )
            checked = None
            if check:
                tell = (lambda said: None) if as_json else _say
                checked = check_prices(
                    loaded.problem, horizon, found.prices, check, settings, jobs, tell
                )
            document = price_document(found, checked)
            made = _write(folder, out, loaded.problem, found, checked, document)
    if as_json:
        print_json({**document, "files": [str(path) for path in made]})
    else:
        _print(found, checked)
        print_files(made)
    if checked is not None and checked.stopped:
        raise typer.Exit(Exit.INTERRUPTED)


def price_document(found: "HourPrices", checked: "PriceCheck | None") -> dict[str, Any]:
    """Prices and check for machines."""
    document = found.model_dump(mode="json")
    for entry, price in zip(document["prices"], found.prices, strict=True):
        entry["points_per_hour"] = price.per_hour
    return {**document, "check": checked and checked.model_dump(mode="json")}


def _write(
    folder: Path,
    out: Path,
    problem: Problem,
    found: "HourPrices",
    checked: "PriceCheck | None",
    document: dict[str, Any],
) -> tuple[Path, ...]:
    from engine.plot.price_map import price_figure
    from engine.plot.price_page import price_html
    from engine.plot.risk_figure import as_png

    write_text(folder / "prices.html", price_html(problem, found, checked))
    (folder / "prices.png").write_bytes(as_png(price_figure(found)))
    text = json.dumps(document, indent=2, allow_nan=False)
    write_text(folder / "prices.json", text + "\n")
    return move_in(folder, out, PRICE_FILES)


def _say(said: str) -> None:
    ERR.print(f"  {said}", markup=False, highlight=False, soft_wrap=True)


def _print(found: "HourPrices", checked: "PriceCheck | None") -> None:
    from engine.plot.price_map import by_column, columns_of
    from engine.plot.price_page import label_of
    from engine.what_if.hour_prices import Resource
    from engine.what_if.wording import amount, signed, stopped_lines

    table = Table("half-day", box=None, pad_edge=False, header_style="bold")
    there = [one for one in Resource if found.of(one)]
    for resource in there:
        table.add_column(str(resource), justify="right")
    for key in columns_of(found):
        cells = (by_column(found, resource).get(key) for resource in there)
        table.add_row(" ".join(key), *(amount(one.per_hour) if one else "" for one in cells))
    OUT.print("[bold]Value of one more hour by prices, points[/bold]")
    OUT.print(table)
    if checked is None:
        return
    again = Table("one more", box=None, pad_edge=False, header_style="bold")
    for heading in ("by prices", "relaxation gains", "solves gain"):
        again.add_column(heading, justify="right")
    again.add_column("noise")
    for one in sorted(checked.checked, key=lambda each: -each.price.points):
        again.add_row(
            label_of(one.price),
            amount(one.price.points),
            amount(one.bound_gain),
            "" if one.solved_gain is None else signed(one.solved_gain),
            "" if one.noise is None or one.noise == "clear" else str(one.noise),
        )
    OUT.print("[bold]Solved again with one more, points of the half-day[/bold]")
    OUT.print(again)
    for line in (_agreement(checked), *stopped_lines(checked.stopped, checked.left_out)):
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)


def _agreement(checked: "PriceCheck") -> str:
    def text(value: float | None) -> str:
        return "not known" if value is None else f"{value:.2f}"

    share = "not known" if checked.bound_share is None else f"{checked.bound_share:.0%}"
    return (
        f"The relaxation gains {share} of what the prices say, {checked.within} of "
        f"{len(checked.checked)} no more than that; rank correlation {text(checked.bound_rank)}, "
        f"with full solves {text(checked.solved_rank)}; {checked.beyond_noise} of "
        f"{checked.solved} beyond noise."
    )
