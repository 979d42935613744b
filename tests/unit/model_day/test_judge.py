"""The judge of a model day on edges from paper: a sound day, and one change at a time."""

import datetime as dt

import pytest
from offices import fixture_goals, sample_problem

from engine.model_day.goals import Band, Goals
from engine.model_day.judge import judge
from engine.model_day.planned import PlannedVisit
from engine.practice import Cell, ModelDay
from engine.schedule import PlacedSegment

PROBLEM = sample_problem()
FRIDAY = dt.date(2026, 3, 6)
"""Open 08:00 to 13:30; the doctor and AS1 to AS3 are there from before 08:00 on."""


def cell(name: str, kind: str, chair: str, start: str, end: str, hold: bool = False) -> Cell:
    return Cell(
        id=name,
        procedure_class=kind,
        columns=(chair,),
        start=dt.time.fromisoformat(start),
        end=dt.time.fromisoformat(end),
        hold=hold,
    )


def visit(
    name: str, code: str, chair: str, staff: str, start: str, parts: str, hold: bool = False
) -> PlannedVisit:
    """`parts` as A10 D15 A35; the doctor is DR1."""
    position = dt.datetime.combine(FRIDAY, dt.time.fromisoformat(start))
    segments = []
    for part in parts.split():
        end = position + dt.timedelta(minutes=int(part[1:]))
        doctor = "DR1" if part[0] == "D" else None
        segments.append(
            PlacedSegment(
                stage=0,
                start=position.time(),
                end=end.time(),
                chair=chair,
                staff=staff,
                doctor=doctor,
                doctor_time=doctor is not None,
            )
        )
        position = end
    return PlannedVisit(id=name, procedure=code, hold=hold, segments=tuple(segments))


DAY = ModelDay(
    id="short",
    title="Short Friday",
    cells=(
        cell("a", "start", "C1", "08:00", "09:30"),
        cell("b", "start", "C2", "08:15", "09:45"),
        cell("h", "emergency", "C6", "08:00", "08:30", hold=True),
    ),
)
BOND = "A25 D15 A35"
SOUND = (
    visit("1", "BOND", "C1", "AS1", "08:00", BOND),
    visit("2", "BOND", "C2", "AS2", "08:20", BOND),
    visit("3", "EMG", "C6", "AS3", "08:00", "A5 D5 A5", hold=True),
)


def rules(
    *planned: PlannedVisit, model_day: ModelDay = DAY, goals: Goals | None = None
) -> set[str]:
    found = judge(PROBLEM, goals or fixture_goals(), model_day, planned, [FRIDAY])
    return {one.rule for one in found}


def test_a_sound_day_has_no_fault() -> None:
    assert rules(*SOUND) == set()


def test_the_doctor_in_two_chairs() -> None:
    # Doctor time 08:25-08:40 and 08:35-08:50, the second start within the first's 15 minutes, and
    # five minutes before its cell, in time that is kept for nobody.
    late = visit("2", "BOND", "C2", "AS2", "08:10", BOND)
    assert rules(SOUND[0], late, SOUND[2]) == {"doctor_once", "staggered", "own_cell"}


def test_starts_fifteen_minutes_apart_are_apart_enough() -> None:
    """Begun at 08:00 and 08:20 they are; two that begin at 08:00 and 08:10 are not.

    08:10 on is inside [08:00, 08:15), 08:20 is not.
    """
    assert "staggered" not in rules(*SOUND)


def test_one_assistant_in_two_chairs_until_the_turnover_is_done() -> None:
    # AS1 is busy with the bond until 09:15 and its turnover until 09:20.
    other = visit("2", "BOND", "C2", "AS1", "08:20", BOND)
    assert rules(SOUND[0], other, SOUND[2]) == {"staff_once"}


def test_a_visit_outside_its_cell() -> None:
    other = visit("2", "BOND", "C2", "AS2", "08:40", BOND)
    assert rules(SOUND[0], other, SOUND[2]) == {"own_cell"}


def test_a_cell_off_the_quarter_hour() -> None:
    cells = (cell("a", "start", "C1", "08:00", "09:30"), cell("b", "start", "C2", "08:20", "09:45"))
    day = DAY.model_copy(update={"cells": (*cells, DAY.cells[2])})
    assert rules(*SOUND, model_day=day) == {"cell_marks"}


def test_cells_that_overlap_whichever_comes_first() -> None:
    for cells in (
        (cell("a", "start", "C1", "08:00", "09:30"), cell("x", "long", "C1", "09:15", "10:00")),
        (cell("x", "long", "C1", "09:15", "10:00"), cell("a", "start", "C1", "08:00", "09:30")),
    ):
        day = DAY.model_copy(update={"cells": (*cells, *DAY.cells[1:])})
        assert "cells_apart" in rules(*SOUND, model_day=day)


def test_too_many_long_visits_at_once() -> None:
    assert rules(*SOUND, goals=fixture_goals(most_long_at_once=2)) == set()
    assert rules(*SOUND, goals=fixture_goals(most_long_at_once=1)) == {"long_at_once"}


def test_an_emergency_outside_a_hold_and_a_booking_inside_one() -> None:
    open_cell = cell("h", "emergency", "C6", "08:00", "08:30")
    day = DAY.model_copy(update={"cells": (*DAY.cells[:2], open_cell)})
    assert rules(*SOUND, model_day=day) == {"own_cell"}
    booked = SOUND[2].model_copy(update={"hold": False})
    assert rules(*SOUND[:2], booked) == {"own_cell"}


def test_a_band_of_the_goals() -> None:
    band = Band(procedure_class="start", start=dt.time(8), end=dt.time(9, 30))
    # The second bond ends at 09:35.
    assert rules(*SOUND, goals=fixture_goals(bands=(band,))) == {"bands"}


@pytest.mark.parametrize("code", ["DEB"])
def test_a_class_in_the_wrong_cell(code: str) -> None:
    other = visit("2", code, "C2", "AS2", "08:20", "A20 D15 A25")
    assert rules(SOUND[0], other, SOUND[2]) == {"cells", "own_cell"}
