"""`order`: one visit after another. FIRST is ADJ (20 minutes), THEN is ADJ in another chair."""

import datetime as dt

import pytest

from engine.practice import Closure, Follows, Policy, WeightOverride


def after(tiny, first, then, *, booked=(), **gap):
    """Places FIRST and THEN at (date, start) pairs; None leaves FIRST unplaced."""
    follows = (Follows(visit="FIRST", **gap),)
    problem = tiny.problem(
        tiny.visit("FIRST"), tiny.visit("THEN", follows=follows), clinic=2, assistants=2
    )
    placed = [tiny.place("THEN", then[1], date=then[0], chair="C2", staff="AS2")]
    if first:
        placed.append(tiny.place("FIRST", first[1], date=first[0]))
    reports = [tiny.check(problem, *order) for order in (placed, placed[::-1])]
    assert tiny.rules(reports[0]) == tiny.rules(reports[1])
    return tiny.rules(reports[0])


@pytest.mark.parametrize(
    ("start", "broken"), [("09:20", False), ("09:15", True), ("08:00", True), ("16:00", False)]
)
def test_same_date_after_the_first_ends(tiny, start, broken):
    # FIRST 09:00-09:20; its turnover does not count.
    rules = after(tiny, (tiny.tuesday, "09:00"), (tiny.tuesday, start))
    assert rules == ["order"] * broken


@pytest.mark.parametrize(("start", "broken"), [("11:20", False), ("11:15", True)])
def test_three_hours_between(tiny, start, broken):
    # FIRST 08:00-08:20 and 180 minutes: 11:20.
    rules = after(tiny, (tiny.tuesday, "08:00"), (tiny.tuesday, start), min_minutes=180)
    assert rules == ["order"] * broken


def test_minutes_do_not_matter_on_a_later_date(tiny):
    rules = after(tiny, (tiny.tuesday, "16:00"), (tiny.wednesday, "08:00"), min_minutes=480)
    assert rules == []


def test_earlier_date(tiny):
    assert after(tiny, (tiny.wednesday, "09:00"), (tiny.tuesday, "16:00")) == ["order"]


@pytest.mark.parametrize(
    ("day", "broken"), [("tuesday", True), ("wednesday", True), ("thursday", False)]
)
def test_two_days_between(tiny, day, broken):
    then = (getattr(tiny, day), "10:00")
    assert after(tiny, (tiny.tuesday, "09:00"), then, min_days=2) == ["order"] * broken


@pytest.mark.parametrize(("day", "broken"), [("thursday", False), ("friday", True)])
def test_at_most_two_days_between(tiny, day, broken):
    then = (getattr(tiny, day), "10:00")
    assert after(tiny, (tiny.tuesday, "09:00"), then, max_days=2) == ["order"] * broken


def test_on_the_same_day_only(tiny):
    assert after(tiny, (tiny.tuesday, "09:00"), (tiny.tuesday, "09:20"), max_days=0) == []
    assert after(tiny, (tiny.tuesday, "09:00"), (tiny.wednesday, "09:20"), max_days=0) == ["order"]


@pytest.mark.parametrize(
    ("day", "broken"), [("tuesday", True), ("thursday", True), ("friday", False)]
)
def test_working_days_skip_a_closed_day(tiny, day, broken):
    # Wednesday is closed: from Tuesday, Thursday is the first working day and Friday the second.
    follows = (Follows(visit="FIRST", min_working_days=2),)
    problem = tiny.problem(
        tiny.visit("FIRST"),
        tiny.visit("THEN", follows=follows),
        closures=(Closure(date=tiny.wednesday),),
    )
    first = tiny.place("FIRST", "09:00")
    then = tiny.place("THEN", "10:00", date=getattr(tiny, day))
    assert tiny.rules(tiny.check(problem, first, then)) == ["order"] * broken


def test_not_without_the_first(tiny):
    assert after(tiny, None, (tiny.tuesday, "09:00")) == ["order"]


def test_the_first_without_the_second(tiny):
    problem = tiny.problem(
        tiny.visit("FIRST"), tiny.visit("THEN", follows=(Follows(visit="FIRST"),))
    )
    assert tiny.check(problem, tiny.place("FIRST", "09:00")).ok


def test_every_visit_that_it_follows(tiny):
    follows = (Follows(visit="A"), Follows(visit="B"), Follows(visit="C"))
    problem = tiny.problem(*map(tiny.visit, "ABC"), tiny.visit("THEN", follows=follows))
    first = [tiny.place("A", "09:00"), tiny.place("B", "10:00"), tiny.place("C", "11:00")]
    assert tiny.check(problem, *first, tiny.place("THEN", "11:30")).ok
    assert tiny.rules(tiny.check(problem, *first, tiny.place("THEN", "10:30"))) == ["order"]
    assert tiny.rules(tiny.check(problem, *first, tiny.place("THEN", "09:30"))) == ["order"] * 2


def outside(tiny, day, then, start="09:00", **gap):
    """FIRST is a booking outside the dates of the schedule, at 09:00 for 20 minutes."""
    problem = tiny.problem(
        tiny.booking("FIRST", "09:00", date=day),
        tiny.visit("THEN", follows=(Follows(visit="FIRST", **gap),)),
    )
    return tiny.rules(tiny.check(problem, tiny.place("THEN", start, date=then)))


def test_booking_before_these_dates(tiny):
    # Friday 27 February to Monday 2 March: 3 days, 1 working day.
    friday = dt.date(2026, 2, 27)
    assert outside(tiny, friday, tiny.monday, min_days=3, min_working_days=1) == []
    assert outside(tiny, friday, tiny.monday, min_days=4) == ["order"]
    assert outside(tiny, friday, tiny.monday, min_working_days=2) == ["order"]
    assert outside(tiny, friday, tiny.tuesday, min_working_days=2) == []


