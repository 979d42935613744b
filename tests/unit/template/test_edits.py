"""Edits of a template: one cell on one column, and nothing else."""

import datetime as dt

import pytest

from engine.filling.occupancy import Occupancy
from engine.practice import Cell, Horizon, ModelDay, ModelDayDate, Quota
from engine.practice.template import Template
from engine.template.edits import Edit, EditKind, apply_edit, sentence_of
from engine.template.targets import keeps_targets, room_for

DAY = ModelDay(
    id="M",
    title="M",
    cells=(
        Cell(
            id="a",
            procedure_class="adj",
            columns=("C1", "C2"),
            start="09:00",
            end="10:00",
            fallbacks=("rec",),
        ),
        Cell(id="b", procedure_class="bond", columns=("C1",), start="10:00", end="12:00"),
    ),
    quotas=(Quota(procedure_class="adj", at_most=2, target=1),),
)
TEMPLATE = Template(model_days=(DAY,))


def edited(**changes) -> tuple[Cell, ...]:
    return apply_edit(TEMPLATE, Edit(model_day="M", **changes)).model_days[0].cells


def brief(cells) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (cell.id, cell.procedure_class, cell.columns, f"{cell.start:%H:%M}-{cell.end:%H:%M}")
        for cell in cells
    ]


REST = [("a", "adj", ("C2",), "09:00-10:00")]
LAST = [("b", "bond", ("C1",), "10:00-12:00")]


def test_one_column_of_a_cell_changes_its_class():
    found = edited(kind=EditKind.CLASS, cell="a", column="C1", procedure_class="bond")
    assert brief(found) == [*REST, ("a-C1", "bond", ("C1",), "09:00-10:00"), *LAST]
    assert [cell.fallbacks for cell in found] == [("rec",), (), ()]


def test_one_column_is_taken_out_moved_or_gets_a_fallback():
    assert brief(edited(kind=EditKind.REMOVE, cell="a", column="C1")) == [*REST, *LAST]
    moved = edited(kind=EditKind.MOVE, cell="a", column="C1", start="14:30", to_column="C3")
    assert brief(moved) == [*REST, ("a-C1", "adj", ("C3",), "14:30-15:30"), *LAST]
    takes = edited(kind=EditKind.FALLBACK, cell="b", column="C1", procedure_class="adj")
    assert takes[-1].fallbacks == ("adj",)
    assert takes[-1].id == "b"


def test_one_more_cell_only_closes_time(tiny):
    """Why no edit makes a new cell: whoever may sit there beside it may sit there without it."""
    bond, day = tiny.visit("V1", "BOND"), dt.date(2026, 3, 3)
    cell = Cell(id="n", procedure_class="adj", columns=("C1",), start="12:00", end="13:00")
    found = []
    for cells in ((), (cell,)):
        problem = tiny.problem(
            bond,
            model_days=(ModelDay(id="M", title="M", cells=cells),),
            model_day_dates=(ModelDayDate(model_day="M", weekday="tue"),),
        )
        occupancy = Occupancy(problem, Horizon(start=day, days=1))
        found.append(set(occupancy.feasible_starts(bond, day).tolist()))
    free, kept = found
    # 75 minutes end by 12:00 or begin from 13:00 on.
    assert kept == {start for start in free if start + 75 <= 12 * 60 or start >= 13 * 60}
    assert kept < free


def test_a_quota_keeps_its_target():
    edit = Edit(kind=EditKind.QUOTA, model_day="M", procedure_class="adj", at_most=5)
    (quota,) = apply_edit(TEMPLATE, edit).model_days[0].quotas
    assert (quota.at_most, quota.target) == (5, 1)
    assert sentence_of(TEMPLATE, edit) == "M: takes at most 5 visits of adj, 2 before"


@pytest.mark.parametrize(
    "edit",
    [
        Edit(kind=EditKind.REMOVE, model_day="N", cell="a", column="C1"),
        Edit(kind=EditKind.REMOVE, model_day="M", cell="x", column="C1"),
        Edit(kind=EditKind.REMOVE, model_day="M", cell="b", column="C2"),
    ],
)
def test_an_edit_of_what_is_not_there_is_refused(edit):
    with pytest.raises(ValueError, match="changes nothing"):
        apply_edit(TEMPLATE, edit)


def test_a_move_beyond_midnight_is_refused():
    with pytest.raises(ValueError, match="beyond its day"):
        edited(kind=EditKind.MOVE, cell="b", column="C1", start="22:30", to_column="C1")


def test_room_is_counted_with_turnover_and_guards_the_target(tiny):
    problem = tiny.problem(tiny.visit("V1"), clinic=2)
    # ADJ takes 20 and 5 minutes; 60 minutes hold 2 (20, 5, 20), the last turnover beyond counts
    # not: (60 + 5) // 25 = 2, on two columns 4. A cell of 120 minutes holds one BOND (75 and 5).
    assert room_for(problem, DAY, "adj") == 4
    assert room_for(problem, DAY, "bond") == 1
    assert room_for(problem, DAY, "nothing") == 0
    target = DAY.model_copy(update={"quotas": (Quota(procedure_class="adj", target=3),)})
    before = Template(model_days=(target,))
    off = Edit(kind=EditKind.REMOVE, model_day="M", cell="a", column="C1")
    assert not keeps_targets(problem, before, apply_edit(before, off))
    other = Edit(kind=EditKind.REMOVE, model_day="M", cell="b", column="C1")
    assert keeps_targets(problem, before, apply_edit(before, other))
