"""`modelday price-slots`: what lost minutes are worth by weekday and hour, frozen into a file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, print_json, print_problems, refusing_bad_input
from engine.cli.filling_run import print_files
from engine.cli.inputs import date_of, read_question
from engine.files import SLOTS_FILE, model_text
from engine.files.atomic import write_text
from engine.practice import WEEKDAYS, Horizon, SlotPrices
from engine.problems import PracticeProblem, PracticeProblemsError


def price_slots(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    first_date: Annotated[str, typer.Option("--from", help="First date, YYYY-MM-DD.")],
    days: Annotated[int, typer.Option("--days", min=1, max=84, help="Calendar days.")] = 7,
    out: Annotated[
        Path | None, typer.Option("--out", help=f"File to write; else the folder's {SLOTS_FILE}.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Price a lost minute by slot. In a practice folder, as slot_prices.json, the fill uses it."""
    with refusing_bad_input(as_json):
        file = _file_of(practice, out)
        horizon = Horizon(start=date_of(first_date, "--from"), days=days)
        loaded = read_question(practice, horizon)
        if not as_json:
            print_problems(loaded.problems, "Remarks on the input")
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.filling.slot_prices import price_slots as prices_of_slots

        prices = prices_of_slots(loaded.problem, horizon)
        write_text(file, model_text(prices))
    if as_json:
        print_json(prices.model_dump(mode="json"))
        return
    print_slots(prices)
    print_files([file])


def print_slots(prices: SlotPrices) -> None:
    """A row for each hour, a column for each weekday: per cent of chair and doctor minutes."""
    of = prices.percent_of
    days = [number for number in range(len(WEEKDAYS)) if any(day == number for day, _ in of)]
    table = Table("chair / doctor minute, %", box=None, pad_edge=False, header_style="bold")
    for day in days:
        table.add_column(WEEKDAYS[day], justify="right")
    for hour in sorted({hour for _, hour in of}):
        percent = (of.get((day, hour)) for day in days)
        cells = ("" if both is None else f"{both[0]} / {both[1]}" for both in percent)
        table.add_row(f"{hour:02d}:00", *cells)
    OUT.print(table)
    if prices.drawn_in_percent < 100:
        OUT.print(
            f"{prices.drawn_in_percent} % of the differences: more would break the tiers.",
            highlight=False,
        )


def _file_of(practice: Path, out: Path | None) -> Path:
    """PracticeProblemsError where a single file is asked about and nothing says where to write."""
    if out is None and not practice.is_dir():
        cause = "the practice is not a folder, so there is no place for the prices"
        raise PracticeProblemsError([PracticeProblem("no-place", "--out", cause, "name a file")])
    return practice / SLOTS_FILE if out is None else out
