"""Every by-hand fill passes the checker, whatever the practice, the book and the call order."""

import datetime as dt
import random

import pytest

from engine.checker import check
from engine.filling.by_hand import fill_by_hand
from engine.filling.occupancy import Occupancy
from engine.generate import generate
from engine.kpi import measure
from engine.practice import DailyLimit, DoctorRule, DoctorRuleKind, Follows, Horizon, Problem


def assert_checked(problem: Problem, horizon: Horizon, **how) -> None:
    schedule = fill_by_hand(problem, horizon, **how)
    report = check(problem, schedule)
    assert report.ok, [violation.sentence for violation in report.violations[:5]]
    # What is unplaced fits nowhere: no start was overlooked.
    occupancy = Occupancy.of(problem, schedule)
    for unplaced in schedule.unplaced:
        visit = problem.all_visits[unplaced.visit]
        if not visit.follows:
            starts = [len(occupancy.feasible_starts(visit, day)) for day in horizon.dates]
            assert sum(starts) == 0, (unplaced, starts)
    assert all(kpi.quanta >= 0 for kpi in measure(problem, schedule))


@pytest.mark.parametrize(
    ("profile", "visits", "seed", "booked", "how"),
    [
        ("one-doctor", 450, 7, 0.0, {"fit": "first", "order": "list"}),
        ("one-doctor", 300, 1, 0.4, {"fit": "best", "order": "due"}),
        ("one-doctor-units", 380, 2, 0.5, {"fit": "first", "order": "random", "seed": 5}),
        ("two-doctor", 500, 3, 0.3, {"fit": "best", "order": "list"}),
    ],
)
def test_generated_weeks(profile, visits, seed, booked, how):
    made = generate(profile, visits, seed, booked_share=booked)
    assert_checked(made.problem, made.horizon, **how)


def crowded(tiny, seed: int, rule: DoctorRuleKind) -> Problem:
    """Two days of a small practice whose book clashes, in chairs, people and doctors."""
    rng = random.Random(seed)
    procedures = (
        tiny.procedure("FLOAT", "A5 D5+10 A10"),
        tiny.procedure("TWICE", "A5 D5+5 A10 D10+5 A5", skill="bond"),
        tiny.procedure("ROOMS", "A10|A5 D5+5 A10", ("records", "clinic")),
        tiny.procedure("REMOTE", "D10", None, None),
    )
    codes = ("ADJ", "CLEAN", "EXAM", *(procedure.code for procedure in procedures))
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("DR2", "doctor", shifts=tiny.shifts("09:00", "12:00")),
        tiny.person("AS1", "assistant", "bond"),
        tiny.person("AS2", shifts=tiny.shifts("08:30", "13:00")),
        tiny.person("AS3", "assistant", "bond", shifts=tiny.shifts("10:00", "17:00")),
        tiny.person("TC1", "treatment_coordinator"),
        tiny.person("RT1", "records_technician"),
    )
    days = (tiny.monday, tiny.tuesday)
    bookings = [
        tiny.booking(
            f"B{n}",
            f"{rng.randrange(8, 16):02d}:{rng.randrange(0, 60, 5):02d}",
            rng.choice(("C1", "C2", "C3", None)),
            rng.choice(codes),
            rng.choice(days),
            required_doctor=rng.choice((None, None, None, "DR2")),
            patient=f"P{rng.randrange(20)}",
        )
        for n in range(26)
    ]
    visits = [
        tiny.visit(
            f"V{n}",
            rng.choice(codes),
            patient=f"P{rng.randrange(20)}",
            required_doctor=rng.choice((None, None, None, "DR2")),
            minutes=None,
            follows=(Follows(visit=f"V{n - 1}", min_minutes=30),) if n % 7 == 3 else (),
        )
        for n in range(24)
    ]
    limits = (
        DailyLimit(id="kits", procedures=("TWICE", "ROOMS"), per_day=6, at_once=2),
        DailyLimit(id="scanner", procedures=("FLOAT",), at_once=1),
    )
    return tiny.problem(
        *bookings,
        *visits,
        as_of=dt.datetime(2026, 3, 2, 8, 17),
        clinic=3,
        procedures=procedures,
        staff=staff,
        limits=limits,
        doctor_rule=DoctorRule(kind=rule, slot_minutes=15, units=2, unit_minutes=5),
    )


@pytest.mark.parametrize("rule", list(DoctorRuleKind))
@pytest.mark.parametrize("seed", range(12))
def test_books_that_clash(tiny, seed, rule):
    problem = crowded(tiny, seed, rule)
    fit = ("first", "best")[seed % 2]
    assert_checked(problem, Horizon(start=tiny.monday, days=2), fit=fit, order="due")
