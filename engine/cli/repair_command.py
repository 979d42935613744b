"""`modelday repair`: a day on which somebody is out, with the fewest calls to patients."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.console import OUT, AsJson, Exit, count_of, print_json, refusing_bad_input
from engine.cli.filling_run import print_files
from engine.cli.inputs import date_of, moment_of, read_plan
from engine.cli.staging import move_in, staged
from engine.files import write_problem_json, write_schedule
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text

if TYPE_CHECKING:
    from engine.replan.answers import Repair

REPAIR_FILES = ("day_calls.csv", "schedule.json", "problem.json")


def repair(
    practice: Annotated[Path, typer.Argument(help="Practice folder or problem.json.")],
    *,
    schedule: Annotated[Path, typer.Option("--schedule", help="schedule.json that stands.")],
    date: Annotated[str, typer.Option("--date", help="The day, YYYY-MM-DD.")],
    out: Annotated[
        list[str], typer.Option("--out", help="Who is out: ID, or ID:07:30-12:00; repeatable.")
    ],
    now: Annotated[
        str | None, typer.Option("--now", help="HH:MM: what has begun by then stays.")
    ] = None,
    results: Annotated[
        Path | None, typer.Option("--results", help="Folder for calls, schedule and book.")
    ] = None,
    work: Annotated[
        float, typer.Option("--work", min=0.1, help="Solver work, about seconds.")
    ] = 0.6,
    as_json: AsJson = False,
) -> None:
    """Repair a day on which somebody is out; exit code 1 where no schedule was found."""
    with refusing_bad_input(as_json):
        day = date_of(date, "--date")
        clock = None if now is None else moment_of(f"{day}T{now}", "--now")
        question, answer = read_plan(practice, schedule)
        problem = question.problem
        # Only now: loading the solver takes a second, which bad input need not wait for.
        from engine.replan.absence import read_absences
        from engine.replan.repair import begin_of, repair_day

        absences = read_absences(problem, out, "--out")
        found = repair_day(problem, answer, absences, begin_of(problem, day, clock), work)
        files: tuple[Path, ...] = ()
        if results is not None and found.schedule is not None:
            with staged(results) as folder:
                files = _write(folder, results, found)
    if as_json:
        told = found.model_dump(mode="json", exclude={"question", "schedule"})
        print_json({**told, "found": found.schedule is not None, "files": [str(f) for f in files]})
    else:
        _print(found, files)
    raise typer.Exit(Exit.DONE if found.schedule is not None else Exit.NOT_GOOD)


def _write(folder: Path, results: Path, found: "Repair") -> tuple[Path, ...]:
    from engine.replan.calls_csv import DAY_CALL_COLUMNS, call_rows

    assert found.schedule is not None
    write_text(folder / "day_calls.csv", csv_text(DAY_CALL_COLUMNS, call_rows(found.calls)))
    write_schedule(found.schedule, folder / "schedule.json")
    write_problem_json(found.question, folder / "problem.json")
    return move_in(folder, results, REPAIR_FILES)


def _print(found: "Repair", files: tuple[Path, ...]) -> None:
    if found.schedule is None:
        OUT.print("No schedule of the day was found.")
        return
    for call in found.calls:
        moment = f"{call.old:%H:%M}" if call.old.date() == found.date else f"{call.old:%a %H:%M}"
        to = f"at {call.new:%H:%M}" if call.new else "has to leave the day"
        offers = " or ".join(f"{offer:%a %Y-%m-%d %H:%M}" for offer in call.offers)
        line = f"{moment} {call.visit} ({call.procedure}, patient {call.patient}): {to}; "
        line += f"{call.reason}" + (f"; to offer: {offers}" if offers else "")
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)
    verdict = "no schedule of the day needs fewer"
    if not found.fewest:
        verdict = f"at least {found.at_least} are needed"
    OUT.print(f"{count_of(len(found.calls), 'call')}; {verdict}.", highlight=False)
    if files:
        print_files(files)
