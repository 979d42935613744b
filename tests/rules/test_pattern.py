"""`pattern`: stages and doctor time in their order and length, the doctor within the float."""

import datetime as dt

import pytest

from engine.practice import Shift, Supervision

FLOAT = "A5 D5+5 A10"
TWO_ROOMS = "A20 | A5 D5 A5"


def placed(tiny, procedure, text, start="09:00", **where):
    """Checks one visit of the procedure with the segments of the text."""
    problem = tiny.problem(
        tiny.visit("V1", procedure.code), procedures=[procedure], clinic=2, assistants=2, doctors=2
    )
    return tiny.check(problem, tiny.place("V1", start, text, **where))


def edited(tiny, placement, index, **changes):
    segments = list(placement.segments)
    segments[index] = segments[index].model_copy(update=changes)
    return placement.model_copy(update={"segments": tuple(segments)})


def rules_of_edited(tiny, index, **changes):
    """ADJ at 09:00 as it should be, with one segment changed."""
    problem = tiny.problem(tiny.visit("V1"), clinic=2, assistants=2, doctors=2)
    placement = edited(tiny, tiny.place("V1", "09:00"), index, **changes)
    return tiny.rules(tiny.check(problem, placement))


# FLOAT: nominal doctor time 5-10, may begin up to 5 later: 09:05 to 09:10.
@pytest.mark.parametrize("text", ["A5 D5 A10", "A10 D5 A5"])
def test_doctor_nominal_and_at_the_end_of_the_float(tiny, text):
    assert placed(tiny, tiny.procedure("FLO", FLOAT), text).ok


@pytest.mark.parametrize("text", ["A15 D5", "D5 A15"])
def test_doctor_too_late_and_too_early(tiny, text):
    report = placed(tiny, tiny.procedure("FLO", FLOAT), text)
    assert tiny.rules(report) == ["pattern"]
    assert report.violations[0].allowed == "09:05 to 09:10"


def test_without_float_five_minutes_later_is_too_late(tiny):
    assert tiny.rules(placed(tiny, tiny.procedure("ADJ", "A5 D5 A10"), "A10 D5 A5")) == ["pattern"]


def test_length_of_the_stage(tiny):
    adjust = tiny.procedure("ADJ", "A5 D5 A10")
    assert tiny.rules(placed(tiny, adjust, "A5 D5 A15")) == ["pattern"]
    assert tiny.rules(placed(tiny, adjust, "A5 D5 A5")) == ["pattern"]


def test_length_of_the_doctor_time(tiny):
    report = placed(tiny, tiny.procedure("ADJ", "A5 D5 A10"), "A5 D10 A5")
    assert tiny.rules(report) == ["pattern"]
    assert (report.violations[0].found, report.violations[0].allowed) == ("10 min", "5 min")


def test_assistant_time_may_be_written_in_two_pieces(tiny):
    assert placed(tiny, tiny.procedure("ADJ", "A5 D5 A10"), "A5 D5 A5 A5").ok


def test_own_length_scales_the_pattern(tiny):
    # A5 D5 A10 to 30 min on a 5-minute grid: borders 5, 10 -> 7.5, 15 -> 10, 15 (half up).
    problem = tiny.problem(tiny.visit("V1", minutes=30))
    assert tiny.check(problem, tiny.place("V1", "09:00", "A10 D5 A15")).ok
    assert tiny.rules(tiny.check(problem, tiny.place("V1", "09:00", "A5 D10 A15"))) == [
        "pattern",
        "pattern",
    ]
    assert "pattern" in tiny.rules(tiny.check(problem, tiny.place("V1", "09:00")))


def test_own_length_that_cannot_hold_the_segments(tiny):
    # Three segments of at least 5 minutes do not fit into 10.
    problem = tiny.problem(tiny.visit("V1", minutes=10))
    assert tiny.rules(tiny.check(problem, tiny.place("V1", "09:00"))) == ["pattern"]


def test_two_pieces_of_doctor_time_may_touch_but_not_merge(tiny):
    # First piece 5-10 with float 10: until 15-20, where the second begins.
    twice = tiny.procedure("TWO", "A5 D5+10 A10 D5 A10")
    assert placed(tiny, twice, "A15 D5 D5 A10").ok
    assert tiny.rules(placed(tiny, twice, "A15 D10 A10")) == ["pattern"]
    assert tiny.rules(placed(tiny, twice, "A5 D5 A25")) == ["pattern"]


def test_one_doctor_gives_all_doctor_time(tiny):
    twice = tiny.procedure("TWO", "A5 D5 A10 D5 A10")
    problem = tiny.problem(tiny.visit("V1", "TWO"), procedures=[twice], doctors=2)
    placement = tiny.place("V1", "09:00", "A5 D5 A10 D5 A10")
    assert tiny.check(problem, placement).ok
    other = edited(tiny, placement, 3, doctor="DR2")
    assert tiny.rules(tiny.check(problem, other)) == ["pattern"]


def two_rooms(tiny, text=TWO_ROOMS, **where):
    procedure = tiny.procedure("PROG", TWO_ROOMS, ("records", "clinic"))
    rooms = {"chair": ("R1", "C1"), "staff": ("RT1", "AS1"), **where}
    return placed(tiny, procedure, text, **rooms)


def test_two_rooms_one_after_the_other(tiny):
    assert two_rooms(tiny).ok


def test_stage_too_long_at_the_cost_of_the_next(tiny):
    # 25 + 10 instead of 20 + 15: both stages are wrong, and so is the doctor (offset 25).
    assert set(tiny.rules(two_rooms(tiny, "A25 | D5 A5"))) == {"pattern"}


