"""Patterns in minutes from the start of the visit, and scaled ones, worked out on paper."""

import pytest

from engine.practice import ChairKind, Role
from engine.practice.pattern import DoctorTime, pattern_of


def stages(tiny, text, minutes=None, grid=5, **fields):
    return pattern_of(tiny.procedure("X", text, **fields), minutes, grid)


def borders(tiny, text, minutes, grid=5):
    """Segment borders of a one-stage pattern A D A: 0, doctor, doctor end, end."""
    (stage,) = stages(tiny, text, minutes, grid)
    (doctor,) = stage.doctor
    return [stage.start, doctor.offset, doctor.offset + doctor.minutes, stage.end]


def test_catalogue_pattern(tiny):
    (stage,) = stages(tiny, "A25 D15 A35", turnover=5, skill="bonding")
    assert (stage.index, stage.start, stage.end, stage.busy_until) == (0, 0, 75, 80)
    assert (stage.chair_kind, stage.role, stage.skill) == (
        ChairKind.CLINIC,
        Role.ASSISTANT,
        "bonding",
    )
    assert stage.doctor == (DoctorTime(25, 15, 0),)


def test_stages_follow_each_other_without_their_turnover(tiny):
    first, second, third = stages(
        tiny,
        "A20 | A5 D5 A5 | A10",
        chair=("records", "clinic", "clinic"),
        turnover=(5, 0, 10),
    )
    assert (first.start, first.end, first.busy_until) == (0, 20, 25)
    assert (second.start, second.end, second.busy_until) == (20, 35, 35)
    assert (third.start, third.end, third.busy_until) == (35, 45, 55)
    assert [first.doctor, second.doctor, third.doctor] == [(), (DoctorTime(25, 5, 0),), ()]
    assert (first.role, second.role) == (Role.RECORDS_TECHNICIAN, Role.ASSISTANT)


def test_two_assistant_pieces_in_a_row(tiny):
    assert borders(tiny, "A5 A10 D5 A10", None) == [0, 15, 20, 30]


def test_no_chair_and_nobody_but_the_doctor(tiny):
    (stage,) = stages(tiny, "D5", chair=None, turnover=0)
    assert (stage.chair_kind, stage.role) == (None, None)
    assert stage.doctor == (DoctorTime(0, 5, 0),)


# A5 D5 A10, 20 minutes, grid 5: border' = 5 * round(border * minutes / 20 / 5), half up.
@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        (None, [0, 5, 10, 20]),
        (20, [0, 5, 10, 20]),
        (40, [0, 10, 20, 40]),
        (30, [0, 10, 15, 30]),  # 7.5 and 15: half goes up
        (25, [0, 5, 15, 25]),  # 6.25 down, 12.5 up: the doctor stays 10
        (15, [0, 5, 10, 15]),  # 3.75 and 7.5
    ],
)
def test_scaled_adjustment(tiny, minutes, wanted):
    assert borders(tiny, "A5 D5 A10", minutes) == wanted


# A25 D15 A35, 75 minutes.
@pytest.mark.parametrize(
    ("minutes", "grid", "wanted"),
    [
        (60, 5, [0, 20, 30, 60]),  # 20 and 32
        (90, 5, [0, 30, 50, 90]),  # 30 and 48
        (50, 1, [0, 17, 27, 50]),  # 16.67 and 26.67
        (90, 15, [0, 30, 45, 90]),  # 30 and 48
    ],
)
def test_scaled_bonding(tiny, minutes, grid, wanted):
    assert borders(tiny, "A25 D15 A35", minutes, grid) == wanted


def test_no_segment_gets_shorter_than_a_grid_step(tiny):
    # A65 D5 A5 to 15: 13 and 14 would both be 15; each of the three keeps 5.
    assert borders(tiny, "A65 D5 A5", 15) == [0, 5, 10, 15]
    # A5 D5 A65 to 15: 1 and 2 would both be 0.
    assert borders(tiny, "A5 D5 A65", 15) == [0, 5, 10, 15]


def test_own_length_of_the_catalogue_keeps_odd_borders(tiny):
    assert borders(tiny, "A7 D5 A8", 20) == [0, 7, 12, 20]


@pytest.mark.parametrize(("text", "minutes"), [("A5 D5 A10", 10), ("A25 D15 A10 D5 A20", 24)])
def test_length_that_cannot_hold_the_segments(tiny, text, minutes):
    with pytest.raises(ValueError, match=f"{minutes} min cannot hold"):
        stages(tiny, text, minutes)


def test_scaled_over_two_stages(tiny):
    # A20 | A5 D5 A10 (40 min) to 60: 30 | 37.5 -> 40, 45, 60; turnover is not scaled.
    first, second = stages(tiny, "A20 | A5 D5 A10", 60, chair=("records", "clinic"))
    assert (first.start, first.end, first.busy_until) == (0, 30, 35)
    assert (second.start, second.end, second.busy_until) == (30, 60, 65)
    assert second.doctor == (DoctorTime(40, 5, 0),)


# Float: as far as the end of the stage, or the nominal start of the next doctor time.
@pytest.mark.parametrize(
    ("text", "floats"),
    [
        ("A5 D5+5 A10", [5]),
        ("A5 D5+10 A10", [10]),
        ("A5 D5+15 A10", [10]),
        ("A5 D5+15", [0]),
        ("A5 D5+30 A10 D5+30 A5", [10, 5]),
        ("A5 D5+5 A10 D5 A5", [5, 0]),
        ("A5 D5+5 D10+5 A5", [0, 5]),
    ],
)
def test_float_as_far_as_the_next_border(tiny, text, floats):
    (stage,) = stages(tiny, text)
    assert [doctor.float_minutes for doctor in stage.doctor] == floats


def test_float_ends_with_its_stage(tiny):
    first, second = stages(tiny, "A5 D5+20 A5 | A10", chair=("exam", "clinic"))
    assert first.doctor == (DoctorTime(5, 5, 5),)
    assert second.doctor == ()


def test_float_of_a_scaled_pattern(tiny):
    # A5 D5+10 A10 to 15: the doctor 5-10, 5 minutes are left.
    (stage,) = stages(tiny, "A5 D5+10 A10", 15)
    assert stage.doctor == (DoctorTime(5, 5, 5),)
