"""Which visit takes which counted start: exact bipartite matching per kind and date.

Where no matching exists, Koenig's alternating paths give a set of choices with too few starts
(P. Hall, On Representatives of Subsets, 1935): a valid row that the next pass keeps.
"""

from collections import defaultdict
from dataclasses import dataclass

from engine.solver.kinds import KindKey
from engine.solver.model import ItemColumn, Model, Start
from engine.solver.solved import Values


@dataclass(frozen=True, slots=True)
class HallCut:
    """sum(choices) <= sum(starts): these choices can only be served by these starts."""

    choices: tuple[int, ...]
    starts: tuple[int, ...]


def serves(start: Start, choice: ItemColumn) -> bool:
    """True where the start lies in the bucket and is by the doctor asked for."""
    inside = choice.first <= start.minute <= choice.last
    return inside and (choice.doctor is None or choice.doctor == start.doctor)


def match_items(model: Model, values: Values) -> tuple[dict[str, Start], list[HallCut]]:
    """A start for every placed item, or the cuts that show why there is none."""
    chosen: dict[tuple[KindKey, int], list[tuple[str, ItemColumn]]] = defaultdict(list)
    for visit_id, item in model.items.items():
        for choice in item.columns:
            if values[choice.column]:
                chosen[(item.kind.key, choice.day)].append((visit_id, choice))
    given: dict[str, Start] = {}
    cuts: list[HallCut] = []
    for place, choices in chosen.items():
        slots = [s for s in model.starts[place] for _ in range(int(values[s.column]))]
        taken, short = _match([choice for _, choice in choices], slots)
        if short:
            cuts.append(_cut(model, place, [choices[index][1] for index in short]))
        for index, slot in taken.items():
            given[choices[index][0]] = slots[slot]
    return given, cuts


def _match(choices: list[ItemColumn], slots: list[Start]) -> tuple[dict[int, int], set[int]]:
    """Choice -> slot by augmenting paths; on failure the choices reached from one left over."""
    order = sorted(range(len(choices)), key=lambda k: choices[k].last - choices[k].first)
    holder: dict[int, int] = {}
    for index in order:
        seen: set[int] = set()
        if not _augment(index, choices, slots, holder, seen):
            reached = {holder[slot] for slot in seen} | {index}
            return {}, reached
    return {index: slot for slot, index in holder.items()}, set()


def _augment(
    index: int,
    choices: list[ItemColumn],
    slots: list[Start],
    holder: dict[int, int],
    seen: set[int],
) -> bool:
    for slot, start in enumerate(slots):
        if slot in seen or not serves(start, choices[index]):
            continue
        seen.add(slot)
        if slot not in holder or _augment(holder[slot], choices, slots, holder, seen):
            holder[slot] = index
            return True
    return False


def _cut(model: Model, place: tuple[KindKey, int], short: list[ItemColumn]) -> HallCut:
    starts = [s for s in model.starts[place] if any(serves(s, choice) for choice in short)]
    serving = {start.column for start in starts}
    every = model.starts[place]
    confined = [
        choice.column
        for item in model.items.values()
        if item.kind.key == place[0]
        for choice in item.columns
        if choice.day == place[1] and all(s.column in serving for s in every if serves(s, choice))
    ]
    return HallCut(tuple(confined), tuple(sorted(serving)))
