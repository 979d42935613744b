"""Whether somebody is there for as long as a visit: on Tuesdays C1 is kept for adj, 08:00-12:00."""

import datetime as dt

import pytest

from engine.practice import Cell, ModelDay, ModelDayDate, Shift
from engine.problems import PracticeProblemsError
from engine.staffing.calendar import staff_calendar

MARCH = dt.date(2026, 3, 1)
EIGHT = dt.datetime(2026, 3, 3, 8)
CELL = Cell(id="a", procedure_class="adj", columns=("C1",), start="08:00", end="12:00")


@pytest.fixture
def shortest(tiny) -> int:
    procedures = tiny.problem().practice.procedures
    return min(one.minutes for one in procedures if one.procedure_class == "adj")


def faults(tiny, *assistants: tuple[int, int]) -> list[str]:
    """With a doctor, and an assistant for each span of minutes after eight o'clock."""
    staff = [tiny.person("DR1", "doctor")]
    for at, span in enumerate(assistants):
        start, end = ((EIGHT + dt.timedelta(minutes=one)).time() for one in span)
        shifts = (Shift(weekday="tue", start=start, end=end),)
        staff.append(tiny.person(f"AS{at}", shifts=shifts))
    problem = tiny.problem(
        model_days=(ModelDay(id="M", title="M", cells=(CELL,)),),
        model_day_dates=(ModelDayDate(model_day="M", weekday="tue"),),
        staff=tuple(staff),
    )
    try:
        staff_calendar(problem, MARCH)
    except PracticeProblemsError as error:
        return [one.code for one in error.problems]
    return []


def test_somebody_who_is_there_too_briefly_for_a_visit_is_no_crew(tiny, shortest):
    assert faults(tiny, (0, shortest - 5)) == ["no-crew"]
    assert faults(tiny, (0, shortest)) == []


def test_two_who_are_there_too_briefly_one_after_the_other_are_no_crew(tiny, shortest):
    """A visit's stage has one person from beginning to end."""
    brief = shortest - 5
    assert faults(tiny, (0, brief), (brief, 2 * brief)) == ["no-crew"]
    assert faults(tiny, (0, brief), (brief, brief + shortest)) == []
