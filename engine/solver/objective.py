"""The prices that belong to no single visit: households, doctor load, chains, even days."""

from collections import Counter, defaultdict
from itertools import combinations

from engine.practice import Booking, DoctorRuleKind, Visit
from engine.solver.model import Model
from engine.solver.uses import doctor_demand, lacking_intervals
from engine.units import overlap_minutes, to_minutes
from engine.yardsticks import (
    clinic_minutes,
    doctor_limit_minutes,
    doctors_present,
    even_shares,
)

_Demand = tuple[int, int, list[int]]
"""Doctor time [start, end) and the columns whose sum counts it."""


def price_unplaced(model: Model) -> None:
    """Columns for items without a time, and the costs of bookings that stay."""
    program = model.program
    for item in model.items.values():
        visit = item.visit
        cost = model.personal(model.costs.unplaced(visit.id))
        missed = bool(visit.wishes) + bool(visit.preferred_doctor and item.kind.doctor)
        cost += missed * model.price("preferences_missed")
        gone = "unplaced_visits" if item.booking is None else "displaced_bookings"
        item.unplaced = program.column(0, 1, cost + model.price(gone))
    for visit_id, booking in model.kept.items():
        hour = booking.start.hour
        cost = model.personal(model.costs.at(visit_id, booking.date, hour))
        program.cost[model.keep_column[visit_id]] += cost


def price_households(model: Model) -> None:
    """One price per household that does not come together.

    A column per date and first minute k says: all members start in [k, k + together]. It is at
    most the places of each member there; apart = 1 - sum of these columns.
    """
    members: dict[str, list[tuple[Visit, Booking | None]]] = defaultdict(list)
    for visit in model.problem.visits_for(model.horizon):
        if visit.household is not None:
            members[visit.household].append((visit, None))
    for booking in model.kept.values():
        if booking.visit.household is not None:
            members[booking.visit.household].append((booking.visit, booking))
    price = model.price("households_apart")
    for family in members.values():
        if len(family) < 2 or not any(visit.id in model.items for visit, _ in family):
            continue
        model.program.constant += price
        model.reducible += price
        places = [_places(model, visit, booking) for visit, booking in family]
        together: list[int] = []
        for day, minute in sorted({place for own in places for place in own}):
            latest = minute + model.problem.policy.together_minutes
            near = [
                [c for (d, m), cs in own.items() if d == day and minute <= m <= latest for c in cs]
                for own in places
            ]
            if all(near):
                column = model.program.column(0, 1, -price, day=day)
                together.append(column)
                for columns in near:
                    model.program.sum_at_most("households", [column], columns)
        model.program.row("households", together, upper=1)


def _places(
    model: Model, visit: Visit, booking: Booking | None
) -> dict[tuple[int, int], list[int]]:
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    item = model.items.get(visit.id)
    for choice in item.columns if item else ():
        places[(choice.day, choice.first)].append(choice.column)
    if booking is not None:
        place = (model.day_number[booking.date], to_minutes(booking.start))
        places[place].append(model.keep_column[visit.id])
    return places


def price_doctor_load(model: Model) -> None:
    """Minutes above the load limit per clock hour, and starts of chains without a gap.

    Doctor time that a booking goes without is asked for all the same, as long as it stays.
    """
    grid = model.problem.practice.grid_minutes
    exact = model.problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    for day, facts in enumerate(model.days):
        demand = doctor_demand(model, day)
        lacking = [
            (low, high, [model.keep_column[lack[0]]])
            for lack, low, high in lacking_intervals(model, day, "doctor")
        ]
        spans = [(start, end) for start, end, _ in (*demand, *lacking)]
        for hour in sorted({m // 60 for s, e in spans for m in range(s, e, grid)}):
            _price_hour(model, day, hour, [*demand, *lacking])
        if exact and spans:
            present = {
                minute: doctors_present(model.problem, facts.day, minute)
                for minute in range(0, 1440, grid)
            }
            _price_chains(model, day, demand, lacking, present)


def _price_hour(model: Model, day: int, hour: int, demand: list[_Demand]) -> None:
    span = (hour * 60, hour * 60 + 60)
    limit = doctor_limit_minutes(model.problem, model.days[day].day, hour)
    columns: list[int] = []
    minutes: list[int] = []
    most = 60
    for start, end, counts in demand:
        inside = overlap_minutes((start, end), span)
        if inside:
            columns += counts
            minutes += [inside] * len(counts)
            most += inside * sum(model.program.upper[column] for column in counts)
    over = model.program.column(0, most, model.price("doctor_overload"), day=day)
    model.program.row("doctor_overload", [*columns, over], [*minutes, -1], upper=limit)


def _price_chains(
    model: Model,
    day: int,
    demand: list[_Demand],
    lacking: list[_Demand],
    present: dict[int, int],
) -> None:
    """A window longer than the allowed chain in which every doctor is busy in every slot: 1.

    A slot in which bookings go without is full where these alone are as many as the doctors.
    """
    grid = model.problem.practice.grid_minutes
    busy, without = _by_slot(demand, grid), _by_slot(lacking, grid)
    slots = -(-(model.problem.policy.chain_minutes + grid) // grid)
    for first in sorted(present):
        window = [first + k * grid for k in range(slots)]
        if not all(present.get(slot, 0) and (busy[slot] or without[slot]) for slot in window):
            continue
        chain = model.program.column(0, 1, model.price("doctor_chains"), day=day)
        lackers = sorted({column for slot in window for column in without[slot]})
        certain = {column for column in lackers if model.program.lower[column] == 1}
        movable = [column for column in lackers if column not in certain]
        for count in range(len(movable) + 1):
            for staying in combinations(movable, count):
                full = {s for s in window if _lack_fills(without[s], certain, staying, present[s])}
                if not all(busy[slot] or slot in full for slot in window):
                    continue
                counted = Counter(c for slot in window if slot not in full for c in busy[slot])
                counted.update(staying)
                total = sum(present[slot] for slot in window if slot not in full) + len(staying)
                model.program.row(
                    "doctor_chains",
                    [*counted, chain],
                    [*counted.values(), -1],
                    upper=total - 1,
                )


def _by_slot(demand: list[_Demand], grid: int) -> dict[int, list[int]]:
    slots: dict[int, list[int]] = defaultdict(list)
    for start, end, counts in demand:
        for slot in range(start - start % grid, end, grid):
            slots[slot] += counts
    return slots


def _lack_fills(
    columns: list[int], certain: set[int], staying: tuple[int, ...], doctors: int
) -> bool:
    return sum(column in certain or column in staying for column in columns) >= doctors


def price_uneven_days(model: Model) -> None:
    """Clinic chair minutes of a date above its even share."""
    for day, share in even_shares(model.problem, model.horizon).items():
        number = model.day_number[day]
        columns: list[int] = []
        minutes: list[int] = []
        for item in model.items.values():
            length = clinic_minutes(model.problem, item.visit)
            places = [choice.column for choice in item.columns if choice.day == number]
            if length:
                columns += places
                minutes += [length] * len(places)
        for visit_id, booking in model.kept.items():
            length = clinic_minutes(model.problem, booking.visit)
            if length and model.day_number[booking.date] == number:
                columns.append(model.keep_column[visit_id])
                minutes.append(length)
        most = sum(dict(zip(columns, minutes, strict=True)).values())
        over = model.program.column(0, max(1, most), model.price("uneven_load"), day=number)
        model.program.row("uneven_load", [*columns, over], [*minutes, -1], upper=share)
