"""Rebooking delays on planted histories. Monday, 6 January 2025 is day 0."""

import datetime as dt

import pytest

from engine.practice import Outcome, PastVisit, Purpose
from engine.risk.count_rebooking import FEWEST_MISSES, FOLLOWED_DAYS, count_rebooking
from engine.risk.slip import SlipTables

DAY = dt.date(2025, 1, 6)
KEPT, MISSED, CANCELLED = Outcome.KEPT, Outcome.MISSED, Outcome.CANCELLED


def visit(patient: str, day: int, outcome: Outcome = KEPT, purpose: Purpose | None = None):
    return PastVisit(patient, DAY + dt.timedelta(days=day), outcome, purpose=purpose)


def missed_and_seen_after(days: int, count: int, name: str) -> list[PastVisit]:
    """Patients who miss day 0 and are seen so many days later."""
    return [
        one
        for n in range(count)
        for one in (visit(f"{name}{n}", 0, MISSED), visit(f"{name}{n}", days))
    ]


END = visit("END", 2 * FOLLOWED_DAYS)
"""The history goes on long enough for what happened on day 0."""


def shares(visits: list[PastVisit]) -> dict[int, float]:
    return {delay.days: delay.share for delay in count_rebooking(visits).delays}


def test_planted_delays_are_found_again():
    """30 patients after 21 days, 10 after 35: three quarters and a quarter."""
    planted = missed_and_seen_after(21, 30, "A") + missed_and_seen_after(35, 10, "B")
    found = count_rebooking([*planted, END])
    assert (found.missed, found.rebooked) == (40, 40)
    assert shares([*planted, END]) == {21: 0.75, 35: 0.25}


@pytest.mark.parametrize(
    ("days", "middle"), [(1, 2), (3, 2), (4, 7), (10, 7), (11, 14), (18, 21), (24, 21), (25, 28)]
)
def test_a_delay_counts_in_the_week_that_the_slip_spreads_it_over(days, middle):
    planted = missed_and_seen_after(days, FEWEST_MISSES, "A")
    assert shares([*planted, END]) == {middle: 1.0}
    # The slip of a treatment gives the day that was planted a chance, with the delay found.
    chances = SlipTables({middle: 1.0}, repair_chance=0.0, repair_days=0).one_visit(1.0)
    assert chances[days] > 0


def test_what_breaks_is_cancelled_or_of_the_same_day_is_no_new_time():
    planted = missed_and_seen_after(28, FEWEST_MISSES, "A")
    between = [
        other
        for n in range(FEWEST_MISSES)
        for other in (
            visit(f"A{n}", 0, purpose=Purpose.DEBOND),
            visit(f"A{n}", 7, purpose=Purpose.REPAIR),
            visit(f"A{n}", 14, CANCELLED),
        )
    ]
    assert shares([*planted, *between, END]) == {28: 1.0}


def test_other_visits_than_those_of_the_plan_are_not_counted():
    planted = missed_and_seen_after(28, FEWEST_MISSES, "A")
    exams = [
        one
        for n in range(50)
        for one in (
            visit(f"E{n}", 0, MISSED, Purpose.EXAM),
            visit(f"E{n}", 7, KEPT, Purpose.EXAM),
        )
    ]
    assert shares([*planted, *exams, END]) == {28: 1.0}


def test_a_second_miss_ends_the_first_one_and_begins_another():
    planted = [
        one
        for n in range(FEWEST_MISSES)
        for one in (visit(f"A{n}", 0, MISSED), visit(f"A{n}", 14, MISSED), visit(f"A{n}", 56))
    ]
    assert shares([*planted, END]) == {14: 0.5, 42: 0.5}


def test_misses_at_the_end_of_the_history_would_make_delays_too_short():
    """The same number a short time before the end, of which only quick ones are known."""
    planted = missed_and_seen_after(42, 30, "A") + missed_and_seen_after(14, 30, "B")
    late = [
        PastVisit(f"L{one.patient}", one.date + dt.timedelta(days=200), one.outcome)
        for one in missed_and_seen_after(14, 30, "B")
    ]
    assert shares([*planted, *late, END]) == {14: 0.5, 42: 0.5}


def test_who_is_lost_counts_as_missed_and_gives_no_delay():
    planted = missed_and_seen_after(28, FEWEST_MISSES, "A")
    lost = [visit("L1", 0, MISSED), visit("L2", 0, MISSED), visit("L2", FOLLOWED_DAYS + 1)]
    found = count_rebooking([*planted, *lost, END])
    assert (found.missed, found.rebooked) == (FEWEST_MISSES + 2, FEWEST_MISSES)
    assert shares([*planted, *lost, END]) == {28: 1.0}


def test_too_few_misses_give_no_shares():
    planted = missed_and_seen_after(28, FEWEST_MISSES - 1, "A")
    found = count_rebooking([*planted, END])
    assert (found.rebooked, found.delays) == (FEWEST_MISSES - 1, ())
    assert count_rebooking([]).delays == ()


def test_shares_add_up_to_one_however_they_are_rounded():
    planted = [
        one for weeks in range(1, 8) for one in missed_and_seen_after(7 * weeks, 7, f"W{weeks}-")
    ]
    found = shares([*planted, END])
    assert len(found) == 7
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-9)
