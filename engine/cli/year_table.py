"""The table of practice years: figures down, policies across, differences in brackets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from engine.cli.console import count_of

if TYPE_CHECKING:
    from engine.simulate.compare import Estimate, Row


def year_table(rows: "Sequence[Row]", policies: Sequence[str]) -> Table:
    """One row per figure; `12.3 ± 0.4 (-1.2 ± 0.3)`: mean, interval, difference to the first."""
    table = Table("figure", "unit", box=None, pad_edge=False, header_style="bold")
    for policy in policies:
        table.add_column(policy, justify="right")
    for figure in dict.fromkeys(row.figure for row in rows):
        own = {row.policy: row for row in rows if row.figure == figure}
        unit = next(iter(own.values())).unit
        table.add_row(figure.replace("_", " "), unit, *(_cell(own[policy]) for policy in policies))
    return table


def _cell(row: "Row") -> str:
    text = _text(row.value)
    other = row.difference
    return text if other is None or other.mean is None else f"{text} ({_text(other, sign='+')})"


def _text(estimate: "Estimate", sign: str = "") -> str:
    if estimate.mean is None:
        return "-"
    digits = 2 if abs(estimate.mean) < 10 else 1 if abs(estimate.mean) < 1000 else 0
    text = f"{estimate.mean:{sign},.{digits}f}"
    return text if estimate.half is None else f"{text} ± {estimate.half:,.{digits}f}"


def fallback_lines(fallbacks: dict[str, int], weeks: int) -> list[str]:
    """A line for each policy some of whose weeks are not its own."""
    return [
        f"{policy}: in {count} of {count_of(weeks, 'week')} the engine found nothing better than "
        "best fit in its time; these weeks are best fit's. Give it more --seconds."
        for policy, count in fallbacks.items()
        if count
    ]
