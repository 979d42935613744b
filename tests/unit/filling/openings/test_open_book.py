"""A caller, then another one. The Tuesday is 3 March 2026; ADJ takes 20 minutes and 5 after."""

import datetime as dt

import pytest

from engine.certificate.certificate import Priced, PriceLine
from engine.filling.openings.answers import HalfDay
from engine.filling.openings.open_book import OpenBook, TakenError
from engine.practice import (
    Attendance,
    Horizon,
    HourEffect,
    ModelDay,
    ModelDayDate,
    Policy,
    Quota,
    RiskPolicy,
    Treatment,
)
from engine.risk.visit_costs import PersonalCosts
from engine.units import to_minutes
from engine.yardsticks import prices_of

NOW = dt.datetime(2026, 3, 2, 7)
SAME = Policy(risk=RiskPolicy(constant_no_show=True))
"""Everybody misses a visit with the same chance, however many days ahead it is booked."""


def book_of(problem, days: int = 2, **more) -> OpenBook:
    return OpenBook(problem, Horizon(start=dt.date(2026, 3, 3), days=days), **more)


def times(found) -> list[str]:
    return [f"{one.date:%a} {one.start:%H:%M}" for one in found]


def in_window(tiny, name: str, start: str, end: str, **changes):
    return tiny.visit(name, availability=(tiny.window(start, end),), **changes)


def test_the_cheapest_date_first_and_where_it_would_be(tiny):
    # Due on Tuesday, so that Wednesday is a day overdue: 65 points. Of the equally cheap times of
    # Tuesday morning 08:00 leaves the chair's free stretch whole, like every other: the earliest.
    visit = tiny.visit("V1")
    book = book_of(tiny.problem(visit, clinic=2, policy=SAME))
    first, second = book.best(visit, NOW, count=2)
    assert times([first, second]) == ["Tue 08:00", "Wed 12:00"]
    assert (first.end, first.half_day, first.chairs) == (
        dt.time(8, 20), HalfDay.MORNING, ("C1", "C2"),
    )  # fmt: skip
    assert second.half_day is HalfDay.AFTERNOON
    assert second.own_millipoints - first.own_millipoints == 65_000


def test_beside_a_booking_the_tightest_time(tiny):
    # B1 holds C1 08:30-08:55. Of 08:05 (ends 08:30 with turnover: nothing free behind, 485 before)
    # and the like, the hole 09:00-09:25 between two bookings has nothing left on either side.
    visit = tiny.visit("V1")
    problem = tiny.problem(
        visit, tiny.booking("B1", "08:30"), tiny.booking("B2", "09:20"), assistants=2, doctors=2
    )
    (only,) = book_of(problem, days=1).best(visit, NOW, count=1)
    assert times([only]) == ["Tue 08:55"]


def test_a_held_time_is_offered_to_nobody_until_it_expires(tiny):
    first, second = in_window(tiny, "V1", "09:00", "09:20"), in_window(tiny, "V2", "09:00", "09:20")
    book = book_of(tiny.problem(first, second), days=1)
    until = dt.datetime(2026, 3, 2, 7, 10)
    held = book.hold(first, tiny.tuesday, to_minutes(dt.time(9)), now=NOW, until=until)
    assert (held.placement.start, held.until) == (dt.time(9), until)
    assert book.best(second, dt.datetime(2026, 3, 2, 7, 9, 59)) == ()
    # The end of a hold is the first moment at which it is over.
    assert times(book.best(second, until)) == ["Tue 09:00"]
    assert book.holds == {}
    with pytest.raises(TakenError, match="no time is held"):
        book.commit("V1", until)


def test_a_committed_hold_stays(tiny):
    first, second = in_window(tiny, "V1", "09:00", "09:20"), in_window(tiny, "V2", "09:00", "09:20")
    book = book_of(tiny.problem(first, second), days=1)
    book.hold(first, tiny.tuesday, 540, now=NOW, until=dt.datetime(2026, 3, 2, 7, 10))
    placement = book.commit("V1", dt.datetime(2026, 3, 2, 7, 5))
    assert placement.visit == "V1"
    assert book.best(second, dt.datetime(2026, 3, 2, 9)) == ()
    with pytest.raises(TakenError, match="is taken"):
        book.book(second, tiny.tuesday, 540, now=NOW)
    with pytest.raises(TakenError, match="has a time already"):
        book.book(first, tiny.tuesday, 600, now=NOW)
    book.release("V1")
    assert times(book.best(second, NOW)) == ["Tue 09:00"]


