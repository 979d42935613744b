"""The prices of one date, as running sums that give the price of any stretch of time."""

from dataclasses import dataclass

import numpy as np

from engine.certificate.certificate import Priced
from engine.certificate.chains import chain_prices
from engine.certificate.clock_rows import Ints, summed
from engine.certificate.day_rows import DayRows, Rows
from engine.certificate.price_table import PriceTable
from engine.practice import DoctorRuleKind, Problem


@dataclass(frozen=True, slots=True)
class DayPrices:
    """Running sums over the minutes of a date: (members, 1441).

    Doctors include the prices of load and chains.
    """

    chairs: Ints
    staff: Ints
    doctors: Ints
    load: Ints
    once: dict[str, int]
    """By procedure: quotas and daily limits, paid once for a visit on this date."""
    at_once: dict[str, Ints]
    """By procedure: limits of what is under way."""
    clinic_minute: int

    def of(self, what: Priced) -> Ints:
        """The running sums of chairs, staff or doctors."""
        return {Priced.CHAIR: self.chairs, Priced.STAFF: self.staff}.get(what, self.doctors)

    def of_visit(self, procedure: str, clinic_minutes: int) -> int:
        """What a visit pays for being on this date."""
        return self.once.get(procedure, 0) + clinic_minutes * self.clinic_minute

    def under_way(self, procedure: str, starts: Ints, length: int) -> Ints:
        """What a visit pays for [start, start + length), for each start."""
        sums = self.at_once.get(procedure)
        if sums is None:
            return np.zeros(len(starts), dtype=np.int64)
        cost: Ints = sums[starts + length] - sums[starts]
        return cost


def price_day(problem: Problem, rows: DayRows, table: PriceTable) -> DayPrices:
    """Prices paid by grid step count where the step begins; by minute, in each minute."""
    practice, day = problem.practice, rows.day
    begins = grid_begins(problem)
    exact = practice.doctor_rule.kind is DoctorRuleKind.EXACT
    load = table.row(Priced.DOCTOR_LOAD, "", day)
    load = np.zeros(1440, dtype=np.int64) if load is None else load
    doctors = _rows(rows.doctors, Priced.DOCTOR, rows, table)
    chains = chain_prices(problem, rows, table)
    if chains is not None:
        doctors += chains
    once: dict[str, int] = {}
    at_once: dict[str, Ints] = {}
    for procedure in practice.procedures:
        code = procedure.code
        price = table.of_date(Priced.QUOTA, procedure.procedure_class, day)
        for limit in practice.limits:
            if code in limit.procedures:
                price += table.of_date(Priced.PER_DAY, limit.id, day)
                row = table.row(Priced.AT_ONCE, limit.id, day)
                if row is not None:
                    at_once[code] = at_once.get(code, 0) + summed(row * begins)
        if price:
            once[code] = price
    return DayPrices(
        chairs=summed(_rows(rows.chairs, Priced.CHAIR, rows, table) * begins),
        staff=summed(_rows(rows.staff, Priced.STAFF, rows, table) * begins),
        doctors=summed((doctors * begins if exact else doctors) + load),
        load=summed(load),
        once=once,
        at_once=at_once,
        clinic_minute=table.of_date(Priced.UNEVEN_LOAD, "", day),
    )


def grid_begins(problem: Problem) -> Ints:
    """1 in every minute in which a grid step begins."""
    begins = np.zeros(1440, dtype=np.int64)
    begins[:: problem.practice.grid_minutes] = 1
    return begins


def _rows(members: Rows, of: Priced, rows: DayRows, table: PriceTable) -> Ints:
    prices = np.zeros((len(members.ids), 1440), dtype=np.int64)
    for number, name in enumerate(members.ids):
        row = table.row(of, name, rows.day)
        if row is not None:
            prices[number] = row
    return prices
