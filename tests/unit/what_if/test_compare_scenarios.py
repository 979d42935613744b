"""Comparisons of tiny weeks that are solved to the optimum, and of made-up results."""

import pytest

from engine.cli.what_if_outputs import comparison_document
from engine.plot.what_if_page import what_if_html
from engine.result import Result, Status
from engine.what_if.compare_scenarios import best_few, compare_scenarios
from engine.what_if.comparison import Noise, Outcome, Solved, VisitChange
from engine.what_if.figure_values import Value
from engine.what_if.noise import Ends, noise_of, proven, spread_of
from engine.what_if.outcomes import figure_rows
from engine.what_if.prepare import Prepared
from engine.what_if.scenarios import ScenarioSettings
from engine.what_if.tasks import BoundTask
from engine.what_if.wording import verdict_of

PROVEN = ScenarioSettings(days=5, seconds=300, gap=0.0, workers=1, repeats=2, steps=100)
"""Tiny weeks are proven long before."""


def test_the_same_again_is_noise_and_two_closed_days_cost_an_overdue_one(tiny, asking):
    """V1 is due on Tuesday: with Monday and Tuesday closed it comes a day late, for 65 points."""
    base = tiny.problem(tiny.visit("V1"))
    scenarios = [
        asking.scenario(name="the same again"),
        asking.scenario({"kind": "day_closed", "weekdays": ["mon", "tue"]}, name="closed"),
    ]
    said = []
    found = compare_scenarios(base, asking.week, scenarios, PROVEN, 1, said.append)
    same, closed = found.outcomes
    assert found.base_bound <= found.solved["base"].best.objective
    assert same.bound_difference == same.difference == 0.0
    assert same.noise is Noise.BOTH
    assert same.gains == same.losses == ()
    overdue = next(row for row in closed.figures if row.figure == "overdue_days")
    assert (overdue.base, overdue.value, overdue.points) == (0.0, 1.0, 65.0)
    assert overdue.noise is Noise.CLEAR
    assert overdue.better is False
    # Everything else is the load of a day, hundredths of a point, and the chance of a miss.
    assert closed.difference == pytest.approx(65.0, abs=3.0)
    assert closed.noise is Noise.CLEAR
    assert closed.least <= closed.difference <= closed.most
    assert [(v.visit, v.always) for v in closed.losses] == [("V1", True)]
    assert closed.losses[0].why == "overdue days"
    # Three bounds, and two seeds of each; the base is solved once for both scenarios.
    assert said.count("base: solved") == 2
    assert len(said) == 3 + 6


TWO_CLOSED = ({"kind": "day_closed", "weekdays": ["mon", "tue"]}, "closed")


def stopped_at(tiny, asking, moment: str):
    """One scenario that changes nothing and one that closes two days, stopped as this is told."""
    change, name = TWO_CLOSED
    scenarios = [asking.scenario(name="same"), asking.scenario(change, name=name)]

    def tell(said: str) -> None:
        if said == moment:
            raise KeyboardInterrupt

    base = tiny.problem(tiny.visit("V1"))
    return compare_scenarios(base, asking.week, scenarios, PROVEN, 1, tell)


def test_a_stop_while_screening_keeps_the_bounds_that_are_there(tiny, asking):
    found = stopped_at(tiny, asking, "same: bound")
    assert (found.stopped, found.left_out) == (True, ("closed",))
    (same,) = found.outcomes
    assert (same.name, same.bound_difference, same.difference) == ("same", 0.0, None)
    assert dict(found.solved) == {}


def test_a_stop_at_the_last_bound_solves_nothing(tiny, asking):
    found = stopped_at(tiny, asking, "closed: bound")
    assert (found.stopped, found.left_out, dict(found.solved)) == (True, (), {})
    assert [one.name for one in found.outcomes] == ["same", "closed"]


def test_a_stop_in_the_full_solves_keeps_those_that_are_done(tiny, asking):
    """The first seed of the base and of one scenario are done; the other one is screened only."""
    found = stopped_at(tiny, asking, "same: solved")
    assert (found.stopped, found.left_out) == (True, ())
    same, closed = found.outcomes
    assert same.difference == 0.0
    assert closed.difference is None
    assert closed.bound_difference > 0
    assert len(found.solved["base"].results) == 1


