"""A bound is a bound: it comes from the whole problem, and no fixing of columns ever raises it."""

import numpy as np
import pytest

from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Horizon
from engine.solver import search as entry
from engine.solver.arrays import restrict, to_arrays
from engine.solver.cp_sat import CpSatLimits, solve_program
from engine.solver.floor import floor_millipoints
from engine.solver.neighbourhoods import Neighbourhoods, Window
from engine.solver.relaxation import Relaxed, relax
from engine.solver.search import SearchSettings, search
from engine.solver.walker import Walker

LIMITS = CpSatLimits(seconds=10.0, gap=0.0, workers=1, seed=0)
TOLERANCE = 1e-3
"""Millipoints: bounds are floats."""


def test_floor_relaxation_optimum(tiny_day, solve) -> None:
    """What cannot be avoided <= the relaxation <= the optimum of everything tried."""
    model = solve.model(tiny_day.problem, tiny_day.horizon)
    relaxed = relax(to_arrays(model.program), 10.0)
    assert relaxed is not None
    assert floor_millipoints(model) - 2.0 <= relaxed.bound <= tiny_day.optimum
    assert floor_millipoints(model) <= tiny_day.optimum


def assert_below_known(solve, profile: str, visits: int, booked: float, seed: int) -> None:
    made = generate(profile, visits, seed, planted=True, booked_share=booked)
    assert made.planted_schedule is not None
    relaxed = relax(to_arrays(solve.model(made.problem, made.horizon).program), 120.0)
    assert relaxed is not None
    by_hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    for schedule in (made.planted_schedule, by_hand):
        points = objective_points(measure(made.problem, schedule))
        assert relaxed.bound <= points * 1000


def test_a_planted_week_costs_at_least_the_relaxation(solve) -> None:
    assert_below_known(solve, "one-doctor", 30, 0.3, 21)


@pytest.mark.long
@pytest.mark.parametrize("seed", [22, 23])
@pytest.mark.parametrize("profile", ["one-doctor", "one-doctor-units", "two-doctor"])
def test_planted_weeks_cost_at_least_the_relaxation(solve, profile, seed) -> None:
    assert_below_known(solve, profile, 60, (seed % 2) * 0.4, seed)


def walk(solve, day, guide: Relaxed | None) -> list[tuple[Window, float | None]]:
    """Every step of a walk with the bound that it claims for the whole problem."""
    model = solve.model(day.problem, day.horizon)
    walker = Walker(model, 1, 0, False, lambda schedule, by: True)
    walker.start_from(None, 10.0)
    if guide is not None:
        walker.learn(guide)
    steps = [(window, walker.improve(window, 10.0)) for window in walker.windows()]
    assert walker.objective == day.optimum
    return steps


def misleading(solve, day) -> Relaxed:
    """A relaxation that says the opposite: dear is what is cheap."""
    model = solve.model(day.problem, day.horizon)
    relaxed = relax(to_arrays(model.program), 10.0)
    assert relaxed is not None
    cost = np.array(model.program.cost, dtype=np.float64)
    return Relaxed(relaxed.bound, relaxed.values, cost.max() - cost + 1.0)


@pytest.mark.parametrize("guided", [False, True])
def test_steps_claim_a_bound_only_for_the_whole(tiny_day, solve, guided) -> None:
    guide = misleading(solve, tiny_day) if guided else None
    steps = walk(solve, tiny_day, guide)
    for window, bound in steps:
        if len(window.days) < tiny_day.horizon.days:
            assert bound is None
        assert bound is None or bound <= tiny_day.optimum + TOLERANCE
    assert any(bound is not None for _, bound in steps)


class Watched:
    """Takes everything and remembers the bounds, in points."""

    def __init__(self) -> None:
        self.bounds: list[float] = []
        self.floors: list[float] = []

    def offer(self, schedule: object, by: str) -> bool:
        return True

    def raise_bound(self, bound: float) -> None:
        self.bounds.append(bound)

    def set_floor(self, floor: float) -> None:
        self.floors.append(floor)


def test_bounds_that_a_search_reports(tiny_day, solve, monkeypatch) -> None:
    """With a relaxation that misleads the walk, every bound is still one of the whole problem."""
    guide = misleading(solve, tiny_day)

    class Misled:
        def __init__(self, arrays: object, seconds: float) -> None:
            pass

        def result(self, *, wait: bool = False) -> Relaxed:
            return guide

        def stop(self) -> None:
            pass

    monkeypatch.setattr(entry, "Relaxing", Misled)
    watched = Watched()
    settings = SearchSettings(seconds=10.0, gap=0.0, workers=1, seed=0)
    assert not search(tiny_day.problem, tiny_day.horizon, settings, None, watched)
    assert watched.bounds
    assert max(watched.bounds) * 1000 <= tiny_day.optimum + TOLERANCE
    assert watched.floors[0] * 1000 <= tiny_day.optimum


def test_a_window_on_its_own_would_claim_too_much(tiny, solve) -> None:
    # V1 can only come on Wednesday, when the chair is open for 30 minutes. V2 sits there and would
    # be as well off on Tuesday. With Tuesday fixed as it is (empty), one of them is unplaced.
    thirty = (tiny.window("08:00", "08:20"),)
    problem = tiny.problem(
        tiny.visit("V1", earliest=tiny.wednesday, availability=thirty),
        tiny.visit("V2", availability=thirty),
    )
    horizon = Horizon(start=tiny.tuesday, days=2)
    model = solve.model(problem, horizon)
    apart = tiny.schedule(
        problem, tiny.place("V2", "08:00", date=tiny.wednesday), start=tiny.tuesday, days=2
    )
    started = solve.pinned(model, apart)
    arrays = to_arrays(model.program)
    free = Neighbourhoods(model, arrays).around(started.values, Window((1,)))
    window = solve_program(restrict(arrays, free, started.values).program, LIMITS)
    whole = solve_program(model.program, LIMITS)
    assert window.bound is not None
    assert whole.bound is not None
    assert window.bound > whole.bound + 500_000  # an unplaced visit is 520 points
    walker = Walker(model, 1, 0, False, lambda schedule, by: True)
    walker.start_from(apart, 10.0)
    assert walker.improve(Window((1,)), 10.0) is None
    assert walker.objective == window.objective
    assert walker.improve(Window((0, 1)), 10.0) == pytest.approx(whole.objective, abs=TOLERANCE)
    assert walker.objective == whole.objective
