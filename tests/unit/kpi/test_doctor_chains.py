import datetime as dt

import pytest

from engine.kpi import doctor_chains
from engine.kpi.filled import Filled
from engine.practice import DoctorRule, DoctorRuleKind


def chains(problem, schedule) -> int:
    return doctor_chains.quanta(Filled(problem, schedule))


@pytest.mark.parametrize(("length", "expected"), [(60, 0), (65, 1), (80, 4)])
def test_each_grid_start_of_a_run_longer_than_an_hour_counts(tiny, length, expected):
    # 80 minutes hold a run of 65 from minutes 0, 5, 10 and 15.
    long = tiny.procedure("LONG", f"D{length}")
    problem = tiny.problem(tiny.visit("V1", "LONG"), procedures=(long,))
    schedule = tiny.schedule(problem, tiny.place("V1", "09:00", f"D{length}"))
    assert chains(problem, schedule) == expected


def two_visits(tiny, second: str, **changes):
    parts = (tiny.procedure("LONG", "D40"), tiny.procedure("MORE", "D30"))
    problem = tiny.problem(
        tiny.visit("V1", "LONG"),
        tiny.visit("V2", "MORE"),
        clinic=2,
        procedures=parts,
        **changes,
    )
    return problem, tiny.schedule(
        problem,
        tiny.place("V1", "09:00", "D40"),
        tiny.place("V2", second, "D30", chair="C2"),
    )


def test_a_gap_of_one_step_breaks_the_chain(tiny):
    # 09:00-09:40 and 09:40-10:10 are 70 minutes: two starts. With a gap to 09:45: none.
    assert chains(*two_visits(tiny, "09:40")) == 2
    assert chains(*two_visits(tiny, "09:45")) == 0


def test_a_second_doctor_at_leisure_breaks_the_chain(tiny):
    assert chains(*two_visits(tiny, "09:40", doctors=2)) == 0


def test_two_doctors_both_busy_make_a_chain(tiny):
    long = tiny.procedure("LONG", "D65")
    problem = tiny.problem(
        tiny.visit("V1", "LONG"),
        tiny.visit("V2", "LONG"),
        clinic=2,
        doctors=2,
        procedures=(long,),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00", "D65"),
        tiny.place("V2", "09:00", "D65", chair="C2", doctor="DR2"),
    )
    assert chains(problem, schedule) == 1


def test_by_units_there_are_no_chains(tiny):
    rule = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT)
    assert chains(*two_visits(tiny, "09:40", doctor_rule=rule)) == 0


def test_nobody_present_is_no_chain(tiny):
    long = tiny.procedure("LONG", "D65")
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "LONG", date=dt.date(2026, 3, 7)), procedures=(long,)
    )
    placed = tiny.place("B1", "09:00", "D65", doctor=None, date=dt.date(2026, 3, 7))
    assert chains(problem, tiny.schedule(problem, placed, days=6)) == 0
