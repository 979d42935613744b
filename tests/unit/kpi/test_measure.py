import pytest

from engine.kpi import measure, objective_points
from engine.practice import Policy, WeightOverride
from engine.weights import DEFAULT_WEIGHTS


def one_unplaced_one_moved(tiny, policy=None):
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN", due=tiny.friday.replace(day=28)),
        tiny.booking("B1", "09:00", procedure="CLEAN", movable=True),
        policy=policy,
    )
    return problem, tiny.schedule(problem, tiny.place("B1", "09:30", "A10", doctor=None))


def test_one_value_per_weight_in_their_order(tiny):
    kpis = measure(*one_unplaced_one_moved(tiny))
    assert [kpi.kpi for kpi in kpis] == [weight.kpi for weight in DEFAULT_WEIGHTS]
    assert [kpi.unit for kpi in kpis] == [weight.unit_name for weight in DEFAULT_WEIGHTS]


def test_values_and_points_come_from_quanta(tiny):
    # Unplaced V1 misses 28 March (its due date) by no day, so only its own unplaced points, its
    # expected lost minutes and the move count.
    found = {kpi.kpi: kpi for kpi in measure(*one_unplaced_one_moved(tiny))}
    prices = {weight.kpi: weight for weight in DEFAULT_WEIGHTS}
    assert {kpi: value.quanta for kpi, value in found.items() if value.quanta} == {
        "unplaced_visits": 1,
        "moved_bookings": 1,
        "lost_minutes": found["lost_minutes"].quanta,
        "uneven_load": 6,  # 20 minutes over five days: 4 a day; 10 on Tuesday
    }
    for kpi, value in found.items():
        assert value.value == pytest.approx(value.quanta * prices[kpi].quantum)
        assert value.points * 1000 == pytest.approx(
            value.quanta * prices[kpi].millipoints_per_quantum
        )


def test_the_objective_is_the_sum_of_the_points(tiny):
    kpis = measure(*one_unplaced_one_moved(tiny))
    assert objective_points(kpis) == pytest.approx(sum(kpi.points for kpi in kpis))
    assert objective_points(()) == 0


def test_a_practice_may_set_its_own_weight(tiny):
    own = WeightOverride(kpi="moved_bookings", value=7.5, reason="calls are dear here")
    kpis = measure(*one_unplaced_one_moved(tiny, Policy(weights=(own,))))
    assert next(kpi for kpi in kpis if kpi.kpi == "moved_bookings").points == 7.5
