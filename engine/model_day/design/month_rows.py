"""What the two programs of a month share: units, limits, rows of resources, prices on distances."""

from collections.abc import Mapping

from engine.model_day.design.resources import Resource, planned_minutes
from engine.model_day.design.slots import Slot
from engine.model_day.goals import Goals
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


def add_resource_rows(
    program: Program,
    goals: Goals,
    resource: Resource,
    holds: Mapping[Slot, int],
    columns: Mapping[Slot, int],
    price: int,
    days: int | None = None,
) -> None:
    """No more than there is; of the doctor above the planned load at `price` points a minute.

    `columns`: by kind, how many a day has. With `days`, a column too, how many so many days have.
    """
    held = sum(count * resource.takes.get(slot, 0) for slot, count in holds.items())
    taken = [
        (columns[slot], minutes) for slot, minutes in resource.takes.items() if slot in columns
    ]
    planned = max(0, planned_minutes(resource, goals) - held)

    def add(rule: str, minutes: int, *over: tuple[int, int]) -> None:
        there = [] if days is None else [(days, -minutes)]
        row = [*taken, *there, *over]
        upper = minutes if days is None else 0
        program.row(rule, [column for column, _ in row], [by for _, by in row], upper=upper)

    if resource.kind != "doctor":
        add("resource", planned)
        return
    add("resource", max(0, resource.minutes - held))
    add("load", planned, (program.column(0, 10**7, price), -1))


def add_distance(
    program: Program, rule: str, entries: list[tuple[int, int]], aim: int, price: int
) -> None:
    """A price on how far the sum of the entries is from its aim, either way."""
    above, below = program.column(0, 10**6, price), program.column(0, 10**6, price)
    columns, factors = [c for c, _ in entries], [f for _, f in entries]
    program.row(rule, [*columns, above, below], [*factors, -1, 1], lower=aim, upper=aim)
