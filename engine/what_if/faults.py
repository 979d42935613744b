"""Everything wrong with a file of scenarios, every fault of every scenario at once."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from engine.practice import Horizon, Problem
from engine.problems import PracticeProblem
from engine.what_if.asked import Asked, Claim, fault
from engine.what_if.changes.chairs import ChairAdded
from engine.what_if.changes.days import DayOpened
from engine.what_if.changes.staff import StaffAdded
from engine.what_if.scenarios import Scenario

BASE = "base"
"""The name of what everything is compared with."""


def scenario_faults(
    problem: Problem, horizon: Horizon, scenarios: Sequence[Scenario]
) -> Iterator[PracticeProblem]:
    """Names that are taken, faults of single changes, and changes that contradict each other."""
    seen = {BASE}
    for scenario in scenarios:
        if scenario.name in seen:
            yield fault(
                "name-twice",
                f"scenario '{scenario.name}'",
                "another scenario has this name"
                if scenario.name != BASE
                else "this is what the scenarios are compared with",
                "give each scenario a name of its own",
            )
        seen.add(scenario.name)
        yield from faults_of(asked_of(problem, horizon, scenario), scenario)


def asked_of(problem: Problem, horizon: Horizon, scenario: Scenario) -> Asked:
    """What the changes of a scenario are held against."""
    changes = scenario.change
    return Asked(
        problem,
        horizon,
        scenario.name,
        frozenset(one.date for one in changes if isinstance(one, DayOpened)),
        frozenset(one.id for one in changes if isinstance(one, StaffAdded)),
        frozenset(one.id for one in changes if isinstance(one, ChairAdded)),
    )


def faults_of(asked: Asked, scenario: Scenario) -> Iterator[PracticeProblem]:
    """The faults of one scenario; contradictions are looked for among sound changes."""
    claims: list[tuple[str, list[Claim]]] = []
    for number, change in enumerate(scenario.change, start=1):
        name = f"change {number} ({change.kind})"
        found = list(change.faults(asked, f"scenario '{scenario.name}', {name}"))
        yield from found
        if not found:
            claims.append((name, list(change.claims(asked))))
    for (first, decided), (second, also) in combinations(claims, 2):
        both = next((one for one in also for other in decided if one.meets(other)), None)
        if both is not None:
            yield fault(
                "contradiction",
                f"scenario '{scenario.name}'",
                f"{first} and {second} both decide {both.what}"
                + (f" on {both.day}" if both.day is not None else ""),
                "keep one of them, or make two scenarios of them",
            )
