"""The best solution of a search is one that the judge has not refused."""

import numpy as np

from engine.schedule import Schedule
from engine.solver.arrays import to_arrays
from engine.solver.closed import close_ruled_out
from engine.solver.cp_sat import solve_program
from engine.solver.incumbent import Incumbent
from engine.solver.lagrangian import Lagrangian
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


def with_a_tight_row(tiny, solve):
    """The same model with a row, tighter than the rules, that forbids to place V1."""
    model, found = solutions(tiny, solve)
    model.program.row("book_kept", [c.column for c in model.items["V1"].columns], upper=0)
    model.mark_strict()
    return model, found


def test_the_judge_decides_where_only_a_tighter_row_is_broken(tiny, solve):
    model, (both, one, _) = with_a_tight_row(tiny, solve)
    asked: list[bool] = []

    def judge(schedule: Schedule, by: str, doubtful: bool) -> Verdict:
        asked.append(doubtful)
        return Verdict.KEPT

    best = Incumbent(model, judge)
    assert best.take(one, "one")
    assert best.arrays.violates(both)
    assert best.take(both, "both")
    assert not best.arrays.violates(both), "from now on the row forbids nothing"
    assert asked == [False, True]


def test_nothing_unjudged_breaks_a_tighter_row(tiny, solve):
    model, (both, _, _) = with_a_tight_row(tiny, solve)
    for verdict in (Verdict.REFUSED, Verdict.NO_BETTER):
        best = Incumbent(model, lambda schedule, by, doubtful, said=verdict: said)
        assert not best.take(both, "both")
        assert best.values is None
        assert best.arrays.violates(both)


def test_no_price_and_no_closed_column_comes_from_a_tighter_row(tiny, solve):
    model, _ = with_a_tight_row(tiny, solve)
    dual = Lagrangian(model, to_arrays(model.program))
    assert not set(model.strict_rows) & set(dual.dual_rows.tolist())
    close_ruled_out(model.program, model.strict_rows)
    columns = [c.column for c in model.items["V1"].columns]
    assert (model.program.upper[columns] == 1).all()
    close_ruled_out(model.program)
    assert (model.program.upper[columns] == 0).all()
