"""What one more assistant-, doctor- or chair-hour is worth in each half-day, from the prices.

The prices of the relaxation say what every moment of a chair, a person or a doctor costs. Give a
new one the price of the dearest of its kind at each moment, and every visit stays as cheap as it
was: the bound falls by no more than the sum of these prices. So that sum is the most that the new
one can be worth in the relaxation, and it is exact where a little more changes nothing else.

All of this is about moments that have a price. Where frozen bookings need everybody, or hold every
chair, nothing new can begin, such starts are closed before anything is priced, and the prices know
nothing of what one more would open: `booked_out` counts these minutes.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from engine.certificate.certificate import Priced, PriceLine
from engine.filling.price_lines import price_lines
from engine.practice import ChairKind, DoctorRuleKind, Frozen, Horizon, Problem, Role
from engine.practice.calendar import open_intervals
from engine.solver.model import Model
from engine.solver.relaxation import Relaxation
from engine.units import MINUTES_PER_DAY, Interval, overlap_minutes, subtract
from engine.weights import MILLIPOINTS

NOON = 12 * 60
STEPS = 4000
"""Of the prices: more than for screening, since here every single one is read."""

Minutes = npt.NDArray[np.float64]


class Resource(StrEnum):
    """What there could be more of."""

    ASSISTANT = "assistant"
    DOCTOR = "doctor"
    CHAIR = "chair"


class Half(StrEnum):
    """Before or after noon."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class HourPrice(Frozen):
    """One more of a resource for a half-day, from minute `start` to `end`. Amounts in points.

    `points`: what the prices say of the whole half-day. `like`: the dearest of its kind there.
    `booked_out`: minutes without a price, since the book leaves nobody (no chair) for more.
    """

    resource: Resource
    date: dt.date
    half: Half
    start: int
    end: int
    hours: float
    points: float
    like: str
    booked_out: int = 0

    @property
    def per_hour(self) -> float:
        """Points of an hour, on average over the half-day."""
        return self.points / self.hours


class HourPrices(Frozen):
    """All half-days of the horizon; `bound` of the relaxation in points, after so many `steps`."""

    start: dt.date
    days: int
    steps: int
    bound: float
    prices: tuple[HourPrice, ...]

    def of(self, resource: Resource) -> tuple[HourPrice, ...]:
        """Those of one resource, by date and half-day."""
        return tuple(one for one in self.prices if one.resource is resource)


def hour_prices(problem: Problem, horizon: Horizon, steps: int = STEPS) -> HourPrices:
    """Raise prices and read them by half-day."""
    relaxation = Relaxation(problem, horizon)
    found = relaxation.after(steps)
    lines = price_lines(relaxation.model, found.rows, found.prices, closed=False)
    return HourPrices(
        start=horizon.start,
        days=horizon.days,
        steps=steps,
        bound=found.bound,
        prices=tuple(_read(problem, horizon, lines, relaxation.model)),
    )


def _read(
    problem: Problem, horizon: Horizon, lines: tuple[PriceLine, ...], model: Model
) -> Iterator[HourPrice]:
    table = _by_minute(lines)
    for resource in Resource:
        members = _members(problem, resource)
        for day in horizon.dates if members else ():
            rows = {name: table.get((_PRICED[resource], name, day), _NOTHING) for name in members}
            for half, span in half_days(problem, day):
                found = _price(problem, resource, rows, day, half, span)
                out = booked_out(model, resource, day, span)
                yield found.model_copy(update={"booked_out": out})


_PRICED = {
    Resource.ASSISTANT: Priced.STAFF,
    Resource.DOCTOR: Priced.DOCTOR,
    Resource.CHAIR: Priced.CHAIR,
}
_NOTHING: Minutes = np.zeros(MINUTES_PER_DAY)


def half_days(problem: Problem, day: dt.date) -> Iterator[tuple[Half, Interval]]:
    """The halves of an open date, from its first to its last open minute before or after noon."""
    hours = open_intervals(problem.practice, day)
    for half, (low, high) in ((Half.MORNING, (0, NOON)), (Half.AFTERNOON, (NOON, 1440))):
        inside = [(max(a, low), min(b, high)) for a, b in hours if a < high and b > low]
        if inside:
            yield half, (inside[0][0], inside[-1][1])


def booked_out(model: Model, resource: Resource, day: dt.date, span: Interval) -> int:
    """Minutes of a half-day for which frozen bookings leave nobody, or no chair."""
    number = model.day_number[day]
    if resource is Resource.CHAIR:
        classes = model.days[number].chairs.get(ChairKind.CLINIC, ())
        free = [window for one in classes if not one.overflow for window in one.windows]
        taken = subtract([span], free)
    else:
        family = "doctor" if resource is Resource.DOCTOR else f"staff:{Role.ASSISTANT}"
        taken = model.full.get((family, number), ())
    return sum(overlap_minutes(one, span) for one in taken)


def _members(problem: Problem, resource: Resource) -> tuple[str, ...]:
    practice = problem.practice
    if resource is Resource.CHAIR:
        chairs = (chair for chair in practice.chairs if not chair.overflow)
        return tuple(chair.id for chair in chairs if chair.kind is ChairKind.CLINIC)
    role = Role.DOCTOR if resource is Resource.DOCTOR else Role.ASSISTANT
    return tuple(person.id for person in practice.staff if person.role is role)


def _by_minute(lines: tuple[PriceLine, ...]) -> dict[tuple[Priced, str, dt.date], Minutes]:
    """Millipoints by minute of the day: what a grid step (or a slot) that begins there costs."""
    table: dict[tuple[Priced, str, dt.date], Minutes] = {}
    for line in lines:
        row = table.setdefault((line.of, line.id, line.date), np.zeros(MINUTES_PER_DAY))
        for start, end, price in line.steps:
            row[start:end] += price
    return table


def _price(
    problem: Problem,
    resource: Resource,
    rows: Mapping[str, Minutes],
    day: dt.date,
    half: Half,
    span: Interval,
) -> HourPrice:
    """One more takes over from whoever, or whichever chair, is dearest at each moment."""
    worth = {name: _worth(problem, resource, row, span) for name, row in rows.items()}
    like = max(worth, key=lambda name: worth[name])
    most = _worth(problem, resource, np.maximum.reduce(list(rows.values())), span)
    hours = sum(overlap_minutes(one, span) for one in open_intervals(problem.practice, day)) / 60
    return HourPrice(
        resource=resource,
        date=day,
        half=half,
        start=span[0],
        end=span[1],
        hours=hours,
        points=most / MILLIPOINTS,
        like=like,
    )


def _worth(problem: Problem, resource: Resource, row: Minutes, span: Interval) -> float:
    """Millipoints of a row of prices over a half-day: once for each grid step, or minute by units.

    By units a slot has one price for each of its minutes of doctor time, and so many of them.
    """
    practice = problem.practice
    rule = practice.doctor_rule
    if resource is Resource.DOCTOR and rule.kind is DoctorRuleKind.UNITS_PER_SLOT:
        slots = row[span[0] // rule.slot_minutes * rule.slot_minutes : span[1] : rule.slot_minutes]
        return float(slots.sum()) * rule.units * rule.unit_minutes
    return float(row[span[0] : span[1] : practice.grid_minutes].sum())
