"""How the days run, on the page."""

import pytest

from engine.day_run import simulate_days
from engine.plot.day_runs import RUNS, day_run_rows
from engine.practice import Policy, RiskPolicy
from engine.schedule import Schedule


def day_of_two(tiny):
    policy = Policy(risk=RiskPolicy(base_rate=1e-9, constant_no_show=True))
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), policy=policy)
    return problem, tiny.place("V1", "09:00"), tiny.place("V2", "13:00")


def test_a_row_for_each_date_with_visits(tiny):
    problem, first, _ = day_of_two(tiny)
    rows = day_run_rows(problem, Schedule(start=tiny.monday, days=7, placements=(first,)))
    assert [(row.title, row.visits) for row in rows] == [("Tue 3 Mar", 1)]
    # Nobody misses and nothing is in the way: never late; the error is that of 2 in 104.
    assert rows[0].late == "0 ± 1 %"
    assert rows[0].overtime == "0.0 ± 0.0"


def test_every_mean_has_its_standard_error(tiny):
    """Two visits back to back, of which each is missed or kept: no two days are alike."""
    policy = Policy(risk=RiskPolicy(base_rate=0.3, constant_no_show=True))
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), policy=policy)
    placements = (tiny.place("V1", "16:15"), tiny.place("V2", "16:40"))
    schedule = Schedule(start=tiny.tuesday, days=1, placements=placements)
    (row,), (found,) = day_run_rows(problem, schedule), simulate_days(problem, schedule, RUNS)
    for text, mean, error in (
        (row.late, 100 * found.late_probability, 100 * found.late_error),
        (row.wait, found.wait, found.wait_error),
    ):
        shown, sign, spread, *_ = text.split()
        assert sign == "±"
        digits = len(shown.partition(".")[2])
        assert float(shown) == pytest.approx(mean, abs=0.51 * 10**-digits)
        assert float(spread) == pytest.approx(error, abs=0.51 * 10**-digits)
    assert found.wait_error > 0.05


def test_a_calm_day_is_not_marked_and_a_chain_without_a_gap_is(tiny):
    problem, first, second = day_of_two(tiny)
    calm = Schedule(start=tiny.tuesday, days=1, placements=(first, second))
    assert [row.often_late for row in day_run_rows(problem, calm)] == [False]
    # Twenty visits of 25 minutes, one chair, turnover included: every delay is handed on.
    names = [f"V{number}" for number in range(20)]
    full = tiny.problem(*map(tiny.visit, names), policy=problem.policy)
    starts = [480 + 25 * number for number in range(20)]
    placements = tuple(
        tiny.place(name, f"{start // 60:02d}:{start % 60:02d}")
        for name, start in zip(names, starts, strict=True)
    )
    chain = Schedule(start=tiny.tuesday, days=1, placements=placements)
    assert [row.often_late for row in day_run_rows(full, chain)] == [True]


def test_the_page_tells_it_between_the_week_and_the_days(tiny, plot):
    problem, first, second = day_of_two(tiny)
    schedule = Schedule(start=tiny.tuesday, days=1, placements=(first, second))
    page = plot.page(problem, schedule)
    at = page.html.index('id="runs"')
    assert page.html.index('class="strip"') < at < page.html.index('class="day"')
    assert f"Each day lived through {RUNS} times" in page.html
    assert page.reader.opened == []


def test_without_visits_there_is_nothing_to_tell(tiny, plot):
    problem, *_ = day_of_two(tiny)
    assert 'id="runs"' not in plot.page(problem, Schedule(start=tiny.tuesday, days=1)).html
