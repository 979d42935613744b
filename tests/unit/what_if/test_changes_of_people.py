"""Changes of who is there. In the tiny practice everybody works from 08:00 to 17:00."""

import datetime as dt

from engine.practice import BlockKind, Role, StaffBlock, Weekday
from engine.practice.calendar import in_office_intervals, present_intervals

DAY = [(480, 1020)]
"""Minutes of 08:00 to 17:00."""


def there(problem, person: str, day: dt.date):
    return list(present_intervals(problem.practice, problem.staff[person], day))


def test_somebody_out_for_an_afternoon_is_there_in_the_morning(tiny, asking):
    change = {"kind": "staff_out", "staff": ["AS1"], "weekdays": ["tue"], "start": "13:00"}
    problem = asking.changed(tiny.problem(), change)
    assert there(problem, "AS1", tiny.tuesday) == [(480, 780)]
    assert there(problem, "AS1", tiny.wednesday) == DAY
    assert there(problem, "DR1", tiny.tuesday) == DAY


def test_without_dates_somebody_is_out_on_all_of_them_and_not_after(tiny, asking):
    problem = asking.changed(tiny.problem(), {"kind": "staff_out", "staff": ["AS1", "TC1"]})
    assert there(problem, "AS1", tiny.monday) == there(problem, "TC1", tiny.friday) == []
    assert there(problem, "AS1", dt.date(2026, 3, 9)) == DAY


def test_somebody_like_another_has_shift_skills_and_lunch(tiny, asking):
    lunch = StaffBlock(
        kind=BlockKind.LUNCH,
        staff=("AS1",),
        weekdays=(Weekday.TUE,),
        start=dt.time(12),
        end=dt.time(13),
    )
    away = StaffBlock(kind=BlockKind.VACATION, staff=("AS1",), dates=(tiny.wednesday,))
    people = (tiny.person("DR1", "doctor"), tiny.person("AS1", "assistant", "bonding"))
    base = tiny.problem(staff=people, staff_blocks=(lunch, away))
    change = {"kind": "staff_added", "id": "AS9", "like": "AS1", "weekdays": ["tue", "wed"]}
    problem = asking.changed(base, change)
    assert problem.staff["AS9"].role is Role.ASSISTANT
    assert problem.staff["AS9"].skills == ("bonding",)
    # Lunch is taken over, the vacation is not; on Monday nobody is added.
    assert there(problem, "AS9", tiny.tuesday) == [(480, 720), (780, 1020)]
    assert there(problem, "AS9", tiny.wednesday) == DAY
    assert there(problem, "AS9", tiny.monday) == []


def test_somebody_with_a_role_is_there_while_it_is_open_or_as_said(tiny, asking):
    whole = {"kind": "staff_added", "id": "AS8", "role": "assistant"}
    part = {"kind": "staff_added", "id": "AS9", "role": "assistant", "start": "13:00"}
    problem = asking.changed(tiny.problem(), whole, part)
    assert there(problem, "AS8", tiny.monday) == DAY
    assert there(problem, "AS9", tiny.monday) == [(780, 1020)]
    assert problem.staff["AS9"].skills == ()


def test_a_skill_comes_on_top(tiny, asking):
    base = tiny.problem(staff=(tiny.person("AS1", "assistant", "polishing"),))
    change = {"kind": "skill_added", "staff": ["AS1"], "skills": ["bonding", "polishing"]}
    assert asking.changed(base, change).staff["AS1"].skills == ("polishing", "bonding")


def test_an_absent_doctor_supervises_nobody_unless_in_the_office(tiny, asking):
    base = tiny.problem(doctors=2)
    out = asking.changed(base, {"kind": "doctor_absent", "weekdays": ["tue"], "doctors": ["DR2"]})
    assert there(out, "DR2", tiny.tuesday) == []
    assert there(out, "DR1", tiny.tuesday) == DAY
    both = asking.changed(base, {"kind": "doctor_absent", "dates": ["2026-03-03"]})
    assert there(both, "DR1", tiny.tuesday) == there(both, "DR2", tiny.tuesday) == []
    assert in_office_intervals(both.practice, both.staff["DR1"], tiny.tuesday) == ()
    inside = {"kind": "doctor_absent", "dates": ["2026-03-03"], "in_office": True}
    near = asking.changed(base, inside)
    assert there(near, "DR1", tiny.tuesday) == []
    assert list(in_office_intervals(near.practice, near.staff["DR1"], tiny.tuesday)) == DAY


def test_a_vacation_of_one_leaves_the_office_open_and_one_of_all_does_not(tiny, asking):
    one = asking.changed(
        tiny.problem(), {"kind": "vacation", "staff": ["AS1"], "weekdays": ["thu"]}
    )
    assert there(one, "AS1", tiny.thursday) == []
    assert one.practice.closures == ()
    every = asking.changed(tiny.problem(), {"kind": "vacation", "weekdays": ["thu"]})
    assert [closure.date for closure in every.practice.closures] == [tiny.thursday]
    assert there(every, "AS1", tiny.thursday) == DAY


def meeting(**when) -> StaffBlock:
    return StaffBlock(kind=BlockKind.MEETING, start=dt.time(9), end=dt.time(10), **when)


def test_a_meeting_keeps_its_length_when_it_moves(tiny, asking):
    base = tiny.problem(staff_blocks=(meeting(dates=(tiny.tuesday, tiny.thursday)),))
    change = {
        "kind": "meeting_moved",
        "date": "2026-03-03",
        "to_date": "2026-03-04",
        "start": "13:30",
    }
    problem = asking.changed(base, change)
    assert there(problem, "AS1", tiny.tuesday) == DAY
    assert there(problem, "AS1", tiny.wednesday) == [(480, 810), (870, 1020)]
    assert there(problem, "AS1", tiny.thursday) == [(480, 540), (600, 1020)]


def test_a_weekly_meeting_moves_on_one_date_alone(tiny, asking):
    base = tiny.problem(staff_blocks=(meeting(weekdays=(Weekday.TUE, Weekday.FRI)),))
    change = {"kind": "meeting_moved", "date": "2026-03-03", "start": "16:00", "end": "16:30"}
    problem = asking.changed(base, change)
    assert there(problem, "DR1", tiny.tuesday) == [(480, 960), (990, 1020)]
    assert there(problem, "DR1", tiny.friday) == [(480, 540), (600, 1020)]
