"""What would unlock a goal, and what one more place costs: the same model, asked differently."""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.design_day import DesignSettings, day_model, solve_day
from engine.model_day.design.prices import DesignRules, Prices
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Goals
from engine.practice.base import Frozen
from engine.result import Status
from engine.units import clock_text

_FREE = Prices(0, 0, 0, 0, 0, 0, 0)
"""Only places count where it is asked what unlocks them."""


_PROOF_GAP = 1e-6
"""A number of minutes or places is told as the least only where it is the very least."""


class Unlock(Frozen):
    """So many more of a resource between two times of day, with the others, would give every place.

    `proven`: fewer minutes, of all that is short together, would not.
    """

    resource: str
    start: int
    end: int
    amount: float
    proven: bool
    sentence: str


class Exchange(Frozen):
    """One more place of a procedure, and the places that the day then does not have.

    `proven`: no day gives up less. `never`: no day has so many places, whatever it gives up.
    """

    procedure: str
    gives_up: tuple[tuple[str, int], ...]
    proven: bool
    never: bool = False
    sentence: str


def unlocks(
    facts: TypeFacts, goals: Goals, wanted: Mapping[Slot, int], settings: DesignSettings
) -> list[Unlock] | None:
    """The fewest minutes found of whatever is short, by stretches; None: no answer in time.

    A place that misses nothing but hours (no start is allowed at all) is not unlocked.
    """
    began = time.perf_counter()
    model = day_model(facts, goals, wanted, DesignRules(prices=_FREE), relief=True)
    solved = solve_day(model, replace(settings, gap=_PROOF_GAP).since(began))
    if solved.values is None:
        return None
    proven = solved.status is Status.OPTIMAL
    steps: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (label, minute), column in model.extra.items():
        if solved.values[column]:
            steps[label].append((minute, int(solved.values[column])))
    return [
        one
        for label, used in sorted(steps.items())
        for one in _stretches(model, label, used, proven)
    ]


def _stretches(
    model: DayModel, label: str, used: list[tuple[int, int]], proven: bool
) -> list[Unlock]:
    """Steps that are at most an hour apart are one stretch, told in full hours around it."""
    groups: list[list[tuple[int, int]]] = []
    for minute, amount in sorted(used):
        if groups and minute - groups[-1][-1][0] <= 60:
            groups[-1].append((minute, amount))
        else:
            groups.append([(minute, amount)])
    found = []
    for group in groups:
        start = group[0][0] // 60 * 60
        end = -(-(group[-1][0] + model.grid) // 60) * 60
        minutes = sum(amount for _, amount in group) * model.grid
        mean = minutes / (end - start)
        noun = f"{label} column" if label == "assistant" else label
        sentence = (
            f"{mean:.1f} {noun} short between {clock_text(start)} and {clock_text(end)} "
            f"({minutes} min{'' if proven else '; not proven that fewer would not do'})"
        )
        found.append(
            Unlock(
                resource=label, start=start, end=end, amount=mean, proven=proven, sentence=sentence
            )
        )
    return found


def exchange(
    facts: TypeFacts,
    goals: Goals,
    wanted: Mapping[Slot, int],
    slot: Slot,
    missed_now: int,
    settings: DesignSettings,
) -> Exchange | None:
    """What one more place of a kind costs in others; None: no answer in time.

    `missed_now`: places that the day lacks already.
    """
    began = time.perf_counter()
    more = {**wanted, slot: wanted.get(slot, 0) + 1}
    model = day_model(facts, goals, more, DesignRules(prices=_FREE))
    # The new place is given whatever it costs.
    model.program.row("given", [model.missing[slot]], upper=0)
    solved = solve_day(model, replace(settings, gap=_PROOF_GAP).since(began))
    code = slot.procedure.code
    if solved.status is Status.INFEASIBLE:
        never = f"one more {code} a day fits in no day"
        return Exchange(procedure=code, gives_up=(), proven=True, never=True, sentence=never)
    if solved.values is None:
        return None
    lost = [
        (one.name, int(solved.values[column]))
        for one, column in model.missing.items()
        if solved.values[column]
    ]
    words = ", ".join(f"{count} {name}" for name, count in lost)
    costs = f"costs {words}" if lost else "fits as well"
    already = f" (the day lacks {missed_now} already)" if missed_now and lost else ""
    proven = solved.status is Status.OPTIMAL
    doubt = "" if proven else "; not proven to be the least"
    return Exchange(
        procedure=code,
        gives_up=tuple(lost),
        proven=proven,
        sentence=f"one more {code} a day {costs}{already}{doubt}",
    )
