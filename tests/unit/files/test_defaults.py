"""Every gap has a default that is said in a sentence and counted, and the values are right."""

import datetime as dt
from typing import Any

import pytest

from engine.files import Loaded
from engine.files.case_types import months_later
from engine.practice import AgeBand, Attendance, Confirmation, Role, Visit, VisitList

HISTORY = """\
patient,date,procedure,outcome
P00009,2024-02-01,BOND,kept
P00009,2024-06-10,ADJR,kept
P00009,2025-01-15,ADJR,missed
P00009,2025-02-20,ADJR,kept
P00009,2025-12-01,ADJR,cancelled
P00008,2025-12-01,ADJR,kept
"""


@pytest.fixture
def bare(folder: Any) -> Any:
    """The folder without visits and bookings: every default counted is one of the test's rows."""
    folder.write("visits.csv", [], ["patient", "procedure"])
    folder.write("bookings.csv", [], ["patient", "procedure", "date", "start", "column", "status"])
    return folder


def counts(loaded: Loaded) -> dict[str, int]:
    return {use.field: use.rows for use in loaded.defaults}


def sentence(loaded: Loaded, field: str) -> str:
    return next(use.sentence for use in loaded.defaults if use.field == field)


def visit(loaded: Loaded, number: int = 0) -> Visit:
    assert [str(one) for one in loaded.problems if one.severity == "set_aside"] == []
    return loaded.problem.visits[number]


def test_a_visit_needs_patient_and_procedure_and_nothing_else(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="ADJR")
    loaded = bare.load()
    # as_of is Monday 2026-03-02, and the row is the first after the header.
    assert visit(loaded) == Visit(
        id="visits-row-2", patient="P00009", procedure="ADJR", due=dt.date(2026, 3, 2)
    )
    ours = {field: n for field, n in counts(loaded).items() if not field.startswith("cell ")}
    assert ours == dict.fromkeys(
        [
            "id",
            "minutes",
            "due",
            "wishes",
            "listed",
            "earliest",
            "latest",
            "availability",
            "lab_ready",
            "clearances",
            "household",
            "follows",
            "required_doctor",
            "preferred_doctor",
            "preferred_assistant",
            "account",
            "age_band",
            "requested_on",
            "attendance",
            "treatment",
        ],
        1,
    )


def test_a_booking_needs_date_start_column_and_status_too(bare: Any) -> None:
    given = {"date": "2026-03-05", "start": "10:30", "column": "C1", "status": "movable"}
    bare.add("bookings.csv", patient="P00009", procedure="RETC", **given)
    loaded = bare.load()
    (booking,) = loaded.problem.bookings
    assert booking.visit.id == "bookings-row-2"
    assert (booking.chair, booking.movable, booking.chair_locked) == ("C1", True, False)
    assert booking.confirmation is Confirmation.UNCONFIRMED
    # It is due when it is booked, not today: a book weeks ahead is not overdue.
    assert booking.visit.due == dt.date(2026, 3, 5)
    found = counts(loaded)
    assert (found["confirmation"], found["chair_locked"], found["booked_on"]) == (1, 1, 1)
    assert "movable" not in found


def test_status_may_say_only_what_the_patient_said(bare: Any) -> None:
    given = {"date": "2026-03-05", "start": "10:30", "column": "C1", "status": "Confirmed"}
    bare.add("bookings.csv", patient="P00009", procedure="RETC", **given)
    loaded = bare.load()
    assert loaded.problem.bookings[0].confirmation is Confirmation.CONFIRMED
    assert loaded.problem.bookings[0].movable is False
    assert sentence(loaded, "movable") == "frozen"


def test_rows_are_counted_for_each_sentence(bare: Any) -> None:
    for listed in ("", "asap", ""):
        bare.add("visits.csv", patient="P00009", procedure="ADJR", listed=listed)
    loaded = bare.load()
    assert [one.listed for one in loaded.problem.visits] == [
        VisitList.PENDING,
        VisitList.ASAP,
        VisitList.PENDING,
    ]
    assert counts(loaded)["listed"] == 2


def test_a_row_that_is_set_aside_uses_no_default(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="ADJR")
    bare.add("visits.csv", patient="", procedure="ADJR")
    assert counts(bare.load())["due"] == 1


def test_completion_is_start_plus_contract_months_and_frozen(bare: Any) -> None:
    bare.add(
        "visits.csv",
        patient="P00009",
        procedure="ADJR",
        started="2024-08-31",
        contract_months="18",
        remaining_visits="4",
        interval_days="42",
    )
    loaded = bare.load()
    treatment = visit(loaded).treatment
    assert treatment is not None
    # 18 months after 31 August 2024 is the last day of February 2026.
    assert treatment.original_ecd == treatment.current_ecd == dt.date(2026, 2, 28)
    assert sentence(loaded, "original_ecd") == (
        "start plus the row's contract months, frozen as the original"
    )
    assert counts(loaded)["current_ecd"] == 1
    assert "remaining_visits" not in counts(loaded)