def test_a_whole_seed_counts_and_a_begun_one_does_not(tiny, asking):
    """The base of the second seed is done as well, the scenario of it is not."""
    change, name = TWO_CLOSED

    def first_seed(said: str) -> None:
        if said == f"{name}: solved":
            raise KeyboardInterrupt

    scenarios = [asking.scenario(change, name=name)]
    base = tiny.problem(tiny.visit("V1"))
    found = compare_scenarios(base, asking.week, scenarios, PROVEN, 1, first_seed)
    assert found.stopped
    assert [len(one.results) for one in found.solved.values()] == [1, 1]
    # Whether another seed says the same is not known, and proven points need none.
    assert [one.always for one in found.outcomes[0].losses] == [None]
    noise = {row.figure: (row.spread, row.noise) for row in found.outcomes[0].figures}
    assert noise["overdue_days"] == (None, Noise.CLEAR)
    assert noise["expected_missed_visits"] == (None, Noise.REPEATS)
    assert "mean over 1 seed;" in what_if_html(found)
    assert found.outcomes[0].difference == pytest.approx(65.0, abs=3.0)


def test_a_stop_before_the_bound_of_the_base_leaves_nothing(tiny, asking, monkeypatch):
    def broken_off(task: BoundTask) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr(BoundTask, "run", broken_off)
    with pytest.raises(KeyboardInterrupt):
        stopped_at(tiny, asking, "never")


def test_a_fill_that_is_broken_off_is_no_solve(tiny, asking, monkeypatch):
    """A stop that reaches the search itself comes back as a result that was interrupted."""

    def interrupted(*_, start=None) -> Result:
        return Result(status=Status.UNKNOWN, schedule=None, interrupted=True)

    monkeypatch.setattr("engine.what_if.tasks.fill_days", interrupted)
    found = stopped_at(tiny, asking, "never")
    assert (found.stopped, dict(found.solved)) == (True, {})
    assert [one.difference for one in found.outcomes] == [None, None]


def test_what_is_proven_lies_between_bound_and_best_of_both():
    base, scenario = Ends(90, 100), Ends(65, 70)
    limits = proven(base, scenario)
    # At best 65 against 100, at worst 70 against 90.
    assert (limits.least, limits.most, limits.open) == (-35, -20, 15)
    assert limits.sign_known
    assert not proven(base, Ends(80, 95)).sign_known
    assert proven(base, Ends(101, 120)).sign_known


def test_without_a_bound_of_the_base_nothing_is_known_to_be_better():
    assert proven(Ends(None, 100), Ends(60, 70)).most is None
    assert not proven(Ends(None, 100), Ends(60, 70)).sign_known
    assert proven(Ends(90, 100), Ends(None, 70)).least is None
    assert proven(Ends(90, 100), Ends(None, 70)).sign_known


def test_the_best_of_several_seeds_counts_with_the_highest_bound():
    results = [
        Result(status=Status.FEASIBLE, schedule=None, objective=objective, bound=bound, seed=seed)
        for seed, (objective, bound) in enumerate([(104, 90), (100, 80), (None, None)])
    ]
    solved = Solved(results=tuple(results), objectives=(104, 100, None), bounds=(90, 80, None))
    assert (solved.best.seed, solved.bound) == (1, 90)
    # The second loses a time that the first keeps, which its fill does not know.
    dearer = solved.model_copy(update={"objectives": (107, 200, None)})
    assert dearer.best.seed == 0


def test_each_run_is_told_with_what_its_fill_does_not_count(tiny, asking):
    """Tuesday closes: B1 is called for three points, and V1 has no date any more."""
    on_tuesday = tiny.visit("V1", earliest=tiny.tuesday, latest=tiny.tuesday)
    base = tiny.problem(tiny.booking("B1", "09:00"), on_tuesday)
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["tue"]}, name="closed")
    found = compare_scenarios(base, asking.week, [closed], PROVEN, 1)
    (outcome,), solved = found.outcomes, found.solved["closed"]
    document = comparison_document(found)
    runs = document["scenarios"][0]["runs"]
    assert [one["seed"] for one in runs] == [one.seed for one in solved.results]
    assert outcome.objective == min(one["objective"] for one in runs)
    assert outcome.difference == outcome.objective - min(document["base"]["objectives"])
    for run, result in zip(runs, solved.results, strict=True):
        assert run["objective"] > result.objective + 520
        assert result.bound + 520 < run["bound"] <= run["objective"] + 1e-6


