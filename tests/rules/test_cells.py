"""`cells`: a visit in cells that take its class, or in time kept for nobody. Classes: adj, bond."""

import datetime as dt

import pytest

from engine.practice import (
    ANY_CLASS,
    Cell,
    ClassRelease,
    ModelDay,
    ModelDayDate,
    Policy,
    ReleaseStep,
    Weekday,
)

DAY_BEFORE_15 = dt.datetime(2026, 3, 2, 15, 0)
MINUTE = dt.timedelta(minutes=1)


def cell(tiny, name, procedure_class, start, end, columns=("C1",), **fields):
    span = tiny.window(start, end)
    return Cell(
        id=name,
        procedure_class=procedure_class,
        columns=columns,
        start=span.start,
        end=span.end,
        **fields,
    )


def template(*cells, weekday=Weekday.TUE):
    return {
        "model_days": (ModelDay(id="full", title="Full day", cells=cells),),
        "model_day_dates": (ModelDayDate(model_day="full", weekday=weekday),),
    }


def day(tiny):
    """C1: 09:00-10:00 adj, 10:00-11:30 bond, the rest for nobody."""
    return template(
        cell(tiny, "K1", "adj", "09:00", "10:00"), cell(tiny, "K2", "bond", "10:00", "11:30")
    )


def adjust(tiny, start, layout, policy=None, as_of=None, **where):
    problem = tiny.problem(tiny.visit("V1"), clinic=2, policy=policy, as_of=as_of, **layout)
    return tiny.check(problem, tiny.place("V1", start, **where))


# ADJ takes 20 minutes; its turnover of 5 may reach into any cell.
@pytest.mark.parametrize(
    ("start", "broken"),
    [
        ("08:40", False),  # before all cells
        ("08:50", False),  # free time, then its own cell
        ("09:40", False),  # ends as its cell ends, turnover in the bond cell
        ("09:45", True),
        ("10:00", True),
        ("11:10", True),
        ("11:25", True),
        ("11:30", False),  # after all cells
    ],
)
def test_own_cell_foreign_cell_and_free_time(tiny, start, broken):
    report = adjust(tiny, start, day(tiny))
    assert tiny.rules(report) == ["cells"] * broken


def test_sentence_names_the_cell(tiny):
    report = adjust(tiny, "09:45", day(tiny))
    assert report.violations[0].sentence == (
        "2026-03-03 10:00: V1 (adj, 09:45-10:05) lies on chair C1 in cell K2 10:00-11:30, "
        "kept for bond"
    )


def test_cells_of_other_columns_do_not_bind(tiny):
    assert adjust(tiny, "10:00", day(tiny), chair="C2").ok


def test_several_cells_that_take_it_are_crossed(tiny):
    layout = template(
        cell(tiny, "K1", "adj", "09:00", "09:30"),
        cell(tiny, "K2", "adj", "09:30", "10:00"),
        cell(tiny, "K3", "bond", "10:00", "10:30"),
    )
    assert adjust(tiny, "09:20", layout).ok
    assert tiny.rules(adjust(tiny, "09:55", layout)) == ["cells"]


def test_one_of_two_cells_over_each_other_takes_it(tiny):
    both = (
        cell(tiny, "K1", "bond", "09:00", "10:00"),
        cell(tiny, "K2", "adj", "09:30", "10:30"),
    )
    for layout in (template(*both), template(*both[::-1])):
        assert adjust(tiny, "09:30", layout).ok
        assert adjust(tiny, "09:40", layout).ok
        assert tiny.rules(adjust(tiny, "09:25", layout)) == ["cells"]


def test_fallback_takes_it_at_any_time(tiny):
    listed = template(cell(tiny, "K1", "bond", "09:00", "10:00", fallbacks=("clean", "adj")))
    other = template(cell(tiny, "K1", "bond", "09:00", "10:00", fallbacks=("clean",)))
    assert adjust(tiny, "09:00", listed).ok
    assert tiny.rules(adjust(tiny, "09:00", other)) == ["cells"]


