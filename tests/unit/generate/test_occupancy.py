"""One date being filled, with numbers worked out on paper."""

import datetime as dt

import numpy as np

from engine.generate.admissible import admissible_starts
from engine.generate.generate import AS_OF
from engine.generate.masks import minutes_in, span
from engine.generate.occupancy import DayOccupancy
from engine.generate.practice import empty_problem
from engine.generate.profiles import PROFILES
from engine.generate.seat import Seat
from engine.generate.seating import offer_of, seat_visit, unseat
from engine.practice.pattern import pattern_of

PROBLEM = empty_problem(PROFILES["one-doctor"], AS_OF)
MONDAY, TUESDAY, WEDNESDAY = (dt.date(2026, 3, day) for day in (9, 10, 11))


def seat(day: DayOccupancy, code: str, within: int = -1, seed: int = 0) -> Seat | None:
    procedure = PROBLEM.procedures[code]
    rng = np.random.default_rng(seed)
    return seat_visit(day, procedure, pattern_of(procedure, None, 5), rng, within)


def starts(day: DayOccupancy, code: str) -> list[int]:
    procedure = PROBLEM.procedures[code]
    return minutes_in(admissible_starts(day, pattern_of(procedure, None, 5), procedure))


def test_allowed_times_bind_start_end_or_whole() -> None:
    monday = DayOccupancy(PROBLEM, MONDAY)
    # Starts are on ten minutes. BOND begins before 12:00, so at 11:50 at the latest; DEB (60 min)
    # is done by 13:00; BAND (40 min) by 15:00.
    assert (starts(monday, "BOND")[0], starts(monday, "BOND")[-1]) == (450, 710)
    assert starts(monday, "DEB")[-1] == 720
    assert starts(monday, "BAND")[-1] == 860


def test_two_bonding_kits_at_once_and_a_quota_of_starts() -> None:
    monday = DayOccupancy(PROBLEM, MONDAY)
    taken = [seat(monday, "BND1", seed=n) for n in range(4)]
    assert all(taken)
    # The model day takes four starts.
    assert seat(monday, "BND1") is None
    assert starts(monday, "BND1") == []
    first = taken[0]
    assert first is not None
    unseat(monday, first)
    assert starts(monday, "BND1") != []


def test_a_seat_is_held_with_its_turnover_and_given_back() -> None:
    monday = DayOccupancy(PROBLEM, MONDAY)
    before = (dict(monday.chair_free), dict(monday.staff_free), monday.doctor_minutes_left())
    made = seat(monday, "ADJR")
    assert made is not None
    (chair,), (person,) = made.chairs, made.staff
    held = span(made.start, made.end + 5)
    assert monday.chair_free[chair] & held == 0
    assert monday.staff_free[person] & held == 0
    assert monday.doctor_minutes_left() == before[2] - 5
    unseat(monday, made)
    assert (monday.chair_free, monday.staff_free, monday.doctor_minutes_left()) == before


def test_nobody_before_the_meeting_is_over_and_no_records_on_the_catch_up_day() -> None:
    # Tuesday opens at 07:30, the staff meeting ends at 08:15; the next mark is 08:20 (minute 500).
    procedure = PROBLEM.procedures["RETCN"]
    stages = pattern_of(procedure, None, 5)
    tuesday = offer_of(DayOccupancy(PROBLEM, TUESDAY), procedure, stages)
    assert minutes_in(tuesday.starts)[0] == 500
    assert seat(DayOccupancy(PROBLEM, WEDNESDAY), "REC") is None
    assert seat(DayOccupancy(PROBLEM, MONDAY), "REC") is not None


def test_doctor_time_is_given_once() -> None:
    monday = DayOccupancy(PROBLEM, MONDAY)
    made = [seat(monday, "ADJS", seed=n) for n in range(40)]
    minutes = [
        minute
        for one in made
        if one is not None
        for piece in one.doctor_starts
        for begin in piece
        for minute in range(begin, begin + 5)
    ]
    assert len(minutes) > 100
    assert len(minutes) == len(set(minutes))


def test_segments_of_two_rooms_and_two_doctor_times() -> None:
    monday = DayOccupancy(PROBLEM, MONDAY)
    progress, bond = seat(monday, "PROG"), seat(monday, "BOND2")
    assert progress is not None
    assert bond is not None
    assert [s.stage for s in progress.segments] == [0, 1, 1]
    assert [s.doctor_time for s in progress.segments] == [False, True, False]
    assert progress.segments[0].chair == "R1"
    assert progress.segments[0].staff == "RT1"
    kinds = [s.doctor_time for s in bond.segments]
    assert kinds == [False, True, False, True, False]
    ends = [s.end for s in bond.segments[:-1]]
    assert ends == [s.start for s in bond.segments[1:]]
