"""Scenarios on the terminal: what each is worth, then figure by figure."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from engine.what_if.comparison import Outcome
from engine.what_if.wording import amount, calls_text, difference_text, signed, verdict_of, words_of


def outcome_table(outcomes: Sequence[Outcome]) -> Table:
    """A row for each scenario, in points; less is better."""
    table = Table("scenario", box=None, pad_edge=False, header_style="bold")
    for heading in ("screening", "solved", "proven between", "calls", "gain", "lose"):
        table.add_column(heading, justify="right")
    table.add_column("verdict")
    for one in outcomes:
        solved = one.difference is not None
        table.add_row(
            escape(one.name),
            signed(one.bound_difference),
            signed(one.difference) if one.difference is not None else "",
            f"{signed(one.least)} and {signed(one.most)}" if solved else "",
            calls_text(one),
            str(len(one.gains)) if solved else "",
            str(len(one.losses)) if solved else "",
            verdict_of(one),
        )
    return table


def figure_table(outcomes: Sequence[Outcome]) -> Table | None:
    """A row for each figure that differs anywhere, a column for each solved scenario."""
    solved = [one for one in outcomes if one.figures]
    if not solved:
        return None
    table = Table("figure", "unit", box=None, pad_edge=False, header_style="bold")
    for heading in ("base", *(one.name for one in solved)):
        table.add_column(escape(heading), justify="right", max_width=22)
    for rows in zip(*(one.figures for one in solved), strict=True):
        if any(row.difference for row in rows):
            first = rows[0]
            cells = (difference_text(row) for row in rows)
            table.add_row(words_of(first.figure), first.unit, amount(first.base), *cells)
    return table
