from engine.kpi import lost_minutes
from engine.kpi.filled import Filled


def test_chair_and_doctor_minutes_times_the_chance_of_a_miss(tiny):
    # One day ahead p = 0.023859 (see test_late_weeks). ADJ: 20 chair and 5 doctor minutes,
    # 0.023859 * 25 = 0.5965 -> 60 hundredths. CLEAN: 10 chair minutes, 0.2386 -> 24.
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2", "CLEAN"))
    schedule = tiny.schedule(
        problem, tiny.place("V1", "09:00"), tiny.place("V2", "10:00", "A10", doctor=None)
    )
    assert lost_minutes.quanta(Filled(problem, schedule)) == 60 + 24


def test_a_miss_costs_what_its_slot_is_worth(tiny):
    # ADJ at 09:40 counts from the full hour: 20 x 1.5 + 5 x 2 = 40 minutes of an average slot,
    # 0.023859 * 40 = 0.9544 -> 95. CLEAN at 10:00, an hour without a price: 24 as before. V3 has
    # no time and counts as average: 6 + 42 days ahead, the same with and without prices.
    slots = tiny.slots(("tue", 9, 150, 200), ("wed", 10, 400, 400))
    visits = (tiny.visit("V1"), tiny.visit("V2", "CLEAN"), tiny.visit("V3"))
    plain, priced = (tiny.problem(*visits, slots=one) for one in (None, slots))
    schedule = tiny.schedule(
        plain, tiny.place("V1", "09:40"), tiny.place("V2", "10:00", "A10", doctor=None)
    )
    before, after = (lost_minutes.quanta(Filled(one, schedule)) for one in (plain, priced))
    assert after - before == 95 - 60
