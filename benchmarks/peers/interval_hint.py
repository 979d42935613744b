"""The week filled by hand as a hint to the interval model."""

from collections.abc import Iterable, Sequence

from benchmarks.peers.interval_model import Chosen, IntervalModel, Slot
from engine.schedule import Placement
from engine.units import to_minutes


def add_hint(model: IntervalModel, placements: Iterable[Placement]) -> None:
    """Hints presence, start, seats and the moments of the doctor of every visit."""
    given = {placement.visit: placement for placement in placements}
    for visit_id, slots in model.slots.items():
        placement = given.get(visit_id)
        model.cp.add_hint(model.unplaced[visit_id], placement is None)
        for day, slot in slots.items():
            here = placement is not None and placement.date == day
            model.cp.add_hint(slot.present, here)
            if here and placement is not None:
                _hint_slot(model, slot, placement)
            else:
                _hint_nobody(model, slot)


def _hint_slot(model: IntervalModel, slot: Slot, placement: Placement) -> None:
    practice = model.problem.practice
    model.cp.add_hint(slot.start, to_minutes(placement.start))
    chairs = {segment.stage: segment.chair for segment in placement.segments}
    staff = {segment.stage: segment.staff for segment in placement.segments}
    chair_ids = [chair.id for chair in practice.chairs]
    staff_ids = [person.id for person in practice.staff]
    for stage, (chair_ways, staff_ways) in enumerate(zip(slot.chairs, slot.staff, strict=True)):
        _hint_ways(model, slot, chair_ways, chair_ids, chairs[stage])
        _hint_ways(model, slot, staff_ways, staff_ids, staff[stage])
    times = [segment for segment in placement.segments if segment.doctor_time]
    for literal, row in slot.doctors:
        if literal is not slot.present:
            model.cp.add_hint(literal, model.problem.doctors[row].id == times[0].doctor)
    for begin, segment in zip(slot.doctor_begins, times, strict=True):
        if begin is not None:
            model.cp.add_hint(begin, to_minutes(segment.start))


def _hint_ways(
    model: IntervalModel, slot: Slot, ways: Sequence[Chosen], ids: list[str], name: str | None
) -> None:
    for way in ways:
        if way.literal is not slot.present:
            model.cp.add_hint(way.literal, name in [ids[row] for row in way.group.rows])


def _hint_nobody(model: IntervalModel, slot: Slot) -> None:
    literals = [way.literal for ways in (*slot.chairs, *slot.staff) for way in ways]
    literals += [literal for literal, _ in slot.doctors]
    for literal in literals:
        if literal is not slot.present:
            model.cp.add_hint(literal, False)
