"""A bound is a bound: it comes from the whole problem, and no fixing of columns ever raises it."""

import numpy as np
import pytest
from forced_paths import FORCED, all_stages

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Horizon
from engine.schedule import Schedule
from engine.solver import search as entry
from engine.solver.arrays import restrict, to_arrays
from engine.solver.ascent import Ascent
from engine.solver.cp_sat import solve_program
from engine.solver.dive import Dive
from engine.solver.floor import floor_millipoints
from engine.solver.lagrangian import Lagrangian
from engine.solver.model import Model
from engine.solver.places import Piece, Places
from engine.solver.search import SearchSettings, search
from engine.solver.solved import Limits
from engine.solver.verdict import Verdict
from engine.solver.windows import Window, open_window

LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)
TOLERANCE = 1e-3
"""Millipoints: bounds are floats."""


def climbed(model: Model, steps: int) -> Ascent:
    """Prices after so many steps from nothing."""
    ascent = Ascent(Lagrangian(model, to_arrays(model.program)))
    ascent.cycle(steps, 20_000.0)
    return ascent


def test_floor_relaxation_optimum(tiny_day, solve) -> None:
    """What cannot be avoided <= the relaxation <= the optimum of everything tried."""
    model = solve.model(tiny_day.problem, tiny_day.horizon)
    bound = climbed(model, 300).bound()
    assert floor_millipoints(model) <= bound <= tiny_day.optimum
    assert floor_millipoints(model) <= tiny_day.optimum


def assert_below_known(solve, profile: str, visits: int, booked: float, seed: int) -> None:
    made = generate(profile, visits, seed, planted=True, booked_share=booked)
    assert made.planted_schedule is not None
    bound = climbed(solve.model(made.problem, made.horizon), 400).bound()
    by_hand = fill_by_hand(made.problem, made.horizon, fit="best", order="due")
    for schedule in (made.planted_schedule, by_hand):
        points = objective_points(measure(made.problem, schedule))
        assert bound <= points * 1000


def test_a_planted_week_costs_at_least_the_relaxation(solve) -> None:
    assert_below_known(solve, "one-doctor", 30, 0.3, 21)


@pytest.mark.long
@pytest.mark.parametrize("seed", [22, 23])
@pytest.mark.parametrize("profile", ["one-doctor", "one-doctor-units", "two-doctor"])
def test_planted_weeks_cost_at_least_the_relaxation(solve, profile, seed) -> None:
    assert_below_known(solve, profile, 60, (seed % 2) * 0.4, seed)


def test_any_prices_bound_the_whole(tiny_day, solve) -> None:
    """Prices that mislead make the bound low, never wrong."""
    model = solve.model(tiny_day.problem, tiny_day.horizon)
    dual = Lagrangian(model, to_arrays(model.program))
    rng = np.random.default_rng(1)
    for scale in 10.0 ** np.arange(1, 9):
        some = rng.integers(0, 2, len(dual.right_side))
        prices = dual.whole(rng.exponential(scale, len(dual.right_side)) * some)
        assert dual.value(prices, dual.evaluate(prices)) <= tiny_day.optimum


def test_reduced_costs_price_every_column_of_the_optimum(tiny_day, solve) -> None:
    """No column that the optimum uses costs more than what lies between it and the bound."""
    model = solve.model(tiny_day.problem, tiny_day.horizon)
    arrays = to_arrays(model.program)
    ascent = climbed(model, 200)
    best = solve_program(model.program, LIMITS)
    assert best.values is not None
    dual = Lagrangian(model, arrays)
    prices = dual.whole(ascent.prices)
    at = dual.evaluate(prices)
    gap = tiny_day.optimum - dual.value(prices, at)
    ranked = Places(model, dual).ranked
    assert (dual.reduced_costs(at)[ranked & (best.values > 0)] <= gap + TOLERANCE).all()


def test_slopes_are_those_of_the_value(solve) -> None:
    """Along a slope the value rises as much as it says, or less: it is concave."""
    made = generate("two-doctor", 30, 5, booked_share=0.4)
    model = solve.model(made.problem, made.horizon)
    dual = Lagrangian(model, to_arrays(model.program))
    rng = np.random.default_rng(0)
    for _ in range(10):
        one = dual.whole(rng.exponential(5000.0, len(dual.right_side)))
        other = dual.whole(one + rng.normal(0.0, 500.0, len(one)))
        at = dual.evaluate(one)
        slope = dual.slope(at) - dual.right_side
        rise = dual.value(other, dual.evaluate(other)) - dual.value(one, at)
        assert rise <= slope @ (other - one) + 1e-3


