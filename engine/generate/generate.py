"""Generate a practice with visits: any size, one seed, feasible by construction where asked."""

import datetime as dt

import numpy as np

from engine.generate.book import book_week, booking_of, placement_of
from engine.generate.bundles import draw_bundles
from engine.generate.draws import chance, shuffled, whole
from engine.generate.generated import Generated
from engine.generate.mix import AHEAD, STEADY_DAY
from engine.generate.planting import Field
from engine.generate.practice import empty_problem, next_monday
from engine.generate.profiles import profile_of
from engine.generate.summary import summarise
from engine.generate.visits import Maker
from engine.generate.wants import Wants
from engine.practice import Booking, Horizon, Problem, Visit
from engine.practice.calendar import is_open
from engine.schedule import Placement, Schedule

AS_OF = dt.datetime(2026, 3, 5, 8)
"""A Thursday morning; the Sunday in between is a daylight-saving change in America/Chicago."""


def generate(
    profile: str = "one-doctor",
    visits: int | None = None,
    seed: int = 0,
    *,
    weeks: int = 1,
    load: float | None = None,
    planted: bool = False,
    booked_share: float | None = None,
    as_of: dt.datetime = AS_OF,
) -> Generated:
    """A problem over `weeks` weeks from the next Monday on, the same for the same seed.

    `visits`: how many in all, bookings included; none given: a busy week's number times weeks
    times `load`. `planted`: all of them are made around a schedule known to be good, which is
    returned too. `booked_share`: the share that stands in the book. ValueError where the numbers
    make no sense or the practice cannot hold so many planted visits.
    """
    size = profile_of(profile)
    if not 1 <= weeks <= 12:
        raise ValueError(f"weeks is {weeks}; choose 1 to 12")
    share = booked_share or 0.0
    if not 0 <= share <= 1:
        raise ValueError(f"booked share is {share}; choose a share between 0 and 1")
    busy = size.week_visits * weeks * (1.0 if load is None else load)
    count = visits if visits is not None else round(busy)
    if count < 0:
        raise ValueError(f"visits is {count}; choose a number from 0 on")
    empty = empty_problem(size, as_of)
    horizon = Horizon(start=next_monday(as_of), days=7 * weeks)
    rng = np.random.default_rng(seed)
    maker = Maker(empty, rng, Wants(empty, open_days(empty, horizon.start)))
    if planted:
        return _planted(maker, horizon, count, share)
    field = Field(empty, horizon.dates, rng)
    booked_bundles = draw_bundles(rng, round(count * share), weeks, AHEAD)
    booked = book_week(field, maker, booked_bundles, horizon.dates)
    pending: list[Visit] = []
    for bundle in draw_bundles(rng, count - len(booked), weeks, STEADY_DAY):
        pending += maker.visits_of(bundle, None, due_in(rng, horizon))
    return finish(empty, horizon, pending, [booking for booking, _ in booked])


def open_days(problem: Problem, monday: dt.date) -> tuple[dt.date, ...]:
    """The open dates of the week."""
    week = Horizon(start=monday, days=7).dates
    return tuple(day for day in week if is_open(problem.practice, day))


def due_in(rng: np.random.Generator, horizon: Horizon) -> dt.date:
    """A date from ten days before the horizon to its last Friday."""
    return horizon.start + dt.timedelta(days=whole(rng, -10, horizon.days - 3))


def finish(
    empty: Problem,
    horizon: Horizon,
    pending: list[Visit],
    bookings: list[Booking],
    placements: list[Placement] | None = None,
) -> Generated:
    """Puts the parts together, in the order of their ids and dates."""
    book = sorted(bookings, key=lambda b: (b.date, b.start, b.visit.id))
    problem = Problem(
        as_of=empty.as_of,
        practice=empty.practice,
        visits=tuple(sorted(pending, key=lambda visit: visit.id)),
        bookings=tuple(book),
        policy=empty.policy,
    )
    schedule = None
    if placements is not None:
        ordered = sorted(placements, key=lambda p: (p.date, p.start, p.visit))
        schedule = Schedule(start=horizon.start, days=horizon.days, placements=tuple(ordered))
    return Generated(problem, horizon, schedule, summarise(problem, horizon))


def _planted(maker: Maker, horizon: Horizon, count: int, share: float) -> Generated:
    rng, empty = maker.rng, maker.problem
    field = Field(empty, horizon.dates, rng)
    bundles = draw_bundles(rng, count, horizon.days // 7, STEADY_DAY)
    sown = shuffled(rng, field.plant_all(bundles, horizon.dates))
    room = sum(len(seats) for _, seats in sown)
    if room < count:
        raise ValueError(
            f"the practice holds {room} of {count} planted visits in these weeks; ask for fewer"
        )
    to_book = round(count * share)
    pending: list[Visit] = []
    booked: list[Booking] = []
    placements: list[Placement] = []
    for bundle, seats in sown:
        offset = dt.timedelta(days=whole(rng, -9, 6))
        visits = maker.visits_of(bundle, seats, seats[0].day + offset)
        # Of some pairs only the first visit is in the book yet: its follower is still to place.
        in_book = len(visits) if bundle.household or chance(rng, 0.7) else 1
        in_book = min(in_book, to_book - len(booked))
        for index, (visit, seat) in enumerate(zip(visits, seats, strict=True)):
            placements.append(placement_of(visit, seat))
            if index < in_book:
                booked.append(booking_of(rng, visit, seat, maker.today))
            else:
                pending.append(visit)
    return finish(empty, horizon, pending, booked, placements)