def test_what_is_past_is_neither_offered_nor_booked(tiny):
    visit = in_window(tiny, "V1", "09:00", "10:00")
    book = book_of(tiny.problem(visit), days=1)
    later = dt.datetime(2026, 3, 3, 9, 31)
    assert times(book.best(visit, later)) == ["Tue 09:35"]
    assert book.best(visit, dt.datetime(2026, 3, 3, 9, 41)) == ()
    with pytest.raises(TakenError, match="is past"):
        book.book(visit, tiny.tuesday, 540, now=later)


def test_holds_of_callers_who_are_on_no_list(tiny):
    caller = in_window(tiny, "call-1", "09:00", "09:20")
    problem = tiny.problem(in_window(tiny, "V1", "09:00", "09:20"))
    book = book_of(problem, days=1)
    held = book.hold(caller, tiny.tuesday, 540, now=NOW, until=dt.datetime(2026, 3, 2, 8))
    again = book_of(problem, days=1, holds=[held])
    assert again.best(problem.visits[0], NOW) == ()
    assert times(again.best(problem.visits[0], dt.datetime(2026, 3, 2, 8))) == ["Tue 09:00"]
    # The same caller may say other times, but an id never stands for two visits.
    earlier = in_window(tiny, "call-1", "08:00", "08:20")
    assert times(again.best(earlier, NOW)) == ["Tue 08:00"]
    other = tiny.visit("call-1", "CLEAN")
    with pytest.raises(ValueError, match="another one already"):
        again.best(other, NOW)


def test_who_only_asks_leaves_nothing_behind(tiny):
    # Two callers with one id: the second has missed six of eight visits, the first none.
    problem, now = tiny.problem(tiny.visit("V1"), clinic=2), NOW
    kept = tiny.visit("CALL", attendance=Attendance(kept=8, missed=0))
    missed = tiny.visit("CALL", attendance=Attendance(kept=2, missed=6))
    book = book_of(problem)
    first = book.best(kept, now)
    assert book.best(missed, now) == book_of(problem).best(missed, now)
    assert book.best(missed, now)[0].own_millipoints > first[0].own_millipoints
    assert "CALL" not in book.occupancy.visits
    with pytest.raises(TakenError, match="is taken"):
        book.book(kept, tiny.tuesday, 7 * 60, now=now)  # the practice opens at 08:00
    assert "CALL" not in book.occupancy.visits


def test_a_hold_from_elsewhere_is_taken_in_and_given_back(tiny):
    moved = tiny.visit("V1")
    problem = tiny.problem(moved, tiny.booking("B1", "08:30"), clinic=2, assistants=2, doctors=2)
    there = book_of(problem, days=1)
    before = there.book(moved, tiny.tuesday, 480, now=NOW)
    later = dt.datetime(2026, 3, 2, 8)
    there.release("V1")
    held = there.hold(moved, tiny.tuesday, 600, now=NOW, until=later)
    here = book_of(problem, days=1)
    here.restore(before)
    here.take(held)
    other = tiny.visit("V2")
    assert here.holds == there.holds
    assert here.occupancy.placements == there.occupancy.placements
    assert here.best(other, NOW, count=20) == there.best(other, NOW, count=20)
    here.give_back("V1", before)
    assert here.occupancy.placements["V1"] == before
    assert here.holds == {}


