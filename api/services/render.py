"""A schedule as people read it: the engine's own page and tables."""

from api.services.read import Answered
from engine.checker import check
from engine.files import schedule_csv_text
from engine.files.csv_text import csv_text
from engine.plot.calls import CALL_COLUMNS, calls
from engine.plot.week_page import week_html
from engine.result import Result, Status


def day_sheet(answered: Answered) -> str:
    """The week's page, with the judge's report."""
    result = answered.run.result or Result(
        status=Status.FEASIBLE,
        schedule=None,
        objective=answered.run.objective,
        floor=answered.run.floor,
        bound=answered.run.bound,
        gap=answered.run.gap,
    )
    whole = result.model_copy(update={"schedule": answered.schedule, "kpis": answered.run.kpis})
    report = check(answered.problem, answered.schedule)
    return week_html(answered.problem, whole, check_report=report)


def table(answered: Answered) -> str:
    """schedule.csv."""
    return schedule_csv_text(answered.problem, answered.schedule)


def call_list(answered: Answered) -> str:
    """calls.csv."""
    called = (call.as_row() for call in calls(answered.problem, answered.schedule))
    return csv_text(CALL_COLUMNS, called)
