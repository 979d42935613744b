"""What the fill of a scenario does not count ranks no scenario best, and breaks no bound."""

import random

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.kpi import measure, objective_points
from engine.practice import Confirmation, MoveCosts, Policy
from engine.result import Result, Status
from engine.what_if.beyond_fill import kpis_of_calls, least_points, usual_points
from engine.what_if.compare_scenarios import compare_scenarios
from engine.what_if.figure_values import OBJECTIVE, values_of
from engine.what_if.prepare import Prepared, prepare
from engine.what_if.scenarios import ScenarioSettings
from engine.what_if.taken_off import without_times
from engine.what_if.tasks import BoundTask

SETTINGS = ScenarioSettings(days=5, seconds=300, gap=0.0, workers=1, repeats=1, steps=100)
"""Tiny weeks are proven long before."""
MOVE, LOST = 3.0, 10_000_000.0 - 520.0
"""Points of a move, and of a lost booked time above a visit without a time."""
SHORT = Policy(move_costs=MoveCosts(notice_days=3, short_notice=2, confirmed=1))
"""Now is Monday: Monday to Wednesday are short notice, a move there counts three times."""


def closing(*weekdays: str) -> dict:
    return {"kind": "day_closed", "weekdays": list(weekdays)}


def ready(base, asking, *changes) -> Prepared:
    return prepare(base, asking.week, [asking.scenario(*changes)])[1]


def as_solved(prepared: Prepared, schedule) -> Result:
    """A schedule as a solve of the scenario would hand it back."""
    assert check(prepared.problem, schedule).ok
    kpis = measure(prepared.problem, schedule)
    return Result(
        status=Status.FEASIBLE, schedule=schedule, kpis=kpis, objective=objective_points(kpis)
    )


def moved_on(prepared: Prepared, week):
    """A schedule in which those who are called go wherever there is room, as if never booked."""
    free = without_times(prepared.problem, prepared.booked)
    return fill_by_hand(free, week, fit="first", order="due")


def test_a_booking_moved_on_at_short_notice_counts_for_less_than_its_fill_says(tiny, asking):
    """Friday closes: a call at long notice, one move. The new time is within three days: moving it
    on is three moves for the fill, and two of these are taken off."""
    after_ten = tiny.window("10:00", "17:00", "mon", "tue", "wed", "fri")
    base = tiny.problem(
        tiny.booking("B1", "11:00", date=tiny.friday, availability=(after_ten,)), policy=SHORT
    )
    scenario = ready(base, asking, closing("fri"))
    new = scenario.booked["B1"]
    assert (new.date - tiny.monday).days < 3
    there = tiny.place("B1", "16:00", date=new.date)
    schedule = tiny.schedule(scenario.problem, there)
    counted = {kpi.kpi: kpi.quanta for kpi in measure(scenario.problem, schedule)}
    taken_off = {kpi.kpi: kpi.quanta for kpi in kpis_of_calls(scenario, schedule)}
    assert (counted["moved_bookings"], taken_off["moved_bookings"]) == (3, -2)
    assert least_points(scenario, asking.week) == -2 * MOVE
    assert usual_points(scenario, asking.week) == MOVE


def test_who_finds_no_time_alone_is_expected_to_lose_it_and_a_follower_is_not(tiny, asking):
    """B1 can only come on Tuesdays; B2 waits for V0, whom nobody has booked yet."""
    base = tiny.problem(
        tiny.booking("B1", "09:00", availability=(tiny.window("08:00", "17:00", "tue"),)),
        tiny.booking("B2", "10:00", patient="P", follows=({"visit": "V0"},)),
        tiny.visit("V0", patient="P"),
    )
    scenario = ready(base, asking, closing("tue"))
    assert (scenario.without, scenario.booked) == (("B1",), {})
    assert usual_points(scenario, asking.week) == LOST + MOVE
    # Either could still find a time: no more than two calls is proven.
    assert least_points(scenario, asking.week) == 2 * MOVE


@pytest.mark.parametrize(
    ("asked", "closed"),
    [
        # V1 can come on Friday alone: the fill without it is the cheaper by all that it costs.
        (lambda tiny: tiny.visit("V1", earliest=tiny.friday, latest=tiny.friday), "fri"),
        # B1 can come on Tuesdays alone: for the fill it is one more visit without a time.
        (
            lambda tiny: tiny.booking(
                "B1", "09:00", availability=(tiny.window("08:00", "17:00", "tue"),)
            ),
            "tue",
        ),
    ],
    ids=["a visit", "a booking"],
)
def test_a_scenario_that_makes_a_visit_impossible_does_not_rank_best(tiny, asking, asked, closed):
    """The other one brings an overdue visit a day later and costs some 65 points."""
    base = tiny.problem(asked(tiny), tiny.visit("V2", due=tiny.monday))
    scenarios = [
        asking.scenario(closing(closed), name="impossible"),
        asking.scenario({"kind": "staff_out", "staff": ["AS1"], "weekdays": ["mon"]}, name="late"),
    ]
    found = compare_scenarios(
        base, asking.week, scenarios, SETTINGS.model_copy(update={"confirm": 1}), 1
    )
    impossible, late = found.outcomes
    assert set(found.solved) == {"base", "late"}
    assert 0 < late.bound_difference < 200 < impossible.bound_difference


def test_the_fill_of_an_impossible_visit_alone_would_have_ranked_best(tiny, asking):
    """Why bounds of fills are not enough: the visit that nobody can place costs them nothing."""
    visit = tiny.visit("V1", earliest=tiny.friday, latest=tiny.friday)
    base = tiny.problem(visit, tiny.visit("V2"))
    both = prepare(base, asking.week, [asking.scenario(closing("fri"))])
    bounds = [BoundTask(one.name, one.problem, asking.week, 100).run() for one in both]
    assert bounds[1] < bounds[0]


def small_week(tiny, seed: int):
    """Five bookings, some confirmed, three who wait; and which days close."""
    draw = random.Random(seed)
    days = (tiny.monday, tiny.tuesday, tiny.wednesday, tiny.thursday, tiny.friday)
    booked = [
        tiny.booking(
            f"B{number}", f"{8 + number:02}:{draw.choice((0, 20, 35)):02}", date=draw.choice(days)
        ).model_copy(update={"confirmation": draw.choice(tuple(Confirmation))})
        for number in range(5)
    ]
    waiting = [
        tiny.visit(f"V{number}", draw.choice(("ADJ", "CLEAN")), due=draw.choice(days))
        for number in range(3)
    ]
    names = draw.sample(("mon", "tue", "wed", "thu", "fri"), draw.choice((1, 2)))
    return tiny.problem(*booked, *waiting, policy=SHORT), closing(*names)


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_stays_below_whatever_is_realised(tiny, asking, seed):
    base, change = small_week(tiny, seed)
    found = compare_scenarios(base, asking.week, [asking.scenario(change)], SETTINGS, 1)
    (outcome,), scenario = found.outcomes, found.prepared["x"]
    realised = [
        values_of(scenario, asking.week, as_solved(scenario, schedule))[OBJECTIVE].value
        for schedule in (
            found.solved["x"].best.schedule,
            fill_by_hand(scenario.problem, asking.week),
            moved_on(scenario, asking.week),
        )
    ]
    assert outcome.objective == pytest.approx(realised[0])
    assert outcome.bound <= min(realised) + 1e-6
    # The base is solved to the optimum: what is proven of the difference holds for all of them.
    assert outcome.least <= min(realised) - found.solved["base"].best.objective + 1e-6
