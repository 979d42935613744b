"""`modelday measure`: the figures of a schedule."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from engine.cli.console import OUT, AsJson, print_json, refusing_bad_input
from engine.cli.inputs import read_question_of
from engine.cli.tables import kpi_table, number
from engine.day_run import LATE_MINUTES, DayFigures, simulate_days
from engine.files import read_schedule
from engine.kpi import measure as measure_schedule
from engine.kpi import objective_points
from engine.kpi.adherence import Adherence, adherence
from engine.kpi.filled import Filled
from engine.problems import PracticeProblem, PracticeProblemsError


def measure(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[Path, typer.Argument(help="schedule.json, whoever made it.")],
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Also run each day many times, with chance.")
    ] = False,
    runs: Annotated[int, typer.Option("--runs", help="How often each day is run.")] = 200,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the runs.")] = 0,
    as_json: AsJson = False,
) -> None:
    """The figures of a schedule, and what each adds to the objective."""
    with refusing_bad_input(as_json):
        answer = read_schedule(schedule)
        question = read_question_of(problem, schedule, answer.horizon)
        kpis = measure_schedule(question.problem, answer)
        kept = adherence(Filled(question.problem, answer))
        _check_runs(runs)
        days = simulate_days(question.problem, answer, runs, seed) if simulate else ()
    if as_json:
        print_json(
            {
                "objective": objective_points(kpis),
                "kpis": [kpi.model_dump(mode="json") for kpi in kpis],
                "adherence": {**kept.model_dump(mode="json"), "kept_share": kept.kept_share},
                **({"days": [_as_json(day) for day in days]} if simulate else {}),
            }
        )
        return
    OUT.print(kpi_table({"schedule": kpis}))
    OUT.print(_adherence_line(kept), highlight=False, soft_wrap=True)
    if simulate:
        OUT.print(_day_table(days))
        OUT.print(
            f"{runs} runs of each day. Late: the last visit ends over {LATE_MINUTES:g} minutes "
            "after the last one of the plan. After the sign: the standard error of the mean.",
            highlight=False,
            soft_wrap=True,
        )


def _adherence_line(kept: Adherence) -> str:
    """How the schedule keeps to the model day: reported, not priced."""
    if not kept.cell_minutes:
        return "These dates have no model day."
    empty = sum(minutes for _, minutes in kept.empty_minutes)
    parts = [f"model day: {kept.cell_minutes} cell minutes, {empty} of them empty"]
    if kept.kept_share is not None:
        parts.append(f"{kept.kept_share:.0%} of the others with their own class")
    if kept.own_share is not None:
        parts.append(f"{kept.own_share:.0%} of the new minutes in cells of their class")
    return "; ".join(parts)


def _check_runs(runs: int) -> None:
    """PracticeProblemsError for a number of runs that makes no sense."""
    if not 2 <= runs <= 100_000:
        fault = PracticeProblem("runs", "--runs", f"is {runs}", "choose 2 to 100,000")
        raise PracticeProblemsError([fault])


def _as_json(day: DayFigures) -> dict[str, object]:
    return asdict(day) | {"day": day.day.isoformat()}


def _day_table(days: tuple[DayFigures, ...]) -> Table:
    table = Table("date", box=None, pad_edge=False, header_style="bold")
    for heading in ("visits", "runs late", "wait (min)", "doctor overtime (min)"):
        table.add_column(heading, justify="right")
    for day in days:
        table.add_row(
            f"{day.day:%a %Y-%m-%d}",
            str(day.visits),
            f"{100 * day.late_probability:.0f} ± {100 * day.late_error:.0f} %",
            f"{number(day.wait)} ± {number(day.wait_error)}",
            f"{number(day.overtime)} ± {number(day.overtime_error)}",
        )
    return table
