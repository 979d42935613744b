from engine.kpi import uneven_load
from engine.kpi.filled import Filled


def test_clinic_minutes_above_the_even_share_of_a_day(tiny):
    # Four ADJ are 80 clinic minutes over five equal days: a share of 16. Three on Tuesday are 60,
    # 44 above; one on Thursday is 20, 4 above. The exam is in no clinic chair.
    problem = tiny.problem(
        *(tiny.visit(f"V{n}") for n in (1, 2, 3)),
        tiny.booking("B1", "09:00", date=tiny.thursday),
        tiny.visit("X1", "EXAM"),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00"),
        tiny.place("V2", "10:00"),
        tiny.place("V3", "11:00"),
        tiny.place("B1", "09:00", date=tiny.thursday),
        tiny.place("X1", "09:00", "A25 D10 A25", chair="E1", staff="TC1"),
    )
    assert uneven_load.quanta(Filled(problem, schedule)) == 44 + 4


def test_a_visit_with_its_own_length_carries_that(tiny):
    # 50 minutes over five days: a share of 10; on one day 40 above.
    problem = tiny.problem(tiny.visit("V1", "CLEAN", minutes=50))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", "A50", doctor=None))
    assert uneven_load.quanta(Filled(problem, schedule)) == 40
