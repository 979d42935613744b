"""Candidates: blocks of one or more slots of a kind back to back, from a start on.

A block occupies its columns from the cell mark at or before its first slot to the mark at or after
the end of its last turnover. Its slots begin on the practice's marks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.model_day.design.slots import Slot, possible_starts
from engine.model_day.design.type_facts import Columns, TypeFacts
from engine.model_day.goals import Goals
from engine.practice.pattern import StageTime
from engine.units import Interval, covers

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
    facts: TypeFacts,
    slot: Slot,
    most: int,
    goals: Goals,
    mark_minutes: int,
    *,
    anyhow: bool = False,
) -> list[Block]:
    """Every block of one to `most` slots. Stages in different rooms make blocks of one slot.

    `anyhow`: also where nobody is there to serve one of its slots.
    """
    starts = possible_starts(facts, slot, goals.bands)
    if not anyhow:
        starts = [start for start in starts if _is_served(facts, slot, start)]
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


def _is_served(facts: TypeFacts, slot: Slot, start: int) -> bool:
    """True where each stage has somebody able who is there, each doctor time a doctor in time."""
    return all(
        _has_helper(facts, slot, stage, start) and _has_doctor(facts, stage, start)
        for stage in slot.stages
    )


def _has_helper(facts: TypeFacts, slot: Slot, stage: StageTime, start: int) -> bool:
    if stage.role is None:
        return True
    skill = slot.procedure.stages[stage.index].skill
    span = (start + stage.start, start + stage.busy_until)
    return any(
        crew.serves(stage.role, skill) and covers(crew.present, span) for crew in facts.crews
    )


def _has_doctor(facts: TypeFacts, stage: StageTime, start: int) -> bool:
    grid = facts.practice.grid_minutes
    return all(
        any(
            covers(crew.present, (begin, begin + piece.minutes))
            for begin in range(
                start + piece.offset, start + piece.offset + piece.float_minutes + 1, grid
            )
            for crew in facts.doctors
        )
        for piece in stage.doctor
    )


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
