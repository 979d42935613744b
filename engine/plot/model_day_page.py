"""The designed model days as one page: the same sheet as a filled day, with an example visit in
each place, and how the days came about."""

import datetime as dt
from importlib.resources import files

from markupsafe import Markup

from engine.model_day.built import BuiltDays, day_text
from engine.model_day.design.type_facts import ordinary_date
from engine.model_day.judge import as_schedule
from engine.model_day.planned import DesignedDay
from engine.plot.day_sheet import DaySheet, sheets_of
from engine.plot.day_view import DayView
from engine.plot.names import Names
from engine.plot.palette import class_colours, legend
from engine.plot.scale import AXIS_PX, DOCTOR_BAR_PX
from engine.plot.week_page import page_environment
from engine.practice import Booking, Problem


def model_day_html(problem: Problem, built: BuiltDays, lines: list[str]) -> str:
    """A page with a sheet for each designed day. `lines`: derivation and what was told."""
    shown = [(one, day) for one in (*built.days, *built.others) if (day := _date(problem, one))]
    return (
        page_environment()
        .get_template("model_days.html.jinja")
        .render(
            css=Markup((files("engine.plot") / "templates" / "week.css").read_text("utf-8")),
            practice=problem.practice.id,
            axis=AXIS_PX,
            bar=DOCTOR_BAR_PX,
            legend=legend(problem),
            lines=lines,
            designs=[_design(problem, made, day) for made, day in shown],
            names=_names(built),
        )
    )


def model_day_sheets(problem: Problem, made: DesignedDay, day: dt.date) -> tuple[DaySheet, ...]:
    """The sheet of a designed day, drawn on a date of its type."""
    if made.model_day is None:
        return ()
    question, schedule = as_schedule(problem, made.model_day, made.planned, day)
    # Places are shown as visits that stand in the book: they are nobody's news.
    booked = tuple(
        Booking(
            visit=visit,
            date=day,
            start=schedule.placement_of[visit.id].start,
            chair=schedule.placement_of[visit.id].segments[0].chair,
            movable=True,
        )
        for visit in question.visits
    )
    shown = question.model_copy(update={"visits": (), "bookings": booked})
    labels = {one.id: "hold" if one.hold else "" for one in made.planned}
    view = DayView(shown, day, schedule.placements, class_colours(problem), Names(labels))
    return sheets_of(view)


def _design(problem: Problem, made: DesignedDay, day: dt.date) -> dict[str, object]:
    assert made.model_day is not None
    return {
        "made": made,
        "title": made.model_day.title,
        "text": day_text(made),
        "sheets": model_day_sheets(problem, made, day),
    }


def _names(built: BuiltDays) -> Names:
    days = (*built.days, *built.others)
    return Names({one.id: "hold" if one.hold else "" for made in days for one in made.planned})


def _date(problem: Problem, made: DesignedDay) -> dt.date | None:
    """An ordinary date of the first weekday of the type; None where nothing was designed."""
    if made.model_day is None:
        return None
    return ordinary_date(problem.practice, made.weekdays[0], problem.as_of.date())
