"""Scenarios on the terminal: what each is worth, then figure by figure."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from engine.cli.tables import number
from engine.what_if.comparison import FigureRow, Noise, Outcome

NOISE_SIGN = "≈"
"""Before a difference that is within noise."""


def outcome_table(outcomes: Sequence[Outcome]) -> Table:
    """A row for each scenario, in points; less is better."""
    table = Table("scenario", box=None, pad_edge=False, header_style="bold")
    for heading in ("bound", "solved", "proven between", "calls", "gain", "lose"):
        table.add_column(heading, justify="right")
    table.add_column("verdict")
    for one in outcomes:
        solved = one.difference is not None
        table.add_row(
            escape(one.name),
            signed(one.bound_difference),
            signed(one.difference) if one.difference is not None else "",
            f"{signed(one.least)} and {signed(one.most)}" if solved else "",
            str(len(one.called)),
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
            words = first.figure.replace("_", " ")
            table.add_row(words, first.unit, number(first.base), *cells)
    return table


def verdict_of(outcome: Outcome) -> str:
    """What can be said of the scenario as a whole."""
    if outcome.difference is None:
        return outcome.notes[-1] if outcome.notes else "screened only"
    if outcome.noise is not Noise.CLEAR:
        return f"within noise ({outcome.noise})"
    return "better" if outcome.difference < 0 else "worse"


def difference_text(row: FigureRow) -> str:
    """`+3`, `≈ -1.2` within noise, `=` where nothing differs."""
    if not row.difference:
        return "="
    sign = "" if row.noise is Noise.CLEAR else f"{NOISE_SIGN} "
    return sign + signed(row.difference)


def signed(value: float | None) -> str:
    """`+1,234`, `-3`, `0`; `?` where it is not known."""
    if value is None:
        return "?"
    text = number(value)
    return f"+{text}" if value > 0 and text != "0" else text
