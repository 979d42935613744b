import datetime as dt

import pytest

from engine.kpi import figures
from engine.kpi.next_appointments import left_behind
from engine.practice import Cell, ChairKind, ModelDay, ModelDayDate, Purpose, Treatment


def treatment(original: dt.date, current: dt.date) -> Treatment:
    return Treatment(
        started=dt.date(2026, 3, 2),
        original_ecd=original,
        current_ecd=current,
        remaining_visits=1,
    )


FEB, MAY = dt.date(2026, 2, 24), dt.date(2026, 5, 29)


def test_calls_are_new_and_moved_placements(tiny):
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2"),
        tiny.visit("V3"),
        tiny.booking("B1", "09:00", movable=True),
        tiny.booking("B2", "10:00"),
    )
    found = figures(
        problem,
        tiny.schedule(
            problem,
            tiny.place("V1", "11:00"),
            tiny.place("V2", "12:00"),
            tiny.place("B1", "09:30"),
            tiny.place("B2", "10:00"),
        ),
    )
    assert (found.calls_new, found.calls_moved, found.calls) == (2, 1, 3)
    assert (found.unplaced_visits, found.displaced_bookings) == (1, 0)


def test_patients_in_treatment_without_a_next_appointment(tiny):
    # Before: P-V1, P-V2, P-V3 (P-B1 has a booking beside the visit V4; V5 has no treatment).
    # After: V1 and V2 are placed; P-V3 is left.
    active = treatment(MAY, MAY)
    problem = tiny.problem(
        *(tiny.visit(f"V{n}", treatment=active) for n in (1, 2, 3)),
        tiny.visit("V4", patient="P-B1", treatment=active),
        tiny.visit("V5"),
        tiny.booking("B1", "09:00", treatment=active),
    )
    placed = (tiny.place("B1", "09:00"), tiny.place("V1", "10:00"), tiny.place("V2", "11:00"))
    found = figures(problem, tiny.schedule(problem, *placed))
    assert (found.patients_without_next_before, found.patients_without_next_after) == (3, 1)


def test_a_displaced_booking_leaves_its_patient_without_next(tiny):
    active = treatment(MAY, MAY)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=active, movable=True),
        tiny.booking("B2", "10:00", treatment=active),
        tiny.booking("B3", "11:00"),
    )
    placed = (tiny.place("B2", "10:00"), tiny.place("B3", "11:00"))
    found = figures(problem, tiny.schedule(problem, *placed, displaced=("B1",)))
    assert (found.patients_without_next_before, found.patients_without_next_after) == (0, 1)


def test_a_booking_that_is_over_is_no_next_appointment(tiny):
    # It is Tuesday, 09:30. B1 began at nine and B3 was in February; nothing of the two is to come.
    # B2 is still to come. The debond B4 has ended its treatment; the debond B6 is to come, and is a
    # next appointment though it states no treatment. What has broken (B8) is none.
    active, ended = treatment(FEB, FEB), dt.date(2026, 2, 24)
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=active),
        tiny.booking("B2", "10:00", treatment=active),
        tiny.booking("B3", "11:00", date=ended, treatment=active),
        tiny.booking("B4", "11:00", date=ended, procedure="DEB", treatment=active),
        tiny.booking("B5", "11:00", date=ended, patient="P6", treatment=active),
        tiny.booking("B6", "11:00", date=tiny.thursday, procedure="DEB", patient="P6"),
        tiny.booking("B7", "12:00", date=ended, patient="P8", treatment=active),
        tiny.booking("B8", "12:00", date=tiny.thursday, procedure="FIX", patient="P8"),
        procedures=(
            tiny.procedure("DEB", "A20", purpose=Purpose.DEBOND),
            tiny.procedure("FIX", "A10", purpose=Purpose.REPAIR),
        ),
        as_of=dt.datetime(2026, 3, 3, 9, 30),
    )
    found = figures(problem, tiny.schedule(problem))
    assert sorted(left_behind(problem)) == ["P-B1", "P-B3", "P8"]
    assert (found.patients_without_next_before, found.patients_without_next_after) == (3, 3)
    assert found.past_original_ecd.patients_past == 4  # these three and P-B2


