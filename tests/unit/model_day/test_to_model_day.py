"""Cells of a designed day: blocks that touch are one, holds open late, fallbacks are kept."""

import datetime as dt

import pytest
from offices import fixture_goals, sample_problem

from engine.model_day.day_types import day_types_of
from engine.model_day.design.blocks import Block, blocks_of
from engine.model_day.design.decode import Seated
from engine.model_day.design.slots import slot_of
from engine.model_day.design.to_model_day import ON_THE_DAY, model_day_of
from engine.model_day.design.type_facts import facts_of
from engine.model_day.goals import Fallback, Goals, Holds
from engine.practice import Policy, ReleaseStep

PROBLEM = sample_problem()
FULL = facts_of(PROBLEM, day_types_of(fixture_goals(), PROBLEM.practice)[0])
EARLY = ReleaseStep(days_before=1, at=dt.time(15), accepts=("short",))


def block(code: str, start: int, count: int = 1, hold: bool = False) -> Block:
    slot = slot_of(PROBLEM.practice, PROBLEM.procedures[code], hold)
    found = blocks_of(FULL, slot, count, fixture_goals(), 15, anyhow=True)
    return next(one for one in found if one.starts[0] == start and one.count == count)


def cells(seated: list[Seated], goals: Goals | None = None, policy: Policy | None = None):
    made = model_day_of(FULL, goals or fixture_goals(), policy or PROBLEM.policy, seated)
    return made


def test_blocks_of_one_class_that_touch_are_one_cell() -> None:
    """Two archwire changes take 08:00-09:00 with their pitch, a third from 09:00 on joins them.

    The debond after it is another class, the fourth change on the other column a cell of its own.
    """
    made = cells(
        [
            Seated(block("ADJR", 480, 2), ["C1"]),
            Seated(block("ADJR", 540), ["C1"]),
            Seated(block("DEB", 570), ["C1"]),
            Seated(block("ADJR", 600), ["C2"]),
        ]
    )
    assert [(cell.procedure_class, cell.columns, cell.start, cell.end) for cell in made.cells] == [
        ("adjust", ("C1",), dt.time(8), dt.time(9, 30)),
        ("debond", ("C1",), dt.time(9, 30), dt.time(10, 45)),
        ("adjust", ("C2",), dt.time(10), dt.time(10, 30)),
    ]
    assert {(one.procedure_class, one.target) for one in made.quotas} == {
        ("adjust", 4),
        ("debond", 1),
    }


def test_cells_of_the_same_hours_on_two_columns_are_one_line() -> None:
    made = cells([Seated(block("ADJR", 480), ["C1"]), Seated(block("ADJR", 480), ["C3"])])
    assert [cell.columns for cell in made.cells] == [("C1", "C3")]


def test_a_cell_ends_with_the_patient_hours() -> None:
    """A short visit from 16:40 to 16:55 needs its chair until 17:00, where the hours end, too."""
    made = cells([Seated(block("ADJS", 16 * 60 + 40), ["C1"])])
    assert made.cells[0].end == dt.time(17)


@pytest.mark.parametrize(
    ("cells_of_holds", "early"),
    [
        # Of three holds one opens the day before, of one none.
        ([("C6", 480, 1), ("C6", 600, 1), ("C6", 840, 1)], [True, False, False]),
        ([("C6", 480, 1)], [False]),
        # A pair is two holds in one cell: it would be two of three, the single one after it is one.
        ([("C6", 480, 2), ("C6", 600, 1)], [False, True]),
        ([("C6", 480, 2), ("C6", 600, 1), ("C6", 840, 1)], [True, False, False]),
        # Two columns at the same hour are one cell with two holds.
        ([("C5", 480, 1), ("C6", 480, 1), ("C6", 840, 1)], [False, True]),
    ],
)
def test_the_first_half_of_a_days_holds_opens_the_day_before(
    cells_of_holds: list[tuple[str, int, int]], early: list[bool]
) -> None:
    goals = fixture_goals(holds=Holds(early_release=EARLY))
    made = cells(
        [
            Seated(block("EMG", start, count, hold=True), [chair])
            for chair, start, count in cells_of_holds
        ],
        goals,
        Policy(),
    )
    assert all(cell.hold for cell in made.cells)
    in_order = sorted(made.cells, key=lambda cell: cell.start)
    assert [cell.release for cell in in_order] == [
        (EARLY, ON_THE_DAY) if opens else (ON_THE_DAY,) for opens in early
    ]


def test_the_practices_own_ladder_of_the_class_is_left_to_it() -> None:
    made = cells([Seated(block("EMG", 840, hold=True), ["C6"])])
    assert made.cells[0].release is None


def test_fallbacks_are_those_of_the_goals_or_of_the_present_cells() -> None:
    seated = [Seated(block("BOND", 480), ["C1"])]
    assert cells(seated).cells[0].fallbacks == ("debond",)
    own = fixture_goals(fallbacks=(Fallback(procedure_class="start", takes=("long", "repair")),))
    assert cells(seated, own).cells[0].fallbacks == ("long", "repair")
