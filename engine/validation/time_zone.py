"""The time zone, and clock times that a daylight-saving change skips."""

import datetime as dt
from collections.abc import Iterator
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from engine.practice import WEEKDAYS, Horizon, OpenHours, Problem, Shift
from engine.practice.calendar import open_intervals
from engine.problems import PracticeProblem
from engine.units import MINUTES_PER_DAY, clock_text, exists_on, to_clock, to_minutes
from engine.validation.codes import fault
from engine.validation.dates import day_text

_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""Within these years no offset leaves the calendar."""


def is_known(time_zone: str) -> bool:
    """True for a name of the time zone database."""
    try:
        ZoneInfo(time_zone)
    except (LookupError, OSError, ValueError):
        return False
    return True


def clock_faults(problem: Problem, horizon: Horizon | None) -> Iterator[PracticeProblem]:
    """An unknown zone; else every clock time of the horizon that does not exist on its date."""
    zone = problem.practice.time_zone
    if not is_known(zone):
        near = get_close_matches(zone, sorted(available_timezones()), n=1, cutoff=0.5)
        yield fault(
            "time-zone-unknown",
            "practice",
            f"time zone {zone[:64]!r} is not an IANA name",
            f"write it like '{near[0] if near else 'America/New_York'}'",
        )
        return
    for day in horizon.dates if horizon is not None else ():
        if _offset(day, 0, zone) != _offset(day, MINUTES_PER_DAY, zone):
            yield from _on_change(problem, day, zone)
    for booking in problem.bookings:
        inside = _FIRST_YEAR <= booking.date.year <= _LAST_YEAR
        if inside and not exists_on(booking.date, booking.start, zone):
            yield fault(
                "booking-time-skipped",
                f"booking {booking.visit.id}",
                f"starts at {clock_text(to_minutes(booking.start))} on {day_text(booking.date)}, "
                f"which the clock change in {zone} skips",
                "give it a time that exists",
            )


def _offset(day: dt.date, minute: int, zone: str) -> dt.timedelta | None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    midnight = dt.datetime.combine(day, dt.time(0), tzinfo=ZoneInfo(zone))
    return (midnight + dt.timedelta(minutes=minute)).utcoffset()


def _on_change(problem: Problem, day: dt.date, zone: str) -> Iterator[PracticeProblem]:
    practice = problem.practice
    everything: list[tuple[str, str, OpenHours | Shift]] = [
        ("practice", "patient hours", hours) for hours in practice.hours
    ]
    everything += [
        (f"staff {person.id}", "shift", shift)
        for person in practice.staff
        for shift in person.shifts
    ]
    for where, what, span in everything:
        if span.date == day or span.weekday is WEEKDAYS[day.weekday()]:
            for clock in (span.start, span.end):
                if not exists_on(day, clock, zone):
                    yield fault(
                        "clock-time-skipped",
                        where,
                        f"{what} name {clock_text(to_minutes(clock))}, which the clock change in "
                        f"{zone} skips on {day_text(day)}",
                        "give that date hours of its own",
                    )
    for start, end in open_intervals(practice, day):
        ends_exist = all(
            minute == MINUTES_PER_DAY or exists_on(day, to_clock(minute), zone)
            for minute in (start, end)
        )
        if ends_exist and _offset(day, start, zone) != _offset(day, end, zone):
            yield fault(
                "clock-changes-in-hours",
                "practice",
                f"the clock in {zone} changes inside [{clock_text(start)}, {clock_text(end)}) on "
                f"{day_text(day)}",
                "close that night, or split the hours around the change",
            )
