"""Planned days against the calendar: numbers told, dates chosen evenly, booked dates kept."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from offices import MONDAY, small_office

from engine.files import read_problem, write_folder
from engine.model_day.adopt import FREE_DAY, adopt
from engine.model_day.goals import DayTypeGoal, OtherDays
from engine.model_day.month_calendar import calendar_line, other_dates, worked_a_month
from engine.model_day.planned import DesignedDay
from engine.practice import (
    Booking,
    Closure,
    ModelDay,
    ModelDayDate,
    Policy,
    Problem,
    Visit,
    Weekday,
)
from engine.practice.calendar import is_open, model_day_on
from engine.problems import Severity
from engine.result import Status

OFFICE = small_office()


def mondays(**changes: object) -> DayTypeGoal:
    return MONDAY.model_copy(update=changes)


def designed(a_month: float) -> DesignedDay:
    return DesignedDay(
        day_type="mon",
        weekdays=(Weekday.MON,),
        a_month=a_month,
        status=Status.FEASIBLE,
        model_day=ModelDay(id="mon", title="Monday"),
    )


def a_year(problem: Problem) -> list[dt.date]:
    """The Mondays of the coming year."""
    today = problem.as_of.date()
    days = (today + dt.timedelta(days=k) for k in range(1, 366))
    return [day for day in days if day.weekday() == 0]


def booked_on(problem: Problem, days: list[dt.date]) -> Problem:
    bookings = tuple(
        Booking(
            visit=Visit(id=f"B{at}", patient=f"P{at}", procedure="SEP", due=day),
            date=day,
            start=dt.time(8),
            chair="C0",
        )
        for at, day in enumerate(days)
    )
    return problem.model_copy(update={"bookings": bookings})


def test_more_days_in_the_calendar_than_planned_are_told_with_numbers() -> None:
    # A weekday comes 52 / 12 = 4.33 times a month: 44 % more often than three times.
    line = calendar_line(mondays(), 3)
    assert line is not None
    assert "mon: its weekdays come 4.3 times a month, planned are 3; 4.3 have the model day" in line
    assert "44% more places than the goals ask for" in line
    assert calendar_line(mondays(), 4.3) is None
    closed = calendar_line(mondays(other_days=OtherDays.CLOSED), 3)
    assert closed is not None
    assert closed.endswith("planned are 3; 1.3 a month are closed, spread evenly")


def test_a_type_has_no_more_days_than_the_goals_allow() -> None:
    assert worked_a_month(mondays(), 2) == pytest.approx(52 / 12)
    assert worked_a_month(mondays(at_most_a_month=2), 2) == 2
    line = calendar_line(mondays(at_most_a_month=2), 2)
    assert line is not None
    assert line.endswith("planned are 2; 2.3 a month are open without a model day, spread evenly")


def test_at_most_a_month_is_in_the_written_practice() -> None:
    made = adopt(OFFICE, [mondays(at_most_a_month=2)], [designed(2)])
    found = {day: model_day_on(made.practice, day) for day in a_year(OFFICE)}
    assert {one.id for one in found.values() if one is not None} == {"mon", FREE_DAY.id}
    with_it = Counter(
        (day.year, day.month) for day, one in found.items() if one and one.id == "mon"
    )
    assert max(with_it.values()) == 2
    # Two of 4.33: of the 52 Mondays 24, or one more or less at the ends of the year.
    assert sum(with_it.values()) in {23, 24, 25}
    # Evenly: never three of them in a row.
    kinds = [one.id for one in found.values() if one is not None]
    assert all(set(kinds[at : at + 3]) != {"mon"} for at in range(len(kinds)))


def test_days_beyond_the_plan_are_closed_where_the_goals_say_so() -> None:
    closed = adopt(OFFICE, [mondays(other_days=OtherDays.CLOSED)], [designed(3)])
    opened = [day for day in a_year(OFFICE) if is_open(closed.practice, day)]
    # 36 of 52, to a day at each end.
    assert len(opened) in {35, 36, 37}
    assert all(model_day_on(closed.practice, day) is not None for day in opened)
    assert closed.practice.model_day_dates == tuple(
        one for one in closed.practice.model_day_dates if one.weekday is Weekday.MON
    )


def test_by_default_every_weekday_of_the_type_has_its_model_day() -> None:
    made = adopt(OFFICE, [mondays()], [designed(3)])
    assert made.practice.closures == OFFICE.practice.closures
    assert [one.id for one in made.practice.model_days] == ["mon"]
    assert all(model_day_on(made.practice, day) is not None for day in a_year(OFFICE))


def test_a_date_with_bookings_is_never_closed() -> None:
    days = a_year(OFFICE)
    busy = days[:8]
    problem = booked_on(OFFICE, busy)
    closing = mondays(other_days=OtherDays.CLOSED)
    others = other_dates(problem, closing, 1)
    assert not set(others) & set(busy)
    assert set(other_dates(OFFICE, closing, 1)) & set(busy)
    # After eight booked weeks the rest of the year has its one Monday a month, and none besides.
    later = [day for day in days if day > busy[-1] + dt.timedelta(days=62) and day not in others]
    assert max(Counter((day.year, day.month) for day in later).values()) == 1


def test_free_and_closed_dates_are_in_the_written_folder(tmp_path: Path) -> None:
    checks = tuple(one for one in OFFICE.practice.procedures if one.code == "RETCN")
    own = OFFICE.practice.model_copy(update={"procedures": checks, "overflow_classes": ()})
    office = OFFICE.model_copy(update={"practice": own, "policy": Policy()})
    free = adopt(office, [mondays(at_most_a_month=2)], [designed(2)])
    closed = adopt(office, [mondays(other_days=OtherDays.CLOSED)], [designed(3)])
    for name, made in (("free", free), ("closed", closed)):
        write_folder(made, tmp_path / name)
        read = read_problem(tmp_path / name)
        assert [one for one in read.problems if one.severity is Severity.REFUSED] == []
        assert read.problem.practice.model_days == made.practice.model_days
        assert read.problem.practice.model_day_dates == made.practice.model_day_dates
        assert read.problem.practice.closures == made.practice.closures


def test_a_choice_of_the_practice_for_a_date_stands() -> None:
    days = a_year(OFFICE)
    others = other_dates(OFFICE, mondays(other_days=OtherDays.FREE), 2)
    taken = others[0]
    own = OFFICE.practice.model_copy(
        update={"model_day_dates": (ModelDayDate(model_day="mon", date=taken),)}
    )
    again = OFFICE.model_copy(update={"practice": own})
    assert taken in days
    assert taken not in other_dates(again, mondays(other_days=OtherDays.FREE), 2)


@pytest.mark.parametrize("other", [OtherDays.CLOSED, OtherDays.FREE])
def test_another_build_of_the_same_changes_no_date(other: OtherDays) -> None:
    """What an earlier build closed or left free is chosen anew, not thinned out once more."""
    types, days = [mondays(other_days=other)], [designed(3)]
    once = adopt(OFFICE, types, days)
    assert once.practice != OFFICE.practice
    assert adopt(once, types, days).practice == once.practice


def test_closures_and_free_days_of_the_practice_itself_stand() -> None:
    """Of another reason, of the past, of another weekday: not what an earlier build chose."""
    today = OFFICE.as_of.date()
    later = a_year(OFFICE)[3]
    closures = (
        Closure(date=later, reason="holiday"),
        Closure(date=today, reason="beyond the mon days planned"),
        Closure(date=later + dt.timedelta(days=7), reason="beyond the tue days planned"),
    )
    tuesday = ModelDayDate(model_day=FREE_DAY.id, date=later + dt.timedelta(days=1))
    own = OFFICE.practice.model_copy(
        update={"closures": closures, "model_days": (FREE_DAY,), "model_day_dates": (tuesday,)}
    )
    office = OFFICE.model_copy(update={"practice": own})
    made = adopt(office, [mondays(other_days=OtherDays.FREE)], [designed(3)]).practice
    assert made.closures == closures
    assert tuesday in made.model_day_dates
