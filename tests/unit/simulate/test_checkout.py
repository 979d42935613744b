"""Booking at checkout: near the due date, in the cells of the class, or on the list."""

import datetime as dt

import pytest

from engine.practice import AgeBand, ChairKind, Visit
from engine.simulate.checkout import book_at_checkout
from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Stage
from engine.simulate.settings import DeskSettings, YearSettings
from engine.simulate.year import open_clinic

FRIDAY = dt.datetime(2026, 3, 13, 14)


@pytest.fixture
def clinic(small_problem) -> Clinic:
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(desk=DeskSettings(checkout_share=1.0)), 1)
    clinic.people["P1"] = Person("P1", Stage.ACTIVE, 1.0, AgeBand.OVER_30)
    return clinic


def ask(clinic: Clinic, *days_ahead: int, **changes) -> list[str]:
    for number, days in enumerate(days_ahead):
        due = FRIDAY.date() + dt.timedelta(days=days)
        fields = {"id": f"V{number}", "patient": "P1", "procedure": "ADJS", "due": due}
        clinic.at_desk(Visit(**{**fields, **changes}))
    book_at_checkout(clinic, FRIDAY)
    return [f"V{number}" for number in range(len(days_ahead))]


def test_the_date_is_the_due_date_where_there_is_room(clinic):
    # Tuesday 21 April, 39 days ahead: open, and the book is empty.
    (name,) = ask(clinic, 39)
    booked = clinic.book[name]
    assert booked.placement.date == dt.date(2026, 4, 21)
    assert (booked.by, booked.booked_on, booked.attempt) == ("checkout", FRIDAY.date(), 0)


def test_a_closed_date_gives_way_to_the_nearest_open_one(clinic):
    # Saturday 25 April: the Friday before is one day away, the Monday after two.
    (name,) = ask(clinic, 43)
    assert clinic.book[name].placement.date == dt.date(2026, 4, 24)


def test_what_is_due_beyond_the_longest_lead_waits(clinic):
    near, far = ask(clinic, 70, 71)
    assert near in clinic.book
    assert far in clinic.waiting


def test_nothing_is_booked_before_its_earliest_date_or_in_the_past(clinic):
    (name,) = ask(clinic, 39, earliest=dt.date(2026, 4, 23))
    assert clinic.book[name].placement.date == dt.date(2026, 4, 23)
    clinic.close(name, "P1")
    (name,) = ask(clinic, -2)
    assert clinic.book[name].placement.date == dt.date(2026, 3, 16)  # the Monday


def test_two_visits_do_not_share_a_place(clinic):
    ask(clinic, *[39] * 12)
    seats = {
        (entry.placement.date, entry.placement.start, piece.chair)
        for entry in clinic.book.values()
        for piece in entry.placement.segments[:1]
    }
    assert len(seats) == 12


def test_checkout_leaves_the_cells_of_other_classes_alone(clinic):
    # 'adjust' cells take short visits as a fallback, but not from the desk weeks ahead.
    ask(clinic, *[39] * 30)
    practice = clinic.practice
    full = next(day for day in practice.model_days if day.id == "full")
    clinics = {chair.id for chair in practice.chairs if chair.kind is ChairKind.CLINIC}
    foreign = [
        (cell.id, entry.visit.id)
        for entry in clinic.book.values()
        if entry.placement.date == dt.date(2026, 4, 21)
        for piece in entry.placement.segments
        for cell in full.cells
        if piece.chair in clinics
        and piece.chair in cell.columns
        and piece.start < cell.end
        and cell.start < piece.end
        and cell.procedure_class != "short"
    ]
    assert foreign == []


def test_who_books_at_once_hangs_on_the_visit_alone(small_problem):
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})

    def booked(order: tuple[int, ...]) -> set[str]:
        clinic = open_clinic(empty, YearSettings(desk=DeskSettings(checkout_share=0.5)), 1)
        clinic.people["P1"] = Person("P1", Stage.ACTIVE, 1.0, AgeBand.OVER_30)
        for number in order:
            due = dt.date(2026, 4, 20) + dt.timedelta(days=number % 5)
            clinic.at_desk(Visit(id=f"V{number}", patient="P1", procedure="ADJS", due=due))
        book_at_checkout(clinic, FRIDAY)
        return set(clinic.book)

    forth = booked(tuple(range(20)))
    assert forth == booked(tuple(reversed(range(20))))
    assert 0 < len(forth) < 20
