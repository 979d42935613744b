import pytest

from engine.filling.best_so_far import PROVEN_POINTS, REFUSED, BestSoFar
from engine.result import TracePoint
from engine.solver.verdict import Verdict


def best(problem) -> tuple[BestSoFar, list[TracePoint]]:
    seen: list[TracePoint] = []
    return BestSoFar(problem, began=0.0, on_progress=seen.append), seen


def test_a_schedule_that_breaks_a_rule_is_noted_and_never_kept(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    keeper, seen = best(problem)
    twice_in_a_chair = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("V2", "09:10"))
    assert keeper.offer(twice_in_a_chair, by="test") is Verdict.REFUSED
    assert keeper.schedule is None
    assert keeper.notes[0].startswith(REFUSED)
    assert seen == []


def test_only_a_cheaper_schedule_replaces_the_best(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    keeper, seen = best(problem)
    one = tiny.schedule(problem, tiny.place("V1", "09:00"))
    both = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("V2", "09:30"))
    assert keeper.offer(one, by="one") is Verdict.KEPT
    assert keeper.offer(both, by="both") is Verdict.KEPT
    assert keeper.offer(one, by="one again") is Verdict.NO_BETTER
    assert keeper.schedule == both
    assert [point.by for point in seen] == ["one", "both"]
    assert seen[1].objective < seen[0].objective


def test_a_bound_rises_to_the_next_cost_that_a_schedule_can_have(tiny):
    """Prices are multiples of 5 millipoints, the greatest common divisor of 35 and 10."""
    keeper, _ = best(tiny.problem(tiny.visit("V1")))
    for told, kept in ((10.0032, 10.005), (10.0051, 10.0051), (10.0056, 10.01), (10.012, 10.015)):
        keeper.raise_bound(told)
        assert keeper.bound == pytest.approx(kept, abs=1e-9)


def test_the_caution_of_a_solver_keeps_no_proof_back(tiny):
    """Nobody placed costs what it costs; a bound of 1.8 millipoints below is that cost."""
    problem = tiny.problem(tiny.visit("V1"))
    keeper, _ = best(problem)
    keeper.offer(tiny.schedule(problem), by="nothing placed")
    keeper.set_floor(0.0)
    keeper.raise_bound(keeper.objective - 0.0018)
    assert keeper.objective - keeper.bound < PROVEN_POINTS
    assert keeper.gap == pytest.approx(0.0, abs=1e-9)


def test_a_bound_above_every_schedule_stays_above(tiny):
    """A wrong bound is seen as wrong: nothing is rounded down."""
    problem = tiny.problem(tiny.visit("V1"))
    keeper, _ = best(problem)
    keeper.offer(tiny.schedule(problem), by="nothing placed")
    keeper.raise_bound(keeper.objective + 0.0007)
    assert keeper.bound > keeper.objective + PROVEN_POINTS


def test_bounds_only_rise_and_the_gap_needs_all_three(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    keeper, _ = best(problem)
    keeper.offer(tiny.schedule(problem), by="nothing placed")
    keeper.raise_bound(10.0)
    keeper.raise_bound(4.0)
    assert keeper.bound == 10.0
    assert keeper.gap is None
    keeper.set_floor(0.0)
    assert keeper.gap == (keeper.objective - 10.0) / keeper.objective