def test_missing_stage(tiny):
    report = two_rooms(tiny, "A20", chair="R1", staff="RT1")
    assert tiny.rules(report) == ["pattern"]
    assert report.violations[0].found == "1"


def test_pause_between_stages(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "PROG"),
        procedures=[tiny.procedure("PROG", TWO_ROOMS, ("records", "clinic"))],
    )
    rooms = {"chair": ("R1", "C1"), "staff": ("RT1", "AS1")}
    early = tiny.place("V1", "09:00", TWO_ROOMS, **rooms)
    late = tiny.place("V1", "09:05", TWO_ROOMS, **rooms)
    later = early.model_copy(update={"segments": (early.segments[0], *late.segments[1:])})
    earlier = early.model_copy(update={"segments": (late.segments[0], *early.segments[1:])})
    assert tiny.rules(tiny.check(problem, later)) == ["pattern"]
    assert tiny.rules(tiny.check(problem, earlier)) == ["pattern"]
    assert "pauses" in tiny.check(problem, later).violations[0].sentence
    assert "overlapping" in tiny.check(problem, earlier).violations[0].sentence


def test_stages_in_the_wrong_order(tiny):
    problem = tiny.problem(
        tiny.visit("V1", "PROG"),
        procedures=[tiny.procedure("PROG", TWO_ROOMS, ("records", "clinic"))],
    )
    placement = tiny.place("V1", "09:00", TWO_ROOMS, chair=("R1", "C1"), staff=("RT1", "AS1"))
    swapped = placement.model_copy(update={"segments": placement.segments[::-1]})
    assert "pattern" in tiny.rules(tiny.check(problem, swapped))


def test_stage_keeps_its_chair_and_its_person(tiny):
    assert rules_of_edited(tiny, 2, chair="C2") == ["pattern"]
    assert rules_of_edited(tiny, 2, staff="AS2") == ["pattern"]


def test_no_chair_and_nobody_where_none_is_needed(tiny):
    remote = tiny.procedure("VIRT", "D5", None, turnover=0)
    assert placed(tiny, remote, "D5", chair=None, staff=None).ok
    assert tiny.rules(placed(tiny, remote, "D5", chair="C1", staff=None)) == ["pattern"]
    assert tiny.rules(placed(tiny, remote, "D5", chair=None, staff="AS1")) == ["pattern"]


def test_doctor_only_in_doctor_time(tiny):
    assert rules_of_edited(tiny, 0, doctor="DR1") == ["pattern"]
    assert rules_of_edited(tiny, 1, doctor_time=False) == ["pattern", "pattern"]
    assert rules_of_edited(tiny, 0, doctor_time=True)[0] == "pattern"


@pytest.mark.parametrize(
    "named",
    [{"chair": "C9"}, {"staff": "AS9"}, {"doctor": "DR9"}],
    ids=["chair", "staff", "doctor"],
)
def test_unknown_ids(tiny, named):
    report = placed(tiny, tiny.procedure("ADJ", "A5 D5 A10"), "A5 D5 A10", **named)
    assert tiny.rules(report) == ["pattern"]
    assert next(iter(named.values())) in report.violations[0].sentence


def test_segment_without_length_or_backwards(tiny):
    assert "pattern" in rules_of_edited(tiny, 2, end=dt.time(9, 10))
    assert "pattern" in rules_of_edited(tiny, 2, end=dt.time(9, 5))


def test_stage_that_the_procedure_has_not(tiny):
    assert "pattern" in rules_of_edited(tiny, 2, stage=1)


def test_unknown_procedure(tiny):
    problem = tiny.problem(tiny.visit("V1", "NONE"))
    assert tiny.rules(tiny.check(problem, tiny.place("V1", "09:00"))) == ["pattern"]


def test_kept_booking_is_laid_out_right_too(tiny):
    problem = tiny.problem(tiny.booking("B1", "09:00"))
    report = tiny.check(problem, tiny.place("B1", "09:00", "A5 D5 A15"))
    assert tiny.rules(report) == ["pattern"]
    assert report.inherited == ()


def test_piece_too_many(tiny):
    adjust = tiny.procedure("ADJ", "A5 D5 A10")
    rooms = {"chair": ("C1", "C2"), "staff": ("AS1", "AS2")}
    report = placed(tiny, adjust, "A5 D5 A10 | A5", **rooms)
    assert tiny.rules(report) == ["pattern"]
    assert "has no stage 1" in report.violations[0].sentence
    empty = placed(tiny, adjust, "A5 A0 D5 A10")
    assert tiny.rules(empty) == ["pattern"]
    assert "without length" in empty.violations[0].sentence


def test_trap_the_doctor_comes_too_late(tiny, solve):
    # Nominally after 5 minutes, at most 5 later: 09:05 or 09:10. The doctor is there from 09:15.
    visit = tiny.procedure("FLOAT", "A5 D5+5 A15", supervision=Supervision.GENERAL)
    late = (Shift(date=tiny.tuesday, start="09:15", end="17:00"), *tiny.shifts())
    free = (tiny.window("09:00", "09:25"),)
    problem = tiny.problem(
        tiny.visit("V1", "FLOAT", availability=free),
        procedures=[visit],
        staff=(tiny.person("DR1", "doctor", shifts=late), tiny.person("AS1")),
    )
    assert solve(problem, days=2).times == {"V1": "Wed 09:00"}
    bait = solve(problem, days=2, without="pattern")
    assert bait.times == {"V1": "09:00"}
    assert bait.broken == {"pattern"}
