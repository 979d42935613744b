"""Entry page of one day type: build the model, solve it, name everything, judge it, measure it."""

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from engine.model_day.day_figures import class_changes
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.day_model import DayModel, empty_model
from engine.model_day.design.decode import Values, plan_visits, seat_blocks
from engine.model_day.design.doctor_time import add_doctor_time
from engine.model_day.design.even_days import add_even_chairs, add_even_doctor
from engine.model_day.design.good_days import add_choreography, add_fair_hours, add_holds
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.rooms_and_people import add_people, add_rooms
from engine.model_day.design.slots import Slot
from engine.model_day.design.solve_job import BranchJob, DesignJob, better_of
from engine.model_day.design.to_model_day import model_day_of
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Goals
from engine.model_day.judge import DesignFault, judge
from engine.model_day.planned import DayFigure, DesignedDay
from engine.practice import Problem
from engine.result import Status
from engine.solver.crew import crew_of
from engine.solver.job import Job
from engine.solver.solved import Limits, Solved


class JudgedFaultyError(Exception):
    """The judge refused a designed day: a fault of this program, never of the input."""

    def __init__(self, faults: Iterable[DesignFault]) -> None:
        super().__init__("; ".join(f"{fault.rule}: {fault.sentence}" for fault in faults))


@dataclass(frozen=True, slots=True)
class DesignSettings:
    """Limits of one day type: seconds, gap at which it is good enough, workers, seed.

    `work`: end after so many deterministic units instead; with one worker the same on every run.
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


OTHER_SEED = 7919
"""What the second search's seed is ahead of the first's."""

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
"""The figures, tier by tier, and what is counted."""


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


def solve_day(model: DayModel, settings: DesignSettings) -> Solved:
    """Minimise it, in a process of its own for each of two searches; one where work is limited.

    Where they are lost, the day by hand stands, with no bound but zero, since nothing costs less
    than nothing.
    """
    limits = settings.limits
    jobs: list[DesignJob | BranchJob] = [DesignJob(model, limits)]
    if settings.workers > 1 and settings.work is None:
        jobs[0] = DesignJob(model, replace(limits, workers=limits.workers - 1))
        jobs.append(BranchJob(model, replace(limits, seed=limits.seed + OTHER_SEED)))
    answers = [one for one in _done(jobs, limits.seconds) if isinstance(one, Solved)]
    if answers:
        return reduce(better_of, answers)
    values = by_hand(model)
    if values is None:
        return Solved(Status.UNKNOWN, None, None, None)
    return Solved(Status.FEASIBLE, values, float(model.program.objective_of(values)), 0.0)


def _done(jobs: Sequence[Job], seconds: float) -> list[object]:
    """What the jobs answer, side by side; a process that is lost answers nothing."""
    answers: list[object] = []
    with crew_of(len(jobs)) as crew:
        for job in jobs:
            crew.submit(job, seconds)
        while len(answers) < len(jobs):
            done = crew.collect(math.inf)
            if done is None:
                break
            if done.last:
                answers.append(done.answer)
    return answers


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
    solved = solve_day(model, settings)
    return name_day(problem, model, solved, a_month, time.perf_counter() - began)


def name_day(
    problem: Problem, model: DayModel, solved: Solved, a_month: float, seconds: float
) -> DesignedDay:
    """The day of a solution: cells, example visits, figures."""
    facts, wanted = model.facts, tuple((slot.name, n) for slot, n in model.wanted.items())
    if solved.values is None:
        return DesignedDay(
            day_type=facts.day_type.id,
            weekdays=facts.day_type.weekdays,
            a_month=a_month,
            status=solved.status,
            model_day=None,
            wanted=wanted,
            seconds=seconds,
        )
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
        wanted=wanted,
        missed=tuple(
            (slot.name, int(values[column]))
            for slot, column in model.missing.items()
            if values[column]
        ),
        figures=_figures(model, values),
        objective=objective,
        bound=bound,
        gap=gap,
        seconds=seconds,
        most_changes=max(class_changes(made).values(), default=0),
    )


def _figures(model: DayModel, values: Values) -> tuple[DayFigure, ...]:
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
