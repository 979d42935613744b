"""Candidates: blocks of one or more slots of a kind back to back, from a start on.

A block occupies its columns from the cell mark at or before its first slot to the mark at or after
the end of its last turnover. Its slots begin on the practice's marks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model_day.design.slots import Slot, possible_starts
from engine.model_day.design.type_facts import Columns, TypeFacts
from engine.model_day.goals import Goals
from engine.units import Interval

LONGEST_BLOCK_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Block:
    """`starts`: of its slots. `places`: for each stage in a chair, which columns and when.

    `doctor`: who gives all of its doctor time, where a visit asks for a doctor more than once.
    """

    slot: Slot
    starts: tuple[int, ...]
    places: tuple[tuple[Columns, Interval], ...]
    doctor: str | None = None

    @property
    def count(self) -> int:
        """How many slots."""
        return len(self.starts)


def blocks_of(
    facts: TypeFacts, slot: Slot, most: int, goals: Goals, mark_minutes: int
) -> list[Block]:
    """Every block of one to `most` slots. Stages in different rooms make blocks of one slot."""
    starts = possible_starts(facts, slot, goals.bands)
    possible = set(starts)
    marks = facts.practice.start_mark_minutes
    pitch = -(-slot.busy_minutes // marks) * marks
    longest = most if len(slot.stages) == 1 else 1
    found: list[Block] = []
    doctors = _doctors(facts, slot)
    for first in starts:
        run = [first]
        while run[-1] in possible and len(run) <= longest:
            if run[-1] + slot.busy_minutes - first > LONGEST_BLOCK_MINUTES:
                break
            for places in _places(facts, slot, tuple(run), mark_minutes):
                found += [Block(slot, tuple(run), places, doctor) for doctor in doctors]
            run = [*run, run[-1] + pitch]
    return found


def _doctors(facts: TypeFacts, slot: Slot) -> tuple[str | None, ...]:
    """Nobody by name, unless several doctors could share one visit."""
    pieces = sum(len(stage.doctor) for stage in slot.stages)
    names = tuple(name for crew in facts.doctors for name in crew.members)
    return names if pieces > 1 and len(names) > 1 else (None,)


def _places(
    facts: TypeFacts, slot: Slot, starts: tuple[int, ...], mark: int
) -> Iterable[tuple[tuple[Columns, Interval], ...]]:
    """Every choice of regular and overflow columns for the stages."""
    choices: list[tuple[tuple[Columns, Interval], ...]] = [()]
    may_overflow = slot.procedure_class in facts.practice.overflow_classes
    for stage in slot.stages:
        if stage.chair_kind is None:
            continue
        first = (starts[0] + stage.start) // mark * mark
        last = -(-(starts[-1] + stage.busy_until) // mark) * mark
        fitting = [
            columns
            for columns in facts.columns
            if columns.kind is stage.chair_kind and (may_overflow or not columns.overflow)
        ]
        choices = [(*chosen, (columns, (first, last))) for chosen in choices for columns in fitting]
    return choices
