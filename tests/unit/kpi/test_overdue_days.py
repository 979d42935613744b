import datetime as dt

from engine.kpi import overdue_days
from engine.kpi.filled import Filled
from engine.practice import Purpose


def test_days_after_the_due_date(tiny):
    # Due on Tuesday 3 March. V1 on Thursday: 2 days. V2 on Monday: early, 0. V3 unplaced: the dates
    # end on 7 March, 21 days later it is 28 March: 25 days. B1, booked for Friday: 3 days.
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2"),
        tiny.visit("V3"),
        tiny.booking("B1", "09:00", date=tiny.friday),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", date=tiny.thursday),
        tiny.place("V2", "09:00", date=tiny.monday),
        tiny.place("B1", "09:00", date=tiny.friday),
    )
    assert overdue_days.quanta(Filled(problem, schedule)) == 2 + 0 + 25 + 3


def test_a_procedure_may_have_another_rebooking_delay(tiny):
    slow = tiny.procedure("SLOW", "A10", rebooking_days=30)
    problem = tiny.problem(tiny.visit("V1", "SLOW"), procedures=(slow,))
    # 7 March + 30 days = 6 April, 34 days after 3 March.
    assert overdue_days.quanta(Filled(problem, tiny.schedule(problem))) == 34


def test_exams_and_starts_have_access_days_instead(tiny):
    start = tiny.procedure("START", "A10", purpose=Purpose.START)
    problem = tiny.problem(
        tiny.visit("V1", "EXAM", due=dt.date(2026, 2, 1)),
        tiny.visit("V2", "START", due=dt.date(2026, 2, 1)),
        procedures=(start,),
    )
    assert overdue_days.quanta(Filled(problem, tiny.schedule(problem))) == 0
