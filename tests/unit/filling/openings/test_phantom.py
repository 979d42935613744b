"""Prices of calls to come, worked out on paper. Now is Monday 2 March 2026; weekends are closed."""

import datetime as dt
import math

import pytest

from engine.certificate.certificate import Priced, PriceLine
from engine.filling.openings.open_book import OpenBook
from engine.filling.openings.phantom import (
    LaterCalls,
    calls_of,
    calls_wanting,
    phantom_prices,
)
from engine.practice import (
    Cell,
    DailyLimit,
    Horizon,
    ModelDay,
    ModelDayDate,
    Policy,
    RiskPolicy,
)
from engine.units import to_minutes

NOW = dt.datetime(2026, 3, 2, 7)
SAME = Policy(risk=RiskPolicy(constant_no_show=True))
WEEK = 7 * 130_000
"""A week of waiting, in millipoints: 130 points a day."""


def exam_cell(start: str, end: str, **changes) -> Cell:
    return Cell(
        id=f"K-{start}", procedure_class="exam", columns=("E1",), start=start, end=end, **changes
    )


def with_cells(tiny, *cells: Cell) -> dict:
    days = [tiny.monday + dt.timedelta(days=n) for n in range(5)]
    return {
        "model_days": (ModelDay(id="M", title="M", cells=cells),),
        "model_day_dates": tuple(ModelDayDate(model_day="M", date=day) for day in days),
        "policy": SAME,
    }


def test_each_later_day_shares_its_calls_among_the_open_dates_of_its_week(tiny):
    # From a Monday to the Monday after there are 6 open dates: a call wants each with 1/6. Today's
    # calls have been made. Tomorrow is wanted by those of tomorrow; Friday by four days.
    practice = tiny.practice()
    assert calls_wanting(practice, tiny.monday, NOW.date(), 3.0) == 0
    assert calls_wanting(practice, tiny.tuesday, NOW.date(), 3.0) == pytest.approx(0.5)
    assert calls_wanting(practice, tiny.friday, NOW.date(), 3.0) == pytest.approx(2.0)
    # Wednesday the 11th: calls from Wednesday the 4th on, 6 open days.
    later = dt.date(2026, 3, 11)
    assert calls_wanting(practice, later, NOW.date(), 3.0) == pytest.approx(3.0)


def test_places_left_are_counted_in_own_cells_and_beside_the_book(tiny):
    # EXAM takes 60 and 5 after. Two hours of its cell: 09:00 and 10:05 would end at 11:10, past
    # the cell, so one place; two hours and five minutes hold two.
    for end, places in (("11:00", 1), ("11:05", 2)):
        other = exam_cell(end, "17:00").model_copy(update={"procedure_class": "adj"})
        before = exam_cell("08:00", "09:00").model_copy(update={"procedure_class": "adj"})
        problem = tiny.problem(**with_cells(tiny, before, exam_cell("09:00", end), other))
        book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
        assert book.places_left(tiny.visit("V1", "EXAM"), tiny.tuesday) == places
    booked = tiny.booking("B1", "09:00", "E1", "EXAM")
    problem = tiny.problem(booked, **with_cells(tiny, before, exam_cell("09:00", "11:05"), other))
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
    assert book.places_left(tiny.visit("V1", "EXAM"), tiny.tuesday) == 1


def test_the_price_of_the_last_place_and_of_one_of_two(tiny):
    before = exam_cell("08:00", "09:00").model_copy(update={"procedure_class": "adj"})
    other = exam_cell("11:05", "17:00").model_copy(update={"procedure_class": "adj"})
    cells = (before, exam_cell("09:00", "11:05"), other)
    booked = tiny.booking("B1", "09:00", "E1", "EXAM", date=tiny.friday)
    problem = tiny.problem(booked, **with_cells(tiny, *cells))
    book = OpenBook(problem, Horizon(start=tiny.monday, days=5))
    lines = phantom_prices(book, [LaterCalls("EXAM", 3.0)], NOW)
    prices = {line.date: line.steps for line in lines}
    assert {(line.of, line.id) for line in lines} == {(Priced.CHAIR, "E1")}
    # EXAM holds the chair for 13 steps. Friday: one place, 2 calls want it: P(D >= 1) = 1 - e^-2.
    friday = round(WEEK * (1 - math.exp(-2)) / 13)
    assert prices[tiny.friday] == ((540, 665, friday),)
    # Tuesday: two places, half a call: P(D >= 2) = 1 - e^-0.5 (1 + 0.5). Monday: nobody is to come.
    tuesday = round(WEEK * (1 - math.exp(-0.5) * 1.5) / 13)
    assert prices[tiny.tuesday] == ((540, 665, tuesday),)
    assert tiny.monday not in prices


