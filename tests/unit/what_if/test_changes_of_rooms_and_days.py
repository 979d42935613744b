"""Changes of chairs, hours and open days."""

import datetime as dt

from engine.practice import (
    BlockKind,
    Cell,
    ChairKind,
    Closure,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Shift,
    StaffBlock,
    Weekday,
)
from engine.practice.calendar import (
    model_day_on,
    open_intervals,
    present_intervals,
    usable_intervals,
)

SATURDAY = dt.date(2026, 3, 7)


def usable(problem, chair: str, day: dt.date):
    return list(usable_intervals(problem.practice, problem.chairs[chair], day))


def hours(problem, day: dt.date):
    return list(open_intervals(problem.practice, day))


def there(problem, person: str, day: dt.date):
    return list(present_intervals(problem.practice, problem.staff[person], day))


def cell(columns: tuple[str, ...]) -> Cell:
    return Cell(id="A", procedure_class="adj", columns=columns, start=dt.time(8), end=dt.time(12))


def test_a_chair_like_another_is_a_column_of_its_cells(tiny, asking):
    base = tiny.problem(clinic=2, model_days=(ModelDay(id="M", title="M", cells=(cell(("C2",)),)),))
    change = {"kind": "chair_added", "id": "C9", "like": "C2", "weekdays": ["tue"]}
    problem = asking.changed(base, change)
    assert problem.chairs["C9"].kind is ChairKind.CLINIC
    assert problem.practice.model_days[0].cells[0].columns == ("C2", "C9")
    assert usable(problem, "C9", tiny.tuesday) == [(0, 1440)]
    assert usable(problem, "C9", tiny.wednesday) == []


def test_a_chair_of_a_kind_has_no_cells_and_is_blocked_outside_its_times(tiny, asking):
    change = {
        "kind": "chair_added",
        "id": "X9",
        "chair_kind": "exam",
        "start": "09:00",
        "end": "12:00",
    }
    problem = asking.changed(tiny.problem(), change)
    assert problem.chairs["X9"].kind is ChairKind.EXAM
    assert usable(problem, "X9", tiny.monday) == [(540, 720)]


def test_a_closed_chair_leaves_its_bookings_without_a_chair(tiny, asking):
    base = tiny.problem(
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "09:35"),
        tiny.booking("B3", "09:40", chair="C2"),
        tiny.booking("B4", "10:00", date=tiny.wednesday),
        clinic=2,
    )
    change = {"kind": "chair_closed", "chairs": ["C1"], "weekdays": ["tue"], "start": "09:25"}
    problem = asking.changed(base, change)
    assert usable(problem, "C1", tiny.tuesday) == [(0, 565)]
    # B1 holds C1 until 09:25, turnover included, which is when it closes.
    assert {b.visit.id: b.chair for b in problem.bookings} == {
        "B1": "C1",
        "B2": None,
        "B3": "C2",
        "B4": "C1",
    }


def test_longer_hours_take_along_whoever_was_there_to_the_end(tiny, asking):
    early = tiny.person("AS2", shifts=tiny.shifts("08:00", "15:00"))
    late = tiny.person("AS3", shifts=tiny.shifts("10:00", "17:30"))
    base = tiny.problem(staff=(*tiny.practice().staff, early, late))
    change = {"kind": "hours", "weekdays": ["thu"], "start": "07:30", "end": "18:00"}
    problem = asking.changed(base, change)
    assert hours(problem, tiny.thursday) == [(450, 1080)]
    assert hours(problem, tiny.friday) == [(480, 1020)]
    # Half an hour earlier for whoever opened, an hour longer for whoever closed.
    assert there(problem, "AS1", tiny.thursday) == [(450, 1080)]
    assert there(problem, "AS2", tiny.thursday) == [(450, 900)]
    assert there(problem, "AS3", tiny.thursday) == [(600, 1110)]
    assert there(problem, "AS1", tiny.friday) == [(480, 1020)]


def test_on_a_short_date_shifts_follow_only_beyond_what_they_are(tiny, asking):
    """Thursday ends at 13:30 instead of 17:00; only TC1 has a shift of that date's own."""
    people = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1", shifts=tiny.shifts("07:30", "17:30")),
        tiny.person("AS2", shifts=tiny.shifts("10:00", "15:00")),
        tiny.person(
            "TC1",
            "treatment_coordinator",
            shifts=(Shift(date=tiny.thursday, start=dt.time(9), end=dt.time(13, 45)),),
        ),
    )
    short = OpenHours(date=tiny.thursday, start=dt.time(9), end=dt.time(13, 30))
    base = tiny.problem(hours=(*tiny.practice().hours, short), staff=people)
    change = {"kind": "hours", "weekdays": ["thu"]}
    longer = asking.changed(base, {**change, "start": "07:00", "end": "18:00"})
    assert hours(longer, tiny.thursday) == [(420, 1080)]
    assert there(longer, "DR1", tiny.thursday) == [(420, 1080)]
    # Half an hour to set up and to tidy, as on any Thursday; AS2 neither opens nor closes.
    assert there(longer, "AS1", tiny.thursday) == [(390, 1110)]
    assert there(longer, "AS2", tiny.thursday) == [(600, 900)]
    assert there(longer, "TC1", tiny.thursday) == [(420, 1095)]
    usual = asking.changed(base, {**change, "start": "08:30", "end": "16:00"})
    assert there(usual, "AS1", tiny.thursday) == [(450, 1050)]
    assert there(usual, "TC1", tiny.thursday) == [(510, 975)]


