"""The cells of a designed day: blocks of one class that touch on a column are one cell."""

from collections import defaultdict
from dataclasses import dataclass

from engine.model_day.design.decode import Seated
from engine.model_day.design.type_facts import TypeFacts
from engine.model_day.goals import Goals
from engine.practice import Cell, ModelDay, Policy, Quota, ReleaseStep
from engine.practice.model_days import ANY_CLASS
from engine.units import Interval, to_clock

ON_THE_DAY = ReleaseStep(days_before=0, accepts=(ANY_CLASS,))


@dataclass(frozen=True, slots=True)
class _Piece:
    procedure_class: str
    hold: bool
    span: Interval


def model_day_of(facts: TypeFacts, goals: Goals, policy: Policy, seated: list[Seated]) -> ModelDay:
    """Cells, fallbacks, releases, and as quotas what the day was planned with."""
    columns: dict[_Piece, list[str]] = defaultdict(list)
    for chair, pieces in _by_chair(facts, seated).items():
        for piece in pieces:
            columns[piece].append(chair)
    order = {chair.id: at for at, chair in enumerate(facts.practice.chairs)}
    listed = sorted(
        ((sorted(chairs, key=order.__getitem__), piece) for piece, chairs in columns.items()),
        key=lambda one: (order[one[0][0]], one[1].span),
    )
    early = _early_holds(listed, seated)
    takes = _fallbacks(facts, goals)
    cells = tuple(
        Cell(
            id=f"{facts.day_type.id}-{number:02d}",
            procedure_class=piece.procedure_class,
            columns=tuple(chairs),
            start=to_clock(piece.span[0]),
            end=to_clock(piece.span[1]),
            hold=piece.hold,
            fallbacks=() if piece.hold else takes.get(piece.procedure_class, ()),
            release=_release(piece, goals, policy, piece in early),
        )
        for number, (chairs, piece) in enumerate(listed, start=1)
    )
    places: dict[str, int] = defaultdict(int)
    for one in seated:
        if one.chairs:
            places[one.block.slot.procedure_class] += one.block.count
    quotas = tuple(Quota(procedure_class=name, target=n) for name, n in sorted(places.items()))
    return ModelDay(id=facts.day_type.id, title=facts.day_type.title, cells=cells, quotas=quotas)


def _by_chair(facts: TypeFacts, seated: list[Seated]) -> dict[str, list[_Piece]]:
    """Merged pieces of every chair, cut where patient hours end."""
    raw: dict[str, list[_Piece]] = defaultdict(list)
    closing = max(end for _, end in facts.open)
    for one in seated:
        slot = one.block.slot
        for chair, (_, (start, end)) in zip(one.chairs, one.block.places, strict=True):
            span = (max(start, facts.open[0][0]), min(end, closing))
            raw[chair].append(_Piece(slot.procedure_class, slot.hold, span))
    merged: dict[str, list[_Piece]] = {}
    for chair, pieces in raw.items():
        found: list[_Piece] = []
        for piece in sorted(pieces, key=lambda one: one.span):
            if found and _joins(found[-1], piece):
                first = found.pop().span[0]
                found.append(_Piece(piece.procedure_class, piece.hold, (first, piece.span[1])))
            else:
                found.append(piece)
        merged[chair] = found
    return merged


def _joins(one: _Piece, other: _Piece) -> bool:
    same = one.procedure_class == other.procedure_class and one.hold == other.hold
    return same and one.span[1] == other.span[0]


def _early_holds(listed: list[tuple[list[str], _Piece]], seated: list[Seated]) -> set[_Piece]:
    """Cells with the first half, rounded down, of the day's holds: they open the day before.

    A cell opens as a whole, so one that would make it more than half stays shut.
    """
    holds = [
        (one.chairs[0], start)
        for one in seated
        if one.block.slot.hold and one.chairs
        for start in one.block.starts
    ]
    left, early = len(holds) // 2, set()
    for chairs, piece in sorted(listed, key=lambda one: one[1].span):
        inside = sum(
            chair in chairs and piece.span[0] <= start < piece.span[1] for chair, start in holds
        )
        if piece.hold and inside <= left:
            left -= inside
            early.add(piece)
    return early


def _release(
    piece: _Piece, goals: Goals, policy: Policy, early: bool
) -> tuple[ReleaseStep, ...] | None:
    """Holds open late: some the day before, all on the day. Others follow the policy."""
    if not piece.hold:
        return None
    if early and goals.holds.early_release is not None:
        return goals.holds.early_release, ON_THE_DAY
    known = any(ladder.procedure_class == piece.procedure_class for ladder in policy.release)
    return None if known else (ON_THE_DAY,)


def _fallbacks(facts: TypeFacts, goals: Goals) -> dict[str, tuple[str, ...]]:
    """Stated ones; else those of the practice's present cells."""
    if goals.fallbacks:
        return {one.procedure_class: one.takes for one in goals.fallbacks}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for model_day in facts.practice.model_days:
        for cell in model_day.cells:
            found[cell.procedure_class].update(dict.fromkeys(cell.fallbacks))
    return {name: tuple(takes) for name, takes in found.items()}
