"""Rows of a good day: long visits apart, bonds staggered, kits, holds over the day, fair hours."""

from collections import defaultdict
from dataclasses import dataclass

from engine.model_day.design.day_model import DayModel
from engine.model_day.design.slots import Slot
from engine.model_day.design.under_way import at_most
from engine.model_day.holds import morning_places
from engine.practice import Purpose
from engine.units import overlap_minutes, to_minutes

NOON = 12 * 60


def add_choreography(model: DayModel) -> None:
    """At most so many long visits at once; starts begin apart by their doctor time; kits."""
    doctors, goals = model.facts.doctor_count, model.goals
    long, bonds = [], []
    for block, column in model.blocks:
        slot = block.slot
        for start in block.starts:
            if slot.minutes >= goals.long_minutes and slot.stages[0].chair_kind is not None:
                long.append(((start, start + slot.minutes), column, 1))
            if slot.purpose is Purpose.START and slot.doctor_minutes:
                bonds.append(((start, start + first_doctor_minutes(slot)), column, 1))
    at_most(model.program, "long_at_once", long, goals.most_long_at_once * doctors)
    at_most(model.program, "staggered", bonds, doctors)
    for limit in model.facts.practice.limits:
        limited = [one for one in model.blocks if one[0].slot.procedure.code in limit.procedures]
        if limit.at_once is not None:
            spans = [
                ((start, start + block.slot.minutes), column, 1)
                for block, column in limited
                for start in block.starts
            ]
            at_most(model.program, "limits", spans, limit.at_once)
        if limit.per_day is not None and limited:
            counts = [block.count for block, _ in limited]
            model.program.row("limits", [c for _, c in limited], counts, upper=limit.per_day)


def first_doctor_minutes(slot: Slot) -> int:
    """Length of the first piece of doctor time."""
    return next(piece.minutes for stage in slot.stages for piece in stage.doctor)


def add_holds(model: DayModel) -> None:
    """The morning has its share of the holds, as far as they are there at all."""
    for slot, number in model.wanted.items():
        if not slot.hold:
            continue
        early = morning_places(number, model.goals.holds)
        blocks = [(block, column) for block, column in model.blocks if block.slot == slot]
        morning = [(column, _before_noon(block.starts)) for block, column in blocks]
        afternoon = any(block.starts[0] >= NOON for block, _ in blocks)
        morning = [(column, count) for column, count in morning if count]
        if not morning or not afternoon:
            continue
        columns, counts = [c for c, _ in morning], [n for _, n in morning]
        model.program.row("holds", [model.missing[slot], *columns], [1, *counts], lower=early)
        model.program.row("holds", columns, counts, upper=early)


def _before_noon(starts: tuple[int, ...]) -> int:
    return sum(start < NOON for start in starts)


def add_fair_hours(model: DayModel) -> None:
    """Every class that may be seen after school has its share of the places there.

    Or as many as it is short of, at a price for each.
    """
    for share in fair_shares(model):
        short = model.priced("unfair", share.places, model.rules.prices.unfair_place)
        row = [short, *share.late]
        model.program.row("fair", row, [1, *share.late.values()], lower=share.places)


@dataclass(frozen=True, slots=True)
class FairShare:
    """Places after school that a class would have. `late`: those of a block, by its column.

    Of n places, floor(n x hours after school / hours of the day).
    """

    procedure_class: str
    places: int
    late: dict[int, int]


def fair_shares(model: DayModel) -> list[FairShare]:
    """Of every class that may have at least one place after school; holds are nobody's."""
    after = to_minutes(model.facts.practice.after_school)
    late = sum(max(0, end - max(start, after)) for start, end in model.facts.open)
    whole = model.facts.open_minutes
    by_class: dict[str, int] = defaultdict(int)
    there: dict[str, dict[int, int]] = defaultdict(dict)
    for slot, number in model.wanted.items():
        if not slot.hold and slot.stages[0].chair_kind is not None:
            by_class[slot.procedure_class] += number
    for block, column in model.blocks:
        count = sum(start >= after for start in block.starts)
        if count and not block.slot.hold:
            there[block.slot.procedure_class][column] = count
    found = []
    for name, number in by_class.items():
        fair = number * late // whole if whole else 0
        if fair and name in there:
            found.append(FairShare(name, fair, there[name]))
    return found


def clinic_minutes_in(start: int, slot: Slot, span: tuple[int, int]) -> int:
    """Clinic chair minutes of one slot in a span, without turnover."""
    return sum(
        overlap_minutes((start + stage.start, start + stage.end), span)
        for stage in slot.stages
        if stage.chair_kind is not None and stage.chair_kind.value == "clinic"
    )
