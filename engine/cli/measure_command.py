"""`modelday measure`: the figures of a schedule."""

from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, print_json, refusing_bad_input
from engine.cli.inputs import read_question
from engine.cli.tables import kpi_table
from engine.files import read_schedule
from engine.kpi import measure as measure_schedule
from engine.kpi import objective_points


def measure(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[Path, typer.Argument(help="schedule.json, whoever made it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """The figures of a schedule, and what each adds to the objective."""
    with refusing_bad_input(as_json):
        answer = read_schedule(schedule)
        question = read_question(problem, answer.horizon)
        kpis = measure_schedule(question.problem, answer)
    if as_json:
        print_json(
            {
                "objective": objective_points(kpis),
                "kpis": [kpi.model_dump(mode="json") for kpi in kpis],
            }
        )
    else:
        OUT.print(kpi_table({"schedule": kpis}))