def test_an_exam_takes_the_near_date_and_others_pay_for_its_cell(tiny):
    # A caller with six days left could come any day at no cost of her own. Later dates are wanted
    # by more callers, so she is given tomorrow. CHAT, for whom the exam's cell is a fallback, holds
    # the room for 12 steps of it on Tuesday.
    caller = tiny.visit("call-1", "EXAM", due=tiny.friday, requested_on=tiny.monday)
    window = (tiny.window("09:30", "10:30"),)
    other = tiny.visit("V1", "CHAT", due=tiny.friday, latest=tiny.tuesday, availability=window)
    chat = tiny.procedure("CHAT", "A60", "exam", turnover=0)
    cells = with_cells(tiny, exam_cell("08:00", "17:00", fallbacks=("chat",)))
    problem = tiny.problem(caller, other, procedures=(chat,), **cells)
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=4))
    assert book.best(caller, NOW, count=1)[0].date == tiny.friday
    (free,) = book.best(other, NOW)
    lines = phantom_prices(book, [LaterCalls("EXAM", 36.0)], NOW)
    book.set_prices(lines)
    assert book.best(caller, NOW, count=1)[0].date == tiny.tuesday
    (priced,) = book.best(other, NOW)
    ((_, _, a_step),) = next(line.steps for line in lines if line.date == tiny.tuesday)
    assert a_step > 0
    assert priced.millipoints - free.millipoints == 12 * a_step


def test_nobody_calls_after_the_last_day(tiny):
    # Until Wednesday: Friday is wanted by the calls of Tuesday and Wednesday alone.
    practice = tiny.practice()
    wanting = calls_wanting(practice, tiny.friday, NOW.date(), 3.0, until=tiny.wednesday)
    assert wanting == pytest.approx(1.0)


def test_calls_of_the_last_four_weeks(tiny):
    # 20 open days. V1 and B1 asked within them; V2 asked four weeks ago to the day, V3 never said
    # when, V4 is no exam.
    problem = tiny.problem(
        tiny.visit("V1", "EXAM", requested_on=tiny.monday),
        tiny.booking("B1", "09:00", "E1", "EXAM", requested_on=dt.date(2026, 2, 3)),
        tiny.visit("V2", "EXAM", requested_on=dt.date(2026, 2, 2)),
        tiny.visit("V3", "EXAM"),
        tiny.visit("V4", requested_on=tiny.monday),
    )
    assert calls_of(problem) == (LaterCalls("EXAM", 2 / 20),)


def two_places(**changes) -> tuple[Cell, Cell]:
    """Room for two exams a day, so that the calls of four weeks may want more."""
    rest = exam_cell("10:10", "17:00").model_copy(update={"procedure_class": "adj"})
    return exam_cell("08:00", "10:10", **changes), rest


