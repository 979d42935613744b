from engine.filling.best_so_far import REFUSED, BestSoFar
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
