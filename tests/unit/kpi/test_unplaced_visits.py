from engine.kpi import unplaced_visits
from engine.kpi.filled import Filled


def test_counts_visits_on_the_unplaced_list_and_not_displaced_bookings(tiny):
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"), tiny.booking("B1", "09:00")
    )
    schedule = tiny.schedule(problem, tiny.place("V2", "10:00"), displaced=("B1",))
    assert unplaced_visits.quanta(Filled(problem, schedule)) == 2
