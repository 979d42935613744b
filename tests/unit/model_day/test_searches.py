"""Searches side by side: what is told counts, all stop together, the limit is kept."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from offices import MONDAY, fixture_goals, places, small_office

from engine.model_day.design import side_by_side
from engine.model_day.design.day_model import DayModel
from engine.model_day.design.design_day import DesignSettings, day_model, solve_day
from engine.model_day.design.first_days import FirstDays
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.side_by_side import search_day
from engine.model_day.design.solve_job import BranchJob, DesignJob
from engine.model_day.design.type_facts import facts_of
from engine.result import Status
from engine.solver.crew import Done
from engine.solver.solved import Limits, Solved

DAY, DEARER = np.array([2]), np.array([1])
CLOCK = Limits(seconds=5.0, gap=0.01, workers=2, seed=0)
WORK = Limits(seconds=5.0, gap=0.01, workers=1, seed=0, work=1.0)


class Script:
    """A crew that answers from a script; what is left of it when it is sent home."""

    def __init__(self, *answers: Done) -> None:
        self.answers = list(answers)
        self.gone: list[Done] = []
        self.jobs: list[DesignJob | BranchJob] = []
        self.asked: list[float] = []

    def submit(self, job: DesignJob | BranchJob, _seconds: float) -> int:
        self.jobs.append(job)
        return len(self.jobs)

    def busy(self) -> int:
        return len(self.jobs) - sum(one.last for one in self.gone)

    def collect(self, seconds: float) -> Done | None:
        self.asked.append(seconds)
        if not self.answers:
            return None
        self.gone.append(self.answers.pop(0))
        return self.gone[-1]


def tiny_model(relief: bool = False) -> DayModel:
    """Three retainer checks and a separator visit in one chair: two blocks, 20 points."""
    problem = small_office()
    wanted = places(problem, RETCN=3, SEP=1)
    return day_model(facts_of(problem, MONDAY), fixture_goals(), wanted, DesignRules(), relief)


def scripted(
    monkeypatch: pytest.MonkeyPatch, limits: Limits, *answers: Done
) -> tuple[Solved, Script]:
    script = Script(*answers)

    @contextmanager
    def crew(_size: int) -> Iterator[Script]:
        yield script

    monkeypatch.setattr(side_by_side, "crew_of", crew)
    return search_day(tiny_model(), limits, None), script


def told(objective: float | None, bound: float, last: bool = False, ticket: int = 1) -> Done:
    if objective is None:
        return Done(ticket, Solved(Status.UNKNOWN, None, None, bound), last)
    values = DAY if objective < 230 else DEARER
    return Done(ticket, Solved(Status.FEASIBLE, values, objective, bound), last)


def test_a_day_of_one_and_a_bound_of_the_other_end_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """220 against 218 is within a hundredth: nobody waits for what either would answer."""
    found, script = scripted(
        monkeypatch,
        CLOCK,
        told(240, 100),
        told(220, 100),
        told(None, 218, ticket=2),
        told(220, 219, last=True),
    )
    assert (found.objective, found.bound) == (220, 218)
    assert script.busy() == 2
    assert len(script.answers) == 1


def test_what_was_told_counts_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    found, script = scripted(monkeypatch, CLOCK, told(240, 100), told(None, 150, ticket=2))
    assert (found.status, found.objective, found.bound) == (Status.FEASIBLE, 240, 150)
    # It was never asked to wait longer than the limit and a second.
    assert max(script.asked) <= CLOCK.seconds + side_by_side.ENDING_SECONDS
    assert all(job.until < math.inf for job in script.jobs)


def test_a_lost_process_loses_nothing_that_it_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Done(1, None)
    found, _ = scripted(monkeypatch, CLOCK, told(240, 100), lost, told(220, 150, True, 2))
    assert (found.objective, found.bound) == (220, 150)


def test_with_a_limit_in_work_only_the_answer_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes on the way depends on the clock, so it would not be the same again."""
    found, script = scripted(monkeypatch, WORK, told(220, 219), told(240, 150, last=True))
    assert (found.objective, found.bound) == (240, 150)
    assert [type(job) for job in script.jobs] == [DesignJob]
    assert script.jobs[0].until == math.inf


def test_no_search_is_begun_without_time() -> None:
    model = tiny_model()
    assert search_day(model, Limits(0.0, 0.01, 2, 0), None).status is Status.UNKNOWN
    by_hand = solve_day(model, DesignSettings(seconds=0.0))
    assert by_hand.status is Status.FEASIBLE
    assert by_hand.bound == 0


def test_two_real_searches_prove_a_tiny_day() -> None:
    found = solve_day(tiny_model(), DesignSettings(seconds=120.0, workers=2, gap=0.0))
    assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, 20, 20)


@pytest.mark.parametrize("kind", [DesignJob, BranchJob])
def test_a_search_tells_better_days_and_higher_bounds_alone(
    kind: type[DesignJob | BranchJob],
) -> None:
    heard: list[Solved] = []
    answer = kind(tiny_model(), Limits(60.0, 0.0, 1, 0)).run(heard.append)  # type: ignore[arg-type]
    costs = [one.objective for one in heard if one.objective is not None]
    assert costs == sorted(costs, reverse=True)
    bounds = [one.bound for one in heard]
    assert bounds == sorted(bounds)
    assert (heard[-1].objective, heard[-1].bound) == (answer.objective, answer.bound) == (20, 20)


def test_a_known_day_is_where_the_search_begins() -> None:
    model = tiny_model()
    best = solve_day(model, DesignSettings(work=1.0, workers=1, gap=0.0))
    assert best.values is not None
    again = solve_day(model, DesignSettings(seconds=0.0), best.values)
    assert again.values is best.values
    broken = best.values.copy()
    broken[0] += 1
    # A day that breaks a row of this model is none.
    assert solve_day(model, DesignSettings(seconds=0.0), broken).values is not broken


def test_first_days_are_not_asked_where_more_may_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """They know nothing of what is not there; the time is for the solver."""

    def refuse(*_: object) -> None:
        raise AssertionError("first days were asked")

    monkeypatch.setattr(FirstDays, "run", refuse)
    limits = Limits(3600.0, 0.0, 1, 0, work=2.0)
    heard: list[object] = []
    answer = DesignJob(tiny_model(relief=True), limits).run(heard.append)
    assert answer.status is Status.OPTIMAL
    with pytest.raises(AssertionError):
        DesignJob(tiny_model(), limits).run(heard.append)
