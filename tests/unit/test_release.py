"""Which classes a cell accepts. The cell is for `start`, on Thursday 5 March 2026."""

import datetime as dt

import pytest

from engine.practice import ANY_CLASS, Cell, ClassRelease, Policy, ReleaseStep
from engine.practice.release import Acceptance, acceptance, has_come, ladder_of

THURSDAY = dt.date(2026, 3, 5)
MIDNIGHT = dt.time(0, 0)


def step(days, *accepts, at=None):
    return ReleaseStep(days_before=days, at=at, accepts=accepts)


def cell(**fields):
    span = {"start": dt.time(9), "end": dt.time(10)}
    return Cell(id="K1", procedure_class="start", columns=("C1",), **span, **fields)


def accepted(of, wanted, as_of, policy=None):
    return acceptance(of, wanted, THURSDAY, as_of, policy or Policy())


# Two days before Thursday is Tuesday 3 March.
@pytest.mark.parametrize(
    ("at", "as_of", "come"),
    [
        (dt.time(15), dt.datetime(2026, 3, 3, 14, 59), False),
        (dt.time(15), dt.datetime(2026, 3, 3, 15, 0), True),
        (dt.time(15), dt.datetime(2026, 3, 3, 15, 1), True),
        (dt.time(15), dt.datetime(2026, 3, 4, 0, 0), True),
        (dt.time(15), dt.datetime(2026, 3, 2, 23, 59), False),
        (None, dt.datetime(2026, 3, 2, 23, 59), False),
        (None, dt.datetime(2026, 3, 3, 0, 0), True),
    ],
)
def test_step_of_two_days_before(at, as_of, come):
    assert has_come(step(2, "long", at=at), THURSDAY, as_of) is come


def test_step_of_the_day_itself():
    assert not has_come(step(0, "any", at=dt.time(7)), THURSDAY, dt.datetime(2026, 3, 5, 6, 59))
    assert has_come(step(0, "any", at=dt.time(7)), THURSDAY, dt.datetime(2026, 3, 5, 7, 0))


def test_step_over_the_change_to_summer_time():
    # One day before Monday 9 March at 15:00 is Sunday 15:00, whatever the night before did.
    monday = dt.date(2026, 3, 9)
    assert not has_come(step(1, "x", at=dt.time(15)), monday, dt.datetime(2026, 3, 8, 14, 59))
    assert has_come(step(1, "x", at=dt.time(15)), monday, dt.datetime(2026, 3, 8, 15, 0))


def test_own_class_at_any_time():
    long_before = dt.datetime(2025, 3, 5)
    assert accepted(cell(), "start", long_before) is Acceptance.OWN
    assert accepted(cell(hold=True), "start", long_before) is Acceptance.OWN
    assert accepted(cell(), "adjust", long_before) is None


def test_fallback_at_any_time_and_before_release():
    now = dt.datetime(2026, 3, 5)
    listed = cell(fallbacks=("repair", "adjust"), release=(step(5, "adjust"),))
    assert accepted(listed, "adjust", now) is Acceptance.FALLBACK
    assert accepted(listed, "debond", now) is None


# Ladder: long types five days before (28 February), everything two days before (3 March) at 15:00.
LADDER = (step(5, "long", "debond"), step(2, ANY_CLASS, at=dt.time(15)))


@pytest.mark.parametrize(
    ("wanted", "as_of", "answer"),
    [
        ("debond", dt.datetime(2026, 2, 27, 23, 59), None),
        ("debond", dt.datetime(2026, 2, 28, 0, 0), Acceptance.RELEASED),
        ("adjust", dt.datetime(2026, 2, 28, 0, 0), None),
        ("adjust", dt.datetime(2026, 3, 3, 14, 59), None),
        ("adjust", dt.datetime(2026, 3, 3, 15, 0), Acceptance.RELEASED),
        ("start", dt.datetime(2026, 3, 3, 15, 0), Acceptance.OWN),
    ],
)
def test_ladder(wanted, as_of, answer):
    assert accepted(cell(release=LADDER), wanted, as_of) is answer
    of_class = Policy(release=(ClassRelease(procedure_class="start", steps=LADDER),))
    assert accepted(cell(), wanted, as_of, of_class) is answer


def test_own_ladder_replaces_that_of_the_class():
    policy = Policy(
        release=(
            ClassRelease(procedure_class="exam", steps=(step(9, ANY_CLASS),)),
            ClassRelease(procedure_class="start", steps=LADDER),
        )
    )
    own = (step(1, "adjust"),)
    assert ladder_of(cell(), policy) == LADDER
    assert ladder_of(cell(release=own), policy) == own
    assert ladder_of(cell(release=()), policy) == ()
    assert ladder_of(cell(), Policy()) == ()
    assert accepted(cell(release=()), "debond", dt.datetime(2026, 3, 5), policy) is None
