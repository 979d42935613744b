"""Every method on a tiny week: the checker accepts its answer, and its bound is below it."""

import pytest

from benchmarks.measures import TOLERANCE
from benchmarks.offers import MOST_JUDGED, Offers, judge, to_judge
from benchmarks.one_run import perform
from benchmarks.peer import Limits, Offer
from benchmarks.peers import HOMES, peer_of
from benchmarks.plan import SEARCHING
from benchmarks.records import Outcome, Run
from engine.filling.by_hand import fill_by_hand
from engine.generate import Generated, generate
from engine.kpi import measure, objective_points
from engine.practice import Horizon, Problem
from engine.result import TracePoint
from engine.schedule import Schedule

VISITS = 8
SECONDS = 20.0
"""For methods that end by themselves on so small a problem; the others get a tenth of it."""


@pytest.fixture(scope="module")
def tiny() -> Generated:
    """Eight visits on a Monday and a Tuesday."""
    made = generate("one-doctor", VISITS, seed=1)
    two_days = Horizon(start=made.horizon.start, days=2)
    return Generated(made.problem, two_days, None, made.summary)


@pytest.mark.parametrize("method", HOMES)
def test_the_answer_is_accepted(method: str, tiny: Generated) -> None:
    peer = peer_of(method)
    assert peer.name == method
    assert peer.settings
    seconds = SECONDS / 10 if method == "alns" else SECONDS
    limits = Limits(seconds=seconds, workers=2, seed=0)
    run = Run(case="tiny", method=method, seed=0)
    record = perform(run, peer, tiny.problem, tiny.horizon, limits)
    assert record.outcome is Outcome.ANSWERED, record.reason
    assert (record.refused, record.late) == (0, 0), record.refusals
    assert record.objective is not None
    assert record.bound is None or record.bound <= record.objective + TOLERANCE
    objectives = [point.objective for point in record.trace if point.objective is not None]
    assert objectives == sorted(objectives, reverse=True)
    assert objectives[-1] == pytest.approx(record.objective)
    assert record.certificate is (True if method == "engine" else None), record.refused_claims


@pytest.mark.parametrize("method", ["engine", *SEARCHING])
def test_what_a_method_starts_from_is_printed_and_the_same(method: str) -> None:
    assert "best fit by hand" in peer_of(method).settings


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(KeyError, match="method 'nobody' is unknown; choose one of engine"):
        peer_of("nobody")


def offered(tiny: Generated) -> tuple[Schedule, Schedule]:
    """A schedule that holds, and the same with a placement taken out: a visit is nowhere."""
    good = fill_by_hand(tiny.problem, tiny.horizon)
    return good, good.model_copy(update={"placements": good.placements[1:]})


def test_a_refused_schedule_counts_as_none(tiny: Generated) -> None:
    good, bad = offered(tiny)
    offers = Offers(limit=10.0)
    offers(bad)
    judged = judge(tiny.problem, offers)
    assert judged.schedule is None
    assert len(judged.refusals) == 1
    offers(good)
    offers(bad)
    judged = judge(tiny.problem, offers)
    assert judged.schedule == good
    assert len(judged.points) == 1
    assert len(judged.refusals) == 2


def test_a_late_schedule_is_not_counted(tiny: Generated) -> None:
    good, _ = offered(tiny)
    offers = Offers(limit=10.0)
    offers.latest = 0.0
    offers(good)
    assert offers.packed == []
    assert offers.late == 1


def test_of_many_offers_the_first_the_last_and_some_between_are_judged() -> None:
    assert to_judge(3) == [0, 1, 2]
    chosen = to_judge(1000)
    assert len(chosen) == MOST_JUDGED
    assert (chosen[0], chosen[-1]) == (0, 999)


class Slow:
    """Stands in for the engine: two schedules, the second of them found after the limit."""

    name, settings, runs_to_limit = "slow", "none", True
    certificate, certified_bound, notes = None, None, ()

    def __init__(self, better: Schedule, *objectives: float) -> None:
        self.better = better
        self.trace = (
            TracePoint(seconds=1.0, objective=objectives[0], bound=None),
            TracePoint(seconds=99.0, objective=objectives[1], bound=None),
        )

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> None:
        offer(self.better)


def test_what_the_trace_found_after_the_limit_does_not_count(tiny: Generated) -> None:
    good, _ = offered(tiny)
    price = objective_points(measure(tiny.problem, good))
    run = Run(case="tiny", method="slow", seed=0)
    limits = Limits(seconds=10.0, workers=2, seed=0)
    record = perform(run, Slow(good, price + 7, price), tiny.problem, tiny.horizon, limits)
    assert record.outcome is Outcome.ANSWERED
    assert (record.objective, record.unplaced, record.late) == (price + 7, None, 1)
    with pytest.raises(ValueError, match="prices its last schedule"):
        perform(run, Slow(good, price + 7, price - 1), tiny.problem, tiny.horizon, limits)
