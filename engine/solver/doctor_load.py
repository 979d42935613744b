"""The prices of doctor time: hours above the load limit, and chains without a gap."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.practice import DoctorRuleKind
from engine.solver.model import Model
from engine.solver.program import Ints, as_ints
from engine.solver.uses import lacking_intervals
from engine.yardsticks import doctor_limit_minutes

_Lacks = list[tuple[int, int, int]]
"""Doctor time [start, end) that a booking goes without, and the column of its staying."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """Doctor time of a date: [start, end) and a column that counts it."""

    start: Ints
    end: Ints
    column: Ints


def price_doctor_load(model: Model) -> None:
    """Minutes above the load limit per clock hour, and starts of chains without a gap.

    Doctor time that a booking goes without is asked for all the same, as long as it stays.
    """
    exact = model.problem.practice.doctor_rule.kind is DoctorRuleKind.EXACT
    for day in range(len(model.days)):
        demand = _demand(model, day)
        lacks = [
            (low, high, model.keep_column[lack[0]])
            for lack, low, high in lacking_intervals(model, day, "doctor")
        ]
        _price_hours(model, day, demand, lacks)
        if exact and (len(demand.column) or lacks):
            _price_chains(model, day, demand, lacks)


def _demand(model: Model, day: int) -> _Demand:
    table = model.use_table
    shares = table.shares_of("doctor", day)
    use = table.share_use[shares]
    return _Demand(table.start[use], table.end[use], table.share_column[shares])


def _price_hours(model: Model, day: int, demand: _Demand, lacks: _Lacks) -> None:
    start = np.concatenate((demand.start, as_ints([low for low, _, _ in lacks])))
    end = np.concatenate((demand.end, as_ints([high for _, high, _ in lacks])))
    column = np.concatenate((demand.column, as_ints([stays for _, _, stays in lacks])))
    for hour in range(24):
        inside = np.minimum(end, hour * 60 + 60) - np.maximum(start, hour * 60)
        here = np.flatnonzero(inside > 0)
        if not len(here):
            continue
        limit = doctor_limit_minutes(model.problem, model.days[day].day, hour)
        columns, minutes = column[here], inside[here]
        most = 60 + int(minutes @ model.program.upper[columns])
        over = model.program.column(0, most, model.price("doctor_overload"), day=day)
        factors = np.append(minutes, -1)
        model.program.row("doctor_overload", np.append(columns, over), factors, upper=limit)


def _price_chains(model: Model, day: int, demand: _Demand, lacks: _Lacks) -> None:
    """A window longer than the allowed chain in which every doctor is busy in every slot: 1.

    A slot in which bookings go without is full where these alone are as many as the doctors.
    """
    grid = model.problem.practice.grid_minutes
    slots = 1440 // grid + (1440 % grid > 0)
    present = _present(model, day, grid, slots)
    begin, until = demand.start // grid, -(-demand.end // grid)
    busy = np.zeros(slots + 1, dtype=np.int64)
    np.add.at(busy, begin, 1)
    np.add.at(busy, until, -1)
    is_busy = np.cumsum(busy)[:slots] > 0
    without: dict[int, list[int]] = {}
    for low, high, stays in lacks:
        for slot in range(low // grid, -(-high // grid)):
            without.setdefault(slot, []).append(stays)
    width = -(-(model.problem.policy.chain_minutes + grid) // grid)
    needed = (present > 0) & (is_busy | np.isin(np.arange(slots), list(without)))
    for first in range(slots - width + 1):
        window = slice(first, first + width)
        if not needed[window].all():
            continue
        chain = model.program.column(0, 1, model.price("doctor_chains"), day=day)
        model.chains[chain] = first * grid
        here = {slot: without[slot] for slot in range(first, first + width) if slot in without}
        lackers = sorted({column for columns in here.values() for column in columns})
        certain = {column for column in lackers if model.program.lower[column] == 1}
        movable = [column for column in lackers if column not in certain]
        for count in range(len(movable) + 1):
            for staying in combinations(movable, count):
                stay = certain.union(staying)
                open_slots = np.zeros(slots + 1, dtype=np.int64)
                open_slots[window] = 1
                for slot, lacking in here.items():
                    if sum(column in stay for column in lacking) >= present[slot]:
                        open_slots[slot] = 0
                unfilled = np.flatnonzero(open_slots)
                if not is_busy[unfilled].all():
                    continue
                before = np.concatenate(([0], np.cumsum(open_slots)))
                taken = before[until] - before[begin]
                counted = np.flatnonzero(taken)
                columns = np.concatenate((demand.column[counted], as_ints([*staying, chain])))
                factors = np.concatenate((taken[counted], [1] * len(staying), [-1]))
                total = int(present[unfilled].sum()) + len(staying)
                model.program.row("doctor_chains", columns, factors, upper=total - 1)


def _present(model: Model, day: int, grid: int, slots: int) -> Ints:
    """Doctors available to patients at the beginning of each slot."""
    facts = model.days[day]
    count = np.zeros(slots, dtype=np.int64)
    for doctor in model.problem.doctors:
        for low, high in facts.present[doctor.id]:
            count[-(-low // grid) : -(-high // grid)] += 1
    return count
