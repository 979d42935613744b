"""The day types to design: those of the goals, else the practice's model days, else its hours."""

from collections import defaultdict

from engine.model_day.goals import DayTypeGoal, Goals
from engine.practice import WEEKDAYS, Practice, Weekday
from engine.units import Interval, to_minutes


def day_types_of(goals: Goals, practice: Practice) -> tuple[DayTypeGoal, ...]:
    """Stated ones win; weekdays without patient hours are left out of what is found."""
    if goals.day_types:
        return goals.day_types
    found = _from_model_days(practice)
    return found or _from_hours(practice)


def _from_model_days(practice: Practice) -> tuple[DayTypeGoal, ...]:
    found = []
    for model_day in practice.model_days:
        weekdays = tuple(
            choice.weekday
            for choice in practice.model_day_dates
            if choice.model_day == model_day.id
            and choice.weekday is not None
            and weekly_hours(practice, choice.weekday)
        )
        if weekdays:
            found.append(DayTypeGoal(id=model_day.id, title=model_day.title, weekdays=weekdays))
    return tuple(found)


def _from_hours(practice: Practice) -> tuple[DayTypeGoal, ...]:
    """One type for all weekdays that have the same hours."""
    by_hours: dict[tuple[Interval, ...], list[Weekday]] = defaultdict(list)
    for weekday in WEEKDAYS:
        if hours := weekly_hours(practice, weekday):
            by_hours[hours].append(weekday)
    return tuple(
        DayTypeGoal(id="-".join(days), title=f"Like {days[0]}", weekdays=tuple(days))
        for days in by_hours.values()
    )


def weekly_hours(practice: Practice, weekday: Weekday) -> tuple[Interval, ...]:
    """Patient hours of an ordinary such weekday, in minutes."""
    return tuple(
        sorted(
            (to_minutes(hours.start), to_minutes(hours.end))
            for hours in practice.hours
            if hours.weekday is weekday
        )
    )


def column_minutes(goals: Goals, practice: Practice) -> float:
    """Patient minutes of a day, averaged over the weekdays of the day types."""
    days = [day for one in day_types_of(goals, practice) for day in one.weekdays]
    return sum(end - start for day in days for start, end in weekly_hours(practice, day)) / len(
        days
    )
