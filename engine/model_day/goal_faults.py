"""Goals against the practice: every name that it does not have, every number it cannot hold.

A file with faults of its own is looked at as far as it can be read: nothing is said here that rests
on a key that cannot.
"""

from collections import Counter
from collections.abc import Iterator

from engine.model_day.day_types import day_types_of, weekly_hours
from engine.model_day.default_mix import mix_of
from engine.model_day.flow import starts_a_month
from engine.model_day.goals import Driver, Goals
from engine.model_day.goals_toml import ReadGoals
from engine.model_day.month_calendar import comes_a_month
from engine.practice import Practice
from engine.practice.model_days import ANY_CLASS
from engine.problems import PracticeProblem
from engine.units import clock_text, to_minutes

ROUNDING_DAYS = 0.5
"""Goals may state so many days a month more than the calendar has; it is a rounding."""
LEAST_DAYS = 0.5
"""Patient days of a month: with fewer than one in two months there is nothing to plan."""
MOST_STARTS_A_DAY = 60.0
"""Three in each hour of every chair of a large office: more is a slip of the pen."""


def goal_faults(
    goals: Goals, practice: Practice, file: str = "goals.toml"
) -> list[PracticeProblem]:
    """Every fault, in the order of the file; empty where the goals can be worked with."""
    return read_faults(ReadGoals(goals), practice, file)


def read_faults(
    read: ReadGoals, practice: Practice, file: str = "goals.toml"
) -> list[PracticeProblem]:
    """Every fault of what could be read of a file, against the practice."""
    if read.goals is None:
        return []
    return [
        PracticeProblem(code, f"{file} {where}", cause, remedy)
        for code, where, cause, remedy in (
            *_numbers(read.goals, read.unread),
            *_mix(read.goals, practice, read),
            *_day_types(read.goals, practice, read.unread),
            *_classes(read.goals, practice, read),
        )
    ]


_Fault = tuple[str, str, str, str]
_STARTS = {"starts_per_month", "production_per_day", "production_per_start"}


def _numbers(goals: Goals, unread: frozenset[str]) -> Iterator[_Fault]:
    few = goals.patient_days_per_month < LEAST_DAYS
    if few:
        yield (
            "too-few-patient-days",
            "patient_days_per_month",
            f"{goals.patient_days_per_month:g} patient days a month, not one in two months",
            "say on how many days of an average month patients are seen",
        )
    a_day = starts_a_month(goals) / goals.patient_days_per_month
    if (
        a_day > MOST_STARTS_A_DAY
        and not few
        and not unread & (_STARTS | {"patient_days_per_month"})
    ):
        yield (
            "goal-too-large",
            "starts_per_month",
            f"{starts_a_month(goals):g} starts in {goals.patient_days_per_month:g} patient days "
            f"are {a_day:.0f} a day; nothing above {MOST_STARTS_A_DAY:.0f} is designed",
            "state starts by month, or more patient days",
        )
    named = goals.production_per_day is not None and goals.production_per_start is None
    if named and "production_per_start" not in unread:
        yield (
            "goal-incomplete",
            "production_per_day",
            "a production goal without production_per_start says nothing about the days",
            "say what one start is worth, or take the goal out",
        )
    if goals.starts_from_observation == 1:
        yield (
            "goal-impossible",
            "starts_from_observation",
            "if all starts come from observation, no exam ever leads there",
            "state a share below 1",
        )


def _places(read: ReadGoals, key: str, count: int) -> tuple[int, ...]:
    """The numbers that the items of a list have in the file."""
    return read.places.get(key, tuple(range(count)))


def _mix(goals: Goals, practice: Practice, read: ReadGoals) -> Iterator[_Fault]:
    known = {procedure.code for procedure in practice.procedures}
    for index, mix in zip(_places(read, "mix", len(goals.mix)), goals.mix, strict=True):
        if mix.procedure not in known:
            yield (
                "unknown-procedure",
                f"mix[{index}]",
                f"the practice has no procedure '{mix.procedure}'",
                "name one of the practice's procedures",
            )
    for code, count in Counter(mix.procedure for mix in goals.mix).items():
        if count > 1:
            yield "mix-twice", "mix", f"'{code}' stands there {count} times", "name it once"
    if "mix" in read.unread:
        return
    used = {mix.driver for mix in mix_of(goals, practice) if mix.share > 0}
    for driver in (Driver.EXAM, Driver.START, Driver.ADJUSTMENT):
        if driver not in used:
            yield (
                "mix-incomplete",
                "mix",
                f"no procedure of the practice follows from the driver '{driver.value}'",
                "say in the mix which procedures of the practice do",
            )


def _day_types(goals: Goals, practice: Practice, unread: frozenset[str]) -> Iterator[_Fault]:
    if "day_types" in unread and not goals.day_types:
        return
    types = day_types_of(goals, practice)
    if not types:
        yield (
            "no-working-day",
            "day_types",
            "no weekday of the practice has patient hours",
            "give the practice weekly hours",
        )
        return
    for name, count in Counter(one.id for one in types).items():
        if count > 1:
            yield (
                "duplicate-day-type",
                "day_types",
                f"'{name}' is there {count} times",
                "rename one",
            )
    for weekday, count in Counter(day for one in types for day in one.weekdays).items():
        if count > 1:
            yield (
                "weekday-twice",
                "day_types",
                f"{count} day types have {weekday.value}",
                "give each weekday one day type",
            )
    for one in types:
        for day in one.weekdays:
            if not weekly_hours(practice, day):
                yield (
                    "no-working-day",
                    f"day_types ({one.id})",
                    f"the practice has no patient hours on {day.value}",
                    "take the weekday out, or give the practice hours on it",
                )
        if one.at_least_a_month > one.at_most_a_month:
            yield (
                "day-type-window",
                f"day_types ({one.id})",
                f"at least {one.at_least_a_month} and at most {one.at_most_a_month} a month",
                "raise the second, or lower the first",
            )
    if unread & {"day_types", "patient_days_per_month"}:
        return
    there = sum(min(one.at_most_a_month, comes_a_month(one)) for one in types)
    if goals.patient_days_per_month > there + ROUNDING_DAYS:
        yield (
            "too-few-working-days",
            "patient_days_per_month",
            f"{goals.patient_days_per_month:g} patient days a month, and the day types have "
            f"{there:.1f}",
            "open another weekday, or plan fewer patient days",
        )


def _classes(goals: Goals, practice: Practice, read: ReadGoals) -> Iterator[_Fault]:
    known = {procedure.procedure_class for procedure in practice.procedures}
    bands = tuple(zip(_places(read, "bands", len(goals.bands)), goals.bands, strict=True))
    fallbacks = _places(read, "fallbacks", len(goals.fallbacks))
    named = [(f"bands[{at}]", band.procedure_class) for at, band in bands]
    named += [
        (f"fallbacks[{at}]", name)
        for at, fallback in zip(fallbacks, goals.fallbacks, strict=True)
        for name in (fallback.procedure_class, *fallback.takes)
    ]
    if goals.holds.early_release is not None:
        named += [("holds.early_release", name) for name in goals.holds.early_release.accepts]
    for where, name in named:
        if name not in known and name != ANY_CLASS:
            yield (
                "unknown-class",
                where,
                f"no procedure of the practice has the class '{name}'",
                "name a class of the practice",
            )
    for at, band in bands:
        if band.start >= band.end:
            start, end = clock_text(to_minutes(band.start)), clock_text(to_minutes(band.end))
            yield "window-empty", f"bands[{at}]", f"[{start}, {end}) is empty", "mend the times"
