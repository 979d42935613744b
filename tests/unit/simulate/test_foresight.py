"""Foresight changes one thing: no time is held for a visit that would not be kept."""

import copy
import datetime as dt
from dataclasses import replace

import pytest

from engine.practice import AgeBand, Attendance, Follows, Horizon, Visit, VisitList
from engine.simulate.behaviour import Outcome
from engine.simulate.checkout import book_at_checkout
from engine.simulate.clinic import Clinic
from engine.simulate.day import run_day
from engine.simulate.foresight import free_known_gaps
from engine.simulate.patients import Person, Plan, Stage
from engine.simulate.question import week_question
from engine.simulate.settings import DeskSettings, YearSettings
from engine.simulate.year import open_clinic

DAY = dt.date(2026, 4, 21)
MONDAY, WEDNESDAY = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
FRIDAY_BEFORE = dt.datetime(2026, 4, 17, 14)


@pytest.fixture
def clinic(small_problem) -> Clinic:
    """V1 is booked on the Tuesday."""
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(desk=DeskSettings(checkout_share=1.0)), 1)
    plan = Plan(dt.date(2025, 3, 1), DAY, DAY, 42, 5, aligners=False)
    clinic.people["P1"] = Person("P1", Stage.ACTIVE, 1.0, AgeBand.OVER_30, plan=plan)
    clinic.at_desk(Visit(id="V1", patient="P1", procedure="ADJS", due=DAY))
    book_at_checkout(clinic, dt.datetime(2026, 3, 13, 14))
    assert clinic.book["V1"].placement.date == DAY
    return clinic


def truth(clinic: Clinic, missed: float = 0.0, cancelled: float = 0.0, early: float = 0.0) -> None:
    """Everybody, or nobody, misses or cancels."""
    clinic.behaviour = replace(
        clinic.behaviour,
        base=1e6 if missed else 1e-12,
        cancel_rate=1e6 if cancelled else 0.0,
        cancelled_early=early,
    )


def with_and_without(clinic: Clinic) -> tuple[Clinic, Clinic]:
    """The same practice on the Friday before, told everything and told what all are told."""
    seeing, blind = copy.deepcopy(clinic), clinic
    free_known_gaps(seeing, MONDAY, FRIDAY_BEFORE.date(), foresees=True)
    free_known_gaps(blind, MONDAY, FRIDAY_BEFORE.date(), foresees=False)
    return seeing, blind


def live(*clinics: Clinic) -> None:
    for clinic in clinics:
        for offset in range(7):
            run_day(clinic, MONDAY + dt.timedelta(days=offset))


@pytest.mark.parametrize("why", ["missed", "cancelled"])
def test_a_booked_time_is_free_and_all_else_is_the_same(clinic, why: str):
    truth(clinic, **{why: 1.0})
    seeing, blind = with_and_without(clinic)
    assert seeing.book == {}
    assert "V1" in blind.book
    # Until its day the visit is on no list, so that no fill can give it an earlier new time.
    assert seeing.waiting == {}
    assert [visit.id for visit in seeing.open_visits("P1")] == ["V1"]
    live(seeing, blind)
    assert seeing.waiting["V1"] == blind.waiting["V1"]
    record = seeing.people["P1"].attendance_on(DAY)
    assert record == blind.people["P1"].attendance_on(DAY)
    assert record != Attendance()
    assert seeing.foreseen == {}
    # No time was lost, so nothing stands in the log of booked visits.
    assert [entry.outcome for entry in blind.log.attended] != []
    assert seeing.log.attended == []


def test_an_early_cancellation_is_known_to_everybody(clinic):
    truth(clinic, cancelled=1.0, early=1.0)
    seeing, blind = with_and_without(clinic)
    assert blind.book == {}
    assert blind.waiting["V1"].visit.earliest == MONDAY
    assert blind.waiting["V1"].visit.listed is VisitList.WILL_CALL
    # The new time is judged, too, and would be cancelled again.
    assert seeing.foreseen["V1"].attempt == blind.waiting["V1"].attempt == 1


def test_a_visit_that_would_be_missed_gets_no_time_next_week(clinic):
    clinic.wait(Visit(id="V2", patient="P1", procedure="ADJS", due=DAY))
    truth(clinic, missed=1.0)
    horizon = Horizon(start=MONDAY, days=7)
    seeing, blind = with_and_without(clinic)
    asked = [week_question(one, FRIDAY_BEFORE, horizon).visits for one in (seeing, blind)]
    assert [[visit.id for visit in visits] for visits in asked] == [[], ["V2"]]
    run_day(seeing, MONDAY)
    run_day(seeing, DAY)
    assert "V2" not in seeing.waiting
    run_day(seeing, WEDNESDAY)
    assert seeing.waiting["V2"].attempt == 1
    assert seeing.waiting["V2"].visit.earliest > WEDNESDAY
    assert seeing.people["P1"].attendance_on(WEDNESDAY).missed == 2


def test_whoever_follows_a_foreseen_miss_is_put_off_beforehand(clinic):
    later = Visit(id="V2", patient="P1", procedure="ADJS", due=WEDNESDAY)
    clinic.at_desk(later)
    book_at_checkout(clinic, dt.datetime(2026, 3, 13, 14))
    clinic.book["V2"].visit = later.model_copy(update={"follows": (Follows(visit="V1"),)})
    assert clinic.book["V2"].placement.date == WEDNESDAY
    truth(clinic, missed=1.0)
    seeing, blind = with_and_without(clinic)
    assert {name: one.outcome for name, one in seeing.foreseen.items()} == {
        "V1": Outcome.MISSED,
        "V2": Outcome.PUT_OFF,
    }
    live(seeing, blind)
    assert seeing.waiting == blind.waiting
    assert seeing.waiting["V2"].attempt == 0
    assert seeing.people["P1"].past == blind.people["P1"].past


def test_without_foresight_nothing_but_early_cancellations_is_known(clinic):
    truth(clinic, missed=1.0)
    _, blind = with_and_without(clinic)
    assert set(blind.book) == {"V1"}
    assert (blind.foreseen, blind.log.foreseen) == ({}, 0)
