"""Whatever the prices, the bound they prove lies below every schedule that the checker accepts."""

import random

import pytest

from engine.certificate.bound import PricedProblem
from engine.certificate.certificate import Priced, PriceLine
from engine.certificate.lacks import lacks_of
from engine.certificate.pacts import Pacts
from engine.certificate.price_table import PriceTable
from engine.practice import DoctorRuleKind, Horizon, Problem
from engine.practice.calendar import model_day_on
from engine.weights import weights_with

DEAR = (0, 0, 5, 200, 20_000, 2_000_000)
"""Millipoints: from nothing over a wish to more than a visit without a time."""


def random_prices(problem: Problem, horizon: Horizon, seed: int) -> tuple[PriceLine, ...]:
    """Prices of everything that can have one; none of them knows anything."""
    rng = random.Random(seed)
    practice, table = problem.practice, PriceTable()
    units = practice.doctor_rule.kind is DoctorRuleKind.UNITS_PER_SLOT
    slot = practice.doctor_rule.slot_minutes if units else 5
    weights = weights_with({})
    top = DEAR[rng.randrange(2, len(DEAR)) :][0]
    things = [(Priced.CHAIR, name, 5) for name in problem.chairs]
    things += [(Priced.STAFF, name, 5) for name in problem.staff]
    things += [(Priced.DOCTOR, doctor.id, slot) for doctor in problem.doctors]
    things += [(Priced.AT_ONCE, one.id, 5) for one in practice.limits if one.at_once is not None]
    for day in horizon.dates:
        for of, name, step in things:
            if rng.random() < 0.3:
                continue
            for start in range(7 * 60 + 30, 11 * 60, step):
                price = rng.randint(0, top) if rng.random() < 0.7 else 0
                table.add(of, name, day, start, start + step, price)
        template = model_day_on(practice, day)
        for quota in template.quotas if template else ():
            if quota.at_most is not None:
                table.add(Priced.QUOTA, quota.procedure_class, day, 0, 1440, rng.randint(0, top))
        for limit in practice.limits:
            if limit.per_day is not None:
                table.add(Priced.PER_DAY, limit.id, day, 0, 1440, rng.randint(0, top))
        for hour in (8, 9):
            most = weights["doctor_overload"].millipoints_per_quantum
            span = (hour * 60, hour * 60 + 60)
            table.add(Priced.DOCTOR_LOAD, "", day, *span, rng.randint(0, most))
        if not units:
            for start in range(8 * 60, 9 * 60 + 30, 5):
                price = rng.randint(0, top) if rng.random() < 0.5 else 0
                table.add(Priced.DOCTOR_CHAIN, "", day, start, start + 5, price)
        most = weights["uneven_load"].millipoints_per_quantum
        table.add(Priced.UNEVEN_LOAD, "", day, 0, 1440, rng.randint(0, most))
        if day == horizon.start and problem.policy.max_moves is not None:
            table.add(Priced.MOVES, "", day, 0, 1440, rng.randint(0, top))
        pay_in_pacts(table, problem, horizon, day, rng, top)
    return table.lines()


def pay_in_pacts(table, problem, horizon, day, rng, top) -> None:
    """Members of households and orders pay something, or get something, for each quarter."""
    pacts = Pacts(problem, horizon)
    pairs = [(Priced.HOUSEHOLD, name, house) for house in pacts.households
             for name in pacts.households[house]]  # fmt: skip
    for first, second in pacts.orders.open:
        pairs += [(Priced.ORDER, first, second), (Priced.ORDER, second, first)]
    for of, name, other in pairs:
        if rng.random() < 0.8:
            for start in range(8 * 60, 10 * 60, 15):
                price = rng.randint(-top, top)
                table.add(of, name, day, start, start + 15, price, other)


def assert_below(tried, sets: int) -> None:
    """Bookings may lack what they lack in the cheapest schedule."""
    problem, horizon, schedule = tried.problem, tried.horizon, tried.schedule
    priced = PricedProblem(problem, horizon, lacks_of(problem, schedule))
    assert priced.bound(()) <= tried.best
    for seed in range(sets):
        assert priced.bound(random_prices(problem, horizon, seed)) <= tried.best, seed


def test_no_prices_prove_more_than_the_optimum(tiny_day) -> None:
    assert_below(tiny_day.tried, 40)


@pytest.mark.parametrize("seed", range(6))
def test_random_days(tiny, neighbours, seed) -> None:
    tried = neighbours("brute_force").BruteForce(*neighbours("random_days").random_day(tiny, seed))
    tried.optimum()
    assert_below(tried, 40)


@pytest.mark.parametrize("seed", [101, 102])
def test_random_days_with_clashes_in_the_book(tiny, neighbours, seed) -> None:
    drawn = neighbours("random_days").random_day(tiny, seed, clashing=True)
    tried = neighbours("brute_force").BruteForce(*drawn, clashing=True)
    tried.optimum()
    assert_below(tried, 40)