def test_booking_after_these_dates(tiny):
    assert outside(tiny, dt.date(2026, 3, 9), tiny.friday) == ["order"]


def kept_after(tiny, first, *placements, displaced=()):
    """THEN is a kept booking on Wednesday 09:00."""
    problem = tiny.problem(
        first,
        tiny.booking("THEN", "09:00", date=tiny.wednesday, follows=(Follows(visit="FIRST"),)),
    )
    then = tiny.place("THEN", "09:00", date=tiny.wednesday)
    return tiny.check(problem, then, *placements, displaced=displaced)


def test_kept_booking_whose_first_visit_has_no_time_yet(tiny):
    report = kept_after(tiny, tiny.visit("FIRST"))
    assert report.ok
    assert tiny.inherited(report) == ["order"]


def test_first_visit_must_not_come_too_late_for_a_kept_booking(tiny):
    first = tiny.visit("FIRST")
    assert kept_after(tiny, first, tiny.place("FIRST", "16:00")).ok
    late = kept_after(tiny, first, tiny.place("FIRST", "09:00", date=tiny.thursday))
    assert tiny.rules(late) == ["order"]


def test_two_bookings_in_the_wrong_order_are_inherited(tiny):
    first = tiny.booking("FIRST", "09:00", date=tiny.thursday, movable=True)
    kept = kept_after(tiny, first, tiny.place("FIRST", "09:00", date=tiny.thursday))
    assert kept.ok
    assert tiny.inherited(kept) == ["order"]
    moved = kept_after(tiny, first, tiny.place("FIRST", "10:00", date=tiny.thursday))
    assert tiny.rules(moved) == ["order"]
    assert kept_after(tiny, first, tiny.place("FIRST", "10:00")).ok


def test_displacing_the_first_is_not_inherited(tiny):
    first = tiny.booking("FIRST", "09:00", movable=True)
    assert tiny.rules(kept_after(tiny, first, displaced=["FIRST"])) == ["order"]


def test_two_bookings_in_the_wrong_order_with_one_outside_these_dates(tiny):
    first = tiny.booking("FIRST", "09:00", date=dt.date(2026, 3, 9))
    report = kept_after(tiny, first)
    assert report.ok
    assert tiny.inherited(report) == ["order"]


def test_trap_both_on_one_day(tiny, solve):
    # A day between them at least: THEN, due on Tuesday, comes on Wednesday, not on Tuesday at ten.
    gap = (Follows(visit="FIRST", min_days=1),)
    problem = tiny.problem(
        tiny.visit("FIRST", patient="P1", availability=(tiny.window("09:00", "09:20"),)),
        tiny.visit(
            "THEN", patient="P1", follows=gap, availability=(tiny.window("10:00", "10:20"),)
        ),
    )
    assert solve(problem, days=3).times == {"FIRST": "09:00", "THEN": "Wed 10:00"}
    bait = solve(problem, days=3, without="order")
    assert bait.times == {"FIRST": "09:00", "THEN": "10:00"}
    assert bait.broken == {"order"}


def test_trap_the_second_without_the_first(tiny, solve):
    # FIRST can never come; THEN alone would save the price of an unplaced visit.
    problem = tiny.problem(
        tiny.visit("FIRST", latest=tiny.monday),
        tiny.visit("THEN", follows=(Follows(visit="FIRST"),)),
        tiny.visit("OTHER"),
    )
    assert solve(problem).unplaced == ["FIRST", "THEN"]
    bait = solve(problem, without="order")
    assert bait.unplaced == ["FIRST"]
    assert bait.broken == {"order"}


def test_a_movable_booking_stays_though_the_first_visit_finds_no_time(tiny, solve):
    """FIRST can never come: THEN stands in the book without it and is not displaced for that."""
    problem = tiny.problem(
        tiny.visit("FIRST", latest=tiny.monday),
        tiny.booking("THEN", "09:00", movable=True, follows=(Follows(visit="FIRST"),)),
    )
    solved = solve(problem)
    assert solved.unplaced == ["FIRST"]
    assert solved.times == {"THEN": "09:00"}
    assert not solved.model.stricter
    assert tiny.inherited(tiny.check(problem, *solved.schedule.placements)) == ["order"]


def test_a_movable_booking_stays_only_after_its_first_visit_or_without_it(tiny, solve):
    """FIRST can only come at ten: with it THEN must go later than that."""
    problem = tiny.problem(
        tiny.visit("FIRST", availability=(tiny.window("10:00", "10:20"),)),
        tiny.booking("THEN", "09:00", movable=True, follows=(Follows(visit="FIRST"),)),
    )
    times = solve(problem).times
    assert times["FIRST"] == "10:00"
    assert times["THEN"] > "10:00"


def test_trap_displacing_the_first_of_a_frozen_booking(tiny, solve):
    """Displacing costs next to nothing here, and V can only come when FIRST sits in the chair.

    FIRST cannot come at another time. Only THEN, which is frozen and follows it, keeps it there.
    """
    only = (tiny.window("09:00", "09:20"),)
    problem = tiny.problem(
        tiny.booking("FIRST", "09:00", movable=True, patient="P1", availability=only),
        tiny.booking("THEN", "11:00", patient="P1", follows=(Follows(visit="FIRST"),)),
        tiny.visit("V", availability=only),
        policy=Policy(
            weights=(WeightOverride(kpi="displaced_bookings", value=0.001, reason="a bait"),)
        ),
    )
    kept = solve(problem)
    assert kept.unplaced == ["V"]
    assert kept.schedule.displaced == ()
    bait = solve(problem, without="order")
    assert bait.schedule.displaced == ("FIRST",)
    assert bait.broken == {"order"}
