"""Designed days against the staff's calendar: every booked column has its person."""

import datetime as dt

import pytest

from engine.generate.generate import AS_OF
from engine.generate.practice import empty_problem
from engine.generate.profiles import profile_of
from engine.model_day.day_types import day_types_of
from engine.model_day.demand import demand_of
from engine.model_day.design.by_hand import by_hand
from engine.model_day.design.design_day import day_model, name_day
from engine.model_day.design.known_day import solved_day
from engine.model_day.design.month import plan_month
from engine.model_day.design.prices import DesignRules
from engine.model_day.design.type_facts import facts_of
from engine.model_day.sample_goals import sample_goals
from engine.staffing.calendar import staff_calendar
from engine.staffing.roster import DayRoster
from engine.units import overlaps

ORDINARY = tuple(dt.date(2026, 4, day) for day in (8, 9, 10, 13))
"""A Wednesday, Thursday, Friday and Monday without a meeting or somebody away: all day types."""


@pytest.fixture(scope="module")
def rosters() -> dict[str, dict[dt.date, DayRoster]]:
    """By date, under designed days and under the sample's own, which are made by hand."""
    problem, goals = empty_problem(profile_of("one-doctor"), AS_OF), sample_goals()
    types = day_types_of(goals, problem.practice)
    facts = {one.id: facts_of(problem, one) for one in types}
    month = plan_month(demand_of(goals, problem.practice), facts)
    made = []
    for name, one in facts.items():
        model = day_model(one, goals, month.slots[name], DesignRules())
        # No rule is softer for the hand than for the search, which takes longer.
        day = name_day(problem, model, solved_day(model, by_hand(model), 0.0), 1, 0.0)
        assert day.model_day is not None
        made.append(day.model_day)
    practice = problem.practice.model_copy(update={"model_days": tuple(made)})
    questions = {"designed": problem.model_copy(update={"practice": practice}), "own": problem}
    return {
        name: {one.date: one for one in staff_calendar(asked, ORDINARY[0]).days}
        for name, asked in questions.items()
    }


def test_each_booked_column_has_a_person_all_through(
    rosters: dict[str, dict[dt.date, DayRoster]],
) -> None:
    assert [rosters["designed"][day].shortages for day in ORDINARY] == [()] * 4
    # The calendar does see columns that have nobody: the sample's own days have such.
    assert all(rosters["own"][day].shortages for day in ORDINARY)


def test_nobody_has_two_columns_and_no_column_two_people(
    rosters: dict[str, dict[dt.date, DayRoster]],
) -> None:
    for day in ORDINARY:
        duties = rosters["designed"][day].duties
        assert len(duties) > 4
        for at, one in enumerate(duties):
            for other in duties[at + 1 :]:
                if overlaps((one.start, one.end), (other.start, other.end)):
                    assert one.person != other.person
                    assert one.column != other.column
