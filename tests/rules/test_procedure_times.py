"""`procedure_times`: the times of day at which a procedure is given. ADJ takes 20 minutes."""

import pytest

from engine.practice import AllowedTime, Binds, Weekday


def allowed(tiny, binds, start="14:00", end="15:00", *weekdays):
    window = tiny.window(start, end)
    return AllowedTime(binds=binds, start=window.start, end=window.end, weekdays=weekdays)


def given(tiny, start, *times, asked=None, date=None):
    adjust = tiny.procedure("ADJ", "A5 D5 A10", allowed_times=times)
    problem = tiny.problem(asked or tiny.visit("V1"), procedures=[adjust])
    visit = next(iter(problem.all_visits))
    return tiny.check(problem, tiny.place(visit, start, date=date or tiny.tuesday))


@pytest.mark.parametrize(
    ("binds", "start", "broken"),
    [
        (Binds.START, "13:55", True),
        (Binds.START, "14:00", False),
        (Binds.START, "14:55", False),
        (Binds.START, "15:00", True),
        # Ends in (14:00, 15:00]: 13:40 ends at 14:00, 14:40 at 15:00.
        (Binds.END, "13:40", True),
        (Binds.END, "13:45", False),
        (Binds.END, "14:40", False),
        (Binds.END, "14:45", True),
        (Binds.WHOLE, "13:55", True),
        (Binds.WHOLE, "14:00", False),
        (Binds.WHOLE, "14:40", False),
        (Binds.WHOLE, "14:45", True),
    ],
)
def test_what_of_the_visit_is_bound(tiny, binds, start, broken):
    report = given(tiny, start, allowed(tiny, binds))
    assert tiny.rules(report) == ["procedure_times"] * broken


def test_no_allowed_time_is_any_time(tiny):
    assert given(tiny, "08:00").ok


def test_one_of_several_has_to_hold(tiny):
    times = (
        allowed(tiny, Binds.WHOLE, "08:00", "09:00"),
        allowed(tiny, Binds.START, "14:00", "15:00"),
    )
    assert given(tiny, "08:40", *times).ok
    assert given(tiny, "14:55", *times).ok
    assert tiny.rules(given(tiny, "08:45", *times)) == ["procedure_times"]


def test_weekday_without_an_allowed_time(tiny):
    tuesdays = allowed(tiny, Binds.START, "08:00", "15:00", Weekday.TUE, Weekday.FRI)
    assert given(tiny, "09:00", tuesdays).ok
    report = given(tiny, "09:00", tuesdays, date=tiny.wednesday)
    assert tiny.rules(report) == ["procedure_times"]
    assert report.violations[0].allowed == "not on wed"


def test_other_procedures_are_not_bound(tiny):
    bonding = tiny.procedure("BOND", "A25 D15 A35", allowed_times=(allowed(tiny, Binds.START),))
    problem = tiny.problem(tiny.visit("V1"), procedures=[bonding])
    assert tiny.check(problem, tiny.place("V1", "09:00")).ok


def test_kept_is_inherited_and_moved_is_not(tiny):
    time = allowed(tiny, Binds.START)
    kept = given(tiny, "15:00", time, asked=tiny.booking("B1", "15:00"))
    assert kept.ok
    assert tiny.inherited(kept) == ["procedure_times"]
    moved = given(tiny, "15:05", time, asked=tiny.booking("B1", "15:00", movable=True))
    assert tiny.rules(moved) == ["procedure_times"]


def test_trap_the_wrong_time_of_day(tiny, solve):
    # Given from 08:00 to 09:00 only; the patient is free after ten, or on Wednesday at 08:55.
    early = tiny.procedure(
        "EARLY", "A10", allowed_times=(AllowedTime(start="08:00", end="09:00", binds=Binds.START),)
    )
    free = (tiny.window("10:00", "12:00", Weekday.TUE), tiny.window("08:55", "09:05", Weekday.WED))
    problem = tiny.problem(tiny.visit("V1", "EARLY", availability=free), procedures=[early])
    assert solve(problem, days=2).times == {"V1": "Wed 08:55"}
    bait = solve(problem, days=2, without="procedure_times")
    assert bait.quanta("overdue_days") == 0
    assert bait.broken == {"procedure_times"}
