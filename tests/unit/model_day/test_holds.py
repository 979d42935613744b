"""Holds of emergencies by the newsvendor's rule, from the Poisson table."""

import pytest

from engine.model_day.goals import Holds
from engine.model_day.holds import covered_share, critical_ratio, held_places, morning_places


def test_the_fewest_places_that_reach_the_critical_ratio() -> None:
    # Poisson with mean 2: P(N <= 2) = 5 e^-2 = 0.677, P(N <= 3) = 6.333 e^-2 = 0.857.
    three_to_one = Holds(cost_of_turning_away=3, cost_of_an_empty_hold=1)
    assert critical_ratio(three_to_one) == 0.75
    assert held_places(2.0, three_to_one) == 3
    assert held_places(2.0, Holds(cost_of_turning_away=2, cost_of_an_empty_hold=1)) == 2
    assert covered_share(2.0, 3) == pytest.approx(0.857, abs=1e-3)


def test_no_emergencies_need_no_hold() -> None:
    assert held_places(0.0, Holds()) == 0
    assert covered_share(0.0, 0) == 1


def test_the_morning_gets_its_share_half_up() -> None:
    assert morning_places(3, Holds(morning_share=0.6)) == 2
    assert morning_places(5, Holds(morning_share=0.5)) == 3