def test_the_first_price_of_all_comes_with_a_booking(tiny):
    """One call in 20 days, of which the Tuesday gets a sixth, 1/120. Three places: P(D >= 3) of a
    week's 910,000 millipoints over 13 steps rounds to nothing; two: P(D >= 2) = 3.5e-5 gives 2."""
    asked = tiny.visit("V1", "EXAM", requested_on=tiny.monday)
    other = tiny.visit("V2", "EXAM")
    rest = exam_cell("11:15", "17:00").model_copy(update={"procedure_class": "adj"})
    problem = tiny.problem(asked, other, **with_cells(tiny, exam_cell("08:00", "11:15"), rest))
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=1))
    calls = calls_of(problem)
    assert phantom_prices(book, calls, NOW) == ()
    (before,) = book.best(asked, NOW, count=1, protect=True)
    assert before.millipoints == before.own_millipoints
    book.hold(other, tiny.tuesday, 480, now=NOW, until=NOW + dt.timedelta(hours=1))
    ((_, _, step),) = phantom_prices(book, calls, NOW)[0].steps
    (after,) = book.best(asked, NOW, count=1, protect=True)
    # 10:15 is the cheapest: the exam ends with the cell, and its turnover costs nothing.
    assert f"{after.start:%H:%M}" == "10:15"
    assert after.millipoints - after.own_millipoints == 12 * step == 24


def test_kept_prices_are_those_of_a_book_that_is_new(tiny):
    """After holds, and on another day, what is asked with protection costs what it costs where
    everything is worked out from nothing; without protection nothing has changed."""
    asked = [
        tiny.visit(f"V{n}", "EXAM", due=tiny.friday, requested_on=tiny.monday) for n in range(4)
    ]
    cells = with_cells(tiny, *two_places(fallbacks=("chat",)))
    chat = tiny.procedure("CHAT", "A60", "exam", turnover=0)
    room = (DailyLimit(id="room", procedures=("EXAM",), per_day=9),)
    problem = tiny.problem(
        *asked, tiny.visit("W", "CHAT"), procedures=(chat,), limits=room, **cells
    )
    horizon = Horizon(start=tiny.tuesday, days=4)
    own = (
        PriceLine(of=Priced.CHAIR, id="E1", date=tiny.wednesday, steps=((600, 660, 70),)),
        PriceLine(of=Priced.PER_DAY, id="room", date=tiny.thursday, steps=((0, 1440, 9),)),
    )
    kept, other = OpenBook(problem, horizon, prices=own), problem.all_visits["W"]
    bare = kept.best(other, NOW)
    for number, visit in enumerate(asked):
        now = NOW + dt.timedelta(days=number // 3)
        found = kept.best(visit, now, count=4, protect=True)
        new = OpenBook(problem, horizon, kept.occupancy.placements.values())
        lines = phantom_prices(new, calls_of(problem), now)
        new.set_prices((*own, *lines))
        assert lines
        assert found == new.best(visit, now, count=4)
        assert kept.best(other, now, protect=True) == new.best(other, now)
        day, start = found[-1].date, to_minutes(found[-1].start)
        kept.hold(visit, day, start, now=now, until=now + dt.timedelta(days=9))
    for visit in asked:
        kept.give_back(visit.id, None)
    assert kept.best(other, NOW) == bare


def test_only_what_has_changed_is_worked_out_again(tiny, monkeypatch):
    """A second question reads nothing, one after a hold its date alone, one of another day all."""
    asked = [tiny.visit(f"V{n}", "EXAM", requested_on=tiny.monday) for n in range(3)]
    problem = tiny.problem(*asked, **with_cells(tiny, *two_places()))
    book = OpenBook(problem, Horizon(start=tiny.tuesday, days=4))
    read: list[dt.date] = []
    places_left = book.places_left

    def counted(visit, day):
        read.append(day)
        return places_left(visit, day)

    monkeypatch.setattr(book, "places_left", counted)

    def ask(now: dt.datetime) -> list[dt.date]:
        read.clear()
        book.best(asked[0], now, protect=True)
        return sorted(read)

    week = [tiny.tuesday, tiny.wednesday, tiny.thursday, tiny.friday]
    assert ask(NOW) == week
    assert ask(NOW) == []
    book.hold(asked[1], tiny.wednesday, 540, now=NOW, until=NOW + dt.timedelta(hours=1))
    assert ask(NOW) == [tiny.wednesday]
    # The hold is over: its date once more.
    assert ask(NOW + dt.timedelta(hours=2)) == [tiny.wednesday]
    # Nobody who calls from Wednesday on wants the Tuesday.
    assert ask(NOW + dt.timedelta(days=1)) == week[1:]