class Watched:
    """Takes everything and remembers the bounds, in points."""

    def __init__(self) -> None:
        self.bounds: list[float] = []
        self.floors: list[float] = []
        self.schedules: list[Schedule] = []
        self.notes: list[str] = []

    @property
    def objective(self) -> float | None:
        return None

    def offer(self, schedule: Schedule, by: str, doubtful: bool = False) -> Verdict:
        self.schedules.append(schedule)
        return Verdict.KEPT

    def raise_bound(self, bound: float) -> None:
        self.bounds.append(bound)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def set_floor(self, floor: float) -> None:
        self.floors.append(floor)


@pytest.fixture
def large(monkeypatch):
    """Every problem goes through all stages, however small it is, in this process."""
    return all_stages(monkeypatch)


@pytest.mark.parametrize(("dive", "paths"), FORCED)
def test_every_path_keeps_its_bounds(tiny_days, large, dive, paths) -> None:
    """Each way to a solution in turn: checked answers, bounds of the whole, and the optimum."""
    two = [day for day in tiny_days if day.horizon.days == 2]
    for day in (*tiny_days[:: 4 if dive and paths else 8], *two[:2]):
        watched = Watched()
        settings = SearchSettings(60.0, -1.0, 2, 0, reproducible=True, dive=dive, paths=paths)
        assert not search(day.problem, day.horizon, settings, None, watched).interrupted
        assert watched.bounds
        assert max(watched.bounds) * 1000 <= day.optimum + TOLERANCE
        assert watched.floors[0] * 1000 <= day.optimum
        for schedule in watched.schedules:
            assert check(day.problem, schedule).ok
        points = objective_points(measure(day.problem, watched.schedules[-1]))
        assert round(points * 1000) == day.optimum
    # Nothing is proven by a way that was not gone.
    assert set(large.opened) == set(paths)
    assert bool(large.raced) is dive


def test_the_relay_alone_finds_and_proves_the_optimum(tiny_days, large, monkeypatch) -> None:
    """Branch and cut from the greedy start, with neither windows nor the last step."""
    monkeypatch.setattr(entry, "prove", lambda bridge: None)
    for day in tiny_days:
        watched = Watched()
        settings = SearchSettings(60.0, 0.0, 1, 0, dive=False, paths=())
        search(day.problem, day.horizon, settings, None, watched)
        assert day.optimum - 1000 <= max(watched.bounds) * 1000 <= day.optimum + TOLERANCE
        points = objective_points(measure(day.problem, watched.schedules[-1]))
        assert round(points * 1000) == day.optimum


def test_prices_that_mislead_the_search_raise_no_bound(tiny_day, large, monkeypatch) -> None:
    """Wrong prices fix the wrong columns; every bound is still one of the whole problem."""

    def mislead(self: Ascent, steps: int, rate: float) -> None:
        rng = np.random.default_rng(steps)
        self.prices = rng.exponential(50_000.0, len(self.dual.right_side))
        self.value = 0.0

    monkeypatch.setattr(Ascent, "cycle", mislead)
    watched = Watched()
    settings = SearchSettings(60.0, 0.0, 1, 0, reproducible=True)
    search(tiny_day.problem, tiny_day.horizon, settings, None, watched)
    assert max(watched.bounds) * 1000 <= tiny_day.optimum + TOLERANCE
    points = objective_points(measure(tiny_day.problem, watched.schedules[-1]))
    assert round(points * 1000) == tiny_day.optimum


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
    dual = Lagrangian(model, arrays)
    free, _ = open_window(
        Window((Piece((1,)),), 1000, "days"),
        dual,
        Places(model, dual),
        started.values,
        np.zeros(dual.size),
        np.inf,
        np.zeros(2, dtype=np.bool_),
    )
    window = solve_program(restrict(arrays, free, started.values).program, LIMITS)
    whole = solve_program(model.program, LIMITS)
    assert window.bound is not None
    assert whole.bound is not None
    assert window.bound > whole.bound + 500_000  # an unplaced visit is 520 points
    watched = Watched()
    settings = SearchSettings(60.0, 0.0, 1, 0, reproducible=True)
    search(problem, horizon, settings, apart, watched)
    assert max(watched.bounds) * 1000 == pytest.approx(whole.objective, abs=TOLERANCE)


def test_a_dive_leaves_nobody_behind(solve) -> None:
    """After the last piece every item is placed once or unplaced, and every row holds."""
    made = generate("one-doctor", 40, 3, booked_share=0.3)
    model = solve.model(made.problem, made.horizon)
    ascent = climbed(model, 150)
    dual, places = ascent.dual, Places(model, ascent.dual)
    base = solve.book_seated(model)
    dive = Dive.begin(dual, places, ascent.prices, base)
    for day in range(places.days):
        (piece,) = places.day_pieces(day, 100_000)
        part, first = dive.program_of(piece, 100_000)
        assert part.program.objective_of(first[part.columns]) < 10**15
        last = day == places.days - 1
        dive.fix(piece, part, first, last=last)
        if not last:
            dive.reprice(20, 1000.0)
    assert not dual.arrays.violates(dive.values)
