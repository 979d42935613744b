"""What one more hour is worth in each half-day, as a heat map."""

from typing import TYPE_CHECKING

from engine.plot.names import short_day
from engine.what_if.hour_prices import HourPrice, HourPrices, Resource
from engine.what_if.wording import amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _SOFT = "#1d2733", "#55606d"
_COLOURS = "YlOrRd"
_DARK = 0.6
"""From this share of the scale on, letters are white."""


def shade_of(points: float, most: float) -> float:
    """The share of the scale, 0 to 1: its logarithm, since prices lie orders of magnitude apart."""
    from math import log1p

    return log1p(max(0.0, points)) / log1p(most) if most > 0 else 0.0


def price_figure(prices: HourPrices) -> "Figure":
    """A row for each resource, a column for each half-day; points an hour in each field."""
    # Loading the plotting library takes a second, which only this picture pays for.
    from matplotlib.figure import Figure

    columns = columns_of(prices)
    figure = Figure(figsize=(max(6.0, 1.05 * len(columns) + 2.2), 3.4), layout="constrained")
    axes = figure.subplots()
    title = "Value of one more hour by the prices of the relaxation, points"
    axes.set_title(title, loc="left", fontsize=11, color=_INK)
    _draw(axes, prices, columns)
    return figure


def columns_of(prices: HourPrices) -> tuple[tuple[str, str], ...]:
    """Date and half-day as keys, in order."""
    keys = ((one.date.isoformat(), str(one.half)) for one in prices.prices)
    return tuple(sorted(set(keys), key=lambda key: (key[0], key[1] == "afternoon")))


def by_column(prices: HourPrices, resource: Resource) -> dict[tuple[str, str], HourPrice]:
    """The prices of a resource by date and half-day."""
    return {(one.date.isoformat(), str(one.half)): one for one in prices.of(resource)}


def _draw(axes: "Axes", prices: HourPrices, columns: tuple[tuple[str, str], ...]) -> None:
    resources = [one for one in Resource if prices.of(one)]
    most = max((one.per_hour for one in prices.prices), default=0.0)
    fields = [[by_column(prices, one).get(column) for column in columns] for one in resources]
    shades = [
        [shade_of(field.per_hour, most) if field else float("nan") for field in row]
        for row in fields
    ]
    if shades and columns:
        axes.imshow(shades, cmap=_COLOURS, vmin=0.0, vmax=1.0, aspect="auto")
    for row, of_resource in enumerate(fields):
        for column, field in enumerate(of_resource):
            if field is not None:
                axes.text(
                    column,
                    row,
                    amount(field.per_hour),
                    ha="center",
                    va="center",
                    fontsize=9,
                    color="white" if shades[row][column] > _DARK else _INK,
                )
    axes.set_yticks(range(len(resources)), [str(one) for one in resources], fontsize=10)
    axes.set_xticks(range(len(columns)), [_heading(*column) for column in columns], fontsize=8.5)
    axes.tick_params(colors=_SOFT, length=0)
    axes.spines[:].set_visible(False)


def _heading(date: str, half: str) -> str:
    from datetime import date as dates

    return f"{short_day(dates.fromisoformat(date))}\n{half}"
