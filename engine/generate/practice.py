"""A made-up practice of a given size: rooms, hours, people, limits, model days, policy."""

import datetime as dt

from engine.generate.catalogue import PROCEDURES
from engine.generate.model_days import RELEASE, model_days
from engine.generate.people import absences, staff_of
from engine.generate.profiles import Profile
from engine.practice import (
    Chair,
    ChairBlock,
    ChairKind,
    Closure,
    DailyLimit,
    ModelDayDate,
    OpenHours,
    Policy,
    Practice,
    Problem,
    Weekday,
)

_HOURS: dict[Weekday, tuple[dt.time, dt.time, str]] = {
    Weekday.MON: (dt.time(7, 30), dt.time(17), "full"),
    Weekday.TUE: (dt.time(7, 30), dt.time(17), "full"),
    Weekday.WED: (dt.time(8), dt.time(18), "catch-up"),
    Weekday.THU: (dt.time(7, 30), dt.time(17), "full"),
    Weekday.FRI: (dt.time(8), dt.time(13, 30), "short"),
}


def next_monday(as_of: dt.datetime) -> dt.date:
    """The first Monday after the day on which the question is asked."""
    day = as_of.date()
    return day + dt.timedelta(days=7 - day.weekday())


def _chairs(doctors: int, monday: dt.date) -> tuple[Chair, ...]:
    chairs = [
        Chair(id=f"C{6 * module + column}", kind=ChairKind.CLINIC, overflow=column == 6)
        for module in range(doctors)
        for column in range(1, 7)
    ]
    # One chair is serviced on the first Wednesday afternoon.
    service = ChairBlock(date=monday + dt.timedelta(days=2), start=dt.time(16), end=dt.time(18))
    chairs[4] = chairs[4].model_copy(update={"blocks": (service,)})
    rooms = range(1, doctors + 1)
    exam = [Chair(id=f"X{number}", kind=ChairKind.EXAM) for number in rooms]
    records = [Chair(id=f"R{number}", kind=ChairKind.RECORDS) for number in rooms]
    return (*chairs, *exam, *records)


def _limits(doctors: int) -> tuple[DailyLimit, ...]:
    return (
        DailyLimit(
            id="bonding-kits",
            procedures=("BOND", "BOND2", "BND1"),
            per_day=4 * doctors,
            at_once=2 * doctors,
        ),
        DailyLimit(id="debond-kits", procedures=("DEB", "DEBR"), per_day=4 * doctors),
        DailyLimit(id="scanner", procedures=("SCAN", "REC", "ALDEL"), at_once=doctors),
    )


def build_practice(profile: Profile, monday: dt.date) -> Practice:
    """The practice; dated exceptions (closure, early end, no school) count from `monday`."""
    people, lunches = staff_of(profile.doctors)
    early_end = monday + dt.timedelta(weeks=4, days=0)
    closed = monday + dt.timedelta(weeks=5, days=4)
    no_school = monday + dt.timedelta(weeks=1, days=4)
    return Practice(
        id=profile.name,
        time_zone="America/Chicago",
        grid_minutes=5,
        start_mark_minutes=profile.start_mark_minutes,
        hours=(
            *(
                OpenHours(weekday=day, start=start, end=end)
                for day, (start, end, _) in _HOURS.items()
            ),
            OpenHours(date=early_end, start=dt.time(8), end=dt.time(13, 30)),
        ),
        closures=(Closure(date=closed, reason="practice closed"),),
        no_school_days=(no_school, closed),
        chairs=_chairs(profile.doctors, monday),
        overflow_classes=("emergency", "retention", "short"),
        staff=people,
        staff_blocks=(*lunches, *absences(monday)),
        doctor_rule=profile.doctor_rule,
        procedures=PROCEDURES,
        limits=_limits(profile.doctors),
        model_days=model_days(profile.doctors),
        model_day_dates=(
            *(ModelDayDate(model_day=name, weekday=day) for day, (_, _, name) in _HOURS.items()),
            ModelDayDate(model_day="short", date=early_end),
        ),
    )


def empty_problem(profile: Profile, as_of: dt.datetime) -> Problem:
    """The practice and its policy without a single visit."""
    practice = build_practice(profile, next_monday(as_of))
    return Problem(as_of=as_of, practice=practice, policy=Policy(release=RELEASE, max_moves=10))
