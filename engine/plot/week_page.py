"""The week as one self-contained page: read it at the desk, print it for the wall."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from engine.checker import CheckReport
from engine.day_run import LATE_MINUTES
from engine.filling.next_openings import next_openings
from engine.kpi import Figures
from engine.kpi import figures as measure_figures
from engine.plot.adherence_view import adherence_view
from engine.plot.day_runs import RUNS, day_run_rows
from engine.plot.day_sheet import DaySheet, sheets_of
from engine.plot.day_view import DayView
from engine.plot.ecd_chart import ecd_chart
from engine.plot.ledger_view import ledger_view
from engine.plot.names import Names, date_text, day_text, short_day
from engine.plot.palette import class_colours, legend
from engine.plot.provenance import facts_of, headline_of
from engine.plot.scale import AXIS_PX, DOCTOR_BAR_PX
from engine.plot.summary import summary
from engine.plot.unplaced_list import unplaced_rows
from engine.plot.visit_signs import RISK_SHARE
from engine.plot.week_load import week_load
from engine.plot.week_strip import week_strip
from engine.practice import Problem
from engine.practice.calendar import is_open
from engine.reports.ledger import Ledger, make_ledger
from engine.result import Result
from engine.risk.visit_costs import PersonalCosts
from engine.schedule import Placement, Schedule


def week_html(
    problem: Problem,
    result: Result,
    *,
    figures: Figures | None = None,
    check_report: CheckReport | None = None,
    labels: Mapping[str, str] | None = None,
    by_hand: Figures | None = None,
    ledger: Ledger | None = None,
) -> str:
    """The page of a result. Names appear only from `labels` (id to name), which stays local.

    `figures` and `ledger` are made here where none are given. `by_hand`: figures of the by-hand
    fill of the same dates, shown beside. Without a schedule the page says so and why.
    """
    names = Names(labels or {})
    page = page_environment().get_template("week.html.jinja")
    schedule = result.schedule
    common = {
        "css": Markup((files("engine.plot") / "templates" / "week.css").read_text("utf-8")),
        "practice": problem.practice.id,
        "as_of": f"{day_text(problem.as_of.date())}, {problem.as_of:%H:%M}",
        "headline": headline_of(result),
        "result": result,
        "facts": facts_of(result),
        "weights": dict(result.weights),
        "names": names,
        "axis": AXIS_PX,
        "bar": DOCTOR_BAR_PX,
        "schedule": schedule,
        "sheets": (),
        "title": f"Practice {problem.practice.id}",
    }
    if schedule is None:
        return page.render(common)
    measured = figures or measure_figures(problem, schedule)
    costs = PersonalCosts(problem, schedule.horizon)
    chart = ecd_chart(problem, schedule, costs)
    dates = schedule.horizon.dates
    return page.render(
        common
        | {
            "title": f"{day_text(dates[0])} to {day_text(dates[-1])}",
            "summary": summary(
                problem,
                schedule,
                measured,
                next_openings(problem, schedule),
                check=check_report,
                hand=by_hand,
            ),
            "strip": week_strip(week_load(problem, schedule)),
            "runs": day_run_rows(problem, schedule),
            "run_count": RUNS,
            "late_minutes": f"{LATE_MINUTES:g}",
            "limit": f"{problem.policy.doctor_load_share:.0%}",
            "sheets": _sheets(problem, schedule, names, costs),
            "legend": legend(problem),
            "risk": f"{RISK_SHARE:.0%}",
            "ledger": ledger_view(ledger or make_ledger(problem, schedule)),
            "ecd": chart,
            "longest": max(chart.longest, 1.0),
            "adherence": adherence_view(problem, schedule, measured),
            "unplaced": unplaced_rows(problem, schedule),
            "checked": check_report is not None,
            "violations": check_report.violations if check_report else (),
            "inherited": check_report.inherited if check_report else schedule.inherited,
        }
    )


def _sheets(
    problem: Problem, schedule: Schedule, names: Names, costs: PersonalCosts
) -> tuple[DaySheet, ...]:
    """A sheet for each open date, and for each closed one that has a visit all the same."""
    colours, no_show = class_colours(problem), cache(costs.no_show)
    by_date: dict[date, list[Placement]] = {
        day: [] for day in schedule.horizon.dates if is_open(problem.practice, day)
    }
    for placement in schedule.placements:
        by_date.setdefault(placement.date, []).append(placement)
    return tuple(
        sheet
        for day, placements in sorted(by_date.items())
        for sheet in sheets_of(DayView(problem, day, tuple(placements), colours, names, no_show))
    )


def page_environment() -> Environment:
    """The templates of this package: values are escaped, and a missing one is an error."""
    environment = Environment(
        loader=PackageLoader("engine.plot", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "date_text": date_text,
        "day_text": day_text,
        "short_day": short_day,
    }
    return environment
