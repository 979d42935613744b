"""Visits that have to come soon after one another are booked together."""

from datetime import timedelta

from engine.filling.occupancy import Occupancy
from engine.practice import Follows, Visit
from engine.schedule import Placement


def pressing_followers(occupancy: Occupancy, visit: Visit) -> list[tuple[Visit, Follows]]:
    """Visits still to place that must come within so many days after this one."""
    problem = occupancy.problem
    return [
        (problem.all_visits[follower], follows)
        for follower, follows in occupancy.followers(visit.id)
        if follows.max_days is not None
        and follower not in occupancy.placements
        and follower not in problem.booking_of
    ]


def leaves_room(
    occupancy: Occupancy, placement: Placement, followers: list[tuple[Visit, Follows]]
) -> bool:
    """True where, with this placement in the book, every pressing follower still fits.

    Followers whose days lie beyond the horizon do not count.
    """
    occupancy.book(placement)
    try:
        return all(_fits(occupancy, placement, *follower) for follower in followers)
    finally:
        occupancy.release(placement.visit)


def _fits(occupancy: Occupancy, placement: Placement, visit: Visit, follows: Follows) -> bool:
    days = [
        placement.date + timedelta(days=offset)
        for offset in range(follows.min_days, (follows.max_days or 0) + 1)
    ]
    if days and days[-1] >= occupancy.horizon.end:
        return True
    return any(len(occupancy.feasible_starts(visit, day)) for day in days)
