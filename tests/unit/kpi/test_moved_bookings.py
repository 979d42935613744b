from engine.kpi import moved_bookings
from engine.kpi.filled import Filled


def test_a_booking_has_moved_with_another_start_or_another_date_but_not_another_chair(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "09:30", movable=True),
        tiny.booking("B3", "10:00"),
        tiny.visit("V1"),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("B1", "09:05"),
        tiny.place("B2", "09:30", date=tiny.wednesday),
        tiny.place("B3", "10:00", chair="C2"),
        tiny.place("V1", "11:00"),
    )
    assert moved_bookings.quanta(Filled(problem, schedule)) == 2
