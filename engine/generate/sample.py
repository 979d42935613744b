"""The sample practice: a rolling book of ten weeks, and one open week of the same practice."""

import datetime as dt

import numpy as np

from engine.generate.book import Booked, book_week, with_clashes
from engine.generate.bundles import Bundle, Step, draw_bundles
from engine.generate.draws import whole
from engine.generate.due_dates import LIST_SHARES
from engine.generate.generate import AS_OF, finish, generate, open_days
from engine.generate.generated import Generated
from engine.generate.history import generate_history
from engine.generate.linked import followers
from engine.generate.mix import AHEAD, DAY_VISITS, STEADY_DAY
from engine.generate.planting import Field
from engine.generate.practice import empty_problem, next_monday
from engine.generate.profiles import profile_of
from engine.generate.visits import Maker
from engine.generate.wants import Wants
from engine.practice import Horizon, PastVisit, Visit

SEED = 2026
WEEKS = 10
CURRENT_VISITS = 80
"""Visits of today and tomorrow, before the week to fill."""
NEAR_VISITS = 84
"""Visits to place that are due around the next week: pending, after a miss, ASAP, repairs."""
LATER_VISITS_A_WEEK = 33
"""Visits to place that are due in each of the later weeks."""
OPEN_WEEK_VISITS = 360
PAST_TREATMENTS = 1000
"""Treatments from whose last three years the sample's history comes."""

_NEAR_LISTS = (0.42, 0.36, 0.1, 0.12)
_NEAR = {**STEADY_DAY, "NPEX": 5.0, "REP": 5.0, "EMG": 4.0, "EMGX": 0.6}
"""Near visits hold what nobody books ahead: breakages, comfort visits, new callers."""
_LATER = {code: share for code, share in AHEAD.items() if code not in ("NPEX", "SEP", "VIRT")}


def booked_shares() -> tuple[float, ...]:
    """The share of a steady week that is booked: 90 % of the next one, 10 % of the tenth."""
    return tuple(0.9 - 0.8 * week / (WEEKS - 1) for week in range(WEEKS))


def open_week() -> Generated:
    """The stress case: the same practice with an empty book and a week's patients to place."""
    return generate("one-doctor", OPEN_WEEK_VISITS, SEED)


def rolling_book() -> Generated:
    """The book as it is on a Thursday: next week mostly full, later weeks less and less.

    To fill is next week. What is due in a later week is on the list too, and may not be given
    before the Monday of that week.
    """
    empty = empty_problem(profile_of("one-doctor"), AS_OF)
    monday = next_monday(AS_OF)
    horizon = Horizon(start=monday, days=7)
    today = AS_OF.date()
    ahead = Horizon(start=today, days=(monday - today).days + 7 * WEEKS)
    rng = np.random.default_rng(SEED)
    maker = Maker(empty, rng, Wants(empty, open_days(empty, monday)))
    field = Field(empty, ahead.dates, rng)
    booked = _book(field, maker, monday)
    days = (monday + dt.timedelta(days=3), monday + dt.timedelta(days=1))
    bookings = with_clashes(empty, maker, booked, days)
    linked = followers(maker, bookings, empty.practice, horizon)
    pending = [*linked, *_near(maker, horizon, NEAR_VISITS - len(linked))]
    for week in range(1, WEEKS):
        pending += _later(maker, monday + dt.timedelta(weeks=week))
    return finish(empty, horizon, pending, bookings)


def sample_history() -> tuple[PastVisit, ...]:
    """Three years of past visits of the same practice, of patients with ids of their own.

    For a no-show model; the sample's own patients carry their record in their rows.
    """
    return generate_history(PAST_TREATMENTS, AS_OF.date(), SEED)


def _book(field: Field, maker: Maker, monday: dt.date) -> list[Booked]:
    """What is left of this week, then week by week; a week with closed days takes less."""
    rng = maker.rng
    room = {day: occupancy.doctor_minutes_left() for day, occupancy in field.days.items()}
    # Scans of these days: five working days later their debonds fall into the week to fill.
    scans = [Bundle((Step("SCAN"),))] * 3
    now = [*draw_bundles(rng, CURRENT_VISITS, 1, AHEAD), *scans]
    booked = book_week(field, maker, now, [day for day in field.days if day < monday])
    steady = max(
        sum(room.get(day, 0) for day in Horizon(start=monday + dt.timedelta(weeks=w), days=7).dates)
        for w in range(WEEKS)
    )
    for week, share in enumerate(booked_shares()):
        dates = Horizon(start=monday + dt.timedelta(weeks=week), days=7).dates
        openness = sum(room.get(day, 0) for day in dates) / steady
        count = round(5 * DAY_VISITS * share * openness)
        booked += book_week(field, maker, draw_bundles(rng, count, 1, AHEAD), dates)
    return booked


def _near(maker: Maker, horizon: Horizon, count: int) -> list[Visit]:
    maker.list_shares = _NEAR_LISTS
    found: list[Visit] = []
    for bundle in draw_bundles(maker.rng, count, 1, _NEAR):
        day = horizon.start + dt.timedelta(days=whole(maker.rng, -6, 4))
        found += maker.visits_of(bundle, None, day)
    maker.list_shares = LIST_SHARES
    return found


def _later(maker: Maker, monday: dt.date) -> list[Visit]:
    found: list[Visit] = []
    maker.list_shares = (1.0, 0.0, 0.0, 0.0)
    for bundle in draw_bundles(maker.rng, LATER_VISITS_A_WEEK, 1, _LATER):
        day = monday + dt.timedelta(days=whole(maker.rng, 0, 4))
        for visit in maker.visits_of(bundle, None, day):
            found.append(
                visit.model_copy(update={"earliest": max(visit.earliest or monday, monday)})
            )
    maker.list_shares = LIST_SHARES
    return found
