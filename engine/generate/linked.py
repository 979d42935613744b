"""Visits to place that follow one already in the book: bond after records, debond after scan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from engine.generate.bundles import LAB_WEEK, RECORDS_FIRST, SAME_AFTERNOON, Bundle, Gap, Step
from engine.generate.patients import Patient
from engine.generate.visits import Maker
from engine.practice import AgeBand, Booking, Follows, Horizon, Practice, Visit
from engine.practice.calendar import is_open, working_days_between

_FOLLOWERS: tuple[tuple[str, str, Gap, int], ...] = (
    ("SCAN", "DEB", LAB_WEEK, 3),
    ("REC", "BOND", RECORDS_FIRST, 3),
    ("DEB", "RETD", SAME_AFTERNOON, 3),
)
"""Booked procedure, what follows, gap, how many of them at most."""


def followers(
    maker: Maker, bookings: Sequence[Booking], practice: Practice, horizon: Horizon
) -> list[Visit]:
    """Followers, due in the horizon, of booked visits that have none yet."""
    followed = {follows.visit for booking in bookings for follows in booking.visit.follows}
    found: list[Visit] = []
    for first, second, gap, most in _FOLLOWERS:
        made = 0
        for booking in bookings:
            due = _first_date(practice, booking.date, gap, horizon)
            if made < most and booking.visit.procedure == first and due is not None:
                if booking.visit.id in followed:
                    continue
                follows = Follows(visit=booking.visit.id, **asdict(gap))
                bundle = Bundle((Step(second),))
                patient = _patient_of(booking.visit)
                found += maker.visits_of(bundle, None, due, patient, follows)
                made += 1
    return found


def _first_date(practice: Practice, day: dt.date, gap: Gap, horizon: Horizon) -> dt.date | None:
    """The first date of the horizon that is far enough from `day`."""
    for later in horizon.dates:
        days = (later - day).days
        if days < gap.min_days or (gap.max_days is not None and days > gap.max_days):
            continue
        if not is_open(practice, later):
            continue
        if days >= 0 and working_days_between(practice, day, later) >= gap.min_working_days:
            return later
    return None


def _patient_of(visit: Visit) -> Patient:
    treatment = visit.treatment
    if treatment is not None:
        # The follower ends the treatment: of its visits, only this one is left.
        treatment = treatment.model_copy(update={"remaining_visits": 1})
    return Patient(
        visit.patient,
        visit.age_band or AgeBand.AGE_12_17,
        visit.attendance,
        visit.account,
        treatment,
    )