@pytest.mark.parametrize(
    ("difference", "gain_of_called", "verdict"),
    [
        (-50.0, 60.0, "better for those called alone"),
        (-50.0, 40.0, "better"),
        (-50.0, -10.0, "better"),
        (50.0, 60.0, "worse"),
    ],
)
def test_what_only_called_patients_gain_is_no_reason_for_a_scenario(
    difference, gain_of_called, verdict
):
    """B1 loses its time and finds one that costs so much less; V1 gains 5 either way."""
    changes = [("B1", gain_of_called, True), ("V1", 5.0, False)]
    visits = tuple(
        VisitChange(
            visit=visit, patient="P", procedure="ADJ", before=None, after=None, points=points,
            why="overdue days", always=True, called=called,
        )
        for visit, points, called in changes
    )  # fmt: skip
    outcome = Outcome(
        name="x", bound=0.0, bound_difference=0.0, difference=difference, noise=Noise.CLEAR,
        visits=visits,
    )  # fmt: skip
    assert verdict_of(outcome) == verdict


@pytest.mark.parametrize(
    ("difference", "spread", "by_gap", "expected"),
    [
        (5.0, 2.0, False, Noise.CLEAR),
        (-5.0, 5.0, False, Noise.REPEATS),
        (5.0, 2.0, True, Noise.GAP),
        (0.0, 0.0, True, Noise.BOTH),
        (0.0, 0.0, False, Noise.REPEATS),
    ],
)
@pytest.mark.parametrize("priced", [True, False])
def test_noise_is_by_gap_or_by_repeats(difference, spread, by_gap, priced, expected):
    assert noise_of(difference, spread, by_gap=by_gap, priced=priced) is expected


@pytest.mark.parametrize(
    ("by_gap", "priced", "expected"),
    [
        (False, True, Noise.CLEAR),
        (True, True, Noise.GAP),
        (False, False, Noise.REPEATS),
        (True, False, Noise.BOTH),
    ],
)
def test_with_one_seed_only_a_price_says_anything(by_gap, priced, expected):
    assert spread_of([7.0]) is None
    assert noise_of(5.0, None, by_gap=by_gap, priced=priced) is expected


def values(objective: float, late: float, calls: float) -> dict[str, Value]:
    return {
        "objective": Value(objective, "points", objective, -1),
        "late_weeks": Value(late, "week", 400 * late, -1),
        "calls": Value(calls, "call", None, 0),
    }


def test_each_figure_has_its_own_noise():
    """The gaps leave 1,000 points open: two late weeks are less, ten are more."""
    before = [values(9000, 10, 5), values(9100, 10, 5)]
    after = [values(4000, 0, 9), values(4100, 0, 9)]
    limits = proven(Ends(8400, 9000), Ends(3600, 4000))
    objective, late, calls = figure_rows(before, after, limits)
    assert (objective.difference, objective.spread) == (-5000, 100)
    assert objective.noise is late.noise is calls.noise is Noise.CLEAR
    assert (late.points, late.better) == (-4000, True)
    assert (calls.difference, calls.points, calls.better) == (4, None, None)
    small = [values(8200, 8, 9), values(8300, 9, 9)]
    few = figure_rows(before, small, proven(Ends(8400, 9000), Ends(7800, 8200)))
    # The base's optimum is at least 8,400, the scenario at most 8,200: the whole is proven. A week
    # and a half is 600 points, less than the 600 and 400 that the gaps leave open.
    assert few[0].noise is Noise.CLEAR
    assert (few[1].difference, few[1].points, few[1].noise) == (-1.5, -600, Noise.GAP)
    assert few[1].better is None


def test_how_many_are_called_is_certain_whatever_is_not_proven():
    """The sign of the whole is open, and each was solved once: the number of bookings is known."""

    def with_called(objective: float, called: float) -> dict[str, Value]:
        more = {"bookings_called": Value(called, "booking", None, -1)}
        return values(objective, 0, 5 + called) | more

    limits = proven(Ends(8000, 9000), Ends(8000, 9000))
    *_, calls, called = figure_rows([with_called(9000, 0)], [with_called(9000, 6)], limits)
    assert (calls.spread, calls.noise) == (None, Noise.BOTH)
    assert (called.noise, called.better) == (Noise.CLEAR, False)


def test_the_best_by_bound_are_solved_and_those_that_are_to_be(asking, tiny):
    base = tiny.problem()
    others = [Prepared(name, base) for name in "abcd"]
    scenarios = [asking.scenario(name=name, confirm=name == "d") for name in "abcd"]
    bounds = {"a": 3.0, "b": 1.0, "c": 2.0, "d": 9.0}
    chosen = best_few(others, scenarios, bounds, 2)
    assert [one.name for one in chosen] == ["b", "c", "d"]
