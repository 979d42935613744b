"""`modelday why`: why a visit has no time, or why not another one, and what would help."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, count_of, print_json, refusing_bad_input
from engine.cli.inputs import moment_of, read_plan
from engine.explain.answers import Explanation, WhyReport


def why(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    schedule: Annotated[Path, typer.Option("--schedule", help="schedule.json that stands.")],
    visit: Annotated[
        list[str] | None, typer.Option("--visit", help="Visit to explain; may be repeated.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="Why not then? YYYY-MM-DDTHH:MM")] = None,
    unlocks: Annotated[
        int | None,
        typer.Option("--unlocks", min=0, max=9, help="Ways out of a visit: 1, of a named one 3."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what keeps visits from a time, and the cheapest changes that were tried and help."""
    with refusing_bad_input(as_json):
        moment = moment_of(at, "--at") if at is not None else None
        question, answer = read_plan(practice, schedule)
        problem = question.problem
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.explain.explain import WhySettings, explain

        ways = unlocks if unlocks is not None else 3 if visit else 1
        settings = WhySettings(unlocks=ways) if ways else WhySettings(unlocks=0, shared=0)
        report = explain(problem, answer, visit or (), moment, settings)
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    print_why(report)


def print_why(report: WhyReport) -> None:
    """Every visit in a few lines, then what would help several of them."""
    for told in report.explanations:
        _print_one(told)
    if not report.explanations:
        OUT.print("Every visit has a time.")
        return
    if report.unlocks:
        _line("What would help several, each tried while everything else stands:", style="bold")
    for unlock in report.unlocks:
        _line(f"  {unlock.sentence}")
    explained = count_of(len(report.explanations), "visit")
    OUT.print(f"{explained} explained.", highlight=False)


def _print_one(told: Explanation) -> None:
    _line(told.sentence, style="bold" if told.placed is None else "")
    refusals = told.asked.refusals if told.asked is not None else ()
    for refusal in refusals if len(refusals) > 1 else ():
        _line(f"  {refusal.name}: {refusal.sentence}")
    for unlock in told.asked_unlocks:
        _line(f"  way to that time: {unlock.sentence}")
    if told.asked_tried and not told.asked_unlocks:
        tried = count_of(told.asked_tried, "change")
        _line(f"  way to that time: none found, {tried} tried")
    for unlock in told.unlocks:
        _line(f"  way out: {unlock.sentence}")
    if told.offers:
        _line(f"  to offer: {' or '.join(map(_offer, told.offers))}")


def _offer(moment: dt.datetime) -> str:
    return f"{moment:%a %Y-%m-%d %H:%M}"


def _line(text: str, style: str = "") -> None:
    OUT.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
