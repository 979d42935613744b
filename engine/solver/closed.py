"""Columns that one row alone rules out: closed before anything is priced or solved."""

from collections.abc import Sequence

import numpy as np

from engine.solver.arrays import Mask
from engine.solver.program import UNBOUNDED, Ints, Program


def close_ruled_out(program: Program, strict: Sequence[int] = ()) -> None:
    """Set to zero every column of a row that says: at most none of these.

    Such rows stand where the book decides (a visit before a frozen booking, a limit that the book
    has used up). The row alone would have to be learnt by the prices, one by one. `strict`: rows
    on which no bound may rest, so they close nothing.
    """
    rows = program.all_rows()
    row = np.repeat(np.arange(len(rows.lower)), np.diff(rows.starts))
    closed = np.unique(rows.columns[_says_none(program, strict)[row]])
    closed = closed[program.lower[closed] == 0]
    program.upper[closed] = 0


def closing_rows(program: Program, strict: Sequence[int] = ()) -> Ints:
    """Numbers of the rows that close what is in them."""
    return np.flatnonzero(_says_none(program, strict))


def _says_none(program: Program, strict: Sequence[int]) -> Mask:
    rows = program.all_rows()
    row = np.repeat(np.arange(len(rows.lower)), np.diff(rows.starts))
    negative = np.zeros(len(rows.lower), dtype=np.bool_)
    negative[row[rows.coefficients < 0]] = True
    none: Mask = (rows.upper <= 0) & (rows.lower <= -UNBOUNDED) & ~negative
    none[list(strict)] = False
    none &= np.diff(rows.starts) > 0
    return none
