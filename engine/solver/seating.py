"""Who sits where: members of a class are named one by one, in order of start.

Inside a class any free member will do, so the choice follows the practice's wishes: a booking
keeps its chair, new visits keep out of chairs that bookings will need, an assistant stays with a
column, a preferred assistant comes first.
"""

from collections import defaultdict
from dataclasses import dataclass

from engine.practice import DoctorRuleKind
from engine.solver.model import Model, Slot, Start, UseKey
from engine.solver.solved import Values
from engine.units import Interval, overlaps


@dataclass(slots=True)
class _Need:
    """One use of one visit: whom it goes to is open."""

    visit: str
    slot: Slot
    key: UseKey
    wished: str | None


Seats = dict[tuple[str, Slot], str]
"""(visit id, what for) -> chair, person or doctor."""


class SeatingError(Exception):
    """Counts that no naming can serve: a bug of the model, never of the input."""


def seat(model: Model, values: Values, given: dict[str, Start]) -> Seats:
    """Name a chair, a person and a doctor for every use of every placed visit."""
    needs = [
        _Need(visit, slot, key, _wish(model, visit, slot))
        for visit, start in given.items()
        for slot, key in start.uses
    ]
    seats: Seats = {}
    by_units = model.problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    for family in ("chair", "staff", "doctor"):
        for place, group in _by_class(model, values, needs, family).items():
            if family == "doctor" and by_units:
                # By units every doctor is a class of one, who may have two patients in a minute.
                (doctor,) = _members(model, *place)
                seats.update({(need.visit, need.slot): doctor for need in group})
            else:
                _color(model, place, group, seats)
    return seats


def _wish(model: Model, visit: str, slot: Slot) -> str | None:
    booking = model.kept.get(visit)
    if slot[0] == "chair" and booking is not None:
        return booking.chair
    if slot[0] == "staff":
        return model.problem.all_visits[visit].preferred_assistant
    return None


def _members(model: Model, family: str, day: int, class_id: int) -> tuple[str, ...]:
    facts = model.days[day]
    name, _, which = family.partition(":")
    if name == "doctor":
        classes = facts.doctors
    elif name == "chair":
        classes = facts.chairs[which]
    else:
        classes = next(people for role, people in facts.staff.items() if role.value == which)
    return classes[class_id].members


def _by_class(
    model: Model, values: Values, needs: list[_Need], family: str
) -> dict[tuple[str, int, int], list[_Need]]:
    """Deal the uses to classes as counted, each wish to the class that can grant it first."""
    by_key: dict[UseKey, list[_Need]] = defaultdict(list)
    for need in needs:
        if need.key.family.partition(":")[0] == family:
            by_key[need.key].append(need)
    dealt: dict[tuple[str, int, int], list[_Need]] = defaultdict(list)
    for key, group in by_key.items():
        left = {c: int(values[column]) for c, column in model.uses[key].shares.items()}
        waiting: list[_Need] = []
        for need in group:
            granting = [
                c
                for c, count in left.items()
                if count and need.wished in _members(model, key.family, key.day, c)
            ]
            if granting:
                left[granting[0]] -= 1
                dealt[(key.family, key.day, granting[0])].append(need)
            else:
                waiting.append(need)
        for need in waiting:
            open_class = next((c for c, count in left.items() if count), None)
            if open_class is None:
                raise SeatingError(f"{need.visit}: no class left for {key}")
            left[open_class] -= 1
            dealt[(key.family, key.day, open_class)].append(need)
    return dealt


def _color(model: Model, place: tuple[str, int, int], group: list[_Need], seats: Seats) -> None:
    members = _members(model, *place)
    free_from = dict.fromkeys(members, 0)
    reserved: dict[str, list[Interval]] = defaultdict(list)
    for need in group:
        if need.wished in free_from:
            reserved[need.wished].append((need.key.start, need.key.end))
    last_chair: dict[str, str | None] = {}
    for need in sorted(group, key=lambda n: (n.key.start, n.wished is None, n.visit)):
        start, end = need.key.start, need.key.end
        free = [member for member in members if free_from[member] <= start]
        if not free:
            raise SeatingError(f"{need.visit}: nobody of {members} is free at minute {start}")
        chair = seats.get((need.visit, ("chair", need.slot[1])))

        def rank(member: str, need: _Need = need, chair: str | None = chair) -> tuple[int, ...]:
            span = (need.key.start, need.key.end)
            return (
                member != need.wished,
                any(overlaps(span, taken) for taken in reserved[member]),
                last_chair.get(member) != chair,
                member in last_chair,
                -free_from[member],
            )

        best = min(free, key=rank)
        seats[(need.visit, need.slot)] = best
        free_from[best] = end
        if need.slot[0] == "staff":
            last_chair[best] = chair
