"""A practice with its designed model days in the place of those that it has."""

from collections.abc import Iterable

from engine.model_day.goals import DayTypeGoal
from engine.model_day.planned import DesignedDay
from engine.practice import ModelDay, ModelDayDate, Problem


def adopt(
    problem: Problem, day_types: Iterable[DayTypeGoal], days: Iterable[DesignedDay]
) -> Problem:
    """The same question with new model days on the weekdays of their types.

    A type for which nothing was designed keeps the model day of its name, if there is one. Dates
    with a choice of their own keep it where that model day is still there.
    """
    practice = problem.practice
    old = {one.id: one for one in practice.model_days}
    new = {one.day_type: one.model_day for one in days if one.model_day is not None}
    kept: dict[str, ModelDay] = {}
    dates: list[ModelDayDate] = []
    for day_type in day_types:
        chosen = new.get(day_type.id) or old.get(day_type.id)
        if chosen is not None:
            kept[day_type.id] = chosen
            dates += [ModelDayDate(model_day=chosen.id, weekday=day) for day in day_type.weekdays]
    dates += [
        choice
        for choice in practice.model_day_dates
        if choice.date is not None and choice.model_day in kept
    ]
    changed = practice.model_copy(
        update={"model_days": tuple(kept.values()), "model_day_dates": tuple(dates)}
    )
    return problem.model_copy(update={"practice": changed})
