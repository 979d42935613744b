"""What tiny days are made of: problems so small that everything can be tried.

Two hours on a Tuesday (and Wednesday), two or three visits, one to three chairs, one or two
assistants, one or two doctors, starts every 15 minutes. HALF is A10 D5 A10 (30 minutes with
turnover), LONG is A15 D15 A30 (65 with turnover).
"""

from collections.abc import Callable
from typing import Any

from engine.practice import (
    BlockKind,
    Cell,
    Chair,
    ChairKind,
    DoctorRule,
    DoctorRuleKind,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Problem,
    Quota,
    StaffBlock,
    StaffMember,
    Weekday,
)

Tiny = Any
DAYS: dict[str, Callable[[Tiny], Problem]] = {}
"""Builders by name."""

TWO_DAYS: set[str] = set()
"""Names of those that go on to the Wednesday."""

UNITS = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=2)


def named(days: int = 1) -> Callable[[Callable[[Tiny], Problem]], Callable[[Tiny], Problem]]:
    def register(build: Callable[[Tiny], Problem]) -> Callable[[Tiny], Problem]:
        DAYS[build.__name__] = build
        if days == 2:
            TWO_DAYS.add(build.__name__)
        return build

    return register


def short(tiny: Tiny, *asked: Any, procedures: tuple = (), **changes: Any) -> Problem:
    """08:00-10:00 on Tuesday and Wednesday; people are there a little longer."""
    hours = tuple(
        OpenHours(weekday=day, start="08:00", end="10:00") for day in (Weekday.TUE, Weekday.WED)
    )
    own = (
        tiny.procedure("HALF", "A10 D5 A10"),
        tiny.procedure("LONG", "A15 D15 A30"),
        *procedures,
    )
    return tiny.problem(
        *asked, **{"hours": hours, "start_mark_minutes": 15, "procedures": own, **changes}
    )


def away(tiny: Tiny, start: str, end: str, *people: str) -> StaffBlock:
    span = tiny.window(start, end)
    return StaffBlock(
        kind=BlockKind.MEETING, staff=people, dates=(tiny.tuesday,), start=span.start, end=span.end
    )


def template(*cells: Cell, quotas: tuple[Quota, ...] = ()) -> dict[str, Any]:
    return {
        "model_days": (ModelDay(id="M", title="M", cells=cells, quotas=quotas),),
        "model_day_dates": (ModelDayDate(model_day="M", weekday=Weekday.TUE),),
    }


def cell(wanted: str, start: str, end: str, *columns: str, **changes: Any) -> Cell:
    return Cell(
        id=f"{wanted}-{start}-{columns[0]}",
        procedure_class=wanted,
        columns=columns,
        start=start,
        end=end,
        **changes,
    )


def other_rooms() -> tuple[Chair, ...]:
    return Chair(id="E1", kind=ChairKind.EXAM), Chair(id="R1", kind=ChairKind.RECORDS)


def others(tiny: Tiny) -> tuple[StaffMember, ...]:
    return tiny.person("TC1", "treatment_coordinator"), tiny.person("RT1", "records_technician")
