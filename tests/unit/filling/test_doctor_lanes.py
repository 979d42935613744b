import numpy as np
import pytest

from engine.filling.doctor_lanes import DoctorLanes, floats_of
from engine.practice import DoctorRule, DoctorRuleKind
from engine.practice.pattern import DoctorTime

NINE = 9 * 60
UNITS = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT)
"""Three units of 5 minutes in each 15-minute slot: the slot's 15 minutes, in any order."""


def lanes(tiny, **changes) -> DoctorLanes:
    return DoctorLanes(tiny.problem(**changes), tiny.tuesday)


def choice(doctors: DoctorLanes, times, start: int) -> tuple[int, ...] | None:
    index = int(doctors.choices(0, times, np.array([start]))[0])
    return None if index < 0 else floats_of(times, doctors.grid)[index]


@pytest.mark.parametrize(("minutes", "expected"), [(0, (0,)), (5, (5,)), (10, (10,)), (15, None)])
def test_the_doctor_comes_as_early_as_possible_within_the_float(tiny, minutes, expected):
    # Wanted at 09:05 for 5 minutes, up to 10 later; busy from 09:05 for so long.
    doctors = lanes(tiny)
    if minutes:
        doctors.hold("DR1", NINE + 5, NINE + 5 + minutes)
    assert choice(doctors, [DoctorTime(5, 5, 10)], NINE) == expected


def test_two_pieces_float_apart(tiny):
    # Wanted 09:10-09:15 (+5) and 09:30-09:40 (+10). Busy 09:12 and 09:30-09:35.
    doctors = lanes(tiny)
    doctors.hold("DR1", NINE + 12, NINE + 13)
    doctors.hold("DR1", NINE + 30, NINE + 35)
    times = [DoctorTime(10, 5, 5), DoctorTime(30, 10, 10)]
    assert choice(doctors, times, NINE) == (5, 5)
    doctors.hold("DR1", NINE + 44, NINE + 45)
    # 09:35-09:45 and 09:40-09:50 meet the minute at 09:44.
    assert choice(doctors, times, NINE) is None


def test_away_is_away(tiny):
    # There until 17:00: five minutes from 16:55 on, not from 17:00.
    times = [DoctorTime(0, 5, 0)]
    assert choice(lanes(tiny), times, 16 * 60 + 55) == (0,)
    assert choice(lanes(tiny), times, 17 * 60) is None


@pytest.mark.parametrize(("used", "expected"), [(5, (0,)), (10, (0,)), (11, (15,)), (15, (15,))])
def test_by_units_minutes_of_a_slot_add_up(tiny, used, expected):
    # 5 minutes at 09:00, up to 15 later; the slot 09:00-09:15 holds 15 minutes in any order, so
    # 09:05 and 09:10 (same slot) do not help and 09:15 does.
    doctors = lanes(tiny, doctor_rule=UNITS)
    doctors.hold("DR1", NINE, NINE + used)
    assert choice(doctors, [DoctorTime(0, 5, 15)], NINE) == expected


def test_by_units_two_pieces_in_one_slot_count_together(tiny):
    # 5 + 5 minutes wanted in 09:00-09:15 where 8 are left: each alone fits, both do not; the second
    # may be 5 later, which is 09:15.
    doctors = lanes(tiny, doctor_rule=UNITS)
    doctors.hold("DR1", NINE, NINE + 7)
    times = [DoctorTime(0, 5, 0), DoctorTime(10, 5, 5)]
    assert choice(doctors, times, NINE) == (0, 5)
    assert choice(doctors, [times[0], DoctorTime(10, 5, 0)], NINE) is None


def test_by_units_a_piece_across_a_border_counts_in_both_slots(tiny):
    # 09:10-09:20 takes 5 of each slot. 11 used in the second slot: 4 left, not enough.
    doctors = lanes(tiny, doctor_rule=UNITS)
    doctors.hold("DR1", NINE + 15, NINE + 25)
    assert choice(doctors, [DoctorTime(10, 10, 0)], NINE) == (0,)
    doctors.hold("DR1", NINE + 25, NINE + 26)
    assert choice(doctors, [DoctorTime(10, 10, 0)], NINE) is None
