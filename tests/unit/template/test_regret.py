"""What a model day costs: on paper, never below zero, and nothing where it does not bind.

Now is Monday 2 March 2026, 07:00; the week is its Tuesday alone. Patients come at any hour.
"""

import datetime as dt

import pytest

from engine.checker import check
from engine.filling.fill import FillSettings, fill_days
from engine.generate import generate
from engine.kpi import measure, objective_points
from engine.practice import Cell, Horizon, ModelDay, ModelDayDate, Quota
from engine.result import Result, Status
from engine.template import regret as entry
from engine.template.free import freely
from engine.template.regret import estimate_regret, fill_freely, with_regret

DAY = Horizon(start=dt.date(2026, 3, 3), days=1)
SETTINGS = FillSettings(time_limit=10.0, gap=0.0, workers=1, reproducible=True)


def asked(tiny, *visits, cells=(), quotas=()):
    return tiny.problem(
        *visits,
        model_days=(ModelDay(id="M", title="M", cells=cells, quotas=quotas),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )


def cell(procedure_class: str, start: str = "08:00", end: str = "17:00") -> Cell:
    return Cell(
        id=f"{procedure_class}{start[:2]}",
        procedure_class=procedure_class,
        columns=("C1",),
        start=start,
        end=end,
    )


def both(problem, horizon=DAY):
    result = fill_days(problem, horizon, SETTINGS)
    return result, fill_freely(problem, horizon, result, SETTINGS)


def test_a_chair_kept_for_others_costs_the_visit_that_it_turns_away(tiny):
    # C1 is kept for bonds all day. Without a time V1 counts as placed on 25 March (4 March and
    # 21 days), 22 days after it is due: 520 + 22 * 65 = 1950 points. It can be missed there as on
    # Tuesday, three weeks further ahead, so lost minutes move by less than one point.
    problem = asked(tiny, tiny.visit("V1"), cells=(cell("bond"),))
    result, free = both(problem)
    assert result.status is Status.OPTIMAL
    assert free.regret.found == pytest.approx(1950, abs=10)
    assert free.regret.estimate == pytest.approx(free.regret.found, abs=0.01)
    assert free.regret.at_least == free.regret.found == free.regret.at_most
    figures = {one.kpi: one.value for one in free.kpis}
    assert figures["unplaced_visits"] == 0
    assert free.regret.free_objective == objective_points(free.kpis)


def test_a_model_day_that_does_not_bind_costs_nothing(tiny):
    problem = asked(tiny, tiny.visit("V1"), tiny.visit("V2"), cells=(cell("adj"),))
    _, free = both(problem)
    assert (free.regret.found, free.regret.estimate) == (0.0, 0.0)


def test_a_quota_is_part_of_the_model_day(tiny):
    # One ADJ at most: the second one is turned away, as above.
    quota = Quota(procedure_class="adj", at_most=1)
    problem = asked(tiny, tiny.visit("V1"), tiny.visit("V2"), quotas=(quota,))
    _, free = both(problem)
    assert free.regret.found == pytest.approx(1950, abs=10)


def test_a_practice_without_model_days_has_no_regret(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    _, free = both(problem)
    assert (free.regret.found, free.regret.estimate) == (0.0, 0.0)


def test_what_the_template_allows_is_allowed_freely_and_costs_no_more():
    made = generate("one-doctor", visits=40, seed=11, planted=True, booked_share=0.3)
    result = fill_days(made.problem, made.horizon, FillSettings(time_limit=2, workers=1))
    assert result.schedule is not None
    assert result.objective is not None
    question = freely(made.problem)
    assert check(question, result.schedule).ok
    assert objective_points(measure(question, result.schedule)) <= result.objective


@pytest.mark.parametrize("seed", [1, 4])
def test_regret_lies_between_its_bounds(seed):
    made = generate("one-doctor", visits=12, seed=seed)
    settings = FillSettings(time_limit=3.0, workers=1, seed=seed)
    result = fill_days(made.problem, made.horizon, settings)
    free = fill_freely(made.problem, made.horizon, result, settings)
    regret = free.regret
    assert regret.found is not None
    assert regret.estimate is not None
    assert regret.at_most is not None
    assert 0 <= regret.estimate <= regret.at_most
    assert 0 <= (regret.at_least or 0) <= regret.found <= regret.at_most + 1e-9


def test_no_estimate_without_a_schedule_or_for_many_weeks(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    none = Result(status=Status.UNKNOWN, schedule=None)
    assert estimate_regret(problem, DAY, none, SETTINGS) is None
    done = fill_days(problem, DAY, SETTINGS)
    weeks = Horizon(start=DAY.start, days=21)
    assert estimate_regret(problem, weeks, done, SETTINGS) is None
    with pytest.raises(ValueError, match="no schedule"):
        fill_freely(problem, DAY, none, SETTINGS)


def test_a_stop_during_the_estimate_keeps_the_schedule(tiny, monkeypatch):
    problem = tiny.problem(tiny.visit("V1"))
    done = fill_days(problem, DAY, SETTINGS)
    assert with_regret(problem, DAY, done, SETTINGS).regret == estimate_regret(
        problem, DAY, done, SETTINGS
    )

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "estimate_regret", stopped)
    kept = with_regret(problem, DAY, done, SETTINGS)
    assert kept == done.model_copy(update={"interrupted": True})
    # Nothing is asked after a fill that was stopped itself.
    assert with_regret(problem, DAY, kept, SETTINGS) == kept
