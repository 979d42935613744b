"""`modelday build`: from the goals of a practice to its model days."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, print_json, print_problems, refusing_bad_input
from engine.cli.goal_inputs import read_demand


def build(
    goals: Annotated[Path, typer.Argument(help="goals.toml.")],
    *,
    practice: Annotated[Path, typer.Option("--practice", help="Practice folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Work out what the goals ask of a patient day, and print how."""
    with refusing_bad_input(as_json):
        asked = read_demand(goals, practice)
    if as_json:
        print_json(
            {
                "derivation": list(asked.derivation),
                "a_day": {line.procedure.code: line.a_day for line in asked.demand.lines},
            }
        )
        return
    print_problems(asked.remarks, "Remarks on the input")
    for line in asked.derivation:
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)
