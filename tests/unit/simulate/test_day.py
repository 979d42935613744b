"""One day: kept, missed, cancelled, put off, squeezed in."""

import copy
import datetime as dt
from dataclasses import replace

import pytest

from engine.practice import AgeBand, Attendance, Follows, Visit, VisitList
from engine.simulate.behaviour import Outcome
from engine.simulate.checkout import book_at_checkout
from engine.simulate.clinic import Clinic
from engine.simulate.day import run_day
from engine.simulate.patients import Person, Plan, Stage
from engine.simulate.settings import DeskSettings, YearSettings
from engine.simulate.year import open_clinic
from engine.units import to_minutes

FRIDAY = dt.datetime(2026, 3, 13, 14)
DAY = dt.date(2026, 4, 21)


def truth(clinic: Clinic, *, missed: bool = False, cancelled: bool = False) -> None:
    """Everybody, or nobody, misses or cancels."""
    clinic.behaviour = replace(
        clinic.behaviour,
        base=1e6 if missed else 1e-12,
        cancel_rate=1e6 if cancelled else 0.0,
        cancelled_early=0.0,
    )


@pytest.fixture
def clinic(small_problem) -> Clinic:
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(desk=DeskSettings(checkout_share=1.0)), 1)
    plan = Plan(dt.date(2025, 3, 1), DAY, DAY, 42, 5, aligners=False)
    clinic.people["P1"] = Person("P1", Stage.ACTIVE, 1.0, AgeBand.OVER_30, plan=plan)
    clinic.at_desk(Visit(id="V1", patient="P1", procedure="ADJS", due=DAY))
    book_at_checkout(clinic, FRIDAY)
    assert clinic.book["V1"].placement.date == DAY
    return clinic


def test_a_kept_visit_is_over_and_brings_up_the_next(clinic):
    truth(clinic)
    run_day(clinic, DAY)
    person = clinic.people["P1"]
    assert person.attendance_on(DAY) == Attendance(kept=1, last_missed=False)
    assert person.plan.visits_left == 4
    (coming,) = clinic.to_book
    assert coming.due == DAY + dt.timedelta(days=42)
    assert coming.treatment.remaining_visits == 4
    (entry,) = clinic.log.attended
    assert (entry.outcome, entry.doctor_minutes) == (Outcome.KEPT, 5)
    assert [ran.visits for ran in clinic.log.days] == [1]


def test_a_missed_visit_goes_back_on_the_list_with_its_due_date(clinic):
    truth(clinic, missed=True)
    run_day(clinic, DAY)
    waiting = clinic.waiting["V1"]
    assert (waiting.attempt, waiting.visit.due) == (1, DAY)
    assert waiting.visit.listed is VisitList.UNSCHEDULED
    assert waiting.visit.earliest > DAY
    assert clinic.people["P1"].attendance_on(DAY) == Attendance(missed=1, last_missed=True)
    assert clinic.book == {}
    assert [(ran.visits, ran.late_by) for ran in clinic.log.days] == [(0, 0.0)]


def test_a_late_cancellation_is_no_miss(clinic):
    truth(clinic, cancelled=True)
    run_day(clinic, DAY)
    person = clinic.people["P1"]
    assert person.attendance_on(DAY) == Attendance(cancelled=1)
    assert clinic.waiting["V1"].visit.listed is VisitList.WILL_CALL


def test_months_of_a_treatment_count_only_while_it_is_under_way(clinic):
    """Of 4,000 attempts, more are missed late in a treatment; a finished one changes none."""
    clinic.behaviour = replace(clinic.behaviour, base=0.1, cancel_rate=0.0)
    visit, person = clinic.book["V1"].visit, clinic.people["P1"]
    person.plan.started = DAY - dt.timedelta(days=1100)

    def missed(stage: Stage) -> set[int]:
        person.stage = stage
        return {
            attempt
            for attempt in range(4000)
            if clinic.outcome_at(visit, attempt, DAY, 600, DAY)[0] is Outcome.MISSED
        }

    finished, under_way = missed(Stage.RETENTION), missed(Stage.ACTIVE)
    assert under_way > finished
    person.plan = None
    assert missed(Stage.RETENTION) == finished


def test_whoever_follows_a_missed_visit_is_put_off_with_it(clinic):
    follower = Visit(
        id="V2", patient="P1", procedure="SCAN", due=DAY, follows=(Follows(visit="V9"),)
    )
    clinic.wait(Visit(id="V9", patient="P1", procedure="REC", due=DAY))
    clinic.at_desk(follower.model_copy(update={"follows": ()}))
    book_at_checkout(clinic, FRIDAY)
    clinic.book["V2"].visit = follower
    truth(clinic)
    run_day(clinic, DAY)
    assert "V2" in clinic.waiting
    outcomes = {entry.visit: entry.outcome for entry in clinic.log.attended}
    assert outcomes == {"V1": Outcome.KEPT, "V2": Outcome.PUT_OFF}


def test_a_day_is_late_against_the_plan_of_the_morning(clinic):
    """As on the page of a week: who stays away does not move the end of the plan."""
    clinic.people["P2"] = Person("P2", Stage.ACTIVE, 1.0, AgeBand.OVER_30)
    clinic.at_desk(Visit(id="V2", patient="P2", procedure="ADJS", due=DAY))
    book_at_checkout(clinic, FRIDAY)
    early, late = sorted(clinic.book.values(), key=lambda entry: entry.placement.start)
    assert late.placement.date == DAY
    assert early.placement.end < late.placement.end
    truth(clinic)
    clinic.people[late.visit.patient].frailty = 1e20
    alone = copy.deepcopy(clinic)
    alone.close(late.visit.id, late.visit.patient)
    for one in (clinic, alone):
        run_day(one, DAY)
    (together,), (single,) = clinic.log.days, alone.log.days
    assert (together.visits, together.wait) == (single.visits, single.wait) == (1, single.wait)
    apart = to_minutes(late.placement.end) - to_minutes(early.placement.end)
    assert together.late_by == pytest.approx(single.late_by - apart)


def test_a_follower_may_come_once_its_gap_has_passed(clinic):
    link = Follows(visit="V1", min_working_days=5)
    clinic.wait(Visit(id="V2", patient="P1", procedure="DEB", due=DAY, follows=(link,)))
    truth(clinic)
    run_day(clinic, DAY)
    assert clinic.waiting["V2"].visit.earliest == DAY + dt.timedelta(days=7)


def test_a_comfort_visit_is_squeezed_in_on_the_day(clinic):
    clinic.wait(Visit(id="V3", patient="P1", procedure="EMG", due=DAY, listed=VisitList.ASAP))
    truth(clinic)
    run_day(clinic, DAY)
    entry = next(entry for entry in clinic.log.attended if entry.visit == "V3")
    assert (entry.by, entry.day, entry.outcome) == ("desk", DAY, Outcome.KEPT)
    assert "V3" not in clinic.waiting
