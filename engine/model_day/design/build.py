"""Entry page of a build: facts, month, precheck, one day type after the other, what it costs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.model_day.built import BuiltDays, Simplicity, day_text
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import Demand
from engine.model_day.design.design_day import (
    DesignSettings,
    day_model,
    design_day,
    name_day,
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
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.design.unlock import exchange, unlocks
from engine.model_day.planned import DesignedDay
from engine.practice import Problem, Purpose

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """Limits of each day type; whether costs are asked for too, each with a share of the time.

    `designs`: so many different ones of each type.
    """

    design: DesignSettings = field(default_factory=DesignSettings)
    with_costs: bool = True
    designs: int = 1

    @property
    def side(self) -> DesignSettings:
        """A question beside the design: half of its time or work, and a wider gap."""
        work = None if self.design.work is None else self.design.work / 2
        return replace(self.design, seconds=self.design.seconds / 2, work=work, gap=0.02)


def build_model_days(
    problem: Problem, demand: Demand, settings: BuildSettings, tell: Tell = lambda line: None
) -> BuiltDays:
    """Design every day type of the goals; the problem is the practice as it is now."""
    goals = demand.goals
    facts = {one.id: facts_of(problem, one) for one in day_types_of(goals, problem.practice)}
    month = plan_month(demand, facts, settings.design.seed)
    short = [*(one.sentence for one in precheck(month, goals)), *missed_lines(month, goals)]
    calendar, unbuilt = calendar_lines(month, facts), unbuilt_lines(month, facts)
    for line in (month_text(month), *short, *calendar, *unbuilt):
        tell(line)
    began = time.perf_counter()
    found = _Found(shortages=short)
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
        shortages=tuple(found.shortages),
        costs=tuple(found.costs),
        simplicity=tuple(found.simplicity),
        others=tuple(found.others),
        seconds=time.perf_counter() - began,
        stopped=stopped,
    )


@dataclass(slots=True)
class _Found:
    """What is known so far, of one day type after the other."""

    shortages: list[str]
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
    solved = solve_day(model, settings.design)
    made = name_day(problem, model, solved, a_month, time.perf_counter() - began)
    found.days.append(made)
    tell(day_text(made))
    if settings.designs > 1 and solved.values is not None:
        count = settings.designs - 1
        more = other_designs(problem, model, solved.values, count, settings.side, a_month)
        found.others += more
    if settings.with_costs:
        found.costs += _costs(facts, demand, wanted, made, settings)
        found.simplicity.append(_simplicity(problem, facts, demand, wanted, made, settings))


def _costs(
    facts: TypeFacts,
    demand: Demand,
    wanted: dict[Slot, int],
    made: DesignedDay,
    settings: BuildSettings,
) -> list[str]:
    """What unlocks the missing places, and what one more new patient a day costs."""
    goals, name = demand.goals, made.day_type
    lines = []
    if made.missed:
        found = unlocks(facts, goals, wanted, settings.side)
        lines += [f"{name}: {one.sentence}" for one in found]
    missed_now = sum(count for _, count in made.missed)
    for slot in _new_patients(wanted):
        priced = exchange(facts, goals, wanted, slot, missed_now, settings.side)
        if priced is not None:
            told = "" if priced.proven else "; not proven to be the least"
            lines.append(f"{name}: {priced.sentence}{told}")
    return lines


def _new_patients(wanted: dict[Slot, int]) -> list[Slot]:
    """The longest exam and the longest start: what growth would ask for first."""
    longest: dict[Purpose, Slot] = {}
    for slot in sorted(wanted, key=lambda one: one.minutes):
        if slot.purpose in {Purpose.EXAM, Purpose.START} and not slot.hold:
            longest[slot.purpose] = slot
    return list(longest.values())


def _simplicity(
    problem: Problem,
    facts: TypeFacts,
    demand: Demand,
    wanted: dict[Slot, int],
    made: DesignedDay,
    settings: BuildSettings,
) -> Simplicity:
    """The same day on the practice's own marks, with blocks at no price."""
    rules = DesignRules.free(facts.practice.start_mark_minutes)
    free = design_day(problem, facts, demand.goals, wanted, settings.side, rules=rules)
    simple, loose = _points(made), _points(free)
    better = ", ".join(
        f"{simple[name] - loose[name]:+d} points {name}"
        for name in simple
        if simple[name] != loose.get(name)
    )
    cells = len(free.model_day.cells) if free.model_day else 0
    sentence = (
        f"{made.day_type}: cells on quarter hours and in few blocks cost "
        f"{better or 'nothing'}; without, the day has {cells} cells"
    )
    return Simplicity(day_type=made.day_type, free_cells=cells, sentence=sentence)


def _points(made: DesignedDay) -> dict[str, int]:
    """Points by figure, blocks left out: they are what simplicity is."""
    return {one.name: one.points for one in made.figures if one.name != "blocks"}
