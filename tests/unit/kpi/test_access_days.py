import datetime as dt

from engine.kpi import access_days
from engine.kpi.filled import Filled


def test_days_beyond_the_seven_in_which_a_new_patient_is_seen(tiny):
    # V1 asked on 20 February and is seen on 3 March: 11 days, 4 beyond. V2 asked on 27 February:
    # 4 days, none beyond. V3, asked on 20 February, is unplaced: 28 March is 36 days, 29 beyond.
    # V4 is no exam.
    exam = "A25 D10 A25"
    problem = tiny.problem(
        tiny.visit("V1", "EXAM", requested_on=dt.date(2026, 2, 20)),
        tiny.visit("V2", "EXAM", requested_on=dt.date(2026, 2, 27)),
        tiny.visit("V3", "EXAM", requested_on=dt.date(2026, 2, 20)),
        tiny.visit("V4", requested_on=dt.date(2026, 2, 2)),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", exam, chair="E1", staff="TC1"),
        tiny.place("V2", "11:00", exam, chair="E1", staff="TC1"),
        tiny.place("V4", "11:00"),
    )
    assert access_days.quanta(Filled(problem, schedule)) == 4 + 0 + 29


def test_without_a_day_of_asking_it_is_a_week_before_the_due_date(tiny):
    # Due 3 March, so asked 24 February; seen on Thursday 5 March, 9 days on: 2 beyond.
    problem = tiny.problem(tiny.visit("V1", "EXAM"))
    placed = tiny.place("V1", "09:00", "A25 D10 A25", chair="E1", date=tiny.thursday)
    assert access_days.quanta(Filled(problem, tiny.schedule(problem, placed))) == 2
