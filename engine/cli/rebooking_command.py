"""`modelday risk rebooking`: how long missed visits wait, as lines for practice.toml."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, print_json, print_problems, refusing_bad_input
from engine.cli.inputs import read_question
from engine.cli.risk_inputs import History, PracticeFolder, Today, read_past
from engine.files.atomic import write_text
from engine.files.toml_text import toml_text
from engine.risk.count_rebooking import FEWEST_MISSES, FOLLOWED_DAYS, Rebooking, count_rebooking


def rebooking(
    history: History,
    *,
    practice: PracticeFolder = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File for the lines, besides the terminal.")
    ] = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Count how long missed visits waited for their next time: lines for [policy.risk]."""
    with refusing_bad_input(as_json):
        problem = None if practice is None else read_question(practice).problem
        past = read_past(history, problem, today)
        found = count_rebooking(past.visits)
        text = rebooking_text(found)
        if out is not None:
            write_text(out, text)
    if as_json:
        delays = [delay.model_dump(mode="json") for delay in found.delays]
        counts = {"missed": found.missed, "rebooked": found.rebooked}
        print_json({**counts, "rebooking_delays": delays})
        return
    print_problems(past.problems, "Remarks on the history")
    OUT.print(text, end="", markup=False, highlight=False, soft_wrap=True)


def rebooking_text(found: Rebooking) -> str:
    """TOML: remarks that say what was counted, and the key, if there was enough to count."""
    about = (
        f"# {found.missed} missed visits of treatments, each followed for {FOLLOWED_DAYS} days; "
        f"{found.rebooked} had a next visit by then.\n"
    )
    if not found.delays:
        usual = "without rebooking_delays the procedures' own days stand in"
        return f"{about}# Fewer than {FEWEST_MISSES}, too few for shares: {usual}.\n"
    delays = [delay.model_dump() for delay in found.delays]
    into = "# Into the section [policy.risk] of practice.toml:\n"
    return about + into + toml_text({"rebooking_delays": delays})
