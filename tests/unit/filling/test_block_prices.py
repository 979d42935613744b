"""What it costs to wait: the cheapest later date, and a toll for the start that is taken there."""

import datetime as dt

import numpy as np

from engine.filling.block_prices import pressed, tolls, waiting_costs
from engine.practice import DailyLimit, Horizon
from engine.risk.visit_costs import PersonalCosts
from engine.solver.arrays import to_arrays
from engine.solver.lagrangian import Lagrangian
from engine.solver.search import Found

KITS = DailyLimit(id="kits", procedures=("CLEAN",), per_day=1)
CLEAN, ADJ = ("CLEAN", None), ("ADJ", None)


def found(tiny, solve, prices: dict[dt.date, int], *more) -> Found:
    """Monday to Friday; whoever takes one of CLEAN's starts of a date pays that date's price.

    The price is that of the kits, of which there is one a day: every start of the date needs it.
    """
    problem = tiny.problem(
        *(tiny.visit(f"V{k}", "CLEAN") for k in range(3)),
        tiny.visit("W"),
        *more,
        limits=(KITS,),
    )
    model = solve.model(problem, Horizon(start=tiny.monday, days=5))
    program = model.program
    rows = np.array([k for k, rule in enumerate(program.row_rule) if rule == "limits"])
    worth = np.zeros(len(program.row_rule), dtype=np.int64)
    for row in rows:
        (day,) = set(program.day[program.row_columns[row]].tolist())
        worth[row] = prices.get(model.days[day].day, 0)
    dual_rows = Lagrangian(model, to_arrays(program)).dual_rows
    return Found(False, model, dual_rows, worth[dual_rows])


def test_the_toll_is_the_median_of_the_dates_that_are_not_settled(tiny, solve):
    prices = {tiny.monday: 90_000, tiny.tuesday: 80_000}
    prices |= {tiny.wednesday: 5_000, tiny.thursday: 1_000, tiny.friday: 3_000}
    settled = Horizon(start=tiny.monday, days=2)
    # 5, 1 and 3 points on the other dates; nobody asks for a kit but CLEAN.
    assert tolls(found(tiny, solve, prices), settled) == {CLEAN: 3_000, ADJ: 0}


def test_of_two_dates_the_median_lies_in_the_middle(tiny, solve):
    prices = {tiny.thursday: 1_000, tiny.friday: 4_000}
    settled = Horizon(start=tiny.monday, days=3)
    assert tolls(found(tiny, solve, prices), settled)[CLEAN] == 2_500


def test_a_date_without_a_start_is_left_out(tiny, solve):
    """On Friday the book has one kit more than there is: no start is left, which is no price."""
    booked = [
        tiny.booking(f"B{hour}", f"{hour}:00", procedure="CLEAN", date=tiny.friday)
        for hour in ("09", "10")
    ]
    prices = {tiny.wednesday: 2_000, tiny.thursday: 4_000}
    settled = Horizon(start=tiny.monday, days=2)
    assert tolls(found(tiny, solve, prices, *booked), settled)[CLEAN] == 3_000


def test_where_all_is_settled_there_is_no_toll(tiny, solve):
    assert tolls(found(tiny, solve, {}), Horizon(start=tiny.monday, days=5)) == {}


def waiting(tiny, visit, **kinds: int) -> int | None:
    """Millipoints of a visit that may come in the week of 9 March instead of that of 2 March."""
    problem = tiny.problem(visit)
    whole = Horizon(start=tiny.monday, days=14)
    block, after = Horizon(start=tiny.monday, days=7), Horizon(start=dt.date(2026, 3, 9), days=7)
    costs = PersonalCosts(problem, whole)
    own = {(code, None): toll for code, toll in kinds.items()}
    return waiting_costs(problem, block, after, costs, own).get(visit.id)


def test_who_waits_pays_the_cheapest_later_date_and_the_toll(tiny):
    """An overdue day later costs more: Monday the 9th is the cheapest date."""
    visit = tiny.visit("V", "CLEAN")
    free = waiting(tiny, visit)
    assert free is not None
    assert free > 0
    assert waiting(tiny, visit, CLEAN=700) == free + 700
    assert waiting(tiny, visit, ADJ=700) == free
    later = tiny.visit("V", "CLEAN", due=tiny.monday)
    assert waiting(tiny, later) > free


def test_who_cannot_come_later_does_not_wait(tiny):
    assert waiting(tiny, tiny.visit("V", latest=dt.date(2026, 3, 8))) is None
    assert waiting(tiny, tiny.visit("V", latest=dt.date(2026, 3, 9))) is not None
    assert waiting(tiny, tiny.visit("V", earliest=dt.date(2026, 3, 9))) is None  # not in the block


def test_who_loses_most_by_waiting_is_first(tiny):
    """Overdue days at 9 March against the first possible date; not yet due loses nothing."""
    problem = tiny.problem(
        tiny.visit("ONE-DAY", due=dt.date(2026, 3, 8)),
        tiny.visit("SEVEN-DAYS", due=tiny.monday),
        tiny.visit("THREE-DAYS", due=tiny.monday, earliest=tiny.friday),
        tiny.visit("NOT-NOW", due=tiny.monday, earliest=dt.date(2026, 3, 9)),
    )
    costs = PersonalCosts(problem, Horizon(start=tiny.monday, days=14))
    order = pressed(costs, problem.visits, Horizon(start=tiny.monday, days=7))
    assert [visit.id for visit in order] == ["SEVEN-DAYS", "THREE-DAYS", "ONE-DAY"]
