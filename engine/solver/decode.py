"""From counts to a schedule: match visits to starts, name seats, write segments."""

from dataclasses import dataclass

from engine.schedule import Placement, Schedule, Unplaced
from engine.solver.constraints.pattern import segments_of
from engine.solver.matching import HallCut, match_items
from engine.solver.model import Model, Start
from engine.solver.seating import Seats, seat
from engine.solver.solved import Values


@dataclass(frozen=True, slots=True)
class Decoded:
    """A schedule, or the cuts that forbid these counts."""

    schedule: Schedule | None
    cuts: tuple[HallCut, ...] = ()


def decode(model: Model, values: Values) -> Decoded:
    """The schedule that a solution stands for."""
    given, cuts = match_items(model, values)
    if cuts:
        return Decoded(None, tuple(cuts))
    for visit_id, starts in model.kept_starts.items():
        for start in starts:
            if values[start.column]:
                given[visit_id] = start
    seats = seat(model, values, given)
    placements = tuple(
        _placement(model, visit_id, start, seats)
        for visit_id, start in sorted(
            given.items(), key=lambda entry: (entry[1].day, entry[1].minute, entry[0])
        )
    )
    gone = [(visit_id, item) for visit_id, item in model.items.items() if values[item.unplaced]]
    return Decoded(
        Schedule(
            start=model.horizon.start,
            days=model.horizon.days,
            placements=placements,
            unplaced=tuple(Unplaced(visit=v, reason="no-room") for v, i in gone if not i.booking),
            displaced=tuple(v for v, item in gone if item.booking),
        )
    )


def _placement(model: Model, visit_id: str, start: Start, seats: Seats) -> Placement:
    booking = model.kept.get(visit_id) if start in model.kept_starts.get(visit_id, []) else None
    chairs: dict[int, str | None] = {}
    staff: dict[int, str | None] = {}
    first_chair = next((s.index for s in start.kind.stages if s.chair_kind is not None), None)
    for stage in start.kind.stages:
        if stage.chair_kind is not None:
            chairs[stage.index] = seats.get((visit_id, ("chair", stage.index)))
            if booking is not None and stage.index == first_chair:
                chairs[stage.index] = chairs[stage.index] or booking.chair
        if stage.role is not None:
            staff[stage.index] = seats.get((visit_id, ("staff", stage.index)))
    doctor = seats.get((visit_id, ("doctor", 0)))
    segments = segments_of(start.kind, start.minute, start.doctor_offsets, chairs, staff, doctor)
    return Placement(visit=visit_id, date=model.days[start.day].day, segments=segments)
