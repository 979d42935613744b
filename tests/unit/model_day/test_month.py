"""Days and places of a month."""

import pytest
from offices import fixture_goals, sample_problem

from engine.model_day.day_types import day_types_of
from engine.model_day.demand import Demand, demand_of
from engine.model_day.design.month import MonthPlan, plan_month
from engine.model_day.design.slots import families
from engine.model_day.design.type_facts import facts_of
from engine.model_day.design.wanted import held_slots
from engine.model_day.goals import DayTypeGoal, Goals
from engine.model_day.month_calendar import calendar_line
from engine.model_day.sample_goals import sample_goals
from engine.practice import Purpose, Weekday

PROBLEM = sample_problem()
PRACTICE = PROBLEM.practice


def planned(goals: Goals) -> tuple[Demand, MonthPlan]:
    facts = {one.id: facts_of(PROBLEM, one) for one in day_types_of(goals, PRACTICE)}
    demand = demand_of(goals, PRACTICE)
    return demand, plan_month(demand, facts)


def test_a_month_has_its_patient_days_and_a_place_for_everybody() -> None:
    """For each class and length there are as many places at least so long as visits need."""
    _, month = planned(sample_goals())
    # To a tenth, three weekdays come 13 times a month and one 4.3 times.
    assert sum(month.days.values()) == pytest.approx(21.6)
    assert month.missed == {}
    wanted = month.wanted
    for family in families(wanted):
        places, visits = 0, 0.0
        for slot in family:
            places += sum(month.slots[name].get(slot, 0) * n for name, n in month.days.items())
            visits += wanted[slot]
            assert places >= visits - 0.05


def test_weekdays_are_used_as_often_as_they_come() -> None:
    # Three of five weekdays are full days: 10.8 of 18 days, the others 3.6 each.
    _, month = planned(sample_goals().model_copy(update={"patient_days_per_month": 18.0}))
    assert month.days == {"full": 10.8, "catch-up": 3.6, "short": 3.6}


def test_the_sample_is_planned_for_all_days_of_its_calendar() -> None:
    goals = sample_goals()
    _, month = planned(goals)
    for one in day_types_of(goals, PRACTICE):
        assert calendar_line(one, month.days[one.id]) is None
    # Five exam places in each week of 11.7 exams: P(N <= 15) is the first above 85 %.
    a_week = sum(
        count * days * 12 / 52
        for name, days in month.days.items()
        for slot, count in month.slots[name].items()
        if slot.purpose is Purpose.EXAM
    )
    assert 15 - 0.05 <= a_week < 17


def test_every_day_of_every_type_has_the_holds() -> None:
    demand, month = planned(sample_goals())
    held = held_slots(demand, PRACTICE)
    # Two a day: P(N <= 2) = 0.677 < 0.75, P(N <= 3) = 0.857.
    assert list(held.values()) == [3]
    for slots in month.slots.values():
        assert [count for slot, count in slots.items() if slot.hold] == [3]


def test_what_a_month_cannot_hold_is_missed_and_named() -> None:
    goals = fixture_goals(
        patient_days_per_month=4,
        day_types=(DayTypeGoal(id="fri", title="Friday", weekdays=(Weekday.FRI,)),),
    )
    _, month = planned(goals)
    assert month.days == {"fri": 4}
    # 25 starts in four days are more than the doctor's four times 330 minutes can see to.
    assert sum(month.missed.values()) > 100
    assert all(0 < left <= month.wanted[slot] + 0.05 for slot, left in month.missed.items())
    assert {"ADJR", "ADJS + ALCHK"} & {month.kinds[slot] for slot in month.missed}


@pytest.mark.parametrize("most", [2, 9])
def test_a_type_has_no_more_days_than_it_may(most: int) -> None:
    goals = sample_goals().model_copy(
        update={
            "patient_days_per_month": 6.0,
            "day_types": (
                DayTypeGoal(
                    id="full",
                    title="Full",
                    weekdays=(Weekday.MON, Weekday.TUE),
                    at_most_a_month=most,
                ),
                DayTypeGoal(id="fri", title="Friday", weekdays=(Weekday.FRI,)),
            ),
        }
    )
    _, month = planned(goals)
    assert month.days["full"] <= min(most, 9)
    assert month.days["full"] + month.days["fri"] <= 6
