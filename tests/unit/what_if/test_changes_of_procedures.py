"""Changes of what a visit takes, and of how many there are. ADJ: A5 D5 A10, BOND: A25 D15 A35."""

import pytest

from engine.practice import DailyLimit, Follows, SegmentKind


def pattern(problem, code: str) -> str:
    """The segments, written as in the tiny practice."""
    return " ".join(
        ("D" if one.kind is SegmentKind.DOCTOR else "A")
        + str(one.minutes)
        + (f"+{one.float_minutes}" if one.float_minutes else "")
        for stage in problem.procedures[code].stages
        for one in stage.segments
    )


def test_a_length_scales_the_segments(tiny, asking):
    change = {"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 40}
    problem = asking.changed(tiny.problem(tiny.visit("V1")), change)
    assert pattern(problem, "ADJ") == "A10 D10 A20"
    assert problem.procedures["ADJ"].minutes == 40
    assert pattern(problem, "BOND") == "A25 D15 A35"


def test_visits_of_the_old_length_follow_and_others_keep_their_own(tiny, asking):
    asked = (tiny.visit("V1", minutes=20), tiny.visit("V2", minutes=30), tiny.visit("V3"))
    change = {"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 40}
    problem = asking.changed(tiny.problem(*asked), change)
    assert [visit.minutes for visit in problem.visits] == [None, 30, None]


def test_bookings_stay_as_booked_unless_they_change_too(tiny, asking):
    base = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.visit("V1"),
        limits=(DailyLimit(id="L", procedures=("ADJ",), per_day=3),),
    )
    change = {"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 40}
    problem = asking.changed(base, change)
    assert problem.bookings[0].visit.procedure == "ADJ~booked"
    assert pattern(problem, "ADJ~booked") == "A5 D5 A10"
    assert problem.practice.limits[0].procedures == ("ADJ", "ADJ~booked")
    assert problem.visits[0].procedure == "ADJ"
    both = asking.changed(base, {**change, "booked_too": True})
    assert both.bookings[0].visit.procedure == "ADJ"
    assert "ADJ~booked" not in both.procedures


def test_bookings_that_say_the_old_length_change_too_where_that_is_asked(tiny, asking):
    base = tiny.problem(
        tiny.booking("B1", "09:00", minutes=20), tiny.booking("B2", "10:00", minutes=30)
    )
    change = {"kind": "procedure_length", "procedures": ["ADJ"], "minutes": 40}
    both = asking.changed(base, {**change, "booked_too": True})
    assert [booking.visit.minutes for booking in both.bookings] == [None, 30]
    listed = asking.changed(base, change)
    assert [booking.visit.minutes for booking in listed.bookings] == [20, 30]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(10, "A5 D10 A5"), (0, "A5 A15"), (15, "A5 D15"), (5, "A5 D5 A10")],
)
def test_doctor_time_is_taken_from_the_time_after_it(tiny, asking, minutes, expected):
    change = {"kind": "doctor_time", "procedures": ["ADJ"], "minutes": [minutes]}
    assert pattern(asking.changed(tiny.problem(), change), "ADJ") == expected


def test_a_float_shrinks_to_what_is_left_after_the_doctor(tiny, asking):
    float_first = tiny.procedure("FLO", "A5 D5+10 A10 D5 A5")
    base = tiny.problem(procedures=(float_first,))
    change = {"kind": "doctor_time", "procedures": ["FLO"], "minutes": [10, 10]}
    # Five of the ten minutes between go to the first, and the second takes the last five.
    assert pattern(asking.changed(base, change), "FLO") == "A5 D10+5 A5 D10"


def test_more_demand_spreads_over_procedures_and_stands_alone(tiny, asking):
    follows = (Follows(visit="V1"),)
    asked = [tiny.visit(f"V{n}", household="H") for n in range(1, 7)]
    asked += [tiny.visit("W1", "CLEAN"), tiny.visit("W2", "CLEAN", follows=follows)]
    later = tiny.visit("Z", earliest=asking.week.end)
    base = tiny.problem(*asked, later)
    problem = asking.changed(base, {"kind": "demand_up", "percent": 50})
    more = problem.visits[len(base.visits) :]
    # Half of the eight that may fall in the week, every second by procedure, due date and id.
    assert [visit.id for visit in more] == ["V1~more1", "V3~more2", "V5~more3", "W1~more4"]
    assert {visit.patient for visit in more}.isdisjoint(v.patient for v in base.visits)
    assert all(visit.household is None and visit.follows == () for visit in more)


def test_more_demand_for_one_procedure(tiny, asking):
    base = tiny.problem(tiny.visit("V1"), tiny.visit("W1", "CLEAN"))
    change = {"kind": "demand_up", "percent": 200, "procedures": ["CLEAN"]}
    problem = asking.changed(base, change)
    assert [visit.id for visit in problem.visits] == ["V1", "W1", "W1~more1", "W1~more2"]
