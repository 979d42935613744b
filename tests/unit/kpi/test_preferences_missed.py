import pytest

from engine.kpi import preferences_missed
from engine.kpi.filled import Filled
from engine.practice import Weekday


def missed(problem, schedule) -> int:
    return preferences_missed.quanta(Filled(problem, schedule))


@pytest.mark.parametrize(
    ("start", "expected"),
    [("09:00", 0), ("09:40", 0), ("09:45", 1), ("08:55", 1), ("13:00", 0), ("14:00", 1)],
)
def test_a_wish_is_met_where_the_whole_visit_lies_in_one_of_the_windows(tiny, start, expected):
    # ADJ takes 20 minutes; the wishes are 09:00-10:00, and 13:00-14:00 on Tuesdays.
    wishes = (tiny.window("09:00", "10:00"), tiny.window("13:00", "14:00", Weekday.TUE))
    problem = tiny.problem(tiny.visit("V1", wishes=wishes), tiny.visit("V2"))
    schedule = tiny.schedule(problem, tiny.place("V1", start), tiny.place("V2", "16:00"))
    assert missed(problem, schedule) == expected


def test_a_window_of_another_weekday_does_not_help(tiny):
    wishes = (tiny.window("13:00", "14:00", Weekday.TUE),)
    problem = tiny.problem(tiny.visit("V1", wishes=wishes))
    wednesday = tiny.schedule(problem, tiny.place("V1", "13:00", date=tiny.wednesday))
    assert missed(problem, wednesday) == 1


@pytest.mark.parametrize(("doctor", "expected"), [("DR2", 0), ("DR1", 1), ("DR3", 1)])
def test_the_wished_doctor_gives_the_doctor_time(tiny, doctor, expected):
    problem = tiny.problem(tiny.visit("V1", preferred_doctor="DR2"), doctors=3)
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", doctor=doctor))
    assert missed(problem, schedule) == expected


def test_a_wished_doctor_without_doctor_time_is_never_missed(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "CLEAN", preferred_doctor="DR2"),
        tiny.visit("V2", "CLEAN", preferred_doctor="DR2"),
        doctors=2,
    )
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", "A10", doctor=None))
    assert missed(problem, schedule) == 0


def test_kept_bookings_do_not_count_and_moved_ones_do(tiny):
    wishes = (tiny.window("09:00", "10:00"),)
    problem = tiny.problem(
        tiny.booking("B1", "11:00", wishes=wishes),
        tiny.booking("B2", "12:00", wishes=wishes, movable=True),
        tiny.booking("B3", "13:00", wishes=wishes),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("B1", "11:00"),
        tiny.place("B2", "12:30"),
        tiny.place("B3", "13:00"),
    )
    assert missed(problem, schedule) == 1


def test_without_a_time_every_wish_is_missed(tiny):
    # V1: times and doctor, 2. V2: doctor only, 1. B1, displaced: times only, 1. V3: none.
    wishes = (tiny.window("09:00", "10:00"),)
    problem = tiny.problem(
        tiny.visit("V1", wishes=wishes, preferred_doctor="DR2"),
        tiny.visit("V2", preferred_doctor="DR2"),
        tiny.visit("V3"),
        tiny.booking("B1", "09:00", wishes=wishes, movable=True),
        doctors=2,
    )
    assert missed(problem, tiny.schedule(problem, displaced=("B1",))) == 2 + 1 + 1
