"""The base's schedule as a start: kept where it can be, filled where it cannot."""

from engine.checker import check
from engine.filling.fill import FillSettings, fill_days
from engine.result import Result, Status
from engine.what_if.compare_scenarios import compare_scenarios
from engine.what_if.from_base import laid_over
from engine.what_if.prepare import prepare
from engine.what_if.scenarios import ScenarioSettings
from engine.what_if.solve_from_base import both, is_done


def times(schedule) -> dict:
    return {one.visit: (one.date, f"{one.start:%H:%M}") for one in schedule.placements}


def test_without_a_change_the_start_is_the_base_again(tiny, asking):
    """B1 is moved to Wednesday by the base, and V1 has its old time."""
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True), tiny.visit("V1"))
    base = tiny.schedule(
        problem,
        tiny.place("B1", "10:00", date=tiny.wednesday),
        tiny.place("V1", "09:00"),
        start=tiny.monday,
        days=5,
    )
    assert times(laid_over(problem, asking.week, base, ())) == times(base)


def test_who_loses_the_time_gets_another_and_the_others_stay(tiny, asking):
    """AS2 is out on Tuesday: of V1 and V2 at 09:00 one stays, the other is filled by hand."""
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"), clinic=2, assistants=2, doctors=2
    )
    base = tiny.schedule(
        problem,
        tiny.place("V1", "09:00"),
        tiny.place("V2", "09:00", chair="C2", staff="AS2", doctor="DR2"),
        tiny.place("V3", "14:00", date=tiny.thursday),
        start=tiny.monday,
        days=5,
    )
    out = {"kind": "staff_out", "staff": ["AS2"], "weekdays": ["tue"]}
    changed = asking.changed(problem, out)
    start = laid_over(changed, asking.week, base, ())
    assert check(changed, start).ok
    assert set(times(start)) == {"V1", "V2", "V3"}
    assert times(start)["V1"] == times(base)["V1"]
    assert times(start)["V3"] == times(base)["V3"]
    assert times(start)["V2"] != times(base)["V2"]


def test_a_called_booking_is_at_its_new_time(tiny, asking):
    """Tuesday closes: B1 has been given another day, and the base's Tuesday is no start for it."""
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"))
    base = tiny.schedule(
        problem,
        tiny.place("B1", "09:00"),
        tiny.place("V1", "10:00", date=tiny.wednesday),
        start=tiny.monday,
        days=5,
    )
    closed = asking.scenario({"kind": "day_closed", "weekdays": ["tue"]})
    scenario = prepare(problem, asking.week, [closed])[1]
    start = laid_over(scenario.problem, asking.week, base, scenario.called)
    new = scenario.booked["B1"]
    assert times(start)["B1"] == (new.date, f"{new.start:%H:%M}")
    assert times(start)["V1"] == times(base)["V1"]
    assert check(scenario.problem, start).ok


def result(objective, bound, gap=None) -> Result:
    return Result(status=Status.FEASIBLE, schedule=None, objective=objective, bound=bound, gap=gap)


def test_the_base_keeps_the_cheaper_schedule_and_the_higher_bound():
    assert (
        both(result(10, 4), result(8, 3)).objective,
        both(result(10, 4), result(8, 3)).bound,
    ) == (
        8,
        4,
    )
    assert both(result(7, None), result(8, 3)).objective == 7
    assert both(result(7, None), result(None, None)).bound is None


def test_a_base_that_is_near_enough_is_not_solved_again():
    settings = ScenarioSettings(gap=0.01)
    assert is_done(result(10, 9, 0.01), settings)
    assert not is_done(result(10, 9, 0.02), settings)
    assert not is_done(result(10, None), settings)


def test_an_unfinished_base_is_solved_twice_as_the_scenarios_are_that_begin_from_it(
    tiny, asking, monkeypatch
):
    """Every solve is given a gap that is not near enough; what it begins from is written down."""
    began = []

    def remembered(problem, horizon, settings, *, start):
        began.append(start)
        limits = FillSettings(time_limit=5, workers=1, gap=0.0, reproducible=True)
        found = fill_days(problem, horizon, limits, start=start)
        return found.model_copy(update={"status": Status.FEASIBLE, "gap": 0.5})

    monkeypatch.setattr("engine.what_if.tasks.fill_days", remembered)
    settings = ScenarioSettings(days=5, gap=0.0, workers=1, repeats=2, steps=100)
    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"))
    again = asking.scenario(name="again")
    found = compare_scenarios(problem, asking.week, [again], settings, jobs=1)
    # From nothing with each seed; then base and scenario with each seed.
    assert [start is None for start in began] == [True, True, False, False, False, False]
    assert len(found.solved["base"].results) == len(found.solved["again"].results) == 2
    assert found.outcomes[0].difference == 0.0
