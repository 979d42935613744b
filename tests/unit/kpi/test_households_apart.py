import pytest

from engine.kpi import households_apart
from engine.kpi.filled import Filled


def apart(problem, schedule) -> int:
    return households_apart.quanta(Filled(problem, schedule))


@pytest.mark.parametrize(("third", "expected"), [("10:00", 0), ("10:05", 1)])
def test_starts_within_an_hour_on_one_date_are_together(tiny, third, expected):
    # Starts 09:00, 09:30 and the third: 60 minutes from the first are allowed.
    problem = tiny.problem(*(tiny.visit(f"V{n}", household="H1") for n in (1, 2, 3)), clinic=3)
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00"),
        tiny.place("V2", "09:30", chair="C2"),
        tiny.place("V3", third, chair="C3"),
    )
    assert apart(problem, schedule) == expected


def test_two_dates_or_a_member_without_a_time_are_apart(tiny):
    problem = tiny.problem(*(tiny.visit(f"V{n}", household="H1") for n in (1, 2, 3)))
    first, second = tiny.place("V1", "09:00"), tiny.place("V2", "09:30")
    other_day = tiny.place("V3", "09:45", date=tiny.thursday)
    assert apart(problem, tiny.schedule(problem, first, second, other_day)) == 1
    assert apart(problem, tiny.schedule(problem, first, second)) == 1


def test_households_of_one_or_of_frozen_bookings_only_do_not_count(tiny):
    problem = tiny.problem(
        tiny.visit("V1", household="H1"),
        tiny.booking("B1", "09:00", household="H2"),
        tiny.booking("B2", "15:00", household="H2"),
        tiny.booking("B3", "10:00", household="H3"),
        tiny.booking("B4", "14:00", household="H3", movable=True),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("B1", "09:00"),
        tiny.place("B2", "15:00"),
        tiny.place("B3", "10:00"),
        tiny.place("B4", "14:00"),
    )
    # Only H3 could be brought together, and is not.
    assert apart(problem, schedule) == 1


def test_a_frozen_booking_makes_a_household_with_a_visit_to_place(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", household="H1"), tiny.visit("V1", household="H1")
    )
    booked = tiny.place("B1", "09:00")
    beside = tiny.schedule(problem, booked, tiny.place("V1", "08:00"))
    away = tiny.schedule(problem, booked, tiny.place("V1", "07:55"))
    assert (apart(problem, beside), apart(problem, away)) == (0, 1)


def test_a_booking_outside_the_dates_is_no_member(tiny):
    later = tiny.monday.replace(day=16)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", date=later, household="H1"), tiny.visit("V1", household="H1")
    )
    assert apart(problem, tiny.schedule(problem)) == 0
