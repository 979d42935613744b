"""`modelday respond`: patients have answered; the plan is filled again around what they said."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, count_of, print_json, print_problems, refusing_bad_input
from engine.cli.filling_run import exit_code_of, print_result, run_document
from engine.cli.inputs import read_plan
from engine.cli.outputs import write_results
from engine.cli.progress import watching
from engine.cli.staging import move_in, staged
from engine.files import Loaded, write_problem_json
from engine.files.responses_csv import read_responses
from engine.plot.names import day_text
from engine.replan.parted import Member, Parted, parted_households
from engine.validation import put_aside

BOOK_FILE = "problem.json"


def respond(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    responses: Annotated[Path, typer.Argument(help="responses.csv: visit, answer, wishes.")],
    *,
    schedule: Annotated[Path, typer.Option("--schedule", help="schedule.json of the calls.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")],
    time_limit: Annotated[float, typer.Option("--time-limit", min=0.1, help="Seconds.")] = 30.0,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 0,
    reproducible: Annotated[
        bool, typer.Option("--reproducible", help="Same seed, same schedule; slower.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Book what patients accepted and fill again around it; no declined time is offered again."""
    with refusing_bad_input(as_json):
        question, answer = read_plan(practice, schedule)
        problem = question.problem
        said = read_responses(responses)
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.filling.fill import FillSettings
        from engine.replan.respond import refill, take_answers

        answered = take_answers(problem, answer, said)
        settings = FillSettings(
            time_limit=time_limit, workers=workers, seed=seed, reproducible=reproducible
        )
        kept, faults = put_aside(answered.problem, answer.horizon)
        loaded = Loaded(kept, faults, history=question.history)
        if not as_json:
            print_problems(faults, "Remarks on the book after the answers")
        with staged(out) as folder, watching(time_limit, as_json) as on_progress:
            result, certificate = refill(answered.on(kept), answer, settings, on_progress)
            files = write_results(folder, out, loaded, result, certificate)
            write_problem_json(kept, folder / BOOK_FILE)
            files = (*files, *move_in(folder, out, (BOOK_FILE,)))
        new = result.schedule
        parted = parted_households(problem, answer, new) if new is not None else ()
    if as_json:
        counts = {
            "accepted": list(answered.accepted),
            "declined": list(answered.declined),
            "held": [placed.visit for placed in answered.held],
            "lost": list(answered.lost),
            "urgent": list(answered.urgent),
            "parted": [one.model_dump(mode="json") for one in parted],
        }
        print_json({**counts, **run_document(loaded, result, files)})
    else:
        OUT.print(
            f"{len(answered.accepted)} accepted and booked, {len(answered.declined)} declined, "
            f"{count_of(len(answered.held), 'proposal')} held without an answer.",
            highlight=False,
        )
        for name in answered.lost:
            text = f"{name} declined to move, and its old time has been given away: call again."
            OUT.print(text, markup=False, highlight=False, soft_wrap=True)
        for name in answered.urgent:
            text = f"{name} has not answered yet, and its old time has been given away: call first."
            OUT.print(text, markup=False, highlight=False, soft_wrap=True)
        _print_parted(parted)
        print_result(result, files)
    raise typer.Exit(exit_code_of(result))


def _print_parted(parted: Sequence[Parted]) -> None:
    for one in parted:
        text = f"Household {one.household} was to come together, and is apart now: "
        text += ", ".join(map(_time_of, one.members)) + "."
        OUT.print(text, markup=False, highlight=False, soft_wrap=True)


def _time_of(member: Member) -> str:
    if member.date is None or member.start is None:
        return f"{member.visit} has no time"
    return f"{member.visit} {day_text(member.date)} {member.start:%H:%M}"
