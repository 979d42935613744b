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
