"""The question of a week: who is asked about."""

import datetime as dt

import pytest

from engine.practice import AgeBand, Follows, Horizon, Problem, Visit
from engine.simulate.checkout import book_at_checkout
from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Stage
from engine.simulate.question import week_question
from engine.simulate.settings import DeskSettings, YearSettings
from engine.simulate.year import open_clinic

MONDAY = dt.date(2026, 4, 20)
NOW = dt.datetime(2026, 4, 17, 14)


@pytest.fixture
def clinic(small_problem) -> Clinic:
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(desk=DeskSettings(checkout_share=1.0)), 1)
    clinic.people["P1"] = Person("P1", Stage.ACTIVE, 1.0, AgeBand.OVER_30)
    return clinic


def visit(name: str, after: str | None = None, **changes) -> Visit:
    follows = () if after is None else (Follows(visit=after, min_days=1),)
    fields = {"procedure": "ADJS", "due": MONDAY, "follows": follows, **changes}
    return Visit(id=name, patient="P1", **fields)


def asked(clinic: Clinic) -> Problem:
    return week_question(clinic, NOW, Horizon(start=MONDAY, days=7))


def test_whoever_follows_a_visit_without_a_time_waits_for_it(clinic):
    # V1 can come in three weeks only; V2 follows it, and V3 follows V2.
    clinic.wait(visit("V3", after="V2"))
    clinic.wait(visit("V2", after="V1"))
    clinic.wait(visit("V1", earliest=MONDAY + dt.timedelta(days=21)))
    clinic.wait(visit("V4"))
    assert [one.id for one in asked(clinic).visits] == ["V4"]


def test_a_chain_of_which_all_may_come_is_asked_about_whole(clinic):
    clinic.wait(visit("V3", after="V2"))
    clinic.wait(visit("V2", after="V1"))
    clinic.wait(visit("V1"))
    assert [one.id for one in asked(clinic).visits] == ["V3", "V2", "V1"]


def test_whoever_follows_a_booking_keeps_the_link(clinic):
    clinic.wait(visit("V2", after="V1"))
    clinic.at_desk(visit("V1", due=MONDAY + dt.timedelta(days=1)))
    book_at_checkout(clinic, dt.datetime(2026, 3, 13, 14))
    problem = asked(clinic)
    assert [one.visit.id for one in problem.bookings] == ["V1"]
    assert [link.visit for link in problem.visits[0].follows] == ["V1"]


def test_what_is_over_holds_nobody_back(clinic):
    clinic.wait(visit("V2", after="V1"))
    (one,) = asked(clinic).visits
    assert one.follows == ()
