"""Small tables of figures for the terminal."""

from collections.abc import Mapping

from rich.table import Table

from engine.kpi import objective_points
from engine.result import KpiValue


def number(value: float) -> str:
    """Up to two decimals, from ten thousand on none: `1,234.5`, `3`, `12,346`."""
    if abs(value) >= 10_000:
        return f"{value:,.0f}"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def kpi_table(columns: Mapping[str, tuple[KpiValue, ...]]) -> Table:
    """One row per KPI, one column per schedule, the objective in points last."""
    table = Table("figure", "unit", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, justify="right")
    for row in zip(*columns.values(), strict=True):
        values = (number(kpi.value) for kpi in row)
        table.add_row(row[0].kpi.replace("_", " "), row[0].unit, *values)
    totals = (number(objective_points(kpis)) for kpis in columns.values())
    table.add_row("objective", "points", *totals, style="bold")
    return table
