"""The results of a run as files, complete or not at all."""

import json
from collections.abc import Mapping
from pathlib import Path

from engine.certificate.certificate import Certificate
from engine.certificate.certificate_json import CERTIFICATE_FILE, write_certificate
from engine.checker import check
from engine.cli.attention import attention_list
from engine.cli.console import count_of
from engine.cli.defaults import default_lines
from engine.cli.filling_run import result_document
from engine.cli.staging import move_in
from engine.files import (
    SLOTS_FILE,
    Loaded,
    model_text,
    write_needs_attention,
    write_schedule,
    write_schedule_csv,
)
from engine.files.atomic import write_text
from engine.files.csv_text import csv_text
from engine.kpi import figures
from engine.plot.calls import CALL_COLUMNS, calls
from engine.plot.week_page import week_html
from engine.practice import Problem
from engine.problems import Severity
from engine.reports.backups import list_backups
from engine.reports.backups_csv import BACKUP_COLUMNS, backup_rows
from engine.reports.ledger import Ledger, make_ledger
from engine.reports.ledger_csv import LEDGER_COLUMNS, ledger_rows
from engine.reports.reminders import REMINDER_COLUMNS, list_reminders
from engine.result import Result
from engine.schedule import Schedule
from engine.template.adherence import cell_rows
from engine.template.adherence_csv import ADHERENCE_COLUMNS, adherence_row

RESULT_FILES = (
    "week.html",
    "calls.csv",
    "ledger.csv",
    "reminders.csv",
    "backups.csv",
    "adherence.csv",
    "needs_attention.csv",
    "schedule.csv",
    "schedule.json",
    CERTIFICATE_FILE,
    "result.json",
)
"""Of every run that finds a schedule; slot prices only where the question has them."""


def write_results(
    folder: Path,
    out: Path,
    loaded: Loaded,
    result: Result,
    certificate: Certificate | None,
    *,
    labels: Mapping[str, str] | None = None,
    hand: Schedule | None = None,
) -> tuple[Path, ...]:
    """Makes every result in `folder` and moves them into `out`; the paths there.

    `labels` reach the page only. `hand`: the by-hand schedule shown beside.
    """
    problem, schedule = loaded.problem, result.schedule
    report = check(problem, schedule) if schedule is not None else None
    ledger = make_ledger(problem, schedule, loaded.history) if schedule is not None else None
    page = week_html(
        problem,
        result.model_copy(update={"notes": _notes_for_page(loaded, result)}),
        check_report=report,
        labels=labels,
        by_hand=figures(problem, hand) if hand is not None else None,
        ledger=ledger,
    )
    write_text(folder / "week.html", page)
    inherited = report.inherited if report is not None else ()
    attention = attention_list(loaded.problems, inherited)
    write_needs_attention(attention, folder / "needs_attention.csv")
    document = json.dumps(result_document(problem, result), indent=2, allow_nan=False)
    write_text(folder / "result.json", document + "\n")
    if schedule is not None and ledger is not None:
        write_schedule_csv(problem, schedule, folder / "schedule.csv")
        write_schedule(schedule, folder / "schedule.json")
        _write_lists(folder, problem, schedule, ledger)
    if problem.slot_prices is not None:
        write_text(folder / SLOTS_FILE, model_text(problem.slot_prices))
    if certificate is not None:
        write_certificate(certificate, folder / CERTIFICATE_FILE)
    return move_in(folder, out, (*RESULT_FILES, SLOTS_FILE))


def _write_lists(folder: Path, problem: Problem, schedule: Schedule, ledger: Ledger) -> None:
    """Whom to call, the treatments, whom to remind, who could step in, the cells of the week."""
    called = (call.as_row() for call in calls(problem, schedule))
    write_text(folder / "calls.csv", csv_text(CALL_COLUMNS, called))
    write_text(folder / "ledger.csv", csv_text(LEDGER_COLUMNS, ledger_rows(ledger)))
    ordered = enumerate(list_reminders(problem, schedule), start=1)
    reminded = (reminder.as_row(order) for order, reminder in ordered)
    write_text(folder / "reminders.csv", csv_text(REMINDER_COLUMNS, reminded))
    slots = (row for one in list_backups(problem, schedule) for row in backup_rows(one))
    write_text(folder / "backups.csv", csv_text(BACKUP_COLUMNS, slots))
    cells = map(adherence_row, cell_rows(problem, schedule))
    write_text(folder / "adherence.csv", csv_text(ADHERENCE_COLUMNS, cells))


def _notes_for_page(loaded: Loaded, result: Result) -> tuple[str, ...]:
    """The notes of the run, the rows that were left out, and every default that filled a gap."""
    aside = {one.where for one in loaded.problems if one.severity is Severity.SET_ASIDE}
    left_out = f"{count_of(len(aside), 'row')} set aside: see needs_attention.csv."
    own = [*result.notes]
    if result.slot_prices is not None:
        own.append(f"Lost minutes count by slot, in minutes of an average one: see {SLOTS_FILE}.")
    return (*own, *([left_out] if aside else []), *default_lines(loaded.defaults))