def test_the_completion_date_of_a_first_import_becomes_the_original(bare: Any) -> None:
    bare.add(
        "visits.csv",
        patient="P00009",
        procedure="ADJR",
        started="2024-05-06",
        current_ecd="2026-06-01",
    )
    loaded = bare.load()
    treatment = visit(loaded).treatment
    assert treatment is not None
    assert treatment.original_ecd == dt.date(2026, 6, 1)
    assert "frozen as the original" in sentence(loaded, "original_ecd")


def test_without_months_the_average_of_the_literature_counts(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="ADJR", started="2025-03-10", kept="5")
    loaded = bare.load()
    treatment = visit(loaded).treatment
    assert treatment is not None
    assert treatment.original_ecd == dt.date(2026, 11, 10)  # 20 months
    assert treatment.remaining_visits == 13  # 18 - 5
    assert treatment.interval_days == 34
    assert "'average'" in sentence(loaded, "remaining_visits")


CASES = """
[defaults]
case_type = "full"
case_types = [
    { id = "full", months = 24, visits = 20, interval_days = 42 },
    { id = "limited", months = 8, visits = 7, interval_days = 35 },
]
"""


def test_case_types_of_the_practice(bare: Any) -> None:
    toml = bare.path / "practice.toml"
    toml.write_text(toml.read_text("utf-8") + CASES, "utf-8")
    started = {"patient": "P00009", "procedure": "ADJR", "started": "2025-09-01"}
    bare.add("visits.csv", **started, case_type="limited")
    bare.add("visits.csv", **started)
    loaded = bare.load()
    limited, full = (visit(loaded, at).treatment for at in (0, 1))
    assert limited is not None
    assert full is not None
    assert (limited.original_ecd, limited.remaining_visits) == (dt.date(2026, 5, 1), 7)
    assert (full.original_ecd, full.remaining_visits) == (dt.date(2027, 9, 1), 20)
    used = [use.sentence for use in loaded.defaults if use.field == "interval_days"]
    assert used == ["35 days, as in case type 'limited'", "42 days, as in case type 'full'"]


def test_remaining_visits_do_not_shrink_because_time_has_passed(bare: Any) -> None:
    """30 months into a 20-month case with 5 kept visits, 13 are left, though the ECD has gone."""
    bare.add("visits.csv", patient="P00009", procedure="ADJR", started="2023-09-01", kept="5")
    treatment = visit(bare.load()).treatment
    assert treatment is not None
    assert treatment.original_ecd == dt.date(2025, 5, 1)
    assert treatment.remaining_visits == 13


def test_at_least_this_visit_remains(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="ADJR", started="2023-09-01", kept="25")
    treatment = visit(bare.load()).treatment
    assert treatment is not None
    assert treatment.remaining_visits == 1


def test_history_fills_attendance_and_remaining_visits(bare: Any) -> None:
    (bare.path / "history.csv").write_text(HISTORY, "utf-8")
    bare.add("visits.csv", patient="P00009", procedure="ADJR", started="2024-06-01")
    loaded = bare.load()
    # Two years up to 2026-03-02: the visit of February 2024 is too old for attendance ...
    assert visit(loaded).attendance == Attendance(kept=2, missed=1, cancelled=1, last_missed=False)
    treatment = visit(loaded).treatment
    assert treatment is not None
    # ... and before the start of treatment: 18 - 2.
    assert treatment.remaining_visits == 16
    assert "history.csv" in sentence(loaded, "attendance")
    assert "history.csv" in sentence(loaded, "remaining_visits")


def test_a_count_in_the_row_beats_history(bare: Any) -> None:
    (bare.path / "history.csv").write_text(HISTORY, "utf-8")
    bare.add("visits.csv", patient="P00009", procedure="ADJR", missed="4")
    loaded = bare.load()
    assert visit(loaded).attendance == Attendance(kept=0, missed=4, cancelled=0)
    assert "attendance" not in counts(loaded)
    assert (counts(loaded)["kept"], counts(loaded)["cancelled"]) == (1, 1)


@pytest.mark.parametrize("age", [AgeBand.UNDER_12, AgeBand.AGE_12_17])
def test_school_age_wishes_to_come_after_school_and_is_not_bound(bare: Any, age: AgeBand) -> None:
    bare.add("visits.csv", patient="P00009", procedure="RETC", age_band=age)
    loaded = bare.load()
    assert visit(loaded).availability == ()
    (wish,) = visit(loaded).wishes
    assert (wish.start, wish.on(4), wish.on(5)) == (dt.time(15, 15), True, False)
    assert "15:15" in sentence(loaded, "wishes")


