"""A day by hand: column by column, from the first hour on, whatever fits next.

It keeps every hard rule, so that it is a first solution for the solver and what is taken where the
solver finds none in its time. It is also the yardstick that a design is measured against.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from engine.model_day.design.blocks import Block
from engine.model_day.design.day_model import DayModel, Need, Piece
from engine.model_day.design.decode import Values
from engine.model_day.design.good_days import NOON, first_doctor_minutes
from engine.model_day.design.priced_rows import PricedRows
from engine.model_day.design.slots import Slot
from engine.model_day.design.type_facts import Crew
from engine.model_day.holds import morning_places
from engine.practice import Purpose
from engine.units import Interval, covers, overlaps


@dataclass(slots=True)
class HandDay:
    """What is taken so far: chairs, people and doctors by name, spans of what may not pile up."""

    model: DayModel
    left: dict[Slot, int]
    taken: dict[str, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    piles: dict[str, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    placed: list[tuple[Block, int, str]] = field(default_factory=list)
    shares: list[tuple[Need, int, Crew]] = field(default_factory=list)
    given: list[tuple[Piece, int, int, Crew]] = field(default_factory=list)

    def free(self, name: str, span: Interval) -> bool:
        """True where nothing of that name is taken in the span."""
        return not any(overlaps(one, span) for one in self.taken[name])

    def room(self, pile: str, span: Interval, most: int) -> bool:
        """True where one more in the span leaves at most so many at once."""
        meeting = [one for one in self.piles[pile] if overlaps(one, span)]
        moments = [span[0], *(start for start, _ in meeting if start > span[0])]
        return all(sum(s <= moment < e for s, e in meeting) < most for moment in moments)


def by_hand(model: DayModel, rows: PricedRows | None = None) -> Values | None:
    """Values of the program; None where a row says no (a rule that the hand does not know)."""
    day = HandDay(model, dict(model.wanted))
    by_chair: dict[str, list[tuple[Block, int]]] = defaultdict(list)
    for block, column in model.blocks:
        for chair in block.places[0][0].chairs if block.places else ("",):
            by_chair[chair].append((block, column))
    urgent = _urgency(model)
    for chair in [*(one.id for one in model.facts.practice.chairs), ""]:
        # At each start the most urgent kind, in the longest block that fits.
        order = sorted(
            by_chair[chair], key=lambda b: (b[0].starts[0], urgent[b[0].slot], -b[0].count)
        )
        for block, column in order:
            if block.count <= day.left[block.slot]:
                take(day, block, column, chair)
    return values_of(day, rows or PricedRows(model))


def _urgency(model: DayModel) -> dict[Slot, tuple[int, int]]:
    """Kinds with the fewest possible starts first, long ones before short ones."""
    starts: dict[Slot, int] = defaultdict(int)
    for block, _ in model.blocks:
        starts[block.slot] += block.count == 1
    return {slot: (starts[slot], -slot.minutes) for slot in model.wanted}


def take(day: HandDay, block: Block, column: int, chair: str, most_waiting: int = 10**6) -> bool:
    """Takes what the block needs, or nothing at all.

    `most_waiting`: minutes that its patients together may wait for the doctor.
    """
    spans = _chairs(day, block, chair)
    if spans is None or not _apart(day, block):
        return False
    doctors = _doctors(day, block)
    if doctors is None:
        return False
    if sum(span[0] - nominal for _, span, _, nominal, _ in doctors) > most_waiting:
        return False
    people = _people(day, block)
    if people is None:
        return False
    for name, span in spans:
        day.taken[name].append(span)
    for name, span, need, crew in people:
        day.taken[name].append(span)
        day.shares.append((need, span[0], crew))
    for name, span, piece, nominal, crew in doctors:
        day.taken[name].append(span)
        day.given.append((piece, span[0], nominal, crew))
    for pile, span, _ in _piles(day.model, block):
        day.piles[pile].append(span)
    for limit, number, _ in _counts(day.model, block):
        day.counts[limit] += number
    day.left[block.slot] -= block.count
    day.placed.append((block, column, chair))
    return True


def _chairs(day: HandDay, block: Block, first: str) -> list[tuple[str, Interval]] | None:
    found: list[tuple[str, Interval]] = []
    for index, (columns, span) in enumerate(block.places):
        names = (first,) if index == 0 else columns.chairs
        free = [name for name in names if day.free(name, span)]
        free = [name for name in free if (name, span) not in found]
        if not free:
            return None
        found.append((free[0], span))
    return found


def _people(day: HandDay, block: Block) -> list[tuple[str, Interval, Need, Crew]] | None:
    found: list[tuple[str, Interval, Need, Crew]] = []
    for start in block.starts:
        for stage in block.slot.stages:
            if stage.role is None:
                continue
            skill = block.slot.procedure.stages[stage.index].skill
            need = (stage.role, skill, stage.busy_until - stage.start)
            span = (start + stage.start, start + stage.busy_until)
            hands = [
                (len(crew.skills), name, crew)
                for crew in day.model.facts.crews
                if crew.serves(stage.role, skill) and covers(crew.present, span)
                for name in crew.members
                if day.free(name, span)
                and not any(one == name and overlaps(used, span) for one, used, _, _ in found)
            ]
            if not hands:
                return None
            # The least skilled who may do it: the others are kept for what needs them.
            _, name, crew = min(hands, key=lambda hand: hand[:2])
            found.append((name, span, need, crew))
    return found


def _doctors(day: HandDay, block: Block) -> list[tuple[str, Interval, Piece, int, Crew]] | None:
    grid = day.model.grid
    found: list[tuple[str, Interval, Piece, int, Crew]] = []
    for start in block.starts:
        for stage in block.slot.stages:
            for doctor_time in stage.doctor:
                late = doctor_time.float_minutes // grid * grid
                piece = (doctor_time.minutes, late, block.doctor)
                nominal = start + doctor_time.offset
                options = [
                    (begin, name, crew)
                    for begin in range(nominal, nominal + late + 1, grid)
                    for crew in day.model.facts.doctors
                    if covers(crew.present, (begin, begin + piece[0]))
                    for name in crew.members
                    if block.doctor in (None, name)
                    and day.free(name, (begin, begin + piece[0]))
                    and not any(
                        one == name and overlaps(used, (begin, begin + piece[0]))
                        for one, used, *_ in found
                    )
                ]
                if not options:
                    return None
                begin, name, crew = min(options, key=lambda option: option[:2])
                found.append((name, (begin, begin + piece[0]), piece, nominal, crew))
    return found


def _apart(day: HandDay, block: Block) -> bool:
    """Long visits at once, starts apart, kits, and the morning's share of the holds."""
    mine: dict[str, list[Interval]] = defaultdict(list)
    for pile, span, most in _piles(day.model, block):
        meeting = sum(overlaps(one, span) for one in mine[pile])
        if not day.room(pile, span, most - meeting):
            return False
        mine[pile].append(span)
    return all(
        day.counts[limit] + number <= most for limit, number, most in _counts(day.model, block)
    )


