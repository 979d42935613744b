"""A practice with its designed model days in the place of those that it has."""

from collections.abc import Iterable

from engine.model_day.goals import DayTypeGoal, OtherDays
from engine.model_day.month_calendar import other_dates
from engine.model_day.planned import DesignedDay
from engine.practice import Closure, ModelDay, ModelDayDate, Problem

FREE_DAY = ModelDay(id="free-day", title="Free day, without a model day")
"""Of a date on which every time is open to every class."""


def adopt(
    problem: Problem, day_types: Iterable[DayTypeGoal], days: Iterable[DesignedDay]
) -> Problem:
    """The same question with new model days on the weekdays of their types.

    Of weekdays that come more often than planned, dates of the coming year are free or closed where
    the goals say so. A type for which nothing was designed keeps the model day of its name, if
    there is one. Dates with a choice of their own keep it where that model day is still there.
    """
    practice = problem.practice
    old = {one.id: one for one in practice.model_days}
    new = {one.day_type: one for one in days if one.model_day is not None}
    kept: dict[str, ModelDay] = {}
    dates: list[ModelDayDate] = []
    closures = list(practice.closures)
    for day_type in day_types:
        made = new.get(day_type.id)
        chosen = made.model_day if made is not None else old.get(day_type.id)
        if chosen is None:
            continue
        kept[day_type.id] = chosen
        dates += [ModelDayDate(model_day=chosen.id, weekday=day) for day in day_type.weekdays]
        for day in other_dates(problem, day_type, made.a_month) if made is not None else ():
            if day_type.other_days is OtherDays.CLOSED:
                closures.append(Closure(date=day, reason=f"beyond the {day_type.id} days planned"))
            else:
                kept[FREE_DAY.id] = FREE_DAY
                dates.append(ModelDayDate(model_day=FREE_DAY.id, date=day))
    dates += [
        choice
        for choice in practice.model_day_dates
        if choice.date is not None and choice.model_day in kept
    ]
    changed = practice.model_copy(
        update={
            "model_days": tuple(kept.values()),
            "model_day_dates": tuple(dates),
            "closures": tuple(closures),
        }
    )
    return problem.model_copy(update={"practice": changed})
