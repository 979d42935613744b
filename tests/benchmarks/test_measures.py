"""Times to a gap, medians over missing values, yardsticks, growth: worked out on paper."""

import math

import pytest

from benchmarks.measures import (
    NEVER,
    Yardstick,
    first_seconds,
    gap_by,
    gap_steps,
    growth,
    seconds_to,
    spread,
    yardsticks,
)
from benchmarks.records import Instance, Outcome, Point, Record, Run

# Floor 100, bound 180: of an objective of 200 the avoidable part is 100, of which 20 is unproven.
STICK = Yardstick(bound=180.0, floor=100.0)


def record(method: str = "engine", seed: int = 0, **facts: object) -> Record:
    run = Run(case="one-350", method=method, seed=seed)
    return Record.model_validate(
        {"run": run, "outcome": Outcome.ANSWERED, "limit": 10.0, "objective": 200.0, **facts}
    )


def instance(seed: int = 0) -> Instance:
    return Instance(
        case="one-350",
        seed=seed,
        visits=350,
        bookings=0,
        clinic_share=0.5,
        assistant_share=0.8,
        doctor_share=0.9,
        load=0.9,
        floor=100.0,
        columns=7,
        rows=3,
        build_seconds=1.0,
    )


TRACE = (
    Point(seconds=0.5, bound=100.0),  # a bound alone is no answer
    Point(seconds=1.0, objective=300.0),  # (300 - 180) / (300 - 100) = 0.6
    Point(seconds=4.0, objective=200.0),  # 20 / 100 = 0.2
    Point(seconds=5.0, objective=200.0, bound=150.0),  # the same schedule, a better bound
    Point(seconds=9.0, objective=182.0),  # 2 / 82 = 0.0244
)


def test_gap_over_the_avoidable_part_step_by_step() -> None:
    steps = gap_steps(record(trace=TRACE), STICK)
    assert [seconds for seconds, _ in steps] == [1.0, 4.0, 9.0]
    assert [gap for _, gap in steps] == pytest.approx([0.6, 0.2, 2 / 82])


def test_seconds_to_a_gap() -> None:
    run = record(trace=TRACE)
    assert first_seconds(run) == 1.0
    assert seconds_to(run, STICK, 0.6) == 1.0
    assert seconds_to(run, STICK, 0.59) == 4.0
    assert seconds_to(run, STICK, 0.025) == 9.0
    assert seconds_to(run, STICK, 0.01) == NEVER


def test_the_gap_by_a_moment() -> None:
    run = record(trace=TRACE)
    assert gap_by(run, STICK, 0.9) == NEVER
    assert gap_by(run, STICK, 4.0) == pytest.approx(0.2)
    assert gap_by(run, STICK, 8.9) == pytest.approx(0.2)
    assert gap_by(record(outcome=Outcome.CRASHED, trace=TRACE), STICK, 9.0) == NEVER


def test_a_run_without_an_answer_reaches_nothing() -> None:
    run = record(outcome=Outcome.CRASHED, trace=TRACE, objective=None)
    assert first_seconds(run) == NEVER
    assert seconds_to(run, STICK, 0.6) == NEVER


def test_missing_values_move_the_median_and_are_never_averaged() -> None:
    one = spread([3.0, None, 1.0])
    assert (one.middle, one.low, one.high, one.missing, one.count) == (3.0, 1.0, NEVER, 1, 3)
    assert spread([None, 2.0, NEVER]).middle == NEVER
    # Of four the middle two are 2 and none: no number lies between them.
    assert spread([1.0, 2.0, None, None]).middle == NEVER
    assert spread([1.0, 2.0, 5.0, None]).middle == 3.5
    assert spread([]).middle == NEVER


def test_the_best_bound_of_all_methods_is_everybodys_yardstick() -> None:
    records = [
        record("engine", bound=150.0, objective=200.0),
        record("highs", bound=170.0, objective=None, outcome=Outcome.NO_ANSWER),
        record("hand-best", objective=260.0),
        record("engine", seed=1, objective=190.0),
    ]
    found = yardsticks(records, {("one-350", 0): instance(), ("one-350", 1): instance(1)})
    assert found.of[("one-350", 0)] == Yardstick(170.0, 100.0)
    assert found.of[("one-350", 1)] == Yardstick(100.0, 100.0)  # nobody knows more than the floor
    assert found.broken == []


def test_a_bound_above_a_checked_schedule_is_broken_and_left_out() -> None:
    records = [
        record("engine", bound=150.0, objective=200.0),
        record("highs", bound=199.0, objective=198.0),
    ]
    found = yardsticks(records, {("one-350", 0): instance()})
    assert found.of[("one-350", 0)].bound == 150.0
    assert len(found.broken) == 1
    assert "highs on one-350, seed 0" in found.broken[0]


def test_growth_finds_the_exponent_of_a_power() -> None:
    # seconds = 0.01 x visits ** 1.5, at three sizes, one of them twice
    points = [(visits, 0.01 * visits**1.5) for visits in (350.0, 700.0, 700.0, 3500.0)]
    grown = growth(points)
    assert grown.exponent == pytest.approx(1.5)
    assert (grown.reached, grown.count) == (4, 4)


def test_growth_says_how_many_never_reached_the_gap() -> None:
    points = [(350.0, 1.0), (700.0, 2.0), (1400.0, 4.0), (3500.0, math.inf)]
    grown = growth(points)
    assert grown.exponent == pytest.approx(1.0)
    assert (grown.reached, grown.count) == (3, 4)
    assert growth(points[1:]).exponent is None  # two sizes make no line
