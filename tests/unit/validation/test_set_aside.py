"""What is left out, what stays, and what loses only a link."""

from engine.problems import Severity
from engine.validation import problems_of, put_aside


def test_faulty_visits_go_and_the_rest_stays(problem_with, horizon):
    problem = problem_with(lambda d: d["visits"][1].update(minutes=10))
    left, found = put_aside(problem, horizon)
    assert [visit.id for visit in left.visits] == ["V1", "V3"]
    assert [booking.visit.id for booking in left.bookings] == ["B1", "B2"]
    assert [fault.code for fault in found] == ["visit-too-short"]
    assert problems_of(left, horizon) == ()


def test_what_follows_a_faulty_visit_goes_too(problem_with, horizon):
    def change(d):
        for visit in d["visits"]:
            visit["patient"] = "P1"
        d["visits"][1]["minutes"] = 10
        d["visits"][2]["follows"] = [{"visit": "V2"}]
        d["visits"][0]["follows"] = [{"visit": "V3"}]

    left, found = put_aside(problem_with(change), horizon)
    assert left.visits == ()
    assert [(fault.where, fault.code) for fault in found] == [
        ("visit V2", "visit-too-short"),
        ("visit V3", "follows-unknown-visit"),
        ("visit V1", "follows-unknown-visit"),
    ]


def test_a_booking_keeps_its_time_and_loses_the_link(problem_with, horizon):
    def change(d):
        d["bookings"][0]["visit"]["follows"] = [{"visit": "V77"}]
        d["bookings"][1]["visit"]["patient"] = "P4"
        d["bookings"][1]["visit"]["follows"] = [{"visit": "B1"}, {"visit": "V3"}]

    left, found = put_aside(problem_with(change), horizon)
    assert left.bookings[0].visit.follows == ()
    assert [link.visit for link in left.bookings[1].visit.follows] == ["B1"]
    assert {fault.severity for fault in found} == {Severity.KEPT}
    assert problems_of(left, horizon) == ()


def test_of_duplicates_the_first_stays_and_a_booking_comes_first(problem_with, booking, horizon):
    def change(d):
        d["visits"].append(d["visits"][0] | {"due": "2026-12-09"})
        d["bookings"].append(booking("V3", "P3", "2026-12-03", "10:00"))
        d["bookings"].append(booking("V3", "P3", "2026-12-03", "14:00"))

    left, found = put_aside(problem_with(change), horizon)
    assert [(visit.id, visit.due.day) for visit in left.visits] == [("V1", 1), ("V2", 2)]
    assert [(b.visit.id, b.start.hour) for b in left.bookings] == [("B1", 9), ("B2", 9), ("V3", 10)]
    assert {fault.code for fault in found} == {"duplicate-visit", "duplicate-booking"}
    assert left.all_visits.keys() == {"V1", "V2", "V3", "B1", "B2"}  # no table of the old problem


def test_a_good_problem_comes_back_equal(problem_with, horizon):
    problem = problem_with(None)
    left, found = put_aside(problem, horizon)
    assert left == problem
    assert found == ()
