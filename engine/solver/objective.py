"""The prices that belong to no single visit: no time at all, households, even days."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from engine.practice import Booking, ChairKind, Visit
from engine.solver.kinds import Kind, kind_key
from engine.solver.model import Model
from engine.solver.program import Ints, as_ints
from engine.solver.spans import DAY_KEY, spread
from engine.units import to_minutes
from engine.yardsticks import even_shares


def price_unplaced(model: Model, waiting: Mapping[str, int]) -> None:
    """Columns for items without a time, and the costs of bookings that stay.

    `waiting`: millipoints for visits that may have a time after the horizon.
    """
    program = model.program
    costs: list[int] = []
    first = program.size
    for item in model.items.values():
        visit = item.visit
        cost = model.personal(model.costs.unplaced(visit.id))
        missed = bool(visit.wishes) + bool(visit.preferred_doctor and item.kind.doctor)
        cost += missed * model.price("preferences_missed")
        gone = "unplaced_visits" if item.booking is None else "displaced_bookings"
        item.unplaced = first + len(costs)
        cost += model.price(gone)
        costs.append(min(cost, waiting.get(visit.id, cost)))
    program.columns(len(costs), 0, 1, as_ints(costs))
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
    for family in members.values():
        if len(family) > 1 and any(visit.id in model.items for visit, _ in family):
            _price_family(model, [_places(model, visit, booking) for visit, booking in family])


def _price_family(model: Model, places: list[tuple[Ints, Ints]]) -> None:
    """`places`: for each member moments (dates follow each other) in order, and columns."""
    price, program = model.price("households_apart"), model.program
    program.constant += price
    model.reducible += price
    moments = np.unique(np.concatenate([moment for moment, _ in places]))
    latest = moments + model.problem.policy.together_minutes
    low = np.array([np.searchsorted(moment, moments) for moment, _ in places])
    high = np.array([np.searchsorted(moment, latest, side="right") for moment, _ in places])
    meeting = np.flatnonzero((low < high).all(axis=0))
    first = program.columns(len(meeting), 0, 1, -price, day=moments[meeting] // DAY_KEY)
    together = first + np.arange(len(meeting))
    rows: list[tuple[Ints, Ints, int | Ints]] = []
    for number, (_, columns) in enumerate(places):
        row, place = spread(low[number, meeting], high[number, meeting])
        own = number * len(meeting)
        rows.append((own + np.arange(len(meeting)), together, 1))
        rows.append((own + row, columns[place], -1))
    program.rows("households", len(places) * len(meeting), rows, upper=0)
    program.row("household_once", together, upper=1)


def _places(model: Model, visit: Visit, booking: Booking | None) -> tuple[Ints, Ints]:
    item, choices = model.items.get(visit.id), model.choices
    here = choices.of(item.number) if item else slice(0)
    moments = choices.day[here] * DAY_KEY + choices.first[here]
    columns = choices.column[here]
    if booking is not None:
        day = model.day_number[booking.date] * DAY_KEY
        moments = np.append(moments, day + to_minutes(booking.start))
        columns = np.append(columns, model.keep_column[visit.id])
    order = np.argsort(moments, kind="stable")
    return moments[order], columns[order]


def price_uneven_days(model: Model) -> None:
    """Clinic chair minutes of a date above its even share."""
    length = {key: _clinic_minutes(kind) for key, kind in model.kinds.items()}
    of_item = as_ints([length[item.kind.key] for item in model.items.values()])
    booked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for visit_id, booking in model.kept.items():
        entry = (model.keep_column[visit_id], length[kind_key(booking.visit)])
        booked[model.day_number[booking.date]].append(entry)
    choices = model.choices
    chair_minutes = of_item[choices.item]
    for day, share in even_shares(model.problem, model.horizon).items():
        number = model.day_number[day]
        here = np.flatnonzero((choices.day == number) & (chair_minutes > 0))
        kept = as_ints([column for column, length in booked[number] if length])
        columns = np.concatenate((choices.column[here], kept))
        kept_minutes = as_ints([length for _, length in booked[number] if length])
        minutes = np.concatenate((chair_minutes[here], kept_minutes))
        most = max(1, int(minutes.sum()))
        over = model.program.column(0, most, model.price("uneven_load"), day=number)
        factors = np.append(minutes, -1)
        model.program.row("uneven_load", np.append(columns, over), factors, upper=share)


def _clinic_minutes(kind: Kind) -> int:
    return sum(s.end - s.start for s in kind.stages if s.chair_kind is ChairKind.CLINIC)
