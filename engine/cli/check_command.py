"""`modelday check`: holds a schedule against every rule."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.checker import CheckReport
from engine.checker import check as check_schedule
from engine.cli.console import OUT, AsJson, Exit, count_of, print_json, refusing_bad_input
from engine.cli.inputs import read_question_of
from engine.files import read_schedule


def check(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[Path, typer.Argument(help="schedule.json, whoever made it.")],
    as_json: AsJson = False,
) -> None:
    """Hold a schedule against every rule; exit code 1 where one is violated."""
    with refusing_bad_input(as_json):
        answer = read_schedule(schedule)
        question = read_question_of(problem, schedule, answer.horizon)
        report = check_schedule(question.problem, answer)
    if as_json:
        print_json({"ok": report.ok, **report.model_dump(mode="json")})
    else:
        print_report(report)
    raise typer.Exit(Exit.DONE if report.ok else Exit.NOT_GOOD)


def print_report(report: CheckReport) -> None:
    """Every violation in a sentence, then what the book already broke."""
    for violation in report.violations:
        OUT.print(f"[red]{violation.rule}[/red] {escape(violation.sentence)}", soft_wrap=True)
    for clash in report.inherited:
        OUT.print(f"[dim]inherited {clash.rule} {escape(clash.sentence)}[/dim]", soft_wrap=True)
    verdict = "No rule is violated" if report.ok else count_of(len(report.violations), "violation")
    OUT.print(f"{verdict}; {count_of(len(report.inherited), 'clash')} inherited from the book.")
