import datetime as dt

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.practice import Follows, Horizon, HourEffect, Policy, RiskPolicy
from engine.units import clock_text, to_minutes


def filled(problem, days=5, **how):
    schedule = fill_by_hand(problem, Horizon(start=problem.as_of.date(), days=days), **how)
    assert check(problem, schedule).ok
    return schedule


def when(schedule) -> dict[str, tuple[int, str]]:
    """Day of March and clock time of each placement."""
    return {
        placed.visit: (placed.date.day, clock_text(to_minutes(placed.start)))
        for placed in schedule.placements
    }


def test_first_fit_packs_from_the_first_hour_on(tiny):
    # One chair, one assistant: 20 minutes and 5 of turnover each.
    problem = tiny.problem(*(tiny.visit(f"V{n}") for n in (1, 2, 3)))
    assert when(filled(problem)) == {"V1": (2, "08:00"), "V2": (2, "08:25"), "V3": (2, "08:50")}


def test_bookings_stay_and_visits_go_around_them(tiny):
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2"),
        tiny.booking("B1", "08:20", date=tiny.monday),
        tiny.booking("B2", "09:15", date=tiny.monday),
    )
    # Between 08:45 and 09:15 there is room for one visit with turnover.
    assert when(filled(problem)) == {
        "B1": (2, "08:20"),
        "B2": (2, "09:15"),
        "V1": (2, "08:45"),
        "V2": (2, "09:40"),
    }


def test_call_orders(tiny):
    dues = {"V1": 5, "V2": 3, "V3": 4}
    problem = tiny.problem(*(tiny.visit(id, due=dt.date(2026, 3, day)) for id, day in dues.items()))
    assert [placed.visit for placed in filled(problem).placements] == ["V1", "V2", "V3"]
    by_due = [placed.visit for placed in filled(problem, order="due").placements]
    assert by_due == ["V2", "V3", "V1"]
    shuffles = {
        tuple(placed.visit for placed in filled(problem, order="random", seed=seed).placements)
        for seed in range(12)
    }
    assert len(shuffles) > 2
    assert filled(problem, order="random", seed=3) == filled(problem, order="random", seed=3)


def test_a_visit_is_called_after_the_one_it_follows(tiny):
    problem = tiny.problem(
        tiny.visit("V2", patient="P1", follows=(Follows(visit="V1", min_days=1),)),
        tiny.visit("V3"),
        tiny.visit("V1", patient="P1"),
    )
    assert when(filled(problem)) == {"V1": (2, "08:00"), "V2": (3, "08:00"), "V3": (2, "08:25")}


@pytest.mark.parametrize("fit", ["first", "best"])
def test_a_pair_for_one_day_goes_where_both_fit(tiny, fit):
    # The second follows at least three hours later on the same day, but the patient can come on
    # Monday morning and on Wednesday only: the first waits for Wednesday.
    times = (tiny.window("08:00", "10:00", "mon"), tiny.window("08:00", "17:00", "wed"))
    problem = tiny.problem(
        tiny.visit("V1", patient="P1", availability=times),
        tiny.visit(
            "V2",
            patient="P1",
            availability=times,
            follows=(Follows(visit="V1", min_minutes=180, max_days=0),),
        ),
        tiny.visit("V3"),
    )
    days = {visit: day for visit, (day, _) in when(filled(problem, fit=fit)).items()}
    assert (days["V1"], days["V2"]) == (4, 4)


def test_best_fit_takes_the_hour_of_least_cost(tiny):
    # Fewest misses at three in the afternoon: fitted effects on the log-odds.
    effects = tuple(HourEffect(hour=hour, logit=0.3) for hour in range(8, 17) if hour != 15)
    policy = Policy(risk=RiskPolicy(hour_effects=effects))
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), policy=policy)
    best = when(filled(problem, fit="best"))
    assert {clock[:2] for _, clock in best.values()} == {"15"}
    assert when(filled(problem, fit="first"))["V1"] == (2, "08:00")


def test_best_fit_fills_the_tightest_gap(tiny):
    # Same cost all Monday. C1 has exactly 25 minutes between two bookings, C2 is empty.
    problem = tiny.problem(
        tiny.visit("V1", latest=tiny.monday),
        tiny.booking("B1", "13:00", date=tiny.monday),
        tiny.booking("B2", "13:50", date=tiny.monday),
        clinic=2,
        assistants=2,
    )
    found = filled(problem, fit="best").placement_of["V1"]
    assert (found.start, found.segments[0].chair) == (dt.time(13, 25), "C1")


def test_what_does_not_fit_is_unplaced_once_with_a_reason(tiny):
    # Monday only, 08:00-08:45: one visit of 20 minutes with turnover, and a second at 08:25.
    visits = [
        tiny.visit(f"V{n}", latest=tiny.monday, availability=(tiny.window("08:00", "08:45"),))
        for n in (1, 2, 3)
    ]
    schedule = filled(tiny.problem(*visits))
    assert when(schedule) == {"V1": (2, "08:00"), "V2": (2, "08:25")}
    assert [(gone.visit, gone.reason) for gone in schedule.unplaced] == [("V3", "no-chair")]


def test_nobody_new_takes_whom_the_book_lacks(tiny):
    # Four bookings at 09:00, three assistants, five chairs: one booking goes without. Three CLEAN
    # need somebody until 09:15, one ADJ until 09:25. Only from 09:15 on are there more assistants
    # than bookings that need one, so that V1 may have one, whichever booking goes without.
    window = (tiny.window("09:00", "12:00", "mon"),)
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN", latest=tiny.monday, availability=window),
        *(tiny.booking(f"B{n}", "09:00", f"C{n}", "CLEAN", tiny.monday) for n in (1, 2, 3)),
        tiny.booking("B4", "09:00", "C4", "ADJ", tiny.monday),
        clinic=5,
        assistants=3,
    )
    assert when(filled(problem))["V1"] == (2, "09:15")


def test_an_empty_problem_is_an_empty_schedule(tiny):
    schedule = filled(tiny.problem())
    assert (schedule.placements, schedule.unplaced, schedule.days) == ((), (), 5)
