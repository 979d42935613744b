"""The patients of a practice as the year begins: stage, plan, book and list."""

import datetime as dt

import pytest

from engine.practice import Attendance, Booking, Problem, Treatment, Visit
from engine.simulate.arrivals import breakages
from engine.simulate.clinic import Clinic
from engine.simulate.patients import Person, Stage
from engine.simulate.settings import PatientSettings, YearSettings
from engine.simulate.year import open_clinic

TODAY = dt.date(2026, 3, 5)
LATER = TODAY + dt.timedelta(days=20)
COURSE = Treatment(
    started=dt.date(2025, 3, 5),
    original_ecd=dt.date(2027, 1, 5),
    current_ecd=dt.date(2027, 2, 5),
    remaining_visits=6,
    interval_days=49,
)


def visit(procedure: str, patient: str = "P1", name: str = "V1", **changes) -> Visit:
    return Visit(id=name, patient=patient, procedure=procedure, due=LATER, **changes)


@pytest.fixture
def opened(small_problem: Problem):
    def make(*visits: Visit, bookings: tuple[Booking, ...] = (), share: float = 1.0) -> Clinic:
        problem = small_problem.model_copy(update={"visits": visits, "bookings": bookings})
        settings = YearSettings(patients=PatientSettings(known_share=share))
        return open_clinic(problem, settings, 1)

    return make


@pytest.mark.parametrize(
    ("procedure", "stage"),
    [
        ("NPEX", Stage.NEW),
        ("REC", Stage.ACCEPTED),
        ("CONF", Stage.ACCEPTED),
        ("OBS", Stage.OBSERVATION),
        ("ADJR", Stage.ACTIVE),
        ("SEP", Stage.ACTIVE),
        ("REP", Stage.ACTIVE),
        ("SCAN", Stage.ACTIVE),
        ("FRET", Stage.ACTIVE),
        ("DEBR", Stage.ACTIVE),
        ("RETD", Stage.RETENTION),
        ("RETCN", Stage.RETENTION),
    ],
)
def test_the_stage_is_read_off_the_visit(opened, procedure: str, stage: Stage):
    early = {"earliest": TODAY} if procedure in ("NPEX", "REC", "CONF") else {}
    clinic = opened(visit(procedure, **early))
    assert clinic.people["P1"].stage is stage


def test_a_debond_with_its_delivery_is_still_treatment(opened):
    clinic = opened(visit("DEB"), visit("RETD", name="V2"))
    assert clinic.people["P1"].stage is Stage.ACTIVE


def test_the_plan_is_that_of_the_visit(opened):
    clinic = opened(visit("ADJR", treatment=COURSE, attendance=Attendance(kept=9, missed=2)))
    person = clinic.people["P1"]
    plan = person.plan
    assert (plan.started, plan.original_ecd, plan.current_ecd) == (
        COURSE.started, COURSE.original_ecd, COURSE.current_ecd,
    )  # fmt: skip
    assert (plan.visits_left, plan.interval_days, plan.aligners) == (6, 49, False)
    record = person.attendance_on(TODAY)
    assert (record.kept, record.missed) == (9, 2)


def test_near_the_end_only_the_debond_is_left(opened):
    clinic = opened(visit("SCAN", treatment=COURSE.model_copy(update={"remaining_visits": 3})))
    assert clinic.people["P1"].plan.visits_left == 1


def test_aligner_patients_break_nothing(opened):
    """Five breakages a week are expected of everybody; in eight weeks only braces have any."""
    clinic = opened(visit("ALCHK", treatment=COURSE), visit("ADJR", "P2", "V2", treatment=COURSE))
    habits = clinic.settings.patients.model_copy(update={"breakages_a_week": 5.0})
    clinic.settings = clinic.settings.model_copy(update={"patients": habits})
    for patient, aligners in (("P1", True), ("P2", False)):
        clinic.people[patient].frailty = 1.0
        assert clinic.people[patient].plan.aligners is aligners
    broken = [
        patient
        for week in range(1, 9)
        for found in breakages(clinic, week, clinic.monday(week)).values()
        for patient, _ in found
    ]
    # Each week is free of breakages with exp(-5) < 0.7 %: all eight are not but once in 18 times.
    assert set(broken) == {"P2"}
    assert len(broken) >= 6


def test_who_is_known_by_a_repair_gets_a_next_adjustment(opened):
    clinic = opened(visit("REP", treatment=COURSE))
    others = [v for v in clinic.open_visits("P1") if v.id != "V1"]
    assert len(others) == 1
    # Due within an interval of today: the last visit was at most one interval ago.
    assert TODAY <= others[0].due <= TODAY + dt.timedelta(days=49)


def test_a_treatment_that_nobody_stated_is_somewhere_on_its_way(opened):
    person: Person = opened(visit("ADJR")).people["P1"]
    assert person.plan.started <= TODAY <= person.plan.original_ecd
    assert person.plan.visits_left >= 1


def test_new_patients_far_ahead_are_the_callers_of_later_weeks(opened):
    near = visit("NPEX", "P1", "V1", earliest=TODAY + dt.timedelta(days=18))
    far = visit("NPEX", "P2", "V2", earliest=TODAY + dt.timedelta(days=19))
    clinic = opened(near, far)
    assert "P1" in clinic.people
    assert "P2" not in clinic.people
    assert set(clinic.waiting) == {"V1"}


def test_a_share_of_the_patients_can_be_left_out(opened):
    visits = [visit("ADJR", f"P{n}", f"V{n}", treatment=COURSE) for n in range(200)]
    taken = [p for p in opened(*visits, share=0.6).people if p.startswith("P")]
    # 120 expected; four standard errors are 4 * sqrt(200 * 0.6 * 0.4) = 27.7.
    assert abs(len(taken) - 120) <= 27
    assert len([p for p in opened(*visits).people if p.startswith("P")]) == 200


def test_a_booking_of_the_past_goes_on_the_list(opened):
    def booking(name: str, day: dt.date) -> Booking:
        booked = visit("ADJR", f"P{name}", name, treatment=COURSE)
        return Booking(visit=booked, date=day, start=dt.time(10), chair="C1")

    clinic = opened(bookings=(booking("A", TODAY), booking("B", TODAY - dt.timedelta(days=1))))
    assert set(clinic.book) == {"A"}
    assert "B" in clinic.waiting


def test_patients_due_after_the_book_are_added(opened):
    visits = [visit("OBS", f"P{n}", f"V{n}") for n in range(20)]
    clinic = opened(*visits)
    added = [p for p in clinic.people.values() if p.id not in {v.patient for v in visits}]
    # Two a week in the ten weeks of the book: two a week for the sixteen weeks after it.
    assert len(added) == 32
    assert {person.stage for person in added} == {Stage.OBSERVATION}
    dues = [clinic.open_visits(person.id)[0].due for person in added]
    assert all(TODAY + dt.timedelta(weeks=10) <= due for due in dues)
    assert all(due <= TODAY + dt.timedelta(weeks=26) for due in dues)
