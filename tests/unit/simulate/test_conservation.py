"""Nobody is lost and nobody is in two places."""

import datetime as dt

import pytest

from engine.checker import check
from engine.practice import Booking, Problem
from engine.schedule import Schedule
from engine.simulate.patients import GONE, Stage

POLICIES = (
    *("first-fit", "best-fit", "model-day-only"),
    *(pytest.param(name, marks=pytest.mark.long) for name in ("engine", "clairvoyant")),
)


@pytest.mark.parametrize("policy", POLICIES)
def test_arrivals_are_the_sum_of_the_stages_every_week(lived, policy: str):
    clinic = lived(policy).clinic
    called = [day for day, _ in clinic.log.arrivals]
    at_first = len(clinic.people) - len(called)
    assert at_first > 50
    for state in clinic.log.weeks:
        end = state.monday + dt.timedelta(days=7)
        assert state.arrived == at_first + sum(day < end for day in called)
        assert sum(state.by_stage.values()) == state.arrived
        assert set(state.by_stage) == set(Stage)


@pytest.mark.parametrize("policy", POLICIES)
def test_everybody_who_is_not_gone_has_a_visit_to_come(lived, policy: str):
    clinic = lived(policy).clinic
    lost = [
        person.id
        for person in clinic.people.values()
        if (person.stage in GONE) == bool(clinic.open_visits(person.id))
    ]
    assert lost == []


@pytest.mark.parametrize("policy", POLICIES)
def test_a_visit_is_in_the_book_or_on_the_list(lived, policy: str):
    clinic = lived(policy).clinic
    assert clinic.to_book == []
    assert clinic.book.keys() & clinic.waiting.keys() == set()
    every = {v.id for person in clinic.people for v in clinic.open_visits(person)}
    assert every == clinic.book.keys() | clinic.waiting.keys()


@pytest.mark.parametrize("policy", POLICIES)
def test_nobody_finishes_twice_or_without_having_started(lived, policy: str):
    clinic = lived(policy).clinic
    done = [one.patient for one in clinic.log.completed]
    assert len(done) == len(set(done)) > 0
    assert all(one.started < one.day for one in clinic.log.completed)


@pytest.mark.parametrize("policy", POLICIES)
def test_the_book_that_grew_keeps_every_rule(lived, policy: str):
    clinic = lived(policy).clinic
    monday = clinic.monday(len(clinic.log.weeks) + 1)
    entries = [e for e in clinic.book.values() if monday <= e.placement.date]
    assert len(entries) > 10
    bookings = tuple(
        Booking(
            visit=entry.visit.model_copy(update={"follows": ()}),
            date=entry.placement.date,
            start=entry.placement.start,
            chair=next((s.chair for s in entry.placement.segments if s.chair), None),
        )
        for entry in entries
    )
    problem = Problem(
        as_of=dt.datetime.combine(monday, dt.time(0)),
        practice=clinic.practice,
        bookings=bookings,
        policy=clinic.problem.policy,
    )
    placements = tuple(entry.placement for entry in entries)
    report = check(problem, Schedule(start=monday, days=120, placements=placements))
    assert report.violations == ()
    assert report.inherited == ()
