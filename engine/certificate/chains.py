"""Chains of doctor time: prices of windows in which no doctor may be busy throughout.

A window of grid steps costs the weight w if every doctor present is busy in every step of it.
Doctors serve at most one patient each, so with c steps of doctor time served in the window and d
steps of doctors present, c <= d, the window is full just where c = d, and

    w * full >= p * (c - (d - 1)) - max(0, p - w)    for p >= 0.

So doctor time pays p for each of its steps in the window, whose worth is p * (d - 1) and what p is
above w. Bookings that go without a doctor pay nothing, which only lowers the bound.
"""

import numpy as np

from engine.certificate.certificate import Priced
from engine.certificate.clock_rows import Ints
from engine.certificate.day_rows import DayRows
from engine.certificate.price_table import PriceTable
from engine.practice import Problem
from engine.yardsticks import prices_of


def chain_prices(problem: Problem, rows: DayRows, table: PriceTable) -> Ints | None:
    """For each minute in which a grid step begins: the price of doctor time in the step."""
    priced = _priced_windows(problem, rows, table)
    if priced is None:
        return None
    width = _steps(problem)
    before = np.concatenate((np.zeros(width, dtype=np.int64), np.cumsum(priced)))
    paid = np.zeros(1440, dtype=np.int64)
    paid[:: problem.practice.grid_minutes] = before[width:] - before[:-width]
    return paid


def chain_worth(problem: Problem, rows: DayRows, table: PriceTable) -> int:
    """What the windows of a date take off: p * (steps of doctors present - 1) + max(0, p - w)."""
    priced = _priced_windows(problem, rows, table)
    if priced is None:
        return 0
    present = np.concatenate(([0], np.cumsum(_present(problem, rows))))
    weight = prices_of(problem)["doctor_chains"]
    width, windows = _steps(problem), np.flatnonzero(priced)
    price = priced[windows]
    worth = price * (present[windows + width] - present[windows] - 1)
    return int((worth + np.maximum(price - weight, 0)).sum())


def _priced_windows(problem: Problem, rows: DayRows, table: PriceTable) -> Ints | None:
    """Prices by the step in which a window begins; zero where a chain cannot be."""
    row = table.row(Priced.DOCTOR_CHAIN, "", rows.day)
    if row is None:
        return None
    attended = np.concatenate(([0], np.cumsum(_present(problem, rows) > 0)))
    width = _steps(problem)
    priced: Ints = row[:: problem.practice.grid_minutes].copy()
    possible = np.zeros(len(priced), dtype=np.bool_)
    possible[: len(attended) - width] = attended[width:] - attended[:-width] == width
    priced[~possible] = 0
    return priced


def _present(problem: Problem, rows: DayRows) -> Ints:
    """Doctors there in each grid step, judged at its first minute."""
    steps = rows.doctors.there[:, :: problem.practice.grid_minutes]
    present: Ints = steps.sum(axis=0, dtype=np.int64)
    return present


def _steps(problem: Problem) -> int:
    """Grid steps of a window: longer than the allowed chain."""
    grid = problem.practice.grid_minutes
    return -(-(problem.policy.chain_minutes + grid) // grid)
