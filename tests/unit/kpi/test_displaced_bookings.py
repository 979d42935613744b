from engine.kpi import displaced_bookings
from engine.kpi.filled import Filled


def test_counts_displaced_bookings_and_not_unplaced_visits(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "10:00", movable=True),
        tiny.booking("B3", "11:00"),
        tiny.visit("V1"),
    )
    schedule = tiny.schedule(problem, tiny.place("B3", "11:00"), displaced=("B1", "B2"))
    assert displaced_bookings.quanta(Filled(problem, schedule)) == 2
