"""What chairs, people, doctors and the date itself cost at each position, as running sums."""

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.certificate.certificate import PriceLine
from engine.certificate.day_prices import price_day
from engine.certificate.day_rows import read_day
from engine.certificate.price_table import PriceTable
from engine.filling.lanes import Minutes
from engine.filling.openings.clock_axis import ClockAxis
from engine.practice import ChairKind, Problem, Role

Sums = NDArray[np.int64]
"""(positions, members): millipoints from the beginning of a date to a position."""


class StartPrices:
    """Prices in the words of a certificate; nothing costs anything where no line says so.

    Prices of households and orders are left out: they belong to single visits of the fill that
    made them.
    """

    def __init__(
        self,
        axis: ClockAxis,
        problem: Problem,
        rows: Mapping[ChairKind | Role, Minutes],
        lines: Iterable[PriceLine] = (),
    ) -> None:
        """`rows`: which chairs and people of the practice a kind and a role have."""
        listed = tuple(lines)
        positions = len(axis.dates) * axis.size
        self.any = bool(listed)
        self._axis, self._problem = axis, problem
        self._rows = rows
        priced = positions if self.any else 0
        self.members: dict[ChairKind | Role, Sums] = {
            group: np.zeros((priced, len(own)), dtype=np.int64) for group, own in rows.items()
        }
        """Chairs by kind and people by role."""
        self.doctors: Sums = np.zeros((priced, len(problem.doctors)), dtype=np.int64)
        self._once: dict[str, Minutes] = {}
        self._at_once: dict[str, Minutes] = {}
        self._clinic: Minutes = np.zeros(len(axis.dates), dtype=np.int64)
        table = PriceTable(listed)
        for day in sorted({line.date for line in listed} & set(axis.dates)):
            self._read(day, table)

    def reread(self, day: dt.date, lines: Iterable[PriceLine]) -> None:
        """Other prices on one date, where there are prices at all (`any`)."""
        number, part = self._axis.number[day], self._axis.part(self._axis.number[day])
        for once in self._once.values():
            once[number] = 0
        for at_once in self._at_once.values():
            at_once[part] = 0
        self._read(day, PriceTable(line for line in lines if line.date == day))

    def _read(self, day: dt.date, table: PriceTable) -> None:
        axis = self._axis
        number, minutes = axis.number[day], axis.minutes
        part = axis.part(number)
        prices = price_day(self._problem, read_day(self._problem, day, ()), table)
        for group, own in self._rows.items():
            sums = prices.chairs if isinstance(group, ChairKind) else prices.staff
            self.members[group][part] = sums[own][:, minutes].T
        self.doctors[part] = prices.doctors[:, minutes].T
        self._clinic[number] = prices.clinic_minute
        for code, price in prices.once.items():
            row = self._once.setdefault(code, np.zeros(len(axis.dates), dtype=np.int64))
            row[number] = price
        for code, at_once in prices.at_once.items():
            row = self._at_once.setdefault(code, np.zeros(len(self.doctors), dtype=np.int64))
            row[part] = at_once[minutes]

    def of_date(self, procedure: str, clinic_minutes: int) -> Minutes:
        """What a visit pays for being on a date: quotas, daily limits, load of the day."""
        paid: Minutes = clinic_minutes * self._clinic
        return paid + self._once[procedure] if procedure in self._once else paid

    def under_way(self, procedure: str, begin: Minutes, end: Minutes) -> Minutes | int:
        """What a visit pays for machines while it is under way, from position to position."""
        sums = self._at_once.get(procedure)
        return 0 if sums is None else sums[end] - sums[begin]