def _piles(model: DayModel, block: Block) -> list[tuple[str, Interval, int]]:
    """Spans by what may not pile up, with how many are allowed at once."""
    slot, goals, doctors = block.slot, model.goals, model.facts.doctor_count
    found: list[tuple[str, Interval, int]] = []
    for start in block.starts:
        span = (start, start + slot.minutes)
        if slot.minutes >= goals.long_minutes and slot.stages[0].chair_kind is not None:
            found.append(("long", span, goals.most_long_at_once * doctors))
        if slot.purpose is Purpose.START and slot.doctor_minutes:
            found.append(("start", (start, start + first_doctor_minutes(slot)), doctors))
        for limit in model.facts.practice.limits:
            if limit.at_once is not None and slot.procedure.code in limit.procedures:
                found.append((f"limit {limit.id}", span, limit.at_once))
    return found


def _counts(model: DayModel, block: Block) -> list[tuple[str, int, int]]:
    """How many of a limited thing the block takes, and how many there are on the day."""
    found = [
        (f"limit {limit.id}", block.count, limit.per_day)
        for limit in model.facts.practice.limits
        if limit.per_day is not None and block.slot.procedure.code in limit.procedures
    ]
    if block.slot.hold:
        number = model.wanted[block.slot]
        early = morning_places(number, model.goals.holds)
        for part, there, most in (("morning", True, early), ("later", False, number - early)):
            count = sum((start < NOON) is there for start in block.starts)
            found.append((f"holds {part}", count, most))
    return found


def values_of(day: HandDay, rows: PricedRows) -> Values | None:
    """All columns: what was taken, then the least that the priced rows ask for."""
    model = day.model
    values = np.zeros(model.program.size, dtype=np.int64)
    for _, column, _ in day.placed:
        values[column] += 1
    for slot, missing in model.missing.items():
        values[missing] = day.left[slot]
    for share in day.shares:
        values[model.shares[share]] += 1
    for piece, begin, nominal, crew in day.given:
        values[model.given[piece, begin, crew]] += 1
        for minute in range(nominal, begin, model.grid):
            values[model.waiting[piece, minute]] += 1
    return values if rows.settle(values) else None
