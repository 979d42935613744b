"""What the two programs of a month share: units, limits, a price on a distance."""

from engine.model_day.design.resources import Resource
from engine.solver.program import Program

TENTHS = 10
"""Visits and days of a month are counted in tenths."""
SECONDS, WORK = 120.0, 10.0
"""Limits of each program: solver work, so that a busy machine plans the same month; and a guard."""
OVERLOAD = 20
"""Points for a minute of the doctor above the planned load: dear, but never a visit turned away.

A visit takes less than 40 of the doctor's minutes, 800 points; the cheapest one missed costs 6000.
"""


def doctor_minutes_there(resources: tuple[Resource, ...]) -> int:
    """Minutes of all doctors on one day."""
    return max((one.minutes for one in resources if one.kind == "doctor"), default=0)


def add_distance(
    program: Program, rule: str, entries: list[tuple[int, int]], aim: int, price: int
) -> None:
    """A price on how far the sum of the entries is from its aim, either way."""
    above, below = program.column(0, 10**6, price), program.column(0, 10**6, price)
    columns, factors = [c for c, _ in entries], [f for _, f in entries]
    program.row(rule, [*columns, above, below], [*factors, -1, 1], lower=aim, upper=aim)
