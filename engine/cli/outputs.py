"""The results of a run as files, complete or not at all."""

import json
from collections.abc import Mapping
from pathlib import Path

from engine.checker import Violation, check
from engine.cli.filling_run import result_document
from engine.cli.staging import move_in
from engine.files import Loaded, write_needs_attention, write_schedule, write_schedule_csv
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.kpi import figures
from engine.plot.calls import CALL_COLUMNS, calls
from engine.plot.week_page import week_html
from engine.problems import PracticeProblem, Severity
from engine.result import Result
from engine.schedule import Schedule

RESULT_FILES = (
    "week.html",
    "calls.csv",
    "needs_attention.csv",
    "schedule.csv",
    "schedule.json",
    "result.json",
)


def write_results(
    folder: Path,
    out: Path,
    loaded: Loaded,
    result: Result,
    *,
    labels: Mapping[str, str] | None = None,
    hand: Schedule | None = None,
) -> tuple[Path, ...]:
    """Makes every result in `folder` and moves them into `out`; the paths there.

    `labels` reach the page only. `hand`: the by-hand schedule shown beside.
    """
    problem, schedule = loaded.problem, result.schedule
    report = check(problem, schedule) if schedule is not None else None
    page = week_html(
        problem,
        result,
        check_report=report,
        labels=labels,
        by_hand=figures(problem, hand) if hand is not None else None,
    )
    write_text(folder / "week.html", page)
    clashes = map(_as_problem, report.inherited if report is not None else ())
    write_needs_attention((*loaded.problems, *clashes), folder / "needs_attention.csv")
    document = json.dumps(result_document(result), indent=2, allow_nan=False)
    write_text(folder / "result.json", document + "\n")
    if schedule is not None:
        rows = (call.as_row() for call in calls(problem, schedule))
        write_text(folder / "calls.csv", csv_text(CALL_COLUMNS, rows))
        write_schedule_csv(problem, schedule, folder / "schedule.csv")
        write_schedule(schedule, folder / "schedule.json")
    return move_in(folder, out, RESULT_FILES)


def _as_problem(clash: Violation) -> PracticeProblem:
    """A clash that the book already had, for the list of what needs attention."""
    return PracticeProblem(
        f"inherited-{clash.rule.replace('_', '-')}",
        " ".join(("booking", *clash.visits)),
        clash.sentence,
        "move one of them by hand, or allow it to move",
        Severity.KEPT,
    )