def test_quotas_count_what_is_held(tiny):
    visits = [tiny.visit(f"V{n}") for n in (1, 2)]
    quota = Quota(procedure_class="adj", at_most=1)
    problem = tiny.problem(
        *visits,
        model_days=(ModelDay(id="M", title="M", quotas=(quota,)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    book = book_of(problem)
    book.book(visits[0], tiny.tuesday, 540, now=NOW)
    assert {one.date for one in book.best(visits[1], NOW)} == {tiny.wednesday}


def line(of: Priced, day: dt.date, *steps: tuple[int, int, int], id: str = "") -> PriceLine:
    return PriceLine(of=of, id=id, date=day, steps=steps)


def test_reduced_costs_add_what_is_held_for_as_long_as_it_is_held(tiny):
    # V1 can come 09:00 alone. Chair: 09:00-09:25 with turnover, 5 steps of 5 minutes. C1 costs 10
    # a step from 09:10 on (3 of the steps), C2 costs 7 a step all day (5 steps): 30 < 35. Its
    # assistant costs 2 a step (10); the doctor comes at 09:05 for one step: 100. The class pays 1.
    visit = in_window(tiny, "V1", "09:00", "09:20")
    problem = tiny.problem(visit, clinic=2)
    tuesday = tiny.tuesday
    lines = (
        line(Priced.CHAIR, tuesday, (550, 600, 10), id="C1"),
        line(Priced.CHAIR, tuesday, (0, 1440, 7), id="C2"),
        line(Priced.STAFF, tuesday, (480, 1020, 2), id="AS1"),
        line(Priced.DOCTOR, tuesday, (545, 550, 100), id="DR1"),
        line(Priced.QUOTA, tuesday, (0, 1440, 1), id="adj"),
    )
    (bare,) = book_of(problem, days=1).best(visit, NOW)
    (priced,) = book_of(problem, days=1, prices=lines).best(visit, NOW)
    assert bare.millipoints == bare.own_millipoints == priced.own_millipoints
    assert priced.millipoints - bare.millipoints == 30 + 10 + 100 + 1


def test_the_doctor_comes_in_the_cheapest_moment_of_the_float(tiny):
    # FLOAT A5 D5+10 A10 at 09:00: the doctor at 09:05, 09:10 or 09:15 for 50, 20, 30.
    visit = in_window(tiny, "V1", "09:00", "09:20", procedure="FLOAT")
    problem = tiny.problem(visit, procedures=(tiny.procedure("FLOAT", "A5 D5+10 A10"),))
    steps = ((545, 550, 50), (550, 555, 20), (555, 560, 30))
    lines = (line(Priced.DOCTOR, tiny.tuesday, *steps, id="DR1"),)
    (found,) = book_of(problem, days=1, prices=lines).best(visit, NOW)
    assert found.millipoints - found.own_millipoints == 20


def test_prices_change_the_order_of_offers(tiny):
    # Wednesday costs 65 points for a day overdue; Tuesday's chair 20 points a step, 100 in all.
    visit = tiny.visit("V1")
    lines = (line(Priced.CHAIR, tiny.tuesday, (0, 1440, 20_000), id="C1"),)
    book = book_of(tiny.problem(visit))
    assert book.best(visit, NOW, count=1)[0].date == tiny.tuesday
    book.set_prices(lines)
    assert book.best(visit, NOW, count=1)[0].date == tiny.wednesday


def test_wishes_and_a_preferred_doctor_count_like_in_the_figures(tiny):
    # 15 points for the missed wish, and 15 where the preferred doctor cannot come.
    wish = (tiny.window("13:00", "17:00"),)
    visit = tiny.visit("V1", wishes=wish, preferred_doctor="DR2")
    staff = tuple(
        one.model_copy(update={"shifts": tiny.shifts("08:00", "12:00")}) if one.id == "DR2" else one
        for one in tiny.practice(doctors=2).staff
    )
    book = book_of(tiny.problem(visit, staff=staff), days=1)
    found = {one.half_day: one for one in book.best(visit, NOW, count=2)}
    morning, afternoon = found[HalfDay.MORNING], found[HalfDay.AFTERNOON]
    assert morning.own_millipoints - afternoon.own_millipoints == 15_000
    assert morning.millipoints == morning.own_millipoints
    assert afternoon.millipoints == afternoon.own_millipoints + 15_000


def test_costs_of_the_hour_are_those_of_the_personal_table(tiny):
    # Misses are likelier at nine and less likely at three, so that the hour has a price.
    effects = (HourEffect(hour=9, logit=0.5), HourEffect(hour=15, logit=-0.5))
    ecd = dt.date(2026, 3, 20)
    treatment = Treatment(
        started=dt.date(2025, 3, 1), original_ecd=ecd, current_ecd=ecd, remaining_visits=1
    )
    visit = tiny.visit("V1", treatment=treatment)
    problem = tiny.problem(visit, policy=Policy(risk=RiskPolicy(hour_effects=effects)))
    horizon = Horizon(start=tiny.tuesday, days=2)
    costs, prices = PersonalCosts(problem, horizon), prices_of(problem)
    found = OpenBook(problem, horizon).best(visit, NOW, count=4)
    assert len(found) == 4
    for one in found:
        table = costs.at("V1", one.date, one.start.hour)
        assert one.own_millipoints == sum(prices[kpi] * count for kpi, count in table.items())
    assert times(found)[0] == "Tue 15:00"
