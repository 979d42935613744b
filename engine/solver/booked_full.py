"""Where the book leaves nobody: minutes that no new visit can use, found before any solving.

In a week that is nine tenths booked most starts are impossible, and dropping them here makes the
model small. Counting members present is a necessary condition, so nothing possible is dropped.
"""

from collections import Counter, defaultdict

from engine.practice import DoctorRuleKind, Role
from engine.solver.day_facts import DayFacts, ResourceClass
from engine.solver.model import Model, Start
from engine.units import Interval, merge


def full_minutes(model: Model) -> dict[tuple[str, int], tuple[Interval, ...]]:
    """Per family and date: minutes at which frozen bookings need every member present."""
    need: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for visit_id, starts in model.kept_starts.items():
        if model.program.lower[model.keep_column[visit_id]] == 0:
            continue
        for place, minutes in _certain(starts).items():
            need[place].update(minutes)
    by_units = model.problem.practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    full: dict[tuple[str, int], tuple[Interval, ...]] = {}
    for (family, day), minutes in need.items():
        if family == "doctor" and by_units:
            continue  # slots share minutes; a busy minute may still leave units
        there = _present(model.days[day], family)
        full[(family, day)] = merge(
            (minute, minute + 1) for minute, count in minutes.items() if count >= there[minute]
        )
    return full


def _certain(starts: list[Start]) -> dict[tuple[str, int], Counter[int]]:
    """What a booking needs at each minute, whichever of its ways the doctor comes."""
    ways = []
    for start in starts:
        way: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        for _, key in start.uses:
            way[(key.family, key.day)].update(range(key.start, key.end))
        ways.append(way)
    first, *others = ways
    for way in others:
        for place in first:
            first[place] &= way[place]
    return first


def _present(facts: DayFacts, family: str) -> Counter[int]:
    name, _, which = family.partition(":")
    classes: tuple[ResourceClass, ...]
    if name == "doctor":
        classes = facts.doctors
    elif name == "chair":
        classes = facts.chairs[which]
    else:
        classes = facts.staff[Role(which)]
    there: Counter[int] = Counter()
    for group in classes:
        for start, end in group.windows:
            for minute in range(start, end):
                there[minute] += len(group.members)
    return there