@pytest.mark.parametrize("accepts", ["adj", ANY_CLASS])
def test_release_ladder_to_the_minute(tiny, accepts):
    # D-1 at 15:00 for Tuesday: from Monday 15:00 on.
    step = ReleaseStep(days_before=1, at=dt.time(15, 0), accepts=(accepts,))
    layout = template(cell(tiny, "K1", "bond", "09:00", "10:00", hold=True, release=(step,)))
    assert adjust(tiny, "09:00", layout, as_of=DAY_BEFORE_15).ok
    early = adjust(tiny, "09:00", layout, as_of=DAY_BEFORE_15 - MINUTE)
    assert tiny.rules(early) == ["cells"]


def test_ladder_of_the_class_unless_the_cell_has_its_own(tiny):
    step = ReleaseStep(days_before=3, accepts=("adj",))
    policy = Policy(release=(ClassRelease(procedure_class="bond", steps=(step,)),))
    plain = template(cell(tiny, "K1", "bond", "09:00", "10:00"))
    never = template(cell(tiny, "K1", "bond", "09:00", "10:00", release=()))
    assert adjust(tiny, "09:00", plain, policy).ok
    assert tiny.rules(adjust(tiny, "09:00", never, policy)) == ["cells"]
    assert tiny.rules(adjust(tiny, "09:00", plain)) == ["cells"]


def test_date_without_a_model_day_is_free(tiny):
    assert adjust(tiny, "10:00", day(tiny), date=tiny.wednesday).ok


def test_dated_model_day_replaces_that_of_the_weekday(tiny):
    bond, short = (
        ModelDay(id=name, title=name, cells=(cell(tiny, "K1", kind, "09:00", "10:00"),))
        for name, kind in (("full", "bond"), ("short", "adj"))
    )
    weekly = ModelDayDate(model_day="full", weekday=Weekday.TUE)
    dated = ModelDayDate(model_day="short", date=tiny.tuesday)
    layout = {"model_days": (bond, short), "model_day_dates": (weekly, dated)}
    assert adjust(tiny, "09:00", layout).ok
    layout = {"model_days": (bond, short), "model_day_dates": (weekly,)}
    assert tiny.rules(adjust(tiny, "09:00", layout)) == ["cells"]


def test_every_stage_lies_in_a_cell_of_its_own_column(tiny):
    two = tiny.procedure("PROG", "A20 | A10", ("records", "clinic"))
    layout = template(
        cell(tiny, "K1", "rec", "09:00", "09:30", columns=("R1",)),
        cell(tiny, "K2", "adj", "09:00", "09:30", columns=("C1", "C2")),
    )
    problem = tiny.problem(tiny.visit("V1", "PROG"), procedures=[two], **layout)

    def rules(start):
        rooms = {"chair": ("R1", "C1"), "staff": ("RT1", "AS1")}
        return tiny.rules(tiny.check(problem, tiny.place("V1", start, "A20 | A10", **rooms)))

    assert rules("09:30") == []
    assert rules("09:10") == ["cells"]  # records 09:10-09:30 in K1, clinic from 09:30 on
    assert rules("09:00") == ["cells", "cells"]  # clinic 09:20-09:30 in K2 too


def test_kept_bookings_need_no_cell_and_moved_ones_do(tiny):
    problem = tiny.problem(tiny.booking("B1", "10:00", movable=True), **day(tiny))
    kept = tiny.check(problem, tiny.place("B1", "10:00"))
    assert kept.ok
    assert kept.inherited == ()
    assert tiny.rules(tiny.check(problem, tiny.place("B1", "10:05"))) == ["cells"]
    assert tiny.check(problem, tiny.place("B1", "09:30")).ok


def test_trap_a_cell_of_another_class(tiny, solve):
    # All of Tuesday is kept for ADJ, but 08:00-08:30; CLEAN may come then or on Wednesday.
    kept = Cell(id="K", procedure_class="adj", columns=("C1",), start="08:30", end="17:00")
    problem = tiny.problem(
        *(tiny.visit(f"V{n}", "CLEAN") for n in (1, 2, 3)),
        model_days=(ModelDay(id="M", title="M", cells=(kept,)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    # 10 + 5 + 10 minutes for two of them: the third comes a day late.
    ruled = solve(problem, days=2)
    assert sum(time in {"08:00", "08:05"} for time in ruled.times.values()) == 1
    assert sum(time in {"08:15", "08:20"} for time in ruled.times.values()) == 1
    assert ruled.quanta("overdue_days") == 1
    bait = solve(problem, days=2, without="cells")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"cells"}
