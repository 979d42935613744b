"""Goals against the practice: every name that it does not have, every number it cannot hold."""

from collections import Counter
from collections.abc import Iterator

from engine.model_day.day_types import day_types_of, weekly_hours
from engine.model_day.default_mix import mix_of
from engine.model_day.flow import starts_a_month
from engine.model_day.goals import Driver, Goals
from engine.practice import Practice
from engine.practice.model_days import ANY_CLASS
from engine.problems import PracticeProblem
from engine.units import clock_text, to_minutes

WEEKS_A_MONTH = 52 / 12
MOST_STARTS_A_DAY = 60.0
"""Three in each hour of every chair of a large office: more is a slip of the pen."""


def goal_faults(
    goals: Goals, practice: Practice, file: str = "goals.toml"
) -> list[PracticeProblem]:
    """Every fault, in the order of the file; empty where the goals can be worked with."""
    return [
        PracticeProblem(code, f"{file} {where}", cause, remedy)
        for code, where, cause, remedy in (
            *_numbers(goals),
            *_mix(goals, practice),
            *_day_types(goals, practice),
            *_classes(goals, practice),
        )
    ]


_Fault = tuple[str, str, str, str]


def _numbers(goals: Goals) -> Iterator[_Fault]:
    a_day = starts_a_month(goals) / goals.patient_days_per_month
    if a_day > MOST_STARTS_A_DAY:
        yield (
            "goal-too-large",
            "starts_per_month",
            f"{starts_a_month(goals):g} starts in {goals.patient_days_per_month:g} patient days "
            f"are {a_day:.0f} a day; nothing above {MOST_STARTS_A_DAY:.0f} is designed",
            "state starts by month, or more patient days",
        )
    if goals.production_per_day is not None and goals.production_per_start is None:
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


def _mix(goals: Goals, practice: Practice) -> Iterator[_Fault]:
    known = {procedure.code for procedure in practice.procedures}
    for index, mix in enumerate(goals.mix):
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
    used = {mix.driver for mix in mix_of(goals, practice) if mix.share > 0}
    for driver in (Driver.EXAM, Driver.START, Driver.ADJUSTMENT):
        if driver not in used:
            yield (
                "mix-incomplete",
                "mix",
                f"no procedure of the practice follows from the driver '{driver.value}'",
                "say in the mix which procedures of the practice do",
            )


def _day_types(goals: Goals, practice: Practice) -> Iterator[_Fault]:
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
    there = sum(min(one.at_most_a_month, len(one.weekdays) * WEEKS_A_MONTH) for one in types)
    if goals.patient_days_per_month > there + 0.5:
        yield (
            "too-few-working-days",
            "patient_days_per_month",
            f"{goals.patient_days_per_month:g} patient days a month, and the day types have "
            f"{there:.1f}",
            "open another weekday, or plan fewer patient days",
        )


def _classes(goals: Goals, practice: Practice) -> Iterator[_Fault]:
    known = {procedure.procedure_class for procedure in practice.procedures}
    named = [(f"bands[{at}]", band.procedure_class) for at, band in enumerate(goals.bands)]
    named += [
        (f"fallbacks[{at}]", name)
        for at, fallback in enumerate(goals.fallbacks)
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
    for at, band in enumerate(goals.bands):
        if band.start >= band.end:
            start, end = clock_text(to_minutes(band.start)), clock_text(to_minutes(band.end))
            yield "window-empty", f"bands[{at}]", f"[{start}, {end}) is empty", "mend the times"
