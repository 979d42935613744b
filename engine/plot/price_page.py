"""What one more hour is worth, and how far the prices held when solved again, as one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from engine.plot.names import day_text, short_day
from engine.plot.price_map import by_column, columns_of, shade_of
from engine.plot.week_page import page_environment
from engine.practice import Problem
from engine.units import clock_text
from engine.what_if.comparison import Noise
from engine.what_if.hour_prices import HourPrice, HourPrices, Resource
from engine.what_if.price_check import Checked, PriceCheck
from engine.what_if.wording import amount, signed, stopped_lines
from engine.yardsticks import weights_of


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the map: points an hour, its shade in per cent, what stands behind it."""

    text: str
    shade: int
    sentence: str


def price_html(problem: Problem, prices: HourPrices, check: PriceCheck | None) -> str:
    """The page: map, how to read it, and the check where there was one."""
    columns = columns_of(prices)
    by_price = {_key(one): one.per_hour for one in prices.prices}
    gains = {_key(one.price): _gain(one) for one in check.checked} if check else {}
    dates = [one.date for one in prices.prices]
    return (
        page_environment()
        .get_template("prices.html.jinja")
        .render(
            css=Markup((files("engine.plot") / "templates" / "week.css").read_text("utf-8")),
            practice=problem.practice.id,
            title=f"{day_text(min(dates))} to {day_text(max(dates))}" if dates else "no open date",
            headings=_headings(prices, columns),
            rows=_rows(prices, columns, by_price),
            gains=_rows(prices, columns, gains) if gains else (),
            checked=sorted(check.checked, key=lambda one: -one.price.points) if check else (),
            unplaced=amount(weights_of(problem)["unplaced_visits"].value),
            overdue=amount(weights_of(problem)["overdue_days"].value),
            prices=prices,
            check=check,
            label=label_of,
            amount=amount,
            signed=signed,
            stopped=stopped_lines(check.stopped, check.left_out) if check else (),
            clear=Noise.CLEAR,
        )
    )


def label_of(price: HourPrice) -> str:
    """`doctor, Tue 13 Jan morning`."""
    return f"{price.resource}, {short_day(price.date)} {price.half}"


def _headings(prices: HourPrices, columns: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    by_key = {(one.date.isoformat(), str(one.half)): one for one in prices.prices}
    return [(short_day(by_key[key].date), key[1]) for key in columns]


def _key(price: HourPrice) -> tuple[Resource, str, str]:
    return price.resource, price.date.isoformat(), str(price.half)


def _gain(one: Checked) -> float:
    """Points an hour that the relaxation gained; what it lost is rounding of the prices."""
    return max(0.0, one.bound_gain) / one.price.hours


def _rows(
    prices: HourPrices,
    columns: tuple[tuple[str, str], ...],
    values: Mapping[tuple[Resource, str, str], float],
) -> list[tuple[Resource, list[_Field]]]:
    """A row of fields for each resource; both maps have one scale, that of the prices."""
    most = max((one.per_hour for one in prices.prices), default=0.0)
    return [
        (
            resource,
            [_field(by_column(prices, resource).get(key), values, most) for key in columns],
        )
        for resource in Resource
        if prices.of(resource)
    ]


def _field(
    price: HourPrice | None, values: Mapping[tuple[Resource, str, str], float], most: float
) -> _Field:
    if price is None:
        return _Field("", 0, "nobody is there")
    value = values.get(_key(price))
    if value is None:
        return _Field("", 0, "nothing is known: the check was stopped early")
    span = f"{clock_text(price.start)}–{clock_text(price.end)}"
    sentence = (
        f"{label_of(price)}, {span}: {amount(price.points)} points for the half-day by prices; "
        f"the dearest now is {price.like}; {price.booked_out} min booked to the last, without price"
    )
    return _Field(amount(value), round(100 * min(1.0, shade_of(value, most))), sentence)
