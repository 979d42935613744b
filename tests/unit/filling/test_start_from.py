"""A fill that is given a schedule to start from. Now is Monday 2 March 2026, 07:00."""

import datetime as dt

from engine.filling.fill import FillSettings, fill_days
from engine.kpi import measure, objective_points
from engine.practice import Cell, Horizon, ModelDay, ModelDayDate
from engine.schedule import Schedule

DAY = Horizon(start=dt.date(2026, 3, 3), days=1)
SETTINGS = FillSettings(time_limit=10.0, workers=1, reproducible=True)


def one_day(problem, *placements) -> Schedule:
    left = {visit.id for visit in problem.visits} - {one.visit for one in placements}
    unplaced = tuple({"visit": visit, "reason": "test"} for visit in sorted(left))
    return Schedule(start=DAY.start, days=1, placements=placements, unplaced=unplaced)


def test_the_answer_is_never_dearer_than_the_start(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    start = one_day(problem, tiny.place("V1", "09:00"), tiny.place("V2", "10:00"))
    result = fill_days(problem, DAY, SETTINGS, start_from=start)
    assert result.objective is not None
    assert result.objective <= objective_points(measure(problem, start))


def test_a_start_that_breaks_a_rule_is_left_out_and_is_no_fault(tiny):
    kept = Cell(id="a", procedure_class="bond", columns=("C1",), start="08:00", end="17:00")
    problem = tiny.problem(
        tiny.visit("V1"),
        model_days=(ModelDay(id="M", title="M", cells=(kept,)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    start = one_day(problem, tiny.place("V1", "09:00"))
    result = fill_days(problem, DAY, SETTINGS, start_from=start)
    assert result.notes == ()
    assert result.schedule is not None
    assert [one.visit for one in result.schedule.unplaced] == ["V1"]
