import datetime as dt

import pytest

from engine.kpi import off_template
from engine.kpi.filled import Filled
from engine.practice import Cell, ModelDay, ModelDayDate, ReleaseStep


def cell(id: str, wanted: str, start: int, end: int, **changes) -> Cell:
    return Cell(
        id=id,
        procedure_class=wanted,
        columns=("C1",),
        start=dt.time(start),
        end=dt.time(end),
        **changes,
    )


def model_day(*cells: Cell) -> dict:
    return {
        "model_days": (ModelDay(id="M", title="M", cells=cells),),
        "model_day_dates": (ModelDayDate(model_day="M", date=dt.date(2026, 3, 3)),),
    }


RELEASED = (ReleaseStep(days_before=5, accepts=("adj",)),)
"""Five days before Tuesday has come on Monday."""
CELLS = model_day(
    cell("own", "adj", 8, 9),
    cell("fallback", "bond", 9, 10, fallbacks=("adj",)),
    cell("released", "bond", 10, 11, release=RELEASED),
)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("08:00", 0),  # own cell
        ("08:40", 0),  # own cell, ends at 09:00 where the fallback cell begins
        ("08:45", 1),  # five minutes into the fallback cell
        ("09:30", 1),
        ("10:30", 1),  # released
        ("11:00", 0),  # nobody's time
    ],
)
def test_a_minute_in_a_fallback_or_released_cell_counts(tiny, start, expected):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), **CELLS)
    schedule = tiny.schedule(problem, tiny.place("V1", start), tiny.place("V2", "12:00"))
    assert off_template.quanta(Filled(problem, schedule)) == expected


def test_other_columns_other_dates_and_kept_bookings_do_not_count(tiny):
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2"), tiny.booking("B1", "10:30"), clinic=2, **CELLS
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:30", chair="C2"),
        tiny.place("V2", "09:30", date=tiny.wednesday),
        tiny.place("B1", "10:30"),
    )
    assert off_template.quanta(Filled(problem, schedule)) == 0
