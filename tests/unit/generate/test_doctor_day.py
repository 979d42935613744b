"""What is left of a doctor, counted exactly and in units per slot."""

from engine.generate.doctor_day import DoctorDay
from engine.generate.masks import minutes_in, span
from engine.practice import DoctorRule, DoctorRuleKind

UNITS = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, slot_minutes=15, units=2, unit_minutes=5)


def test_exact_time_is_given_once_and_comes_back() -> None:
    doctor = DoctorDay(span(480, 510), DoctorRule())
    doctor.take(490, 10)
    # Left: [480, 490) and [500, 510); ten minutes fit at 480 and at 500 only.
    assert minutes_in(doctor.starts(10)) == [480, 500]
    assert doctor.minutes_left() == 20
    doctor.give_back(490, 10)
    assert len(minutes_in(doctor.starts(10))) == 21


def test_units_count_minutes_in_a_slot_whatever_their_order() -> None:
    # Ten minutes in each slot of fifteen: [480, 495), [495, 510), [510, 525).
    doctor = DoctorDay(span(480, 525), UNITS)
    assert doctor.minutes_left() == 30
    doctor.take(480, 5)
    # The same five minutes again: the slot still has room.
    assert 480 in minutes_in(doctor.starts(5))
    doctor.take(480, 5)
    assert not [start for start in minutes_in(doctor.starts(5)) if start < 495]
    # [490, 500) would use the full first slot, [500, 510) lies in the second alone.
    assert 490 not in minutes_in(doctor.starts(10))
    assert 500 in minutes_in(doctor.starts(10))
    doctor.give_back(480, 5)
    assert 490 in minutes_in(doctor.starts(10))


def test_units_do_not_reach_beyond_the_shift() -> None:
    doctor = DoctorDay(span(480, 495), UNITS)
    assert max(minutes_in(doctor.starts(10))) == 485
