"""Model days: quotas, which date has which, and classes without any place."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from engine.practice import Horizon, Problem
from engine.practice.calendar import is_open
from engine.problems import PracticeProblem
from engine.validation.codes import fault
from engine.validation.dates import ordinary_dates
from engine.validation.possible_starts import PossibleStarts


def model_day_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Faults of whole model days: quotas, dates, and classes without any place."""
    practice = problem.practice
    for model_day in practice.model_days:
        where = f"model day {model_day.id}"
        for name, count in Counter(q.procedure_class for q in model_day.quotas).items():
            if count > 1:
                yield fault(
                    "quota-twice",
                    where,
                    f"class '{name}' has {count} quotas",
                    "give each class one quota",
                )
        for quota in model_day.quotas:
            if (
                quota.target is not None
                and quota.at_most is not None
                and (quota.target > quota.at_most)
            ):
                yield fault(
                    "quota-target-above-most",
                    where,
                    f"class '{quota.procedure_class}' aims at {quota.target} and takes at most "
                    f"{quota.at_most}",
                    "lower the target, or raise what the day takes",
                )
        if not any(choice.model_day == model_day.id for choice in practice.model_day_dates):
            yield fault(
                "model-day-unused",
                where,
                "no weekday and no date has it",
                "say which days have it, or take it out",
            )
    yield from _choices(problem)
    yield from _homeless_classes(problem, horizon)


def _choices(problem: Problem) -> Iterator[PracticeProblem]:
    practice = problem.practice
    by_day = defaultdict(list)
    for choice in practice.model_day_dates:
        where = f"model day {choice.model_day}"
        if (choice.weekday is None) == (choice.date is None):
            given = "both" if choice.date else "neither"
            yield fault(
                "weekday-xor-date",
                where,
                f"its place in the calendar has {given} of weekday and date",
                "give a weekday or a date, exactly one",
            )
            continue
        by_day[str(choice.date or choice.weekday)].append(choice.model_day)
        if choice.date is not None and not is_open(practice, choice.date):
            yield fault(
                "model-day-closed-date",
                where,
                f"{choice.date} has it and is closed",
                "it has no effect; open the date or take it out",
            )
    for day, names in by_day.items():
        if len(names) > 1:
            yield fault(
                "model-day-twice",
                f"model day {names[-1]}",
                f"{day} has {len(names)} model days: {', '.join(names)}",
                "give each weekday and each date one model day",
            )


def _homeless_classes(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """Classes that no minute of any column takes on an ordinary open date, with every release come.

    A class whose procedures need no chair needs no cell.
    """
    starts = PossibleStarts(problem)
    dates = [day for day in ordinary_dates(problem, horizon) if is_open(problem.practice, day)]
    if not dates or not problem.practice.model_days:
        return
    for name in dict.fromkeys(p.procedure_class for p in problem.practice.procedures):
        stages = [
            (stage, procedure)
            for procedure in problem.practice.procedures
            if procedure.procedure_class == name
            for stage in starts.pattern(procedure, None)
        ]
        chairs = {c.id for stage, procedure in stages for c in starts.chairs(stage, procedure)}
        if chairs and not any(
            starts.open(day) & starts.accepting(chair, name, day, starts.moment(day, None))
            for day in dates
            for chair in sorted(chairs)
        ):
            yield fault(
                "class-without-cell",
                "practice",
                f"no cell takes class '{name}' on any open date, and its columns have no time "
                "without cell",
                "give the class a cell, a fallback or a release",
            )