def test_nobody_wishes_for_a_time_at_which_the_procedure_is_not_given(bare: Any) -> None:
    # BOND is given from 08:00 to 12:00, on Wednesdays from 13:00 to 14:00; school ends at 15:15.
    bare.add("visits.csv", patient="P00009", procedure="BOND", age_band="12_17")
    loaded = bare.load()
    assert visit(loaded).wishes == ()
    assert "not given after school" in sentence(loaded, "wishes")


def test_adults_wish_nothing_and_a_written_wish_counts(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="RETC", age_band="over_30")
    bare.add("visits.csv", patient="P00008", procedure="RETC", age_band="12_17", wishes="any time")
    loaded = bare.load()
    assert visit(loaded, 0).wishes == visit(loaded, 1).wishes == ()
    assert [use.rows for use in loaded.defaults if use.field == "wishes"] == [1]


def test_type_and_length_choose_the_nearest_procedure(bare: Any) -> None:
    # Class adjust: ADJR has 20 min, ADJL 40, PROG 30; purpose retention: RETC has 10.
    for kind, minutes in (("adjust", "35"), ("Adjust", "25"), ("retention", "15")):
        bare.add("visits.csv", patient="P00009", type=kind, minutes=minutes)
    loaded = bare.load()
    assert [one.procedure for one in loaded.problem.visits] == ["ADJL", "ADJR", "RETC"]
    assert [one.minutes for one in loaded.problem.visits] == [35, 25, 15]
    assert (counts(loaded)["procedure"], counts(loaded)["doctor_minutes"]) == (3, 3)


def test_without_shifts_people_work_in_the_opening_hours(bare: Any) -> None:
    bare.replace("practice.toml", "shifts = []\n", "")
    loaded = bare.load()
    person = loaded.problem.staff["AS3"]
    # Four weekdays and the dated Saturday of the opening hours.
    assert len(person.shifts) == len(loaded.problem.practice.hours) == 5
    assert person.shifts[-1].date == dt.date(2026, 3, 7)
    assert counts(loaded)["shifts"] == 1


def test_without_a_staff_list_an_open_column_has_its_assistant(bare: Any) -> None:
    text = (bare.path / "practice.toml").read_text("utf-8")
    first, last = text.index("[[practice.staff]]"), text.index("[practice.doctor_rule]")
    cut = text[:first] + text[last:]
    # The block of AS2's vacation would name somebody who is no longer there.
    cut = cut.replace('    { kind = "vacation", staff = ["AS2"], dates = [2026-03-11] },\n', "")
    (bare.path / "practice.toml").write_text(cut, "utf-8")
    loaded = bare.load()
    staff = loaded.problem.practice.staff
    # Three clinic columns (the overflow chair has no assistant of its own), exam and records room.
    assert [person.id for person in staff] == ["DR1", "AS1", "AS2", "AS3", "TC1", "RT1"]
    assert staff[1].skills == ("bonding",)
    said = {use.sentence: use.rows for use in loaded.defaults if use.field == "staff"}
    assert said["one assistant for each open clinic column, all day"] == 3
    assert len(said) == 4


def test_a_list_without_assistants_is_filled_only_where_asked(bare: Any) -> None:
    text = (bare.path / "practice.toml").read_text("utf-8")
    first, last = text.index('[[practice.staff]]\nid = "AS1"'), text.index('id = "TC1"')
    cut = text[:first] + "[[practice.staff]]\n" + text[last:]
    cut = cut.replace('    { kind = "vacation", staff = ["AS2"], dates = [2026-03-11] },\n', "")
    cut += "\n[defaults]\nassistants_per_column = true\n"
    (bare.path / "practice.toml").write_text(cut, "utf-8")
    roles = [person.role for person in bare.load().problem.practice.staff]
    assert roles.count(Role.ASSISTANT) == 3


def test_generated_ids_avoid_given_ones(bare: Any) -> None:
    bare.add("visits.csv", patient="P00009", procedure="ADJR")
    bare.add("visits.csv", patient="P00008", procedure="ADJR", id="visits-row-2")
    assert [one.id for one in bare.load().problem.visits] == ["visits-row-2-b", "visits-row-2"]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2023, 8, 31), 6, dt.date(2024, 2, 29)),
        (dt.date(2025, 12, 15), 1, dt.date(2026, 1, 15)),
        (dt.date(2026, 3, 2), -24, dt.date(2024, 3, 2)),
        (dt.date(9999, 1, 1), 20, dt.date.max),
        (dt.date(1, 1, 1), -24, dt.date.min),
    ],
)
def test_months_later(day: dt.date, months: int, later: dt.date) -> None:
    assert months_later(day, months) == later
