"""Proposals for bookings that clash with new model days.

Now is Monday 2 March, 07:00. On Tuesdays C1 is kept for bonds from 13:00 to 14:00 (never open to
adj). An ADJ takes 20 minutes, and 5 of turnover, which may reach into any cell.
"""

import datetime as dt

from engine.generate import generate
from engine.practice import Cell, ModelDay, ModelDayDate
from engine.practice.template import Template
from engine.template.migrate import migrate
from engine.template.new_times import new_times

LUNCH = Cell(id="c", procedure_class="bond", columns=("C1",), start="13:00", end="14:00")


def template(*cells) -> Template:
    return Template(
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", weekday="tue"),),
    )


def test_the_nearest_time_and_no_two_at_the_same(tiny):
    problem = tiny.problem(tiny.booking("B1", "13:05"), tiny.booking("B2", "13:30"))
    found = new_times(migrate(problem, template(LUNCH)))
    # B1: 12:40-13:00 is 25 minutes away, 14:00 is 55. B2: 14:00 is 30 away, 12:40 taken anyway.
    assert found == {
        "B1": dt.datetime(2026, 3, 3, 12, 40),
        "B2": dt.datetime(2026, 3, 3, 14),
    }


def test_another_date_where_its_own_has_no_room(tiny):
    whole = LUNCH.model_copy(update={"start": dt.time(8), "end": dt.time(17)})
    problem = tiny.problem(tiny.booking("B1", "13:05"))
    # Monday is today, so Wednesday is the nearest date.
    assert new_times(migrate(problem, template(whole))) == {"B1": dt.datetime(2026, 3, 4, 13, 5)}


def test_none_where_the_patient_cannot_come_at_any_other_time(tiny):
    when = (tiny.window("13:00", "14:00", "tue"),)
    problem = tiny.problem(tiny.booking("B1", "13:05", availability=when))
    assert new_times(migrate(problem, template(LUNCH))) == {"B1": None}


def test_nothing_is_proposed_where_nothing_clashes(tiny):
    problem = tiny.problem(tiny.booking("B1", "15:00"))
    assert new_times(migrate(problem, template(LUNCH))) == {}


def test_once_moved_none_of_them_clashes():
    """All clashes moved to their new times at once, the chair left to the fill."""
    made = generate("one-doctor", visits=50, seed=3, planted=True, booked_share=1.0)
    day = made.problem.practice.model_days[0]
    strict = day.model_copy(
        update={
            "cells": tuple(
                cell.model_copy(update={"fallbacks": (), "release": ()}) for cell in day.cells
            )
        }
    )
    others = made.problem.practice.model_days[1:]
    found = migrate(made.problem, Template(model_days=(strict, *others)))
    times = new_times(found)
    moved = {visit: time for visit, time in times.items() if time is not None}
    assert moved
    bookings = tuple(
        one.model_copy(
            update={
                "date": moved[one.visit.id].date(),
                "start": moved[one.visit.id].time(),
                "chair": None,
            }
        )
        if one.visit.id in moved
        else one
        for one in found.problem.bookings
    )
    after = found.problem.model_copy(update={"bookings": bookings})
    again = migrate(after, Template(model_days=after.practice.model_days))
    still = {one.booking.visit.id for one in again.clashes}
    assert still.isdisjoint(moved)
