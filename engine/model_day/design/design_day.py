"""Entry page of one day type: build the model, solve it, name everything, judge it, measure it."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.model_day.day_figures import class_changes
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.day_model import DayModel, empty_model
from engine.model_day.design.decode import Values, plan_visits, seat_blocks
from engine.model_day.design.doctor_time import add_doctor_time
from engine.model_day.design.even_days import add_even_chairs, add_even_doctor
from engine.model_day.design.good_days import add_choreography, add_fair_hours, add_holds
from engine.model_day.design.known_day import better_of, solved_day
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.rooms_and_people import add_people, add_rooms
from engine.model_day.design.side_by_side import search_day
from engine.model_day.design.slots import Slot
from engine.model_day.design.to_model_day import model_day_of
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Goals
from engine.model_day.judge import DesignFault, judge
from engine.model_day.planned import DayFigure, DesignedDay
from engine.practice import Problem
from engine.result import Status
from engine.solver.arrays import to_arrays
from engine.solver.solved import Limits, Solved


class JudgedFaultyError(Exception):
    """The judge refused a designed day: a fault of this program, never of the input."""

    def __init__(self, faults: Iterable[DesignFault]) -> None:
        self.sentences = tuple(f"{fault.rule}: {fault.sentence}" for fault in faults)
        super().__init__("; ".join(self.sentences))


@dataclass(frozen=True, slots=True)
class DesignSettings:
    """Limits of one question: seconds, gap at which it is good enough, workers, seed.

    The seconds count from the model's first row on. `work`: end after so many deterministic units
    instead; with one worker the same on every run.
    """

    seconds: float = 10.0
    gap: float = 0.01
    workers: int = 2
    seed: int = 0
    work: float | None = None

    @property
    def limits(self) -> Limits:
        """For the solver."""
        if self.work is None:
            return Limits(self.seconds, self.gap, self.workers, self.seed)
        return Limits(3600.0, self.gap, self.workers, self.seed, self.work)

    def since(self, began: float) -> "DesignSettings":
        """What is left of the time at this moment, from `began` (`time.perf_counter`) on."""
        return replace(self, seconds=max(0.0, self.seconds - (time.perf_counter() - began)))


UNITS = {
    "missed": "places",
    "unfair": "places after school",
    "idle": "doctor steps",
    "waiting": "steps of patients",
    "overload": "doctor steps",
    "uneven": "chair steps",
    "blocks": "blocks",
    "chain": "windows",
}
"""The figures, the heaviest first, and what is counted."""


def day_model(
    facts: TypeFacts,
    goals: Goals,
    wanted: Mapping[Slot, int],
    rules: DesignRules,
    relief: bool = False,
) -> DayModel:
    """The whole model. `relief`: more of each resource may be had, at a price."""
    model = empty_model(facts, goals, wanted, rules, relief)
    add_rooms(model, relief)
    add_people(model, relief)
    add_doctor_time(model, relief)
    add_choreography(model)
    add_holds(model)
    add_fair_hours(model)
    add_even_chairs(model)
    add_even_doctor(model)
    return model


def solve_day(model: DayModel, settings: DesignSettings, start: Values | None = None) -> Solved:
    """Minimise it within the limits, from a day that is known, if any: never worse than that one.

    Where every search is lost, the day by hand stands, with no bound but zero, since nothing costs
    less than nothing.
    """
    if start is not None and to_arrays(model.program).violates(start):
        start = None
    found = search_day(model, settings.limits, start)
    if found.values is not None or found.status is Status.INFEASIBLE or model.extra:
        return found
    # With more than there is to be had, the day by hand says nothing.
    return better_of(found, solved_day(model, by_hand(model), 0.0))


def design_day(
    problem: Problem,
    facts: TypeFacts,
    goals: Goals,
    wanted: Mapping[Slot, int],
    settings: DesignSettings,
    *,
    rules: DesignRules | None = None,
    a_month: float = 0,
) -> DesignedDay:
    """The best model day found for these places, judged. JudgedFaultyError never on good code."""
    began = time.perf_counter()
    model = day_model(facts, goals, wanted, rules or DesignRules())
    solved = solve_day(model, settings.since(began))
    return name_day(problem, model, solved, a_month, time.perf_counter() - began)


def name_day(
    problem: Problem, model: DayModel, solved: Solved, a_month: float, seconds: float
) -> DesignedDay:
    """The day of a solution: cells, example visits, figures. JudgedFaultyError where it is none."""
    if solved.values is None:
        return _no_day(model, solved.status, a_month, seconds)
    facts = model.facts
    values: Values = solved.values
    seated = seat_blocks(model, values)
    planned = tuple(plan_visits(model, values, seated))
    made = model_day_of(facts, model.goals, problem.policy, seated)
    faults = judge(problem, model.goals, made, planned, facts.dates, model.rules.mark_minutes)
    if faults:
        raise JudgedFaultyError(faults)
    objective, bound = float(solved.objective or 0.0), solved.bound
    gap = None
    if bound is not None:
        gap = max(0.0, objective - bound) / objective if objective > 0 else 0.0
    return DesignedDay(
        day_type=facts.day_type.id,
        weekdays=facts.day_type.weekdays,
        a_month=a_month,
        status=solved.status,
        model_day=made,
        planned=planned,
        wanted=_wanted(model),
        missed=tuple(
            (slot.name, int(values[column]))
            for slot, column in model.missing.items()
            if values[column]
        ),
        figures=figures_of(model, values),
        objective=objective,
        bound=bound,
        gap=gap,
        seconds=seconds,
        most_changes=max(class_changes(made).values(), default=0),
    )


def name_or_refuse(
    problem: Problem, model: DayModel, solved: Solved, a_month: float, seconds: float
) -> DesignedDay:
    """The day of a solution, or none with the judge's sentences where the judge refuses it."""
    try:
        return name_day(problem, model, solved, a_month, seconds)
    except JudgedFaultyError as error:
        return _no_day(model, Status.UNKNOWN, a_month, seconds, error.sentences)


def _no_day(
    model: DayModel, status: Status, a_month: float, seconds: float, refused: tuple[str, ...] = ()
) -> DesignedDay:
    return DesignedDay(
        day_type=model.facts.day_type.id,
        weekdays=model.facts.day_type.weekdays,
        a_month=a_month,
        status=status,
        model_day=None,
        wanted=_wanted(model),
        refused=refused,
        seconds=seconds,
    )


def _wanted(model: DayModel) -> tuple[tuple[str, int], ...]:
    return tuple((slot.name, number) for slot, number in model.wanted.items())


def figures_of(model: DayModel, values: Values) -> tuple[DayFigure, ...]:
    """What a day of the model has of each figure, and what that costs."""
    costs = np.asarray(model.program.cost)
    return tuple(
        DayFigure(
            name=name,
            found=int(sum(values[column] for column in model.tiers[name])),
            unit=unit,
            points=int(sum(values[column] * costs[column] for column in model.tiers[name])),
        )
        for name, unit in UNITS.items()
    )
