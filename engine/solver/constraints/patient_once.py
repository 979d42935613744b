"""Rule `patient_once`: two visits of one patient never overlap."""

from collections import defaultdict
from itertools import combinations

import numpy as np

from engine.practice import Problem, Visit
from engine.solver.day_facts import DayFacts
from engine.solver.model import Item, Model
from engine.solver.program import Ints
from engine.solver.spans import DAY_KEY, active_at, find
from engine.units import MINUTES_PER_DAY, Interval, subtract, to_minutes
from engine.yardsticks import stages_of


def start_windows(
    problem: Problem, facts: DayFacts, visit: Visit, length: int
) -> tuple[Interval, ...]:
    """Start minutes that do not run into a frozen booking of the same patient."""
    if visit.patient not in problem.bookings_of_patient:
        return ((0, MINUTES_PER_DAY),)
    taken: list[Interval] = []
    for booking in problem.bookings_of_patient.get(visit.patient, ()):
        other = booking.visit.id != visit.id
        if other and booking.date == facts.day and not booking.movable:
            start = to_minutes(booking.start)
            end = start + stages_of(problem, booking.visit)[-1].end
            taken.append((max(0, start - length + 1), end))
    return subtract([(0, MINUTES_PER_DAY)], taken)


def add(model: Model) -> None:
    """Per pair of a patient's items, date and moment: at most one of them is under way."""
    by_patient: dict[str, list[Item]] = defaultdict(list)
    for item in model.items.values():
        by_patient[item.visit.patient].append(item)
    for items in by_patient.values():
        for one, other in combinations(items, 2):
            ordered = {follows.visit for follows in (*one.visit.follows, *other.visit.follows)}
            if not ordered & {one.visit.id, other.visit.id}:
                _never_together(model, one, other)


def _intervals(model: Model, item: Item) -> tuple[Ints, Ints, Ints]:
    """Start, end and column of every place of the item; times count on from date to date."""
    choices, here = model.choices, model.choices.of(item.number)
    length, from_day = item.kind.length, choices.day[here] * DAY_KEY
    start, end = from_day + choices.first[here], from_day + choices.last[here] + length
    column = choices.column[here]
    if item.booking is not None:
        day = model.day_number[item.booking.date] * DAY_KEY
        kept = day + to_minutes(item.booking.start)
        start, end = np.append(start, kept), np.append(end, kept + length)
        column = np.append(column, item.keep)
    return start, end, column


def _never_together(model: Model, one: Item, other: Item) -> None:
    sides = [_intervals(model, one), _intervals(model, other)]
    moments = np.unique(np.concatenate([start for start, _, _ in sides]))
    active = [active_at(moments, start, end) for start, end, _ in sides]
    # A row only where both may be under way.
    both = np.intersect1d(active[0][1], active[1][1])
    parts: list[tuple[Ints, Ints, int | Ints]] = []
    for (_, _, column), (place, moment) in zip(sides, active, strict=True):
        row = find(both, moment)
        parts.append((row[row >= 0], column[place][row >= 0], 1))
    model.program.rows("patient_once", len(both), parts, upper=1)
