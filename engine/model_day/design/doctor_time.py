"""Rows of doctor time: each piece begins inside its float, and no doctor is in two places.

Pieces of the same length and float are served in the order of their nominal moments, which is
earliest deadline first; so counts of those that wait say all there is to say.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from engine.model_day.design.day_model import DayModel, Piece
from engine.model_day.design.rooms_and_people import relief_columns
from engine.model_day.design.type_facts import Crew
from engine.model_day.design.under_way import Weighted, at_most
from engine.practice import DoctorRuleKind
from engine.units import Interval, covers, overlap_minutes


def add_doctor_time(model: DayModel, relief: bool = False) -> None:
    """Moments of all pieces, and the practice's doctor rule over them."""
    hands = _Hands()
    for piece, moments in _nominal_moments(model).items():
        _add_piece(model, piece, moments, hands, relief)
    rule = model.facts.practice.doctor_rule
    for crew, uses in hands.by_crew.items():
        if rule.kind is DoctorRuleKind.EXACT:
            at_most(model.program, "doctor_once", uses, len(crew.members))
        else:
            _units(model, uses)
    if relief:
        extra = relief_columns(model, "doctor")
        at_most(model.program, "doctor_once", hands.missing, 0, extra, model.grid)


@dataclass(slots=True)
class _Hands:
    """Pieces of doctor time by who gives them; `missing`: those of doctors who are not there."""

    by_crew: dict[Crew, list[Weighted]] = field(default_factory=lambda: defaultdict(list))
    missing: list[Weighted] = field(default_factory=list)


Moments = dict[int, dict[int, int]]
"""Columns of blocks, with how often, by the nominal minute of their doctor time."""


def _nominal_moments(model: DayModel) -> dict[Piece, Moments]:
    nominal: dict[Piece, Moments] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for block, column in model.blocks:
        for stage in block.slot.stages:
            for piece in stage.doctor:
                late = piece.float_minutes // model.grid * model.grid
                for start in block.starts:
                    nominal[piece.minutes, late, block.doctor][start + piece.offset][column] += 1
    return nominal


def _add_piece(
    model: DayModel, piece: Piece, moments: Moments, hands: _Hands, relief: bool
) -> None:
    """At each step: who waited and who arrives are those who begin and those who wait on."""
    grid, program, (minutes, late, named) = model.grid, model.program, piece
    last = max(moments) + late
    before: int | None = None
    for minute in range(min(moments), last + 1, grid):
        span = (minute, minute + minutes)
        begun = []
        for crew in model.facts.doctors:
            may = named is None or named in crew.members
            if may and covers(crew.present, span):
                most = len(crew.members) * _at_one_moment(model, span)
                column = program.column(0, most, minute=minute)
                model.given[piece, minute, crew] = column
                hands.by_crew[crew].append((span, column, 1))
                begun.append(column)
        if relief:
            begun.append(program.column(0, 99))
            hands.missing.append((span, begun[-1], 1))
        waiting = _waiting(model, piece, moments, minute) if minute < last else None
        flow = dict(moments.get(minute, {})) | dict.fromkeys(begun, -1)
        if before is not None:
            flow[before] = 1
        if waiting is not None:
            flow[waiting] = -1
        if flow:
            program.row("doctor_once", list(flow), list(flow.values()), lower=0, upper=0)
        before = waiting


def _at_one_moment(model: DayModel, span: Interval) -> int:
    """Pieces that one doctor may begin at once: by units, as many as fill none of their slots."""
    rule = model.facts.practice.doctor_rule
    if rule.kind is DoctorRuleKind.EXACT:
        return 1
    return min(rule.units * rule.unit_minutes // there for _, there in _slots(model, span))


def _slots(model: DayModel, span: Interval) -> list[tuple[int, int]]:
    """Slots of the doctor rule that a span touches, with its minutes there."""
    size = model.facts.practice.doctor_rule.slot_minutes
    return [
        (slot, overlap_minutes(span, (slot * size, (slot + 1) * size)))
        for slot in range(span[0] // size, -(-span[1] // size))
    ]


def _waiting(model: DayModel, piece: Piece, moments: Moments, minute: int) -> int | None:
    """How many wait on after this step; None where nobody can, since the float is used up."""
    recent = _recent(moments, minute, piece[1], model.grid)
    if not recent:
        return None
    waiting = model.priced("waiting", 99, model.rules.prices.waiting_step)
    model.waiting[piece, minute] = waiting
    factors = [1, *(-factor for factor in recent.values())]
    model.program.row("float", [waiting, *recent], factors, upper=0)
    return waiting


def _recent(moments: Moments, minute: int, late: int, grid: int) -> dict[int, int]:
    """Columns of the pieces that may still wait after `minute`: nominal in (minute - late, minute].

    A piece whose nominal moment is `late` before has to begin now.
    """
    found: dict[int, int] = defaultdict(int)
    for moment in range(minute - late + grid, minute + 1, grid):
        for column, count in moments.get(moment, {}).items():
            found[column] += count
    return found


def _units(model: DayModel, uses: list[Weighted]) -> None:
    """So many minutes in each slot of the practice's doctor rule; each doctor is a crew here."""
    rule = model.facts.practice.doctor_rule
    entries: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for span, column, amount in uses:
        for slot, there in _slots(model, span):
            entries[slot][column] += amount * there
    for counts in entries.values():
        most = rule.units * rule.unit_minutes
        model.program.row("doctor_once", list(counts), list(counts.values()), upper=most)
