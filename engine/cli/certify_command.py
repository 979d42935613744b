"""`modelday certify`: works out again what a certificate claims, without the solver."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.certificate.certificate_json import read_certificate
from engine.certificate.verify import Verdict, verify
from engine.cli.console import OUT, AsJson, Exit, count_of, print_json, refusing_bad_input
from engine.cli.inputs import read_question_of
from engine.files import read_schedule
from engine.weights import MILLIPOINTS


def certify(
    problem: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    schedule: Annotated[Path, typer.Option(help="schedule.json that it is about.")],
    certificate: Annotated[Path, typer.Option(help="certificate.json beside it.")],
    as_json: AsJson = False,
) -> None:
    """Work out again the bound that a certificate proves; exit code 1 where it is refused."""
    with refusing_bad_input(as_json):
        answer = read_schedule(schedule)
        papers = read_certificate(certificate)
        question = read_question_of(problem, schedule, answer.horizon)
        verdict = verify(question.problem, answer, papers)
    if as_json:
        print_json({"ok": verdict.ok, **verdict.model_dump(mode="json")})
    else:
        print_verdict(verdict)
    raise typer.Exit(Exit.DONE if verdict.ok else Exit.NOT_GOOD)


def print_verdict(verdict: Verdict) -> None:
    """Objective, bound and gap, then every claim that does not hold."""
    OUT.print(f"Objective {_points(verdict.objective_millipoints)} points")
    if verdict.bound_millipoints is not None and verdict.gap is not None:
        OUT.print(f"Bound     {_points(verdict.bound_millipoints)} points, proved by the prices")
        OUT.print(f"Gap       {verdict.gap:.3%} of what is avoidable")
    for sentence in verdict.failed:
        OUT.print(f"[red]{escape(sentence)}[/red]", soft_wrap=True)
    claims = count_of(len(verdict.failed), "claim")
    OUT.print("Accepted." if verdict.ok else f"Refused: {claims} not proved.")


def _points(millipoints: int) -> str:
    """Exact, with three decimals."""
    whole, part = divmod(abs(millipoints), MILLIPOINTS)
    return f"{'-' if millipoints < 0 else ''}{whole}.{part:03d}"
