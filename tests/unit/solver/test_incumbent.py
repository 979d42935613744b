"""The best solution of a search is one that the judge has not refused."""

import numpy as np

from engine.schedule import Schedule
from engine.solver.cp_sat import solve_program
from engine.solver.incumbent import Incumbent
from engine.solver.solved import Limits
from engine.solver.verdict import Verdict

LIMITS = Limits(seconds=10.0, gap=0.0, workers=1, seed=0)


class Judge:
    """Refuses every schedule that places V1, and remembers what it was shown."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Verdict]] = []

    def __call__(self, schedule: Schedule, by: str, doubtful: bool) -> Verdict:
        verdict = Verdict.REFUSED if "V1" in schedule.placement_of else Verdict.KEPT
        self.seen.append((by, verdict))
        return verdict


def solutions(tiny, solve):
    """A model of two visits, and its optimum with both, V2 alone, and nobody placed."""
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    model = solve.model(problem, tiny.schedule(problem, start=tiny.tuesday, days=1).horizon)
    found = [solve_program(model.program, LIMITS).values]
    for visit in ("V1", "V2"):
        model.program.lower[model.items[visit].unplaced] = 1
        found.append(solve_program(model.program, LIMITS).values)
    for visit in ("V1", "V2"):
        model.program.lower[model.items[visit].unplaced] = 0
    return model, found


def test_a_refused_solution_bars_no_later_one(tiny, solve):
    model, (both, one, nobody) = solutions(tiny, solve)
    judge = Judge()
    best = Incumbent(model, judge)
    assert best.take(nobody, "nobody")
    assert not best.take(both, "both")
    assert best.objective == best.arrays.value_of(nobody)
    assert best.take(one, "one")
    assert np.array_equal(best.values, one)
    kept, refused = Verdict.KEPT, Verdict.REFUSED
    assert judge.seen == [("nobody", kept), ("both", refused), ("one", kept)]


def test_a_refused_solution_is_shown_once(tiny, solve):
    model, (both, one, _) = solutions(tiny, solve)
    judge = Judge()
    best = Incumbent(model, judge)
    assert not best.take(both, "both")
    assert not best.take(both.copy(), "again")
    assert best.values is None
    assert best.take(one, "one")
    assert [by for by, _ in judge.seen] == ["both", "one"]


def test_one_that_the_judge_finds_no_better_is_kept_all_the_same(tiny, solve):
    """By hand there may be a better one: the search goes on from its own."""
    model, (both, _, nobody) = solutions(tiny, solve)
    best = Incumbent(model, lambda schedule, by, doubtful: Verdict.NO_BETTER)
    assert best.take(nobody, "nobody")
    assert best.take(both, "both")
    assert best.objective == best.arrays.value_of(both)
