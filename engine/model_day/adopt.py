"""A practice with its designed model days in the place of those that it has."""

from collections.abc import Iterable, Sequence

from engine.model_day.goals import DayTypeGoal, OtherDays
from engine.model_day.month_calendar import other_dates
from engine.model_day.planned import DesignedDay
from engine.practice import WEEKDAYS, Closure, ModelDay, ModelDayDate, Problem

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
    types = tuple(day_types)
    new = {one.day_type: one for one in days if one.model_day is not None}
    problem = _before_other_days(problem, [one for one in types if one.id in new])
    practice = problem.practice
    old = {one.id: one for one in practice.model_days}
    kept: dict[str, ModelDay] = {}
    dates: list[ModelDayDate] = []
    closures = list(practice.closures)
    for day_type in types:
        made = new.get(day_type.id)
        chosen = made.model_day if made is not None else old.get(day_type.id)
        if chosen is None:
            continue
        kept[day_type.id] = chosen
        dates += [ModelDayDate(model_day=chosen.id, weekday=day) for day in day_type.weekdays]
        for day in other_dates(problem, day_type, made.a_month) if made is not None else ():
            if day_type.other_days is OtherDays.CLOSED:
                closures.append(Closure(date=day, reason=_beyond(day_type)))
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


def _beyond(day_type: DayTypeGoal) -> str:
    """Why a date is closed; a later build knows its closures by it."""
    return f"beyond the {day_type.id} days planned"


def _before_other_days(problem: Problem, day_types: Sequence[DayTypeGoal]) -> Problem:
    """The question without the free and closed dates that an earlier build chose for these types.

    Else they would count as the practice's own, and each build would thin out what is left.
    """
    practice, today = problem.practice, problem.as_of.date()
    reasons = {_beyond(one) for one in day_types}
    weekdays = {day for one in day_types for day in one.weekdays}
    closures = tuple(
        one for one in practice.closures if one.date <= today or one.reason not in reasons
    )
    dates = tuple(
        one
        for one in practice.model_day_dates
        if one.model_day != FREE_DAY.id
        or one.date is None
        or one.date <= today
        or WEEKDAYS[one.date.weekday()] not in weekdays
    )
    changed = practice.model_copy(update={"closures": closures, "model_day_dates": dates})
    return problem.model_copy(update={"practice": changed})
