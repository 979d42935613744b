"""Doctors and staff with uneven shifts and staggered lunches; meetings, training, vacation."""

import datetime as dt

from engine.practice import BlockKind, Role, Shift, StaffBlock, StaffMember, Weekday

_FULL_DAYS = (Weekday.MON, Weekday.TUE, Weekday.THU)
_LUNCH_DAYS = (*_FULL_DAYS, Weekday.WED)

_Hours = tuple[str, str] | None
_Shifts = tuple[_Hours, _Hours, _Hours]
"""Full days, Wednesday (catch-up), Friday (short)."""

_ASSISTANTS: tuple[tuple[_Shifts, tuple[str, ...]], ...] = (
    ((("07:15", "17:15"), ("07:45", "18:15"), ("07:45", "13:45")), ("bonding", "polishing")),
    ((("07:15", "16:15"), ("07:45", "16:45"), ("07:45", "13:45")), ("bonding", "polishing")),
    ((("08:00", "17:15"), ("09:00", "18:15"), ("07:45", "13:45")), ("bonding",)),
    ((("07:15", "15:30"), ("07:45", "15:30"), None), ("polishing",)),
    ((("09:00", "17:15"), ("10:00", "18:15"), ("09:00", "13:45")), ()),
)
_ASSISTANT_LUNCHES = (
    ("11:30", "12:30"),
    ("12:00", "13:00"),
    ("12:30", "13:30"),
    ("12:00", "12:45"),
    ("13:00", "13:45"),
)
_ALL_DAY: _Shifts = (("07:15", "17:15"), ("07:45", "18:15"), ("07:45", "13:45"))
_NO_CATCH_UP: _Shifts = (("07:15", "17:15"), None, ("07:45", "13:45"))
_DOCTOR: _Shifts = (("07:15", "17:00"), ("08:00", "18:00"), ("08:00", "13:30"))
_LATE_DOCTOR: _Shifts = (("08:00", "17:00"), ("08:00", "18:00"), ("08:00", "13:30"))
_LUNCHES = (("12:00", "13:00"), ("12:30", "13:30"))


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def _weekly(shifts: _Shifts) -> tuple[Shift, ...]:
    full, catch_up, short = shifts
    by_day = [(day, full) for day in _FULL_DAYS] + [(Weekday.WED, catch_up), (Weekday.FRI, short)]
    return tuple(
        Shift(weekday=day, start=_time(hours[0]), end=_time(hours[1]))
        for day, hours in by_day
        if hours
    )


def _lunch(person: str, hours: tuple[str, str]) -> StaffBlock:
    return StaffBlock(
        kind=BlockKind.LUNCH,
        staff=(person,),
        weekdays=_LUNCH_DAYS,
        start=_time(hours[0]),
        end=_time(hours[1]),
    )


def staff_of(doctors: int) -> tuple[tuple[StaffMember, ...], tuple[StaffBlock, ...]]:
    """One module of people for each doctor, with their lunches; lunches rotate by module."""
    people: list[StaffMember] = []
    lunches: list[StaffBlock] = []

    def add(person: str, role: Role, skills: tuple[str, ...], shifts: _Shifts, lunch: int) -> None:
        table = _ASSISTANT_LUNCHES if role is Role.ASSISTANT else _LUNCHES
        people.append(StaffMember(id=person, role=role, skills=skills, shifts=_weekly(shifts)))
        lunches.append(_lunch(person, table[lunch % len(table)]))

    for module in range(doctors):
        number = module + 1
        doctor_shifts = _LATE_DOCTOR if module % 3 == 2 else _DOCTOR
        add(f"DR{number}", Role.DOCTOR, (), doctor_shifts, module)
        for index, (shifts, skills) in enumerate(_ASSISTANTS):
            add(f"AS{5 * module + index + 1}", Role.ASSISTANT, skills, shifts, index + module)
        add(f"TC{number}", Role.TREATMENT_COORDINATOR, (), _ALL_DAY, module)
        add(f"RT{number}", Role.RECORDS_TECHNICIAN, ("xray",), _NO_CATCH_UP, module)
    return tuple(people), tuple(lunches)


def absences(monday: dt.date) -> tuple[StaffBlock, ...]:
    """Huddle every day; from the week of `monday` on: meetings, training, vacations.

    Week 1 has a staff meeting on Tuesday morning, an assistant on vacation on Thursday and one in
    training on Monday afternoon; the doctor's admin time is on Thursday at the end of the day.
    """

    def on(week: int, weekday: int) -> dt.date:
        return monday + dt.timedelta(weeks=week - 1, days=weekday)

    return (
        StaffBlock(
            kind=BlockKind.HUDDLE, weekdays=_FULL_DAYS, start=dt.time(7, 15), end=dt.time(7, 30)
        ),
        StaffBlock(
            kind=BlockKind.MEETING,
            dates=tuple(on(week, 1) for week in (1, 5, 9)),
            start=dt.time(7, 30),
            end=dt.time(8, 15),
        ),
        StaffBlock(kind=BlockKind.VACATION, staff=("AS4",), dates=(on(1, 3),)),
        StaffBlock(
            kind=BlockKind.VACATION, staff=("AS1",), dates=tuple(on(3, day) for day in range(5))
        ),
        StaffBlock(kind=BlockKind.VACATION, staff=("DR1",), dates=(on(4, 4),)),
        StaffBlock(
            kind=BlockKind.TRAINING,
            staff=("AS5",),
            dates=(on(1, 0), on(2, 0)),
            start=dt.time(14, 0),
            end=dt.time(15, 30),
        ),
        StaffBlock(
            kind=BlockKind.ADMIN,
            staff=("DR1",),
            weekdays=(Weekday.THU,),
            start=dt.time(16, 40),
            end=dt.time(17, 0),
        ),
    )
