"""`modelday validate`: every problem of an input at once."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, count_of, print_json, print_problems, refusing_bad_input
from engine.cli.defaults import print_defaults
from engine.cli.inputs import read_question


def validate(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse rows that would be set aside.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List every problem of an input: where, cause, remedy. Exit code 2 where it is refused."""
    with refusing_bad_input(as_json):
        loaded = read_question(practice, strict=strict)
    if as_json:
        print_json(
            {
                "problems": [problem.as_dict() for problem in loaded.problems],
                "defaults": [use._asdict() for use in loaded.defaults],
                "visits": len(loaded.problem.visits),
                "bookings": len(loaded.problem.bookings),
            }
        )
        return
    print_problems(loaded.problems, f"{count_of(len(loaded.problems), 'remark')}")
    print_defaults(loaded.defaults)
    OUT.print(
        f"{count_of(len(loaded.problem.visits), 'visit')} to place, "
        f"{count_of(len(loaded.problem.bookings), 'booking')}: the input can be used."
    )
