"""Columns that one row alone rules out are closed; others stay open."""

from engine.solver.closed import close_ruled_out
from engine.solver.program import Program


def open_columns(*rows: tuple[list[int], list[int] | None, dict]) -> list[int]:
    """What is open of four yes-or-no columns, of which the last must be used.

    Rows: columns, factors, sides.
    """
    program = Program()
    for low in (0, 0, 0, 1):
        program.column(low, 1, 0)
    for columns, factors, sides in rows:
        program.row("limits", columns, factors, **sides)
    close_ruled_out(program)
    return [column for column in range(4) if program.upper[column]]


def test_at_most_none_of_these_closes_them():
    assert open_columns(([0, 2], None, {"upper": 0})) == [1, 3]


def test_every_such_row_counts():
    assert open_columns(([0], None, {"upper": 0}), ([1], [3], {"upper": 0})) == [2, 3]


def test_a_row_with_room_closes_nothing():
    assert open_columns(([0, 1], None, {"upper": 1})) == [0, 1, 2, 3]


def test_a_row_that_another_column_loosens_closes_nothing():
    """The first at most as often as the second: an order, not a ban."""
    assert open_columns(([0, 1], [1, -1], {"upper": 0})) == [0, 1, 2, 3]


def test_an_equation_closes_nothing():
    assert open_columns(([0, 1], None, {"lower": 0, "upper": 0})) == [0, 1, 2, 3]


def test_a_column_that_must_be_used_stays():
    assert open_columns(([2, 3], None, {"upper": 0})) == [0, 1, 3]


def test_no_rows_close_nothing():
    assert open_columns() == [0, 1, 2, 3]
