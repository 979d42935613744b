"""The slip of the later visits: worked out on paper, convolved plainly, and simulated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.risk.slip import NO_SLIP, SlipTables


def tables(delays=None, repair_chance=0.0, repair_days=0):
    return SlipTables(delays or {1: 1.0}, repair_chance, repair_days)


def test_without_later_visits_nothing_slips():
    slip = tables({28: 1.0}, 0.5, 14).slip_of(0.4, 0)
    assert slip == NO_SLIP
    assert [slip.chance_beyond(days) for days in (-1, 0, 1)] == [1.0, 0.0, 0.0]


def test_one_later_visit_is_missed_and_comes_back_in_the_week_around_28_days_later():
    # Missed with 0.1; then 25 to 31 days, each with 1/7: beyond 28 are 29, 30 and 31.
    slip = tables({28: 1.0}).slip_of(0.1, 1)
    assert slip.chance_beyond(0) == pytest.approx(0.1)
    assert slip.chance_beyond(24) == pytest.approx(0.1)
    assert slip.chance_beyond(28) == pytest.approx(0.1 * 3 / 7)
    assert slip.chance_beyond(30) == pytest.approx(0.1 / 7)
    assert slip.chance_beyond(31) == pytest.approx(0.0, abs=1e-15)
    assert slip.chance_beyond(1000) == 0.0
    assert slip.mean_days == pytest.approx(2.8)


def test_a_delay_of_a_day_or_two_has_no_week_around_it():
    # 1 day is 1 day; 2 days are 1, 2 or 3, each with 1/3.
    one, two = (tables({days: 1.0}).slip_of(0.5, 1) for days in (1, 2))
    assert [one.chance_beyond(days) for days in (0, 1)] == pytest.approx([0.5, 0.0])
    assert [two.chance_beyond(days) for days in range(4)] == pytest.approx([1 / 2, 1 / 3, 1 / 6, 0])


def test_two_later_visits_are_two_throws_of_one_coin():
    # Days missed: 0 with 0.75^2, 1 with 2 * 0.25 * 0.75, 2 with 0.25^2.
    slip = tables().slip_of(0.25, 2)
    assert [slip.chance_beyond(days) for days in range(3)] == pytest.approx([0.4375, 0.0625, 0.0])


def test_misses_and_repairs_add_up():
    # Missed with 0.5 (1 day), broken with 0.2 (1 day): 0 with 0.4, 1 with 0.5, 2 with 0.1.
    slip = tables({1: 1.0}, 0.2, 1).slip_of(0.5, 1)
    assert [slip.chance_beyond(days) for days in range(3)] == pytest.approx([0.6, 0.1, 0.0])
    assert slip.mean_days == pytest.approx(0.7)


def test_delays_are_shared_out_by_weight():
    # Three of four misses cost a day, one of four costs two (1, 2 or 3 with 1/12 each).
    slip = tables({1: 3.0, 2: 1.0}).slip_of(0.4, 1)
    assert slip.chance_beyond(1) == pytest.approx(0.4 / 4 * 2 / 3)
    assert slip.mean_days == pytest.approx(0.4 * 1.25)


def test_one_more_visit_costs_exactly_its_own_rebooking_days():
    slip = NO_SLIP.with_miss(0.3, 7)
    assert [slip.chance_beyond(days) for days in (0, 6, 7)] == pytest.approx([0.3, 0.3, 0.0])
    # With a second one, 0.2 and 5 days: 0, 5, 7, 12 with 0.56, 0.14, 0.24, 0.06.
    both = slip.with_miss(0.2, 5)
    expected = [0.44, 0.44, 0.3, 0.06, 0.06, 0.0]
    assert [both.chance_beyond(days) for days in (0, 4, 5, 7, 11, 12)] == pytest.approx(expected)
    assert both.mean_days == pytest.approx(0.3 * 7 + 0.2 * 5)


def test_patients_of_one_tenth_of_a_percent_share_a_table():
    shared = tables({28: 1.0})
    assert shared.slip_of(0.0501, 9) is shared.slip_of(0.0499, 9)
    assert shared.slip_of(0.051, 9) is not shared.slip_of(0.05, 9)


@pytest.mark.parametrize("visits", [1, 2, 7, 59])
def test_the_table_is_the_plain_convolution(visits):
    shared = tables({21: 0.5, 28: 0.3, 60: 0.2}, 0.12, 14)
    one = shared.one_visit(0.083)
    plain = np.array([1.0])
    for _ in range(visits):
        plain = np.convolve(plain, one)
    slip = shared.slip_of(0.083, visits)
    beyond = [slip.chance_beyond(days) for days in range(len(plain))]
    assert beyond == pytest.approx(1.0 - np.cumsum(plain), abs=1e-12)
    # E[S] is the sum of P(S > s).
    assert slip.mean_days == pytest.approx(sum(beyond), rel=1e-9)


def test_the_table_equals_a_simulation_of_every_visit():
    # Eight later visits, drawn one by one; five standard errors on each of the chances.
    rng, runs, visits, p_missed = np.random.default_rng(20), 200_000, 8, 0.2
    total = np.zeros(runs, dtype=np.int64)
    for _ in range(visits):
        delay = rng.choice((10, 28, 42), size=runs, p=(0.2, 0.5, 0.3)) + rng.integers(-3, 4, runs)
        repair = 14 + rng.integers(-3, 4, runs)
        total += np.where(rng.random(runs) < p_missed, delay, 0)
        total += np.where(rng.random(runs) < 0.12, repair, 0)
    slip = tables({10: 2, 28: 5, 42: 3}, 0.12, 14).slip_of(p_missed, visits)
    for days in (0, 10, 20, 27, 40, 60, 90, 130, 180):
        chance = slip.chance_beyond(days)
        error = (chance * (1 - chance) / runs) ** 0.5
        assert abs((total > days).mean() - chance) < 5 * error, days
    assert abs(total.mean() - slip.mean_days) < 5 * total.std() / runs**0.5


chances = st.floats(0.0, 0.6)


@settings(max_examples=60, deadline=None)
@given(
    delays=st.dictionaries(st.integers(1, 90), st.floats(0.01, 1.0), min_size=1, max_size=4),
    repair_chance=st.floats(0.0, 0.9),
    repair_days=st.integers(0, 40),
    p_missed=chances,
    more=st.floats(0.002, 0.3),
    visits=st.integers(0, 20),
)
def test_more_slack_helps_and_more_misses_or_visits_do_not(
    delays, repair_chance, repair_days, p_missed, more, visits
):
    shared = SlipTables(delays, repair_chance, repair_days)
    slip = shared.slip_of(p_missed, visits)
    worse = shared.slip_of(p_missed + more, visits)
    longer = shared.slip_of(p_missed, visits + 1)
    days = range(-2, len(longer.beyond) + 2)
    table = [slip.chance_beyond(day) for day in days]
    assert all(0.0 <= chance <= 1.0 for chance in table)
    assert table == sorted(table, reverse=True)
    for chance, day in zip(table, days, strict=True):
        assert worse.chance_beyond(day) >= chance - 1e-12
        assert longer.chance_beyond(day) >= chance - 1e-12