def test_shifts_stay_where_that_is_asked_and_where_hours_get_shorter(tiny, asking):
    stay = {"kind": "hours", "weekdays": ["thu"], "end": "18:00", "shifts": "stay"}
    assert there(asking.changed(tiny.problem(), stay), "AS1", tiny.thursday) == [(480, 1020)]
    shorter = asking.changed(
        tiny.problem(), {"kind": "hours", "weekdays": ["thu"], "start": "09:00", "end": "12:00"}
    )
    assert hours(shorter, tiny.thursday) == [(540, 720)]
    assert there(shorter, "AS1", tiny.thursday) == [(480, 1020)]


def test_a_break_between_the_hours_stays(tiny, asking):
    both = (
        OpenHours(weekday=Weekday.THU, start=dt.time(8), end=dt.time(12)),
        OpenHours(weekday=Weekday.THU, start=dt.time(13), end=dt.time(17)),
    )
    base = tiny.problem(hours=both)
    change = {"kind": "hours", "weekdays": ["thu"]}
    wider = asking.changed(base, {**change, "start": "07:00", "end": "18:00"})
    assert hours(wider, tiny.thursday) == [(420, 720), (780, 1080)]
    later = asking.changed(base, {**change, "start": "14:00"})
    assert hours(later, tiny.thursday) == [(840, 1020)]
    sooner = asking.changed(base, {**change, "end": "12:30"})
    assert hours(sooner, tiny.thursday) == [(480, 720)]


def test_a_closed_day_is_closed(tiny, asking):
    problem = asking.changed(tiny.problem(), {"kind": "day_closed", "dates": ["2026-03-04"]})
    assert hours(problem, tiny.wednesday) == []
    assert hours(problem, tiny.tuesday) == [(480, 1020)]


def test_a_lifted_closure_gives_the_weekday_back(tiny, asking):
    base = tiny.problem(closures=(Closure(date=tiny.friday), Closure(date=tiny.monday)))
    problem = asking.changed(base, {"kind": "day_opened", "date": "2026-03-06"})
    assert hours(problem, tiny.friday) == [(480, 1020)]
    assert there(problem, "AS1", tiny.friday) == [(480, 1020)]
    assert hours(problem, tiny.monday) == []


def test_a_day_like_a_weekday_has_its_shifts_lunch_and_model_day(tiny, asking):
    lunch = StaffBlock(
        kind=BlockKind.LUNCH,
        weekdays=(Weekday.TUE,),
        start=dt.time(12),
        end=dt.time(13),
    )
    short = (Shift(weekday=Weekday.TUE, start=dt.time(9), end=dt.time(15)),)
    base = tiny.problem(
        closures=(Closure(date=tiny.friday),),
        staff=(tiny.person("DR1", "doctor", shifts=short), tiny.person("AS1")),
        staff_blocks=(lunch,),
        model_days=(ModelDay(id="M", title="M", cells=(cell(("C1",)),)),),
        model_day_dates=(ModelDayDate(model_day="M", weekday=Weekday.TUE),),
    )
    change = {"kind": "day_opened", "date": "2026-03-06", "like": "tue", "end": "14:00"}
    problem = asking.changed(base, change)
    assert hours(problem, tiny.friday) == [(480, 840)]
    assert there(problem, "DR1", tiny.friday) == [(540, 720), (780, 900)]
    assert there(problem, "AS1", tiny.friday) == [(480, 720), (780, 1020)]
    assert model_day_on(problem.practice, tiny.friday).id == "M"


def test_only_whoever_is_named_works_on_an_opened_day(tiny, asking):
    base = tiny.problem(closures=(Closure(date=tiny.friday),), assistants=2)
    change = {"kind": "day_opened", "date": "2026-03-06", "staff": ["DR1", "AS2"]}
    problem = asking.changed(base, change)
    assert there(problem, "AS2", tiny.friday) == [(480, 1020)]
    assert there(problem, "AS1", tiny.friday) == []
    assert there(problem, "AS1", tiny.thursday) == [(480, 1020)]


def test_whoever_is_named_works_on_a_day_on_which_nobody_has_a_shift(tiny, asking):
    weekly = tuple(one for one in tiny.shifts() if one.weekday is not Weekday.FRI)
    people = (
        tiny.person("DR1", "doctor", shifts=weekly),
        tiny.person("AS1", shifts=weekly),
        tiny.person("AS2", shifts=weekly),
    )
    base = tiny.problem(closures=(Closure(date=tiny.friday),), staff=people)
    change = {"kind": "day_opened", "date": "2026-03-06", "start": "08:00", "end": "12:00"}
    problem = asking.changed(base, {**change, "staff": ["DR1", "AS1"]})
    assert hours(problem, tiny.friday) == [(480, 720)]
    assert there(problem, "DR1", tiny.friday) == there(problem, "AS1", tiny.friday) == [(480, 720)]
    assert there(problem, "AS2", tiny.friday) == []
    assert there(problem, "AS1", tiny.thursday) == [(480, 1020)]


def test_shifts_follow_the_longer_hours_of_an_opened_day(tiny, asking):
    """Patients are seen from 08:00 to 17:00; AS1 comes with the first and leaves at noon."""
    half = tiny.person("AS1", shifts=tiny.shifts("08:00", "12:00"))
    base = tiny.problem(
        closures=(Closure(date=tiny.friday),), staff=(tiny.person("DR1", "doctor"), half)
    )
    change = {"kind": "day_opened", "date": "2026-03-06", "start": "07:00", "end": "18:00"}
    for like in ({}, {"like": "tue"}):
        problem = asking.changed(base, {**change, **like})
        assert hours(problem, tiny.friday) == [(420, 1080)]
        assert there(problem, "DR1", tiny.friday) == [(420, 1080)]
        assert there(problem, "AS1", tiny.friday) == [(420, 720)]
