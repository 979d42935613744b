"""A book against new model days, on a Tuesday that can be read off.

Now is Monday 2 March, 07:00. The new Tuesday on C1: `a` adj 09:00-10:00; `b` bond 10:00-12:00,
open to adj from the day before at 15:00; `c` bond 13:00-14:00, never open to adj. An ADJ takes 20
minutes.
"""

import datetime as dt

import pytest

from engine.checker import check
from engine.generate import generate
from engine.kpi.cell_use import Use
from engine.practice import Cell, ModelDay, ModelDayDate, Quota, ReleaseStep, Visit
from engine.practice.template import Template
from engine.problems import PracticeProblemsError
from engine.template.book_schedule import book_schedule
from engine.template.migrate import Fit, migrate

STEP = ReleaseStep(days_before=1, at="15:00", accepts=("adj",))
CELLS = (
    Cell(id="a", procedure_class="adj", columns=("C1",), start="09:00", end="10:00"),
    Cell(
        id="b", procedure_class="bond", columns=("C1",), start="10:00", end="12:00", release=(STEP,)
    ),
    Cell(id="c", procedure_class="bond", columns=("C1",), start="13:00", end="14:00"),
)


def template(*cells, quotas=(), weekdays=("tue",)) -> Template:
    return Template(
        model_days=(ModelDay(id="M", title="M", cells=cells, quotas=quotas),),
        model_day_dates=tuple(ModelDayDate(model_day="M", weekday=day) for day in weekdays),
    )


def fits(found) -> dict[str, Fit]:
    return {one.booking.visit.id: one.fit for one in found.bookings}


def test_own_cell_nobodys_time_later_release_and_clash(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "10:30"),
        tiny.booking("B3", "13:10"),
        tiny.booking("B4", "15:00"),
        tiny.booking("B5", "13:10", date=tiny.wednesday),
    )
    found = migrate(problem, template(*CELLS))
    assert fits(found) == {
        "B1": Fit.FITS,
        "B2": Fit.LATER,
        "B3": Fit.CLASH,
        "B4": Fit.FITS,
        "B5": Fit.FITS,
    }
    by_id = {one.booking.visit.id: one for one in found.bookings}
    assert by_id["B2"].opens == dt.datetime(2026, 3, 2, 15)
    assert [use.cell.id for use in by_id["B3"].cells] == ["c"]
    assert by_id["B3"].before is Fit.FITS
    # Only Tuesdays have it: with B3 in the way, the next one is the first.
    assert found.first_date() == dt.date(2026, 3, 10)
    assert found.clashes_from(tiny.tuesday) == 1
    assert found.clashes_from(tiny.wednesday) == 0


def test_without_a_clash_it_starts_tomorrow(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"))
    assert migrate(problem, template(*CELLS)).first_date() == tiny.tuesday


def test_a_release_after_the_visit_is_of_no_use(tiny):
    # Open from the same day at 15:00 on, and the visit is at 10:30.
    late = CELLS[1].model_copy(
        update={"release": (ReleaseStep(days_before=0, at="15:00", accepts=("*",)),)}
    )
    problem = tiny.problem(tiny.booking("B2", "10:30"))
    (one,) = migrate(problem, template(late)).bookings
    assert (one.fit, one.opens) == (Fit.CLASH, None)


def test_the_worst_cell_of_a_visit_counts(tiny):
    # 09:50-10:10: ten minutes in its own cell and ten in one that opens later.
    problem = tiny.problem(tiny.booking("B1", "09:50"))
    assert fits(migrate(problem, template(*CELLS))) == {"B1": Fit.LATER}


def test_above_the_quota_those_booked_last_clash(tiny):
    first, *others = (tiny.booking(f"B{n}", f"09:{20 * n - 20:02d}") for n in (1, 2, 3))
    last = first.model_copy(update={"booked_on": dt.date(2026, 2, 27)})
    early = (one.model_copy(update={"booked_on": dt.date(2026, 1, 5)}) for one in others)
    quota = Quota(procedure_class="adj", at_most=2)
    found = migrate(tiny.problem(last, *early), template(CELLS[0], quotas=(quota,)))
    assert fits(found) == {"B1": Fit.OVER_QUOTA, "B2": Fit.FITS, "B3": Fit.FITS}
    assert [one.booking.visit.id for one in found.clashes] == ["B1"]


def test_today_runs_by_the_present_model_day(tiny):
    problem = tiny.problem(tiny.booking("B1", "13:00", date=tiny.monday))
    assert migrate(problem, template(*CELLS, weekdays=("mon",))).bookings == ()


def test_a_first_date_for_each_model_day(tiny):
    both = Template(
        model_days=(
            ModelDay(id="M", title="M", cells=CELLS),
            ModelDay(id="N", title="N"),
            ModelDay(id="never", title="On a date that is gone"),
        ),
        model_day_dates=(
            ModelDayDate(model_day="M", weekday="tue"),
            ModelDayDate(model_day="N", weekday="wed"),
            ModelDayDate(model_day="never", date=dt.date(2026, 2, 3)),
        ),
    )
    found = migrate(tiny.problem(tiny.booking("B3", "13:00")), both)
    assert found.first_date("M") == dt.date(2026, 3, 10)
    assert found.first_date("N") == tiny.wednesday
    assert found.first_date("never") is None
    assert found.first_date() == tiny.wednesday


def test_a_template_for_another_practice_is_refused(tiny):
    strange = Cell(id="x", procedure_class="adj", columns=("C9",), start="09:00", end="10:00")
    with pytest.raises(PracticeProblemsError, match="C9"):
        migrate(tiny.problem(tiny.booking("B1", "09:00")), template(strange))


def test_the_checker_refuses_exactly_what_lies_against_the_cells():
    """The book asked as new visits at its own places, under the same model day's own cells only."""
    made = generate("one-doctor", visits=60, seed=3, planted=True, booked_share=1.0)
    strict = Template(
        model_days=tuple(
            day.model_copy(
                update={
                    "cells": tuple(
                        cell.model_copy(update={"fallbacks": (), "release": ()})
                        for cell in day.cells
                    ),
                    "quotas": (),
                }
            )
            for day in made.problem.practice.model_days
        )
    )
    found = migrate(made.problem, strict)
    horizon = made.horizon
    schedule = book_schedule(found.problem, horizon)
    visits: tuple[Visit, ...] = tuple(one.visit for one in made.problem.bookings)
    asked = found.problem.model_copy(update={"bookings": (), "visits": visits})
    refused = {
        visit
        for violation in check(asked, schedule).violations
        if violation.rule == "cells"
        for visit in violation.visits
    }
    against = {
        one.booking.visit.id
        for one in found.bookings
        if any(use.use is Use.AGAINST for use in one.cells)
    }
    assert refused == against != set()
