"""From a schedule back to values of columns: a hint for the search, and a test of the model.

A complete known-good schedule must be accepted by the model; that is the cheapest guard against a
model that forbids too much.
"""

import numpy as np
import numpy.typing as npt

from engine.schedule import Placement, Schedule
from engine.solver.day_facts import DayFacts, ResourceClass
from engine.solver.model import Item, ItemColumn, Model, Slot, Start
from engine.units import to_minutes


class NotInModelError(Exception):
    """The schedule has a placement that the model has no column for; the message says which."""


def hint_of(model: Model, schedule: Schedule) -> dict[int, int]:
    """Values for the search to start from: places and counts of everything the model offers.

    Shares are left to the solver: a schedule made by hand may seat the book differently.
    """
    hint: dict[int, int] = {}
    for visit_id, item in model.items.items():
        columns = [choice.column for choice in item.columns] + [item.unplaced]
        hint.update(dict.fromkeys(columns, 0))
        try:
            hint[_place_of(model, item, schedule.placement_of.get(visit_id))] = 1
        except NotInModelError:
            hint[item.unplaced] = 1
    for starts in model.starts.values():
        hint.update({start.column: 0 for start in starts})
    for visit_id, item in model.items.items():
        placement = schedule.placement_of.get(visit_id)
        if placement is not None and hint[item.unplaced] == 0 and not _is_kept(item, placement):
            hint[_start_of(model, item, placement).column] += 1
    return hint


def _place_of(model: Model, item: Item, placement: Placement | None) -> int:
    if placement is None:
        return item.unplaced
    if _is_kept(item, placement):
        return item.keep
    start = _start_of(model, item, placement)
    return _choice_of(model, item, placement, start).column


def values_of(model: Model, schedule: Schedule) -> npt.NDArray[np.int64]:
    """Values of places, counts and shares; pricing columns stay 0. NotInModelError if outside."""
    values = np.array(model.program.lower, dtype=np.int64)
    for visit_id, item in model.items.items():
        placement = schedule.placement_of.get(visit_id)
        if placement is None:
            values[item.unplaced] += 1
        elif not _is_kept(item, placement):
            start = _start_of(model, item, placement)
            values[_choice_of(model, item, placement, start).column] += 1
            _count(model, values, start, placement)
        else:
            values[item.keep] = 1
    for visit_id, starts in model.kept_starts.items():
        placement = schedule.placement_of.get(visit_id)
        if placement is None or values[model.keep_column[visit_id]] == 0:
            continue
        kept = _same_doctor_time(starts, placement)
        if kept is None:
            raise NotInModelError(f"{visit_id}: doctor moments {placement.segments}")
        if kept.column != model.keep_column[visit_id]:
            values[kept.column] = 1
        _count_uses(model, values, kept, placement)
    return values


def _is_kept(item: Item, placement: Placement) -> bool:
    booking = item.booking
    return (
        booking is not None and booking.date == placement.date and booking.start == placement.start
    )


def _start_of(model: Model, item: Item, placement: Placement) -> Start:
    day = model.day_number.get(placement.date, -1)
    minute = to_minutes(placement.start)
    here = [s for s in model.starts.get((item.kind.key, day), []) if s.minute == minute]
    start: Start | None = _same_doctor_time(here, placement)
    if start is None:
        raise NotInModelError(f"{item.visit.id}: no start {placement.date} {placement.start}")
    return start


def _same_doctor_time(starts: list[Start], placement: Placement) -> Start | None:
    begin = to_minutes(placement.start)
    moments = tuple(to_minutes(s.start) - begin for s in placement.segments if s.doctor_time)
    doctor = next((s.doctor for s in placement.segments if s.doctor_time), None)
    for name in (doctor, None):
        for start in starts:
            if start.doctor_offsets == moments and start.doctor == name:
                return start
    return None


def _choice_of(model: Model, item: Item, placement: Placement, start: Start) -> ItemColumn:
    doctor = next((s.doctor for s in placement.segments if s.doctor_time), None)
    fitting = [
        choice
        for choice in item.columns
        if choice.day == start.day
        and choice.first <= start.minute <= choice.last
        and choice.doctor in {None, doctor if start.doctor is not None else None}
    ]
    if not fitting:
        raise NotInModelError(f"{item.visit.id}: not offered {placement.date} {placement.start}")
    return min(fitting, key=lambda choice: model.program.cost[choice.column])


def _count(model: Model, values: npt.NDArray[np.int64], start: Start, placement: Placement) -> None:
    values[start.column] += 1
    _count_uses(model, values, start, placement)


def _count_uses(
    model: Model, values: npt.NDArray[np.int64], start: Start, placement: Placement
) -> None:
    for slot, key in start.uses:
        name = _name_in(placement, slot)
        shares = model.uses[key].shares
        for people in _classes(model.days[key.day], key.family):
            if name in people.members and people.id in shares:
                values[shares[people.id]] += 1
                break
        else:
            raise NotInModelError(f"{placement.visit}: {name} cannot serve {slot} at {key}")


def _name_in(placement: Placement, slot: Slot) -> str | None:
    for segment in placement.segments:
        if slot[0] == "doctor" and segment.doctor_time:
            return segment.doctor
        if slot[0] == "chair" and segment.stage == slot[1]:
            return segment.chair
        if slot[0] == "staff" and segment.stage == slot[1]:
            return segment.staff
    return None


def _classes(facts: DayFacts, family: str) -> tuple[ResourceClass, ...]:
    name, _, which = family.partition(":")
    if name == "doctor":
        return facts.doctors
    if name == "chair":
        return facts.chairs[which]
    return next(people for role, people in facts.staff.items() if role.value == which)
