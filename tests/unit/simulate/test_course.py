"""The way of one patient from the call to the last retention check, with every visit kept."""

import datetime as dt

import pytest

from engine.practice import Purpose
from engine.simulate.arrivals import take_call
from engine.simulate.clinic import Clinic
from engine.simulate.course import after_kept
from engine.simulate.make_visit import make_visit
from engine.simulate.patients import Person, Stage
from engine.simulate.settings import PatientSettings, YearSettings
from engine.simulate.steps import step_of
from engine.simulate.year import open_clinic

CALL = dt.date(2026, 3, 10)


@pytest.fixture
def clinic(small_problem) -> Clinic:
    """Everybody accepts and has records taken apart; nobody goes to observation."""
    habits = PatientSettings(observation_share=0.0, acceptance=1.0, records_at_exam=0.0)
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    return open_clinic(empty, YearSettings(patients=habits), 1)


def call(clinic: Clinic, name: str = "N00100") -> Person:
    take_call(clinic, name, CALL)
    return clinic.people[name]


def keep_next(clinic: Clinic, person: Person) -> tuple[str, dt.date]:
    """Keep the visit that is due first, on its due date; its step and the date."""
    visit = min(clinic.open_visits(person.id), key=lambda v: (len(v.follows), v.due))
    step, day = step_of(clinic, visit), max(visit.due, visit.earliest or visit.due)
    clinic.waiting.pop(visit.id, None)
    after_kept(clinic, person, visit, day)
    return step, day


def test_from_the_call_to_discharge(clinic):
    person = call(clinic)
    steps, day = [], CALL
    while person.stage is not Stage.DISCHARGED:
        step, later = keep_next(clinic, person)
        assert later >= day
        steps, day = [*steps, step], later
    assert steps[:3] == ["exam", "records", "start"]
    active = steps.count("active")
    assert steps[3 : 3 + active] == ["active"] * active
    checks = len(clinic.settings.patients.retention_days)
    rest = steps[3 + active :]
    assert rest in (
        ["before_debond", "debond", "delivery", *["retention"] * checks],
        ["before_debond", "debond", *["retention"] * checks],  # delivered with the debond
    )
    (done,) = clinic.log.completed
    # The plan keeps a reserve: with every visit kept when it is due, the date is met.
    assert done.day <= done.original_ecd
    # It keeps at most 30 % of the contract, and what is left of an interval.
    contract = (done.original_ecd - done.started).days
    assert (done.original_ecd - done.day).days <= 0.3 * contract + 56
    assert clinic.open_visits(person.id) == ()


def test_waits_are_counted_from_the_call_and_from_the_yes(clinic):
    person = call(clinic)
    for _ in range(3):
        keep_next(clinic, person)
    # Seen when due, seven days after the call; started when due, seven days after yes.
    assert [(w.what, w.days) for w in clinic.log.waited] == [("exam", 7), ("start", 7)]
    assert person.stage is Stage.ACTIVE


def test_visits_left_fall_by_one_with_each_adjustment(clinic):
    person = call(clinic)
    for _ in range(3):
        keep_next(clinic, person)
    assert person.plan is not None
    planned = person.plan.visits_left
    seen = 0
    while keep_next(clinic, person)[0] == "active":
        seen += 1
    assert seen == planned - 1  # the debond is the last of them; the scan does not count


def start(clinic: Clinic) -> Person:
    person = call(clinic)
    for _ in range(3):
        keep_next(clinic, person)
    assert person.stage is Stage.ACTIVE
    return person


def keep(clinic: Clinic, person: Person, procedure: str, day: dt.date = CALL) -> None:
    """Keep a visit that came from elsewhere, for example from a given book."""
    visit = clinic.open_visits(person.id)[0]
    after_kept(clinic, person, visit.model_copy(update={"id": "X1", "procedure": procedure}), day)


def test_a_lingual_retainer_is_before_the_debond_and_not_it(clinic):
    person = start(clinic)
    for visit in clinic.open_visits(person.id):
        clinic.close(visit.id, person.id)
    clinic.at_desk(make_visit(clinic, person, "before_debond", CALL))
    keep(clinic, person, "FRET")
    assert person.stage is Stage.ACTIVE
    assert clinic.log.completed == []
    keep(clinic, person, "DEB")
    assert [one.patient for one in clinic.log.completed] == [person.id]


def test_a_second_arch_is_no_second_start(clinic):
    person = start(clinic)
    plan = person.plan
    keep(clinic, person, "BND1", CALL + dt.timedelta(days=60))
    assert person.plan is plan
    assert [wait.what for wait in clinic.log.waited] == ["exam", "start"]


def test_an_exam_of_a_patient_in_treatment_changes_nothing(clinic):
    person = start(clinic)
    keep(clinic, person, "NPEX")
    assert person.stage is Stage.ACTIVE
    assert len(clinic.open_visits(person.id)) == 1


def test_a_repair_can_ask_for_one_more_visit(clinic):
    person = call(clinic)
    for _ in range(3):
        keep_next(clinic, person)
    plan = person.plan
    assert plan is not None
    added = []
    for number in range(200):
        visit = clinic.open_visits(person.id)[0].model_copy(
            update={"id": f"B{number}", "procedure": "REP"}
        )
        before = plan.visits_left
        after_kept(clinic, person, visit, CALL)
        added.append(plan.visits_left - before)
    share = sum(added) / len(added)
    assert set(added) == {0, 1}
    # 0.35 within four standard errors of sqrt(0.35 * 0.65 / 200)
    assert abs(share - clinic.settings.patients.repair_adds_visit) < 4 * 0.0337


def test_whoever_says_no_leaves_with_nothing_open(small_problem):
    habits = PatientSettings(observation_share=0.0, acceptance=0.0)
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(patients=habits), 1)
    person = call(clinic)
    keep_next(clinic, person)
    assert person.stage is Stage.DECLINED
    assert clinic.open_visits(person.id) == ()


def test_observation_ends_in_a_start_a_goodbye_or_another_half_year(small_problem):
    habits = PatientSettings(observation_share=1.0, observation_starts=0.3, observation_leaves=0.3)
    empty = small_problem.model_copy(update={"visits": (), "bookings": ()})
    clinic = open_clinic(empty, YearSettings(patients=habits), 1)
    after = set()
    for number in range(30):
        person = call(clinic, f"N001{number:02d}")
        keep_next(clinic, person)
        assert person.stage is Stage.OBSERVATION
        (visit,) = clinic.open_visits(person.id)
        assert clinic.purpose(visit) is Purpose.OBSERVATION
        keep_next(clinic, person)
        after.add(person.stage)
    assert after == {Stage.OBSERVATION, Stage.ACCEPTED, Stage.DECLINED}
