"""Entry page of a build: facts, month, precheck, one day type after the other, what it costs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.model_day.built import BuiltDays, Simplicity, day_text
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import Demand
from engine.model_day.design.costs import cost_lines, price_of_simplicity
from engine.model_day.design.design_day import (
    DesignSettings,
    day_model,
    name_or_refuse,
    solve_day,
)
from engine.model_day.design.month import MonthPlan, plan_month
from engine.model_day.design.month_text import (
    calendar_lines,
    kind_places,
    month_text,
    unbuilt_lines,
)
from engine.model_day.design.others import other_designs
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.shortage import missed_lines, precheck
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.planned import DesignedDay
from engine.practice import Problem

Tell = Callable[[str], None]

SIDE_GAP = 0.02
"""Where a question beside the design is good enough, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Limits of the design of each day type; what else is asked has limits of its own, `side`.

    `with_costs`: what would unlock missing places, what one more exam and start cost, and the price
    of simplicity: up to four questions a day type. `designs`: so many different ones of each.
    """

    design: DesignSettings = field(default_factory=DesignSettings)
    with_costs: bool = True
    designs: int = 1

    @property
    def side(self) -> DesignSettings:
        """Each question beside the design: half of its time or work, and a gap of 2 % at least."""
        work = None if self.design.work is None else self.design.work / 2
        gap = max(SIDE_GAP, self.design.gap)
        return replace(self.design, seconds=self.design.seconds / 2, work=work, gap=gap)


def build_model_days(
    problem: Problem, demand: Demand, settings: BuildSettings, tell: Tell = lambda line: None
) -> BuiltDays:
    """Design every day type of the goals; the problem is the practice as it is now."""
    goals = demand.goals
    facts = {one.id: facts_of(problem, one) for one in day_types_of(goals, problem.practice)}
    month = plan_month(demand, facts, settings.design.seed)
    short = [*(one.sentence for one in precheck(month, goals)), *missed_lines(month, goals)]
    calendar, unbuilt = calendar_lines(month, facts), unbuilt_lines(month, facts)
    # Before anything is designed.
    tell("\n".join((month_text(month), *short, *calendar, *unbuilt)))
    began = time.perf_counter()
    found = _Found()
    stopped = False
    try:
        for name, one in facts.items():
            if month.slots[name]:
                _design_type(problem, demand, one, month, settings, found, tell)
    except KeyboardInterrupt:
        if not found.days:
            raise
        stopped = True
    return BuiltDays(
        days=tuple(found.days),
        a_month=tuple(month.days.items()),
        proven_month=month.proven,
        places=kind_places(month),
        unbuilt=tuple(unbuilt),
        calendar=tuple(calendar),
        missed_a_month=tuple((month.kinds[slot], left) for slot, left in month.missed.items()),
        shortages=tuple(short),
        costs=tuple(found.costs),
        simplicity=tuple(found.simplicity),
        others=tuple(found.others),
        seconds=time.perf_counter() - began,
        stopped=stopped,
    )


@dataclass(slots=True)
class _Found:
    """What is known so far, of one day type after the other."""

    days: list[DesignedDay] = field(default_factory=list)
    others: list[DesignedDay] = field(default_factory=list)
    costs: list[str] = field(default_factory=list)
    simplicity: list[Simplicity] = field(default_factory=list)


def _design_type(
    problem: Problem,
    demand: Demand,
    facts: TypeFacts,
    month: MonthPlan,
    settings: BuildSettings,
    found: _Found,
    tell: Tell,
) -> None:
    """The best design found, as many further ones as are asked for, and what it costs."""
    began = time.perf_counter()
    name, goals = facts.day_type.id, demand.goals
    wanted, a_month = month.slots[name], month.days[name]
    model = day_model(facts, goals, wanted, DesignRules())
    solved = solve_day(model, settings.design.since(began))
    made = name_or_refuse(problem, model, solved, a_month, time.perf_counter() - began)
    found.days.append(made)
    tell(day_text(made))
    if settings.designs > 1 and solved.values is not None:
        count = settings.designs - 1
        more = other_designs(problem, model, solved.values, count, settings.side, a_month)
        found.others += more
        if len(more) < count:
            tell(f"{name}: {len(more)} of {count} other designs were found in their time")
    if settings.with_costs and made.model_day is not None and solved.values is not None:
        found.costs += cost_lines(facts, goals, wanted, made, settings.side)
        found.simplicity.append(price_of_simplicity(problem, model, solved.values, settings.side))
