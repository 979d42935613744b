"""A schedule as people read it: the engine's own page and tables."""

from api.services.read import Answered
from engine.checker import check
from engine.files import schedule_csv_text
from engine.files.csv_text import csv_text
from engine.kpi import measure, objective_points
from engine.plot.calls import CALL_COLUMNS, calls
from engine.plot.week_page import week_html
from engine.result import Result, Status


def day_sheet(answered: Answered) -> str:
    """The week's page, with the judge's report."""
    report = check(answered.problem, answered.schedule)
    return week_html(answered.problem, _result(answered), check_report=report)


def _result(answered: Answered) -> Result:
    """As it was published; measured anew, and without a bound, where times were given since."""
    run = answered.run
    if not answered.as_published:
        kpis = measure(answered.problem, answered.schedule)
        return Result(
            status=Status.FEASIBLE,
            schedule=answered.schedule,
            kpis=kpis,
            objective=objective_points(kpis),
        )
    result = run.result or Result(
        status=Status.FEASIBLE,
        schedule=None,
        objective=run.objective,
        floor=run.floor,
        bound=run.bound,
        gap=run.gap,
    )
    return result.model_copy(update={"schedule": answered.schedule, "kpis": run.kpis})


def table(answered: Answered) -> str:
    """schedule.csv."""
    return schedule_csv_text(answered.problem, answered.schedule)


def call_list(answered: Answered) -> str:
    """calls.csv."""
    called = (call.as_row() for call in calls(answered.problem, answered.schedule))
    return csv_text(CALL_COLUMNS, called)
