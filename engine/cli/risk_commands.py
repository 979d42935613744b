"""`modelday risk`: a practice's own no-show model, and how it rebooks what was missed."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.console import OUT, AsJson, count_of, print_json, print_problems, refusing_bad_input
from engine.cli.defaults import print_defaults
from engine.cli.filling_run import print_files
from engine.cli.inputs import read_question
from engine.cli.rebooking_command import rebooking
from engine.cli.risk_inputs import History, PracticeFolder, Today, read_past
from engine.cli.risk_tables import print_model, print_on_the_book, print_report
from engine.files import (
    MODEL_FILE,
    LoadedHistory,
    model_text,
    read_model,
    read_schedule,
)
from engine.files.atomic import write_text
from engine.practice import NoShowModel, Problem, RiskPolicy
from engine.problems import PracticeProblem, PracticeProblemsError

risk = typer.Typer(
    name="risk", help="A no-show model of a practice's own history.", no_args_is_help=True
)

Seed = Annotated[int, typer.Option("--seed", min=0, help="Which patients are held out.")]


@risk.command()
def fit(
    history: History,
    *,
    out: Annotated[Path, typer.Option("--out", help=f"Model to write, e.g. {MODEL_FILE}.")],
    practice: PracticeFolder = None,
    today: Today = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Fit a no-show model. In a practice folder, as no_show_model.json, the fill uses it."""
    with refusing_bad_input(as_json):
        problem = None if practice is None else read_question(practice).problem
        past = read_past(history, problem, today)
        if not as_json:
            _print_input(past, problem)
        # Loading the fitting library takes a second, which bad input need not wait for.
        from engine.risk.fit.fit_no_show import fit_no_show

        model = fit_no_show(past.visits, _base_rate(problem), seed, problem)
        write_text(out, model_text(model))
    if as_json:
        print_json(model.model_dump(mode="json"))
        return
    print_model(model)
    if problem is not None:
        print_on_the_book(model, problem)
    print_files([out])


@risk.command()
def report(
    history: History,
    *,
    model: Annotated[
        Path | None, typer.Option("--model", help="Else the practice's, else one fitted now.")
    ] = None,
    practice: PracticeFolder = None,
    schedule: Annotated[
        Path | None, typer.Option("--schedule", help="schedule.json: were its slots kept?")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for page and picture.")] = Path(
        "out/risk"
    ),
    today: Today = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Say how far a no-show model can be relied on: reliability, skill, ratios, drift."""
    with refusing_bad_input(as_json):
        answer = None if schedule is None else read_schedule(schedule)
        if answer is not None and practice is None:
            cause = "a schedule is given, and not the practice whose visits it places"
            raise PracticeProblemsError(
                [
                    PracticeProblem(
                        "schedule-without-practice", "--schedule", cause, "add --practice"
                    )
                ]
            )
        problem = None if practice is None else read_question(practice).problem
        later = [] if answer is None else [answer.horizon.end - dt.timedelta(days=1)]
        past = read_past(history, problem, today, dt.date.today(), *later)
        own = read_model(model, NoShowModel) if model is not None else None
        if own is None and problem is not None:
            own = problem.no_show_model
        if not as_json:
            _print_input(past, problem)
        # Loading these libraries takes seconds, which bad input need not wait for.
        from engine.plot.risk_figure import as_png, risk_figure
        from engine.plot.risk_page import risk_html
        from engine.risk.fit.report import report_of

        found = report_of(
            past.visits,
            _base_rate(problem),
            model=own,
            problem=problem,
            schedule=answer,
            seed=seed,
        )
        files = (out / "risk.html", out / "risk.png")
        write_text(files[0], risk_html(found))
        files[1].write_bytes(as_png(risk_figure(found)))
    if as_json:
        selected = found.selected
        print_json(
            {
                "source": found.source,
                "judged": found.judged and found.judged.model_dump(mode="json"),
                "drift": {
                    "first": found.drift.first and found.drift.first.isoformat(),
                    "last": found.drift.last and found.drift.last.isoformat(),
                    "alarm": found.drift.alarm,
                    "advice": found.drift.advice,
                    "ratio": found.drift.ratio and found.drift.ratio.model_dump(mode="json"),
                    "shifts": [asdict(shift) for shift in found.drift.shifts],
                },
                "selected": selected
                and {
                    "chosen": selected.chosen,
                    "expected": selected.expected,
                    "ratio": selected.ratio and selected.ratio.model_dump(mode="json"),
                    "seen_by_fit": selected.seen_by_fit,
                    "by_literature": selected.by_literature,
                },
                "files": [str(path) for path in files],
            }
        )
        return
    print_report(found)
    if problem is not None:
        print_on_the_book(found.model, problem)
    print_files(files)


def _base_rate(problem: Problem | None) -> float:
    return (RiskPolicy() if problem is None else problem.policy.risk).base_rate


def _print_input(past: LoadedHistory, problem: Problem | None) -> None:
    print_problems(past.problems, "Remarks on the history")
    print_defaults(past.defaults)
    stated = "the usual one, since no practice is named" if problem is None else "the practice's"
    OUT.print(f"  base rate: {_base_rate(problem):.1%}, {stated}", highlight=False)
    OUT.print(f"{count_of(len(past.visits), 'past visit')} can be used.", highlight=False)
    if problem is not None:
        # Ids that differ between two exports are the commonest reason why nobody is found again.
        patients = {visit.patient for visit in problem.all_visits.values()}
        known = len(patients & {visit.patient for visit in past.visits})
        of = count_of(len(patients), "patient")
        OUT.print(f"The practice has {of}, {known} of them with a visit there.", highlight=False)


risk.command()(rebooking)