def test_past_ecd_by_both_dates(tiny):
    # By the original date V1, V2 and B1 are past; the current date of V2 was extended to May.
    # V1 gets a time, V2 does not, B1 keeps its own: V1 is helped.
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(FEB, FEB)),
        tiny.visit("V2", treatment=treatment(FEB, MAY)),
        tiny.visit("V3", treatment=treatment(MAY, MAY)),
        tiny.booking("B1", "09:00", treatment=treatment(FEB, FEB)),
    )
    found = figures(
        problem, tiny.schedule(problem, tiny.place("B1", "09:00"), tiny.place("V1", "10:00"))
    )
    original, current = found.past_original_ecd, found.past_current_ecd
    assert (original.patients_past, original.patients_helped) == (3, 1)
    assert (current.patients_past, current.patients_helped) == (2, 1)
    # V1, V2, B1 finish past the original date for certain; V3 for certain not: May is far.
    assert original.expected_patients == pytest.approx(3)
    assert original.unavoidable_patients == pytest.approx(3)
    assert current.expected_patients == pytest.approx(2)


def test_the_avoidable_part_is_what_an_earlier_date_would_have_saved(tiny):
    # The completion date is Tuesday. On Thursday V1 finishes past it for certain. On Monday (now:
    # lead 0) it would only if missed: p = 1 / (1 + exp(2.944439 + 0.25 ln 43)) = 0.020135.
    problem = tiny.problem(
        tiny.visit("V1", treatment=treatment(tiny.tuesday, tiny.tuesday)), tiny.visit("V2")
    )
    found = figures(
        problem, tiny.schedule(problem, tiny.place("V1", "09:00", date=tiny.thursday))
    ).past_original_ecd
    assert found.expected_patients == pytest.approx(1)
    assert found.unavoidable_patients == pytest.approx(0.0201)
    assert found.avoidable_patients == pytest.approx(0.9799)


def test_peak_doctor_load_names_the_fullest_hour(tiny):
    half = tiny.procedure("HALF", "D30")
    problem = tiny.problem(
        tiny.visit("V1", "HALF"), tiny.visit("V2", "HALF"), procedures=(half,), clinic=2
    )
    # 09:45-10:15 and 10:15-10:45: 15 minutes in the hour of 9, 45 in that of 10.
    placed = (tiny.place("V1", "09:45", "D30"), tiny.place("V2", "10:15", "D30"))
    peak = figures(problem, tiny.schedule(problem, *placed)).peak_doctor_load
    assert peak is not None
    assert (peak.date, peak.hour, peak.demand_minutes, peak.available_minutes) == (
        tiny.tuesday,
        10,
        45,
        60,
    )
    assert peak.share == pytest.approx(0.75)
    assert figures(problem, tiny.schedule(problem)).peak_doctor_load is None


def held(tiny, *columns: str) -> dict:
    hold = Cell(
        id="hold",
        procedure_class="emg",
        columns=columns,
        start=dt.time(11),
        end=dt.time(12),
        hold=True,
    )
    return {
        "model_days": (ModelDay(id="M", title="M", cells=(hold,)),),
        "model_day_dates": (ModelDayDate(model_day="M", date=tiny.tuesday),),
        "procedures": (tiny.procedure("EMG", "A10 D5 A5", purpose=Purpose.EMERGENCY),),
    }


def test_emergency_spaces_are_free_runs_in_cells_on_hold(tiny):
    # An hour on C1 and on C2, EMG takes 20: three spaces each. B1 holds C1 11:10-11:35 (turnover
    # included): 10 minutes and 25 minutes are left, 0 + 1 spaces.
    problem = tiny.problem(tiny.booking("B1", "11:10"), clinic=3, **held(tiny, "C1", "C2"))
    schedule = tiny.schedule(problem, tiny.place("B1", "11:10"))
    assert figures(problem, schedule).emergency_spaces_left == 1 + 3


