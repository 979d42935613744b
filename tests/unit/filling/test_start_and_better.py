"""A fill that begins from an earlier schedule, and what it tells of each better one."""

from engine.checker import check
from engine.filling.best_so_far import REFUSED
from engine.filling.fill import FillSettings, fill_days
from engine.kpi import objective_points

QUICK = FillSettings(time_limit=2.0)


def test_an_earlier_schedule_comes_first_and_each_better_one_is_told(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    # V1 alone has a time, so that even the fill by hand is better.
    start = tiny.schedule(problem, tiny.place("V1", "16:00"), days=2)
    told = []
    result = fill_days(
        problem,
        start.horizon,
        QUICK,
        start=start,
        on_better=lambda schedule, kpis: told.append((schedule, objective_points(kpis))),
    )
    assert told[0][0] == start
    assert result.trace[0].by == "start"
    objectives = [objective for _, objective in told]
    assert objectives == sorted(objectives, reverse=True)
    assert len(objectives) == len(set(objectives)) >= 2
    assert objectives[-1] == result.objective
    assert all(check(problem, schedule).ok for schedule, _ in told)


def test_an_earlier_schedule_that_breaks_a_rule_is_left_without_a_word(tiny) -> None:
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"))
    start = tiny.schedule(problem, tiny.place("V1", "09:00"), tiny.place("V2", "09:05"), days=2)
    result = fill_days(problem, start.horizon, QUICK, start=start)
    assert result.trace[0].by == "by hand"
    assert [note for note in result.notes if note.startswith(REFUSED)] == []
