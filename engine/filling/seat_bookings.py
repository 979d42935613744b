"""Chairs, people and doctors for the bookings that are kept: the book names a chair at most.

Each booking keeps date, start and the book's chair. Other rooms, people and the moments of the
doctor are chosen here. Where the book cannot be served, a stage stays without a person, or a visit
without a doctor: an inherited clash, and only where nobody is free for it.
"""

from engine.filling.booked_date import BookedDate, booked_dates
from engine.filling.make_placement import Seats, make_placement
from engine.filling.seat_chairs import seat_chairs
from engine.filling.seat_doctors import seat_doctors
from engine.filling.seat_people import seat_people
from engine.practice import Horizon, Problem
from engine.schedule import Placement


def seat_bookings(problem: Problem, horizon: Horizon) -> tuple[Placement, ...]:
    """A placement for every booking of the horizon, at its place in the book."""
    return tuple(
        placement for booked in booked_dates(problem, horizon) for placement in _seat_date(booked)
    )


def _seat_date(booked: BookedDate) -> list[Placement]:
    chairs = seat_chairs(booked)
    staff = seat_people(booked, chairs)
    doctors = seat_doctors(booked)
    return [
        make_placement(
            booking.visit.id,
            booked.day,
            booked.start(index),
            booked.stages[index],
            Seats(chairs[index], staff[index], *doctors[index]),
        )
        for index, booking in enumerate(booked.bookings)
    ]
