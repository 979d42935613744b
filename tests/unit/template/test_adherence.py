"""Booked against template, on a Tuesday that can be counted on paper.

C1: `a` adj 09:00-09:30, `b` bond 09:30-10:00 with fallback adj, `c` bond 10:00-11:00.
C2: `a` again (it has two columns).
"""

import datetime as dt

import pytest

from engine.filling.by_hand import fill_by_hand
from engine.generate import generate
from engine.kpi import figures
from engine.kpi.cell_use import Use
from engine.practice import (
    Cell,
    ClassRelease,
    ModelDay,
    ModelDayDate,
    Policy,
    ReleaseStep,
)
from engine.template.adherence import (
    CellState,
    by_class,
    by_column,
    by_date,
    cell_rows,
    sums,
)
from engine.template.adherence_csv import ADHERENCE_COLUMNS, adherence_row
from engine.template.book_schedule import book_schedule

CELLS = (
    Cell(id="a", procedure_class="adj", columns=("C1", "C2"), start="09:00", end="09:30"),
    Cell(
        id="b",
        procedure_class="bond",
        columns=("C1",),
        start="09:30",
        end="10:00",
        fallbacks=("adj",),
    ),
    Cell(id="c", procedure_class="bond", columns=("C1",), start="10:00", end="11:00"),
)


def asked(tiny, *what, **changes):
    return tiny.problem(
        *what,
        model_days=(ModelDay(id="M", title="M", cells=CELLS),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
        clinic=2,
        **changes,
    )


def states(rows) -> dict[str, CellState]:
    return {f"{row.place.cell.id}{row.place.column}": row.state for row in rows}


def test_own_class_fallback_stranger_and_nobody(tiny):
    # V1 09:10-09:40: A5 D5 A10 is 20 minutes, so 09:20-09:40: 10 in `a`, 10 in `b` as fallback.
    # B1 is booked at 10:10-10:30 in `c`, which takes bonds alone. C2 stays empty.
    problem = asked(tiny, tiny.visit("V1"), tiny.booking("B1", "10:10"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:20"), tiny.place("B1", "10:10"))
    rows = cell_rows(problem, schedule)
    assert states(rows) == {
        "aC1": CellState.KEPT,
        "bC1": CellState.MISUSED,
        "cC1": CellState.MISUSED,
        "aC2": CellState.EMPTY,
    }
    by_id = {f"{row.place.cell.id}{row.place.column}": row for row in rows}
    assert by_id["aC1"].by_use == {Use.OWN: 10}
    assert by_id["bC1"].by_use == {Use.FALLBACK: 10}
    assert by_id["cC1"].by_use == {Use.AGAINST: 20}
    assert [one.visit for one in by_id["cC1"].strangers] == ["B1"]
    assert [row.place.empty_minutes for row in rows] == [20, 20, 40, 30]


def test_a_release_that_has_come_is_told_from_one_that_has_not(tiny):
    ladder = ClassRelease(
        procedure_class="bond", steps=(ReleaseStep(days_before=1, at="08:00", accepts=("adj",)),)
    )
    placed = tiny.place("V1", "10:00")
    for hour, use in ((7, Use.AGAINST), (8, Use.RELEASED)):
        problem = asked(
            tiny,
            tiny.booking("V1", "10:00"),
            policy=Policy(release=(ladder,)),
            as_of=dt.datetime(2026, 3, 2, hour),
        )
        rows = cell_rows(problem, tiny.schedule(problem, placed))
        assert [row.by_use for row in rows if row.by_use] == [{use: 20}]


def test_sums_by_class_column_and_date(tiny):
    problem = asked(tiny, tiny.visit("V1"), tiny.booking("B1", "10:10"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:20"), tiny.place("B1", "10:10"))
    rows = cell_rows(problem, schedule)
    adj, bond = sums(rows, by_class)
    assert (adj.key, adj.cell_minutes, adj.empty_minutes) == ("adj", 60, 50)
    assert adj.cells == {CellState.KEPT: 1, CellState.EMPTY: 1}
    assert (bond.key, bond.cell_minutes, bond.empty_minutes) == ("bond", 90, 60)
    assert bond.cells == {CellState.MISUSED: 2}
    assert (adj.kept_share, bond.kept_share) == (1.0, 0.0)
    assert [one.key for one in sums(rows, by_column)] == ["C1", "C2"]
    assert sums(rows, by_column)[1].kept_share is None
    (day,) = sums(rows, by_date)
    assert (day.key, day.minutes) == (
        "2026-03-03",
        {Use.OWN: 10, Use.FALLBACK: 10, Use.AGAINST: 20},
    )


def test_the_figures_count_the_whole_book_apart_from_the_new_times(tiny):
    problem = asked(tiny, tiny.visit("V1"), tiny.booking("B1", "10:10"))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:20"), tiny.place("B1", "10:10"))
    found = figures(problem, schedule).adherence
    assert (found.own_minutes, found.other_minutes, found.free_minutes) == (10, 10, 0)
    assert (found.cell_minutes, found.kept_minutes) == (150, 10)
    assert (found.misused_minutes, found.against_minutes) == (30, 20)
    assert found.kept_share == pytest.approx(0.25)


def test_the_book_alone_has_no_new_times(tiny):
    problem = asked(tiny, tiny.visit("V1"), tiny.booking("B1", "10:10"))
    schedule = book_schedule(problem, tiny.schedule(problem).horizon)
    assert [placed.visit for placed in schedule.placements] == ["B1"]
    assert figures(problem, schedule).adherence.own_share is None
    assert figures(problem, schedule).adherence.against_minutes == 20


def test_rows_and_figures_agree_on_a_filled_week():
    made = generate("one-doctor", visits=40, seed=5)
    schedule = fill_by_hand(made.problem, made.horizon)
    rows = cell_rows(made.problem, schedule)
    found = figures(made.problem, schedule).adherence
    assert found.kept_minutes == sum(row.by_use.get(Use.OWN, 0) for row in rows) > 0
    assert found.cell_minutes == sum(row.place.minutes for row in rows)
    assert dict(found.empty_minutes) == {one.key: one.empty_minutes for one in sums(rows, by_class)}
    for row in rows:
        assert sum(row.by_use.values()) + row.place.empty_minutes == row.place.minutes


def test_a_row_of_the_file_has_every_column(tiny):
    problem = asked(tiny, tiny.booking("B1", "10:10"))
    rows = cell_rows(problem, tiny.schedule(problem, tiny.place("B1", "10:10")))
    written = [adherence_row(row) for row in rows]
    assert all(tuple(row) == ADHERENCE_COLUMNS for row in written)
    assert [row["other_visits"] for row in written] == ["", "", "B1", ""]
    assert written[2]["state"] == "misused"
