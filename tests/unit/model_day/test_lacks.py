"""What a month lacks, kind by kind, worked out on paper; kinds of one pattern; shares of a month.

The office is the small one: one clinic chair, one assistant, Mondays from eight to ten, no doctor
unless said. Procedures are those of the catalogue.
"""

import pytest
from offices import MONDAY, small_office

from engine.model_day.demand import Demand, demand_of
from engine.model_day.design.month import MonthPlan, plan_month
from engine.model_day.design.month_text import kind_places, unbuilt_lines
from engine.model_day.design.shortage import missed_lines, precheck
from engine.model_day.design.slots import Slot, slot_of
from engine.model_day.design.type_facts import TypeFacts, facts_of
from engine.model_day.design.wanted import kind_text, kinds_of
from engine.model_day.goals import DayTypeGoal, Driver, Goals, Mix
from engine.practice import OpenHours, Practice, Problem, Weekday


def a_day(problem: Problem, **changes: object) -> Goals:
    """Four Mondays a month, nobody comes by chance; so many of each procedure on each day."""
    counts = {name: share for name, share in changes.items() if name.isupper()}
    others = {name: value for name, value in changes.items() if not name.isupper()}
    mix = [Mix(procedure=code, driver=Driver.DAY, share=share) for code, share in counts.items()]
    return Goals.model_validate(
        {
            "starts_per_month": 1,
            "patient_days_per_month": 4,
            "emergencies_per_day": 0,
            "repairs_per_day": 0,
            "covered_weeks": 0,
            "column_fill": 1,
            "day_types": (MONDAY,),
            "mix": tuple(mix),
        }
        | others
    )


def planned(problem: Problem, goals: Goals) -> tuple[Demand, MonthPlan]:
    facts = {one.id: facts_of(problem, one) for one in goals.day_types}
    demand = demand_of(goals, problem.practice)
    return demand, plan_month(demand, facts)


def slot(practice: Practice, code: str) -> Slot:
    return slot_of(practice, next(one for one in practice.procedures if one.code == code))


def test_each_visit_without_a_place_is_missed_once() -> None:
    """Two long kinds of one class, of 40 and 45 minutes, and room for one of them a day.

    The chair has 120 minutes and a turnover of 5. Five adjustments of 20 + 5 fill the 125; a long
    visit of 45 + 5 would cost two of them, and one missed visit costs as much as another. So the
    long ones go: eight a month, four of each kind. Told as a sum along the class, the shorter kind
    would lack eight of its four.
    """
    problem = small_office(doctor=True)
    goals = a_day(problem, ADJR=5, ADJL=1, REPO=1, doctor_load=1)
    _, month = planned(problem, goals)
    assert {month.kinds[one]: left for one, left in month.missed.items()} == {
        "ADJL": pytest.approx(4),
        "REPO": pytest.approx(4),
    }
    lines = missed_lines(month, goals)
    assert "ADJL: 4.0 of 4.0 places a month do not fit" in lines
    assert "REPO: 4.0 of 4.0 places a month do not fit" in lines


def test_kinds_of_one_pattern_are_one_place_with_all_their_codes() -> None:
    """Short adjustments and aligner checks are A5-D5-A5 both: three and one a day, four places."""
    problem = small_office(doctor=True)
    goals = a_day(problem, ALCHK=1, ADJS=3)
    demand, month = planned(problem, goals)
    (kind,) = kinds_of(demand, problem.practice).items()
    # It is named for the commoner one, and has the other beside it.
    assert kind[0] == slot(problem.practice, "ADJS")
    assert kind_text(kind[1]) == "ADJS + ALCHK"
    assert month.wanted == {kind[0]: pytest.approx(16)}
    assert month.slots == {"mon": {kind[0]: 4}}
    (row,) = kind_places(month)
    assert (row.kind, row.asked, row.places, row.missed) == ("ADJS + ALCHK", 16, 16, 0)


def test_what_two_kinds_of_one_pattern_lack_is_asked_of_both() -> None:
    """Six places of 15 + 5 minutes fit into 125; ten a day are asked for, eight of one code."""
    problem = small_office(doctor=True)
    goals = a_day(problem, ADJS=8, ALCHK=2, doctor_load=1)
    _, month = planned(problem, goals)
    assert missed_lines(month, goals)[0] == "ADJS + ALCHK: 16.0 of 40.0 places a month do not fit"


