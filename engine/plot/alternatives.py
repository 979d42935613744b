"""Two other times to offer on the phone, as unlike the proposed one as the book allows."""

from datetime import date, datetime

from engine.filling.occupancy import Occupancy
from engine.units import to_clock, to_minutes

OFFERS = 2
NOON = 12 * 60


def alternatives(occupancy: Occupancy, visit_id: str, after: date) -> tuple[datetime, ...]:
    """At most two free times of a placed visit on later dates than `after`, best first.

    Each is free on its own while every other placement stands. They lie in other half-days than
    the proposed time and than each other: the first on another day at much the same hour where
    there is one, the second in the other half of a day. Near dates come first.
    """
    placement = occupancy.release(visit_id)
    visit = occupancy.problem.all_visits[visit_id]
    wanted = to_minutes(placement.start)
    here = (placement.date, wanted >= NOON)
    free: dict[tuple[date, bool], int] = {}
    for day in occupancy.horizon.dates:
        if day <= after:
            continue
        for start in map(int, occupancy.feasible_starts(visit, day)):
            half = (day, start >= NOON)
            if half != here and (half not in free or _nearer(start, free[half], wanted)):
                free[half] = start
    occupancy.book(placement)

    others = sorted(
        free, key=lambda half: (abs((half[0] - here[0]).days), abs(free[half] - wanted), half)
    )
    same_hours = [half for half in others if half[0] != here[0] and half[1] == here[1]]
    first = (same_hours or others)[:1]
    rest = [half for half in others if half not in first]
    unlike = [half for half in rest if half[1] != here[1] and half[0] not in dict(first)]
    offers = [*first, *unlike, *rest][:OFFERS]
    return tuple(datetime.combine(half[0], to_clock(free[half])) for half in offers)


def _nearer(start: int, known: int, wanted: int) -> bool:
    return abs(start - wanted) < abs(known - wanted)
