"""Made-up histories: the same for the same seed, with the misses that were planted."""

import datetime as dt
from collections import Counter

from engine.generate import Planted, generate_history
from engine.generate.sample import sample_history
from engine.practice import Account, Outcome

TODAY = dt.date(2026, 3, 5)


def share_missed(visits) -> float:
    told = [visit for visit in visits if visit.outcome is not Outcome.CANCELLED]
    return sum(visit.outcome is Outcome.MISSED for visit in told) / len(told)


def test_same_seed_same_history():
    assert generate_history(30, TODAY, 4) == generate_history(30, TODAY, 4)
    assert generate_history(30, TODAY, 4) != generate_history(30, TODAY, 5)


def test_the_past_is_past_and_booked_before():
    visits = generate_history(100, TODAY, 1)
    assert {visit.date < TODAY for visit in visits} == {True}
    assert min(visit.date for visit in visits) >= TODAY - dt.timedelta(days=3 * 365)
    assert {visit.date.weekday() < 5 for visit in visits} == {True}
    assert all(visit.booked_on is not None and visit.booked_on < visit.date for visit in visits)
    times = Counter((visit.patient, visit.date) for visit in visits)
    assert max(times.values()) == 1


def test_level_and_effects_are_what_was_planted():
    # Without effects and frailty, log-odds of 0 are one half.
    even = generate_history(300, TODAY, 2, planted=Planted(level=0.0, frailty=0.0, effects={}))
    assert abs(share_missed(even) - 0.5) < 0.03
    overdue = Planted(level=0.0, frailty=0.0, effects={"account_overdue": 30.0})
    certain = generate_history(300, TODAY, 2, planted=overdue)
    assert share_missed([v for v in certain if v.account is Account.OVERDUE]) == 1


def test_the_sample_has_the_misses_of_a_private_practice():
    visits = sample_history()
    assert 7_000 < len(visits) < 12_000
    assert 0.03 < share_missed(visits) < 0.08