def test_the_precheck_asks_for_all_that_is_wished() -> None:
    """Ten visits of 15 + 5 minutes are 200 minutes of the chair and of the assistant.

    They lie between 08:00 and 09:55, since visits begin on tens: 115 minutes and a last turnover.
    What is short, 80 minutes, is 0.7 of a chair of 115 minutes. Asked of the six places that the
    month keeps, it would be nothing.
    """
    problem = small_office(doctor=True)
    goals = a_day(problem, ADJS=8, ALCHK=2, doctor_load=1)
    _, month = planned(problem, goals)
    sentences = [one.sentence for one in precheck(month, goals)]
    assert sentences == [
        "mon: 0.7 clinic chair short between 08:00 and 09:55: 200 min asked, 120 there",
        "mon: 0.7 assistant column short between 08:00 and 09:55: 200 min asked, 120 there",
    ]
    assert sum(month.slots["mon"].values()) == 6
    # The load of the month is told against what is planned: four times 200 and 125 minutes.
    assert (
        "clinic chairs: 800 min a month asked, 500 planned of 500 there (160% of what is planned)"
        in missed_lines(month, goals)
    )


def test_the_planned_share_is_told_where_it_is_what_binds() -> None:
    """Half of the chair is planned: 60 of 120 minutes hold three visits of 20, not four."""
    problem = small_office(doctor=True)
    goals = a_day(problem, ADJS=4, column_fill=0.5)
    _, month = planned(problem, goals)
    (short,) = precheck(month, goals)
    # 20 minutes above the 60; a chair has 57.5 planned minutes until 09:55: 0.3 of one.
    assert short.sentence == (
        "mon: 0.3 clinic chair short between 08:00 and 09:55: 80 min asked, 60 planned of 120 there"
    )
    assert missed_lines(month, goals)[0] == "ADJS: 4.0 of 16.0 places a month do not fit"


def test_the_doctor_is_planned_above_the_load_before_a_visit_is_missed() -> None:
    """Four visits of 5 doctor minutes are 20 of 120: above a planned load of a tenth, 12."""
    problem = small_office(doctor=True)
    goals = a_day(problem, ADJS=4, doctor_load=0.1)
    _, month = planned(problem, goals)
    assert month.missed == {}
    (line,) = missed_lines(month, goals)
    assert line.startswith("mon: 20 of 120 min of the doctor's are planned (17%, above the 10%")


def two_types(hours: bool = True) -> tuple[Problem, Goals]:
    """Mondays of two hours, and Tuesdays and Thursdays of which only the first has any, or both."""
    problem = small_office()
    practice = problem.practice
    monday = practice.hours[0]
    days = [Weekday.TUE, Weekday.THU] if hours else [Weekday.TUE]
    more = [OpenHours(weekday=day, start=monday.start, end=monday.end) for day in days]
    staff = tuple(
        one.model_copy(
            update={
                "shifts": tuple(
                    one.shifts[0].model_copy(update={"weekday": day})
                    for day in (Weekday.MON, Weekday.TUE, Weekday.THU)
                )
            }
        )
        for one in practice.staff
    )
    changed = problem.model_copy(
        update={"practice": practice.model_copy(update={"hours": (monday, *more), "staff": staff})}
    )
    other = DayTypeGoal(id="other", title="Other", weekdays=(Weekday.TUE, Weekday.THU))
    goals = a_day(changed, RETCN=2).model_copy(
        update={"day_types": (MONDAY, other), "patient_days_per_month": 6.0}
    )
    return changed, goals


def test_a_month_is_shared_out_by_the_days_of_each_type() -> None:
    """Two a day in six days are twelve; of the types' three weekdays one is a Monday: 2 and 4 days.

    The checks need no doctor, so they go by patient minutes, which are the same on both.
    """
    problem, goals = two_types()
    _, month = planned(problem, goals)
    assert month.days == {"mon": 2, "other": 4}
    kind = slot(problem.practice, "RETCN")
    assert month.shares["mon"][kind] == pytest.approx(2)
    assert month.shares["other"][kind] == pytest.approx(2)


def facts_by_type(problem: Problem, goals: Goals) -> dict[str, TypeFacts]:
    return {one.id: facts_of(problem, one) for one in goals.day_types}


def test_a_type_whose_weekdays_share_no_hour_has_no_day_and_is_told() -> None:
    problem, goals = two_types(hours=False)
    _, month = planned(problem, goals)
    assert month.days["other"] == 0
    assert month.slots["other"] == {}
    assert unbuilt_lines(month, facts_by_type(problem, goals)) == [
        "other: its weekdays (tue, thu) share no patient hour"
    ]


def test_a_type_that_no_day_is_left_for_is_told() -> None:
    problem, goals = two_types()
    other = goals.day_types[1].model_copy(update={"at_most_a_month": 0})
    goals = goals.model_copy(update={"day_types": (MONDAY, other), "patient_days_per_month": 4.0})
    _, month = planned(problem, goals)
    assert month.days == {"mon": 4, "other": 0}
    assert unbuilt_lines(month, facts_by_type(problem, goals)) == [
        "other: no day of an average month is left for it"
    ]
