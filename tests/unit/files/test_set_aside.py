"""What goes when something is set aside, what stays, and where its line points."""

from typing import Any

import pytest

from engine.practice import Horizon
from engine.problems import PracticeProblem, PracticeProblemsError, Severity

BOOKED = {"date": "2026-03-17", "start": "09:00", "column": "C3", "status": "frozen"}


def lines(problems: tuple[PracticeProblem, ...]) -> list[tuple[str, str, Severity]]:
    return [(one.code, one.where, one.severity) for one in problems]


def test_followers_go_with_the_visit_they_follow_and_theirs_in_turn(folder: Any) -> None:
    # In the file: V1, V2, V3 (follows V2) in rows 2 to 4.
    folder.add("visits.csv", id="V4", patient="P00002", procedure="RETC", follows="V3")
    folder.change("visits.csv", 3, due="soon")
    loaded = folder.load()
    assert [visit.id for visit in loaded.problem.visits] == ["V1"]
    assert lines(folder.faults()) == [
        ("bad-date", "visits.csv row 3 (V2)", Severity.SET_ASIDE),
        ("follows-set-aside", "visits.csv row 4 (visit V3)", Severity.SET_ASIDE),
        ("follows-set-aside", "visits.csv row 5 (visit V4)", Severity.SET_ASIDE),
    ]
    assert [(one.row, one.id) for one in loaded.set_aside] == [(3, "V2"), (4, "V3"), (5, "V4")]


def test_followers_go_also_where_the_meaning_is_wrong(folder: Any) -> None:
    folder.change("visits.csv", 3, procedure="BOND", minutes="5")
    loaded = folder.load()
    assert [visit.id for visit in loaded.problem.visits] == ["V1"]
    assert lines(folder.faults()) == [
        ("visit-too-short", "visits.csv row 3 (visit V2)", Severity.SET_ASIDE),
        ("follows-unknown-visit", "visits.csv row 4 (visit V3)", Severity.SET_ASIDE),
    ]
    assert {one.row for one in loaded.set_aside} == {3, 4}


def test_a_booking_stays_and_loses_the_link(folder: Any) -> None:
    folder.change("visits.csv", 3, due="soon")
    folder.change("visits.csv", 4, follows="")
    folder.add(
        "bookings.csv", id="B4", patient="P00002", procedure="RETC", follows="V2; B2", **BOOKED
    )
    loaded = folder.load()
    follows = loaded.problem.booking_of["B4"].visit.follows
    assert [link.visit for link in follows] == ["B2"]
    assert lines(folder.faults())[1:] == [
        ("booking-follows-set-aside", "bookings.csv row 5 (booking B4)", Severity.KEPT)
    ]


def test_tables_by_id_know_nothing_of_what_was_set_aside(folder: Any) -> None:
    folder.change("visits.csv", 3, procedure="BOND", minutes="5")
    problem = folder.load().problem
    assert set(problem.all_visits) == {"V1", "B1", "B2", "B3"}


def test_the_first_of_two_ids_counts_and_the_book_comes_first(folder: Any) -> None:
    folder.add("visits.csv", id="V1", patient="P00003", procedure="RETC")
    folder.add("visits.csv", id="B1", patient="P00003", procedure="RETC")
    folder.add("bookings.csv", id="B1", patient="P00003", procedure="RETC", **BOOKED)
    loaded = folder.load()
    assert [one.patient for one in loaded.problem.visits] == ["P00001", "P00002", "P00002"]
    assert loaded.problem.booking_of["B1"].visit.patient == "P00004"
    assert [code for code, _, _ in lines(folder.faults())] == [
        "duplicate-visit",
        "duplicate-visit",
        "duplicate-booking",
    ]


def test_a_faulty_row_takes_no_id_away(folder: Any) -> None:
    """The row with the mistake comes first; the good one with the same id is the visit."""
    folder.change("visits.csv", 2, due="soon")
    folder.add("visits.csv", id="V1", patient="P00003", procedure="RETC")
    loaded = folder.load()
    assert loaded.problem.all_visits["V1"].patient == "P00003"
    assert [code for code, _, _ in lines(folder.faults())] == ["bad-date"]


def test_a_booking_with_a_bad_wish_still_occupies_its_chair(folder: Any) -> None:
    folder.change("bookings.csv", 2, wishes="after lunch", due="soon")
    loaded = folder.load()
    booking = loaded.problem.booking_of["B1"]
    assert booking.chair == "C3"
    assert booking.visit.wishes == ()
    # Due on its own date, as where the cell is empty.
    assert booking.visit.due == booking.date
    assert {severity for _, _, severity in lines(folder.faults())} == {Severity.KEPT}
    assert loaded.set_aside == ()
    with pytest.raises(PracticeProblemsError):
        folder.load(strict=True)


def test_a_booking_without_a_time_says_that_its_time_counts_as_free(folder: Any) -> None:
    folder.change("bookings.csv", 2, start="late")
    (fault,) = folder.faults()
    assert "counts as free" in fault.remedy
    assert fault.severity is Severity.SET_ASIDE


def test_clashes_in_the_book_point_to_a_row_and_pass_strict(folder: Any) -> None:
    folder.add("bookings.csv", id="B4", patient="P00009", procedure="RETC", **BOOKED)
    folder.add("bookings.csv", id="B5", patient="P00008", procedure="RETC", **BOOKED)
    loaded = folder.load(strict=True)
    clash = next(one for one in loaded.problems if one.code == "book-chair-twice")
    assert clash.severity is Severity.KEPT
    assert clash.where == "bookings.csv row 6 (booking B5)"
    assert "B4" in clash.cause
    assert len(loaded.problem.bookings) == 5


def test_a_fault_of_a_cell_points_to_its_row(folder: Any) -> None:
    folder.change("cells.csv", 3, start="08:02")
    with pytest.raises(PracticeProblemsError) as error:
        folder.load()
    refusing = [one for one in error.value.problems if one.severity is Severity.REFUSED]
    assert lines(tuple(refusing)) == [
        ("cell-off-grid", "cells.csv row 3 (cell full/K2)", Severity.REFUSED)
    ]


def test_with_a_horizon_its_dates_are_looked_at(folder: Any, small: Any) -> None:
    folder.change("visits.csv", 2, earliest="", latest="2026-03-20")
    monday = small.AS_OF.date()
    week = Horizon(start=monday.replace(day=23), days=5)
    assert folder.faults() == ()
    assert [code for code, _, _ in lines(folder.faults(horizon=week))] == ["latest-before-horizon"]


def test_one_refused_table_does_not_hide_the_others_or_blame_them(folder: Any) -> None:
    (folder.path / "bookings.csv").unlink()
    folder.change("visits.csv", 2, minutes="22")
    # V3 follows booking B2, which is in the file that is missing: no word about that.
    assert [code for code, _, _ in lines(folder.faults())] == ["file-missing", "length-off-grid"]
