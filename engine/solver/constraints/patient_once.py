"""Rule `patient_once`: two visits of one patient never overlap."""

from collections import defaultdict
from itertools import combinations

from engine.practice import Problem, Visit
from engine.solver.day_facts import DayFacts
from engine.solver.model import Item, Model
from engine.units import MINUTES_PER_DAY, Interval, subtract, to_minutes
from engine.yardsticks import stages_of


def start_windows(
    problem: Problem, facts: DayFacts, visit: Visit, length: int
) -> tuple[Interval, ...]:
    """Start minutes that do not run into a frozen booking of the same patient."""
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


def _intervals(model: Model, item: Item) -> list[tuple[int, int, int, int]]:
    """(date number, start, end, column) for every place of the item."""
    length = item.kind.length
    found = [(c.day, c.first, c.last + length, c.column) for c in item.columns]
    if item.booking is not None:
        start = to_minutes(item.booking.start)
        found.append((model.day_number[item.booking.date], start, start + length, item.keep))
    return found


def _never_together(model: Model, one: Item, other: Item) -> None:
    first, second = _intervals(model, one), _intervals(model, other)
    for day in range(len(model.days)):
        a = [interval for interval in first if interval[0] == day]
        b = [interval for interval in second if interval[0] == day]
        for moment in sorted({start for _, start, _, _ in (*a, *b)}):
            under_way = [
                [column for _, start, end, column in side if start <= moment < end]
                for side in (a, b)
            ]
            if all(under_way):
                model.program.row("patient_once", under_way[0] + under_way[1], upper=1)
