"""A practice with designed days: what the checker accepts and the fill by hand uses."""

import datetime as dt

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.model_day.adopt import adopt
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import demand_of
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.design_day import day_model, name_day
from engine.model_day.design.month import plan_month
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.type_facts import facts_of
from engine.model_day.sample_goals import sample_goals
from engine.practice import Horizon, ModelDayDate
from engine.practice.calendar import model_day_on
from engine.result import Status
from engine.solver.solved import Solved
from engine.validation import problems_of


def test_a_designed_week_is_filled_and_passes_the_checker() -> None:
    made = generate("one-doctor", visits=40, seed=7)
    problem, goals = made.problem, sample_goals()
    types = day_types_of(goals, problem.practice)
    facts = {one.id: facts_of(problem, one) for one in types}
    month = plan_month(demand_of(goals, problem.practice), facts)
    days = []
    for one in types:
        model = day_model(facts[one.id], goals, month.slots[one.id], DesignRules())
        values = by_hand(model)
        assert values is not None
        days.append(name_day(problem, model, Solved(Status.FEASIBLE, values, 0.0, 0.0), 1, 0.0))
    designed = adopt(problem, types, days)
    old = {(one.code, one.where) for one in problems_of(problem)}
    new = [one for one in problems_of(designed) if (one.code, one.where) not in old]
    assert [one for one in new if one.severity.value == "refused"] == []
    schedule = fill_by_hand(designed, made.horizon)
    assert check(designed, schedule).ok
    assert len(schedule.placements) > 20


def test_dated_choices_stay_where_their_model_day_is_still_there() -> None:
    made = generate("one-doctor", visits=1, seed=1)
    practice = made.problem.practice
    day = dt.date(2026, 4, 6)
    other = ModelDayDate(model_day="gone", date=dt.date(2026, 4, 7))
    changed = made.problem.model_copy(
        update={
            "practice": practice.model_copy(
                update={"model_day_dates": (*practice.model_day_dates, other)}
            )
        }
    )
    types = day_types_of(sample_goals(), practice)
    kept = adopt(changed, types, ())
    # Nothing was designed: each type keeps the model day of its name.
    assert [one.id for one in kept.practice.model_days] == ["full", "catch-up", "short"]
    assert model_day_on(kept.practice, day) == model_day_on(practice, day)
    assert other not in kept.practice.model_day_dates
    assert Horizon(start=day, days=1).dates == (day,)
