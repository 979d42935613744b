"""`complete`: one time or the list, never both, never neither."""

import pytest

from engine.checker import check
from engine.schedule import Unplaced


def listed(*visits):
    return tuple(Unplaced(visit=visit, reason="test") for visit in visits)


def changed(tiny, problem, *placements, **update):
    """Checks a schedule in which single fields are replaced."""
    schedule = tiny.schedule(problem, *placements, days=2)
    return check(problem, schedule.model_copy(update=update))


def test_placed_unplaced_and_displaced_account_for_all(tiny):
    problem = tiny.problem(
        tiny.visit("V1"), tiny.visit("V2"), tiny.booking("B1", "11:00", movable=True)
    )
    report = tiny.check(problem, tiny.place("V1", "09:00"), displaced=["B1"])
    assert report.ok
    assert report.inherited == ()


def test_nothing_to_place_is_complete(tiny):
    assert tiny.check(tiny.problem()).ok


def test_visit_that_is_nowhere(tiny):
    problem = tiny.problem(tiny.visit("V1"), tiny.visit("V2"), tiny.visit("V3"))
    report = changed(tiny, problem, tiny.place("V1", "09:00"), unplaced=listed("V3"))
    assert tiny.rules(report) == ["complete"]
    assert report.violations[0].visits == ("V2",)
    assert report.violations[0].date is None
    assert "neither placed nor unplaced" in report.violations[0].sentence


def test_visit_both_placed_and_unplaced(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    report = changed(tiny, problem, tiny.place("V1", "09:00"), unplaced=listed("V1"))
    assert tiny.rules(report) == ["complete"]
    assert report.violations[0].found == "once placed, once unplaced"
    assert report.violations[0].sentence == "V1 is once placed, once unplaced"


def test_visit_placed_twice(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    report = tiny.check(problem, tiny.place("V1", "09:00"), tiny.place("V1", "10:00"))
    assert tiny.rules(report) == ["complete"]


def test_visit_listed_twice(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    assert tiny.rules(changed(tiny, problem, unplaced=listed("V1", "V1"))) == ["complete"]


def test_booking_of_these_dates_left_out(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"), tiny.booking("B2", "10:00"))
    report = tiny.check(problem, tiny.place("B2", "10:00"))
    assert tiny.rules(report) == ["complete"]
    assert report.violations[0].visits == ("B1",)
    assert report.violations[0].date == tiny.tuesday


def test_booking_both_placed_and_displaced(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    report = tiny.check(problem, tiny.place("B1", "09:00"), displaced=["B1"])
    assert tiny.rules(report) == ["complete"]


def test_booking_displaced_twice(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    assert tiny.rules(tiny.check(problem, displaced=["B1", "B1"])) == ["complete"]


def test_booking_belongs_among_the_displaced_not_the_unplaced(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", movable=True))
    report = changed(tiny, problem, unplaced=listed("B1"))
    assert tiny.rules(report) == ["complete", "complete"]


def test_pending_visit_belongs_among_the_unplaced_not_the_displaced(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    assert tiny.rules(tiny.check(problem, displaced=["V1"])) == ["complete"]


@pytest.mark.parametrize("where", ["placements", "unplaced", "displaced"])
def test_unknown_id_anywhere(tiny, where):
    given = {
        "placements": (tiny.place("V9", "09:00"),),
        "unplaced": listed("V9"),
        "displaced": ("V9",),
    }
    report = changed(tiny, tiny.problem(), **{where: given[where]})
    assert tiny.rules(report) == ["complete"]
    assert report.violations[0].visits == ("V9",)


def test_last_date_of_the_schedule_is_in_it_and_the_next_is_not(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    last = tiny.check(problem, tiny.place("V1", "09:00", date=tiny.tuesday), days=2)
    after = tiny.check(problem, tiny.place("V1", "09:00", date=tiny.wednesday), days=2)
    assert last.ok
    assert tiny.rules(after) == ["complete"]


def test_first_date_of_the_schedule_is_in_it_and_the_one_before_is_not(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    placed = tiny.place("V1", "09:00", date=tiny.tuesday)
    assert tiny.check(problem, placed, start=tiny.tuesday, days=1).ok
    late = tiny.check(problem, placed, start=tiny.wednesday, days=1)
    assert tiny.rules(late) == ["complete"]


def test_booking_of_another_week_stays_out(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00", date=tiny.wednesday))
    assert tiny.check(problem, days=2).ok
    moved_in = tiny.check(problem, tiny.place("B1", "09:00", date=tiny.wednesday), days=2)
    assert tiny.rules(moved_in) == ["complete", "complete"]


def test_missing_booking_is_never_inherited(tiny):
    report = tiny.check(tiny.problem(tiny.booking("B1", "09:00")))
    assert report.inherited == ()
    assert not report.ok


def test_visit_of_later_dates_may_wait_unlisted(tiny):
    # Monday and Tuesday: from Wednesday on, it need not be listed; from Tuesday on, it must.
    later = tiny.problem(tiny.visit("V1", earliest=tiny.wednesday))
    assert changed(tiny, later, unplaced=()).ok
    assert changed(tiny, later, unplaced=listed("V1")).ok
    assert tiny.rules(changed(tiny, later, unplaced=listed("V1", "V1"))) == ["complete"]
    now = tiny.problem(tiny.visit("V1", earliest=tiny.tuesday))
    assert tiny.rules(changed(tiny, now, unplaced=())) == ["complete"]
    assert changed(tiny, now, unplaced=listed("V1")).ok


def test_trap_a_visit_that_nobody_mentions(tiny, solve):
    # 09:00-09:25 in C1 holds two of three (10 + 5 + 10). The third costs 520 for being unplaced
    # and 22 days at 65 (Tuesday, the end of the horizon, 21 days to rebook): at least 1950.
    free = (tiny.window("09:00", "09:25"),)
    problem = tiny.problem(*(tiny.visit(f"V{n}", "CLEAN", availability=free) for n in (1, 2, 3)))
    ruled = solve(problem)
    assert len(ruled.unplaced) == 1
    bait = solve(problem, without="complete")
    assert bait.unplaced == []
    assert bait.millipoints <= ruled.millipoints - 1_950_000
    assert bait.broken == {"complete"}
