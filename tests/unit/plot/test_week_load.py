"""Minutes by hour, worked out on paper."""

import re

from engine.plot.lettering import text_width
from engine.plot.week_load import HourLoad, week_load
from engine.plot.week_strip import week_strip
from engine.practice import Cell, ModelDay, ModelDayDate


def hour(loads, day, clock):
    (found,) = (load for load in loads if load.date == day)
    return next(load for load in found.hours if load.hour == clock)


def test_an_hour_is_split_into_booked_proposed_and_open(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"), clinic=3, assistants=2)
    placed = tiny.place("B1", "09:00"), tiny.place("V1", "09:50", chair="C2", staff="AS2")
    loads = week_load(problem, tiny.schedule(problem, *placed))
    # B1: 25 min with turnover. V1: 09:50 to 10:15, 10 of them before ten. Two assistants have 120
    # minutes, 35 are taken; three chairs would have more. Doctor: 09:05-09:10 and 09:55-10:00.
    assert hour(loads, tiny.tuesday, 9) == HourLoad(9, 25, 10, 0, 85, 10, 51, 60)
    assert hour(loads, tiny.tuesday, 10) == HourLoad(10, 0, 15, 0, 105, 0, 51, 60)
    tuesday = next(load for load in loads if load.date == tiny.tuesday)
    assert (tuesday.visits, tuesday.new, tuesday.moved) == (2, 1, 0)


def test_held_cells_are_not_open(tiny):
    hold = Cell(
        id="h", procedure_class="adj", columns=("C3",), start="09:00", end="09:20", hold=True
    )
    problem = tiny.problem(
        tiny.visit("V1"),
        clinic=3,
        assistants=3,
        model_days=(ModelDay(id="full", title="Full", cells=(hold,)),),
        model_day_dates=(ModelDayDate(model_day="full", weekday="tue"),),
    )
    loads = week_load(problem, tiny.schedule(problem, tiny.place("V1", "09:00")))
    # 180 chair minutes, 25 taken, 20 held.
    nine = hour(loads, tiny.tuesday, 9)
    assert (nine.held, nine.open) == (20, 135)


def test_a_moved_booking_counts_as_proposed(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    loads = week_load(problem, tiny.schedule(problem, tiny.place("B1", "11:00")))
    assert (hour(loads, tiny.tuesday, 11).booked, hour(loads, tiny.tuesday, 11).proposed) == (0, 25)
    assert next(load.moved for load in loads if load.date == tiny.tuesday) == 1


def test_closed_dates_have_no_picture(tiny):
    problem = tiny.problem()
    loads = week_load(problem, tiny.schedule(problem, days=7))
    assert [len(load.hours) for load in loads] == [9, 9, 9, 9, 9, 0, 0]
    assert len(week_strip(loads)) == 5


def test_words_beside_the_bars_stay_in_the_picture_and_left_of_them(tiny, plot):
    """They end at x, so that a word wider than x is cut."""
    problem = tiny.problem()
    schedule = tiny.schedule(problem)
    page = plot.page(problem, schedule).html
    strip = page[page.index('class="strip"') : page.index('class="day"')]
    words = re.findall(r'<text class="small end" x="(\d+)" y="[\d.]+">([^<]+)<', strip)
    assert {"doctor", "chair", "%"} <= {word for _, word in words}
    (first, *_) = week_strip(week_load(problem, schedule))
    left = min(bar.x for one in first.hours for bar in one.bars)
    for x, word in words:
        assert text_width(word, size=10.5) <= float(x) < left


def test_bars_stand_on_each_other(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.visit("V1"), clinic=3, assistants=2)
    placed = tiny.place("B1", "09:00"), tiny.place("V1", "09:50", chair="C2", staff="AS2")
    pictures = week_strip(week_load(problem, tiny.schedule(problem, *placed)))
    nine = pictures[1].hours[1]
    booked, proposed, opened = (
        next(bar for bar in nine.bars if bar.kind == kind)
        for kind in ("booked", "proposed", "open")
    )
    assert booked.y + booked.height == pictures[1].zero
    assert abs(proposed.y + proposed.height - booked.y) < 0.2
    assert abs(opened.y + opened.height - proposed.y) < 0.2
    # 25, 10 and 85 of 120 minutes on 98 px.
    assert (booked.height, proposed.height, opened.height) == (20.4, 8.2, 69.4)
    assert nine.percent == "17"