def test_without_emergency_procedure_there_are_no_emergency_spaces_to_count(tiny):
    problem = tiny.problem(tiny.visit("V1"))
    assert figures(problem, tiny.schedule(problem)).emergency_spaces_left is None


def test_after_school_spaces_need_a_chair_and_an_assistant(tiny):
    # 15:00-17:00 is eight steps a day for five days; two assistants for three chairs: 80.
    problem = tiny.problem(tiny.visit("V1"), clinic=3, assistants=2)
    assert figures(problem, tiny.schedule(problem)).after_school_spaces_left == 80
    # V1 at 15:10 with AS1 until 15:35: in the steps 15:00, 15:15 and 15:30 one assistant is left.
    placed = tiny.schedule(problem, tiny.place("V1", "15:10"))
    assert figures(problem, placed).after_school_spaces_left == 77


def test_adherence_by_where_the_chair_minutes_lie(tiny):
    cells = (
        Cell(id="a", procedure_class="adj", columns=("C1",), start=dt.time(9), end=dt.time(9, 30)),
        Cell(
            id="b",
            procedure_class="bond",
            columns=("C1",),
            start=dt.time(9, 30),
            end=dt.time(10),
            fallbacks=("adj",),
        ),
    )
    problem = tiny.problem(
        tiny.visit("V1"),
        tiny.visit("V2"),
        model_days=(ModelDay(id="M", title="M", cells=cells),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    # V1 09:20-09:40: 10 minutes own, 10 in the bonding cell. V2 08:00-08:20: nobody's, 20.
    found = figures(
        problem, tiny.schedule(problem, tiny.place("V1", "09:20"), tiny.place("V2", "08:00"))
    ).adherence
    assert (found.own_minutes, found.other_minutes, found.free_minutes) == (10, 10, 20)
    assert found.own_share == pytest.approx(0.25)
    assert found.empty_minutes == (("adj", 20), ("bond", 20))


def test_column_changes_within_a_half_day(tiny):
    # AS1: C1, C2, C2 in the morning (one change), C1 in the afternoon (another half-day).
    problem = tiny.problem(
        *(tiny.visit(f"V{n}") for n in (1, 2, 3)),
        tiny.visit("V4", preferred_assistant="AS2"),
        tiny.visit("X1", "EXAM"),
        clinic=2,
        assistants=2,
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("V1", "09:00"),
        tiny.place("V2", "10:00", chair="C2"),
        tiny.place("V3", "11:00", chair="C2"),
        tiny.place("V4", "13:00"),
        tiny.place("X1", "14:00", "A25 D10 A25", chair="E1", staff="TC1"),
    )
    seating = figures(problem, schedule).seating
    assert (seating.column_changes, seating.assistant_half_days) == (1, 2)
    assert seating.preferred_assistant_missed == 1


def test_expected_missed_visits_add_up(tiny):
    # One day ahead each is missed with 0.023859 (see test_late_weeks); three of them.
    problem = tiny.problem(*(tiny.visit(f"V{n}") for n in (1, 2, 3, 4)))
    placed = [tiny.place(f"V{n}", f"{n + 9}:00") for n in (1, 2, 3)]
    found = figures(problem, tiny.schedule(problem, *placed)).expected_missed_visits
    assert found == pytest.approx(3 * 0.023859, rel=1e-3)


def test_overflow_chairs_are_no_columns(tiny):
    practice = tiny.practice(clinic=1, assistants=2)
    spare = practice.chairs[0].model_copy(update={"id": "C9", "overflow": True})
    assert spare.kind is ChairKind.CLINIC
    wide = practice.model_copy(update={"chairs": (*practice.chairs, spare)})
    problem = tiny.problem(practice=wide)
    # One staffed column of eight steps on five days, though two assistants are free.
    assert figures(problem, tiny.schedule(problem)).after_school_spaces_left == 40
