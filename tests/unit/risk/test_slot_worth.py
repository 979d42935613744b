"""What the minutes of a visit are worth in a slot, worked out on paper."""

import pytest
from pydantic import ValidationError

from engine.practice import SlotPrices
from engine.risk.slot_worth import SlotWorth
from engine.risk.visit_costs import PersonalCosts
from engine.yardsticks import stages_of

TUESDAY = 1


def worth(tiny, procedure: str, hour: int | None, *slots, weekday: int = TUESDAY) -> float:
    problem = tiny.problem(tiny.visit("V1", procedure), slots=tiny.slots(*slots))
    return SlotWorth(problem).minutes(stages_of(problem, problem.visits[0]), weekday, hour)


def test_each_minute_counts_by_the_hour_in_which_it_lies(tiny):
    # BOND: chair 0-75, doctor 25-40. From 08:00 on 60 chair minutes are average, 15 lie after
    # 09:00 at 150 %; all doctor minutes lie before it: 60 + 22.5 + 15.
    nine = ("tue", 9, 150, 300)
    assert worth(tiny, "BOND", 8, nine) == 97.5
    # From 09:00: 60 at 150 % and 15 average; the doctor's 15 at 300 %: 90 + 15 + 45.
    assert worth(tiny, "BOND", 9, nine) == 150
    assert worth(tiny, "BOND", 10, nine) == 90


def test_stages_in_different_rooms_and_minutes_without_a_chair(tiny):
    # WALK: a chair for 30 minutes, then 20 minutes with the doctor in no chair.
    walk = tiny.procedure("WALK", "A30|D20", chair=("clinic", None), turnover=0)
    problem = tiny.problem(
        tiny.visit("V1", "WALK"), procedures=(walk,), slots=tiny.slots(("tue", 8, 200, 50))
    )
    stages = stages_of(problem, problem.visits[0])
    assert SlotWorth(problem).minutes(stages, TUESDAY, 8) == 60 + 10
    assert SlotWorth(problem).extremes(stages) == (60 + 20, 30 + 10)


def test_other_weekdays_and_no_hour_are_average(tiny):
    dear = ("tue", 9, 400, 400)
    assert worth(tiny, "ADJ", 9, dear) == 100
    assert worth(tiny, "ADJ", 9, dear, weekday=2) == 25
    assert worth(tiny, "ADJ", None, dear) == 25


def test_past_midnight_is_average(tiny):
    # 45 of 75 minutes cannot lie after midnight in a schedule, but a table value may ask.
    assert worth(tiny, "BOND", 23, ("tue", 23, 200, 100)) == 60 * 2 + 15 + 15


def test_prices_of_100_per_cent_are_none(tiny):
    problem = tiny.problem(tiny.visit("V1"), slots=tiny.slots(("tue", 9, 100, 100)))
    assert not SlotWorth(problem).hours_matter
    assert SlotWorth(tiny.problem(slots=tiny.slots(("tue", 9, 100, 101)))).hours_matter
    assert not SlotWorth(tiny.problem()).hours_matter


def test_only_lost_minutes_change(tiny):
    slots = tiny.slots(("tue", 9, 300, 300))
    visit = tiny.visit("V1", due=tiny.monday)
    before, after = (
        PersonalCosts(problem, tiny.schedule(problem).horizon).at("V1", tiny.tuesday, 9)
        for problem in (tiny.problem(visit), tiny.problem(visit, slots=slots))
    )
    assert after["lost_minutes"] == pytest.approx(3 * before["lost_minutes"], abs=2)
    assert before["overdue_days"] > 0
    assert after | {"lost_minutes": 0} == before | {"lost_minutes": 0}


@pytest.mark.parametrize(
    ("weekday", "hour", "chair", "doctor"),
    [("tue", 9, 401, 100), ("tue", 9, 100, 24), ("tue", 24, 100, 100), ("someday", 9, 100, 100)],
)
def test_what_is_no_slot_price(tiny, weekday, hour, chair, doctor):
    with pytest.raises(ValidationError):
        tiny.slots((weekday, hour, chair, doctor))


def test_one_price_for_each_slot(tiny):
    twice = tiny.slots(("tue", 9, 150, 100)).slots * 2
    with pytest.raises(ValidationError, match="there twice"):
        SlotPrices(slots=twice)
