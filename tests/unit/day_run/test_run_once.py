"""One day as it runs: cases worked out on paper."""

import pytest

from engine.day_run.day_plan import DayPlan, PlannedStage, PlannedStep, PlannedVisit
from engine.day_run.draws import VisitDraw
from engine.day_run.run_once import run_once, runs_late

NINE = 540.0


def clinic(start: float, *steps: tuple[float, str | None], chair=None, staff=None, turnover=0.0):
    planned = tuple(PlannedStep(minutes, doctor) for minutes, doctor in steps)
    return PlannedStage(start, planned, chair, staff, turnover)


def on_time(visit: PlannedVisit, *factors: float, early: float = 0.0, comes: bool = True):
    return {visit.id: VisitDraw(early, factors or (1.0,) * visit.steps, comes)}


def test_a_day_that_goes_as_planned_has_no_waiting():
    # 9:00 A5 D10 A5 in chair 1; 9:20 A5 D10 A5 in the same chair: doctor 9:05-9:15, 9:25-9:35.
    steps = ((5.0, None), (10.0, "D"), (5.0, None))
    first = PlannedVisit("a", (clinic(NINE, *steps, chair="1"),))
    second = PlannedVisit("b", (clinic(NINE + 20, *steps, chair="1"),))
    ran = run_once(DayPlan((first, second)), on_time(first) | on_time(second))
    assert ran.seat_waits == (0.0, 0.0)
    assert ran.doctor_waits == (0.0, 0.0)
    assert (ran.doctor_busy, ran.doctor_idle, ran.late_by) == (20.0, 10.0, 0.0)


def test_the_chair_is_given_on_only_after_the_turnover():
    # The first takes 20 instead of 10 minutes: 9:20, cleaned until 9:25; the second came for 9:15.
    first = PlannedVisit("a", (clinic(NINE, (10.0, None), chair="1", turnover=5),))
    second = PlannedVisit("b", (clinic(NINE + 15, (10.0, None), chair="1", turnover=5),))
    ran = run_once(DayPlan((first, second)), on_time(first, 2.0) | on_time(second))
    assert ran.seat_waits == (0.0, 10.0)
    assert ran.late_by == 10.0  # 9:35 instead of 9:25; the turnover is not the patient's


def test_whoever_comes_after_a_visit_without_a_doctor_is_served_once():
    first = PlannedVisit("a", (clinic(NINE, (10.0, None), chair="1"),))
    second = PlannedVisit("b", (clinic(NINE + 10, (5.0, None), (10.0, "D"), chair="1"),))
    third = PlannedVisit("c", (clinic(NINE + 15, (10.0, "D"), chair="2"),))
    ran = run_once(
        DayPlan((first, second, third)), on_time(first) | on_time(second) | on_time(third)
    )
    # b and c are ready for the doctor at 9:15, who takes them until 9:25 and 9:35.
    assert ran.doctor_busy == 20.0
    assert ran.doctor_waits == (0.0, 0.0, 10.0)


def test_the_person_is_awaited_like_the_chair():
    first = PlannedVisit("a", (clinic(NINE, (10.0, None), chair="1", staff="s"),))
    second = PlannedVisit("b", (clinic(NINE + 10, (10.0, None), chair="2", staff="s"),))
    ran = run_once(DayPlan((first, second)), on_time(first, 1.7) | on_time(second))
    assert ran.seat_waits == (0.0, pytest.approx(7.0))


def test_the_doctor_takes_who_has_been_ready_longest():
    # a is planned first but is ready at 9:12, b at 9:05: b is served 9:05-9:15, a waits 3 minutes.
    a = PlannedVisit("a", (clinic(NINE, (4.0, None), (10.0, "D")),))
    b = PlannedVisit("b", (clinic(NINE, (5.0, None), (10.0, "D")),))
    ran = run_once(DayPlan((a, b)), on_time(a, 3.0, 1.0) | on_time(b))
    assert ran.doctor_waits == (3.0, 0.0)


