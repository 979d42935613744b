"""The entry page of a build: month, days, other designs, what things cost."""

import pytest

from benchmarks.published_office import DAY_TYPE, office
from engine.model_day.built import BuiltDays
from engine.model_day.demand import demand_of
from engine.model_day.design.build import BuildSettings, build_model_days
from engine.model_day.design.design_day import DesignSettings
from engine.model_day.goals import DayTypeGoal, Driver, Goals, Mix
from engine.practice import Weekday


def goals(starts: float) -> Goals:
    """Of `starts` a month in four days: a bond each, and adjustments of a case of six months.

    With four starts, 24 are in treatment: 24 x 52 / 8 / 48 days = 3.25 adjustments a day, half of
    which the mix names: a bond and 1.6 adjustments a day. Busy weeks are not planned for.
    """
    return Goals(
        starts_per_month=starts,
        patient_days_per_month=4,
        months_per_case=6,
        covered_weeks=0,
        day_types=(DAY_TYPE,),
        mix=(
            Mix(procedure="BOND", driver=Driver.START, share=1),
            Mix(procedure="ADJ", driver=Driver.ADJUSTMENT, share=0.5),
        ),
    )


@pytest.fixture(scope="module")
def built() -> BuiltDays:
    problem = office()
    demand = demand_of(goals(4), problem.practice)
    settings = BuildSettings(DesignSettings(work=1.0, workers=1), designs=2)
    return build_model_days(problem, demand, settings)


def test_a_build_has_days_places_and_a_bound(built: BuiltDays) -> None:
    assert built.a_month == (("morning", 4),)
    assert built.missed_a_month == ()
    assert built.unbuilt == ()
    assert built.shortages == ()
    # A Thursday comes 52 / 12 times a month, and four are planned.
    (line,) = built.calendar
    assert "4.3 have the model day, so the calendar has 8% more places" in line
    bond, adjust = built.places
    assert (bond.kind, bond.asked, bond.places) == ("BOND", 4, 4)
    assert (adjust.kind, adjust.asked, adjust.places) == ("ADJ", pytest.approx(6.5), 8)
    made = built.days[0]
    assert dict(made.wanted) == {"BOND": 1, "ADJ": 2}
    assert made.missed == ()
    assert made.objective is not None
    assert made.bound is not None
    assert made.bound <= made.objective
    assert built.complete


def test_a_build_says_what_things_cost(built: BuiltDays) -> None:
    # There is room: one more start fits. Everything that was asked for has a line.
    assert [line for line in built.costs if "BOND" in line] == [
        "morning: one more BOND a day fits as well"
    ]
    assert [one.day_type for one in built.simplicity] == ["morning"]
    text = "\n".join(built.lines)
    assert "an average month: 4 morning" in text
    assert "simplicity: morning: cells on quarter hours" in text


def test_other_designs_are_shown_beside_the_best(built: BuiltDays) -> None:
    assert len(built.others) == 1
    assert built.others[0].missed == ()
    assert built.others[0].model_day != built.days[0].model_day


def test_a_day_type_that_is_not_designed_is_told_and_the_build_is_not_complete() -> None:
    """Fridays have no hours that this office keeps: nothing can be designed for them."""
    friday = DayTypeGoal(id="fri", title="Friday", weekdays=(Weekday.FRI,))
    both = goals(4).model_copy(update={"day_types": (DAY_TYPE, friday)})
    problem = office()
    settings = BuildSettings(DesignSettings(work=1.0, workers=1), with_costs=False)
    found = build_model_days(problem, demand_of(both, problem.practice), settings)
    assert [one.day_type for one in found.days] == ["morning"]
    assert found.unbuilt == ("fri: its weekdays (fri) share no patient hour",)
    assert not found.complete
    assert "no model day: fri: its weekdays (fri) share no patient hour" in found.lines


def stopped_at(beginning: str) -> BuiltDays:
    """A build that is stopped as a line is told that begins like this."""

    def tell(line: str) -> None:
        if line.startswith(beginning):
            raise KeyboardInterrupt

    problem = office()
    settings = BuildSettings(DesignSettings(work=1.0, workers=1), designs=2)
    return build_model_days(problem, demand_of(goals(4), problem.practice), settings, tell)


def test_a_stop_keeps_the_days_that_are_designed() -> None:
    """The day is there; other designs and costs had not been asked."""
    found = stopped_at("morning: ")
    assert [one.day_type for one in found.days] == ["morning"]
    assert found.days[0].model_day is not None
    assert (found.others, found.costs, found.simplicity) == ((), (), ())
    assert (found.stopped, found.complete) == (True, False)
    assert found.lines[-1].startswith("stopped early")


def test_a_stop_before_the_first_day_leaves_nothing() -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped_at("a month: ")