def test_early_patients_wait_for_their_time_and_late_ones_lose_it():
    # Ten minutes early: seated on time, and that wait is the patient's own. Eight late: 9:28-9:38.
    early = PlannedVisit("a", (clinic(NINE, (10.0, None)),))
    late = PlannedVisit("b", (clinic(NINE + 20, (10.0, None)),))
    ran = run_once(DayPlan((early, late)), on_time(early, early=10) | on_time(late, early=-8))
    assert ran.seat_waits == (0.0, 0.0)
    assert ran.late_by == 8.0


def test_who_does_not_come_takes_no_time():
    first = PlannedVisit("a", (clinic(NINE, (30.0, "D"), chair="1"),))
    second = PlannedVisit("b", (clinic(NINE, (10.0, "D"), chair="1"),))
    ran = run_once(DayPlan((first, second)), on_time(first, comes=False) | on_time(second))
    assert ran.seat_waits == (0.0,)
    assert ran.doctor_busy == 10.0


def test_a_day_is_late_against_the_plan_of_all_who_were_expected():
    # The first ends at 9:20 instead of 9:10, but the plan went on until 9:40: nobody is late.
    first = PlannedVisit("a", (clinic(NINE, (10.0, None)),))
    second = PlannedVisit("b", (clinic(NINE + 30, (10.0, None)),))
    ran = run_once(DayPlan((first, second)), on_time(first, 2.0) | on_time(second, comes=False))
    assert ran.late_by == -20.0


def test_fifteen_minutes_are_not_late_yet():
    assert not runs_late(15.0)
    assert runs_late(15.1)


def test_a_visit_over_two_rooms_goes_on_when_the_second_is_free():
    # Records 9:00-9:20, then chair 1, which is taken 9:00-9:26.
    records = clinic(NINE, (20.0, None), chair="R")
    two = PlannedVisit("a", (records, clinic(NINE + 20, (10.0, None), chair="1")))
    other = PlannedVisit("b", (clinic(NINE, (20.0, None), chair="1"),))
    ran = run_once(DayPlan((two, other)), on_time(two) | on_time(other, 1.3))
    assert ran.late_by == pytest.approx(6.0)  # 9:36 instead of 9:30
    assert ran.seat_waits == (0.0, 0.0)
    # From 9:20 to 9:26 the patient waits between the rooms: three minutes for each of the two.
    assert ran.room_waits == (pytest.approx(6.0), 0.0)
    assert ran.mean_wait == pytest.approx(3.0)


def test_waits_between_rooms_add_up_and_begin_when_the_patient_is_there():
    # Three rooms of ten minutes. The first takes 15; room 2 is free at 9:18, room 3 at 9:40.
    rooms = tuple(clinic(NINE + 10 * n, (10.0, None), chair=str(n)) for n in range(3))
    visit = PlannedVisit("a", rooms)
    second = PlannedVisit("b", (clinic(NINE, (10.0, None), chair="1"),))
    third = PlannedVisit("c", (clinic(NINE, (20.0, None), chair="2"),))
    draws = on_time(visit, 1.5, 1.0, 1.0) | on_time(second, 1.8) | on_time(third, 2.0)
    ran = run_once(DayPlan((visit, second, third)), draws)
    # Ready at 9:15, seated at 9:18 and until 9:28, then at 9:40: 3 + 12 minutes.
    assert ran.room_waits == (pytest.approx(15.0), 0.0, 0.0)
    assert ran.late_by == pytest.approx(20.0)  # 9:50 instead of 9:30


def test_overtime_is_work_outside_working_time():
    # Working 9:00-9:30 and 9:40-10:00; the doctor is busy 9:20-9:50: ten minutes of break.
    visit = PlannedVisit("a", (clinic(NINE + 20, (30.0, "D")),))
    working = (("D", ((540, 570), (580, 600))),)
    assert run_once(DayPlan((visit,), working), on_time(visit)).overtime == 10.0


def test_an_empty_day_is_no_day():
    ran = run_once(DayPlan(()), {})
    assert (ran.mean_wait, ran.late_by, ran.overtime, ran.doctor_idle) == (0.0, 0.0, 0.0, 0.0)


def test_draws_must_fit_the_steps():
    visit = PlannedVisit("a", (clinic(NINE, (5.0, None), (5.0, "D")),))
    with pytest.raises(ValueError, match="visit 'a': 1 factors, 2 steps"):
        run_once(DayPlan((visit,)), on_time(visit, 1.0))
