from engine.checker import check
from engine.filling.seat_bookings import seat_bookings
from engine.practice import Horizon, Treatment


def seated(problem) -> dict:
    horizon = Horizon(start=problem.as_of.date(), days=5)
    return {placement.visit: placement for placement in seat_bookings(problem, horizon)}


def test_bookings_keep_date_start_and_chair(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C2"),
        tiny.booking("B2", "10:00", "C1", date=tiny.thursday),
        tiny.booking("B3", "09:00", "C1", date=tiny.monday.replace(day=16)),
        clinic=2,
    )
    assert seated(problem) == {
        "B1": tiny.place("B1", "09:00", chair="C2"),
        "B2": tiny.place("B2", "10:00", date=tiny.thursday),
    }


def test_the_book_chair_is_for_stages_of_its_kind_and_the_rest_is_found(tiny):
    rooms = tiny.procedure("ROOMS", "A10|A20", ("records", "clinic"))
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C2", "ROOMS"), clinic=2, procedures=(rooms,)
    )
    assert [segment.chair for segment in seated(problem)["B1"].segments] == ["R1", "C2"]


def test_a_booking_without_a_chair_gets_a_free_one(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", None), tiny.booking("B2", "09:00", "C1"), clinic=3, assistants=2
    )
    assert seated(problem)["B1"].segments[0].chair == "C2"


def test_doctor_time_floats_so_that_all_are_served(tiny):
    # Three at nine want the doctor at 09:05 for 5 minutes, up to 10 later: 09:05, 09:10, 09:15. The
    # one that cannot wait, booked last, comes first.
    floating = tiny.procedure("FLOAT", "A5 D5+10 A10")
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "FLOAT"),
        tiny.booking("B2", "09:00", "C2", "FLOAT"),
        tiny.booking("B3", "09:00", "C3", "ADJ"),
        clinic=3,
        assistants=3,
        procedures=(floating,),
    )
    starts = {
        visit: next(s.start.minute for s in placed.segments if s.doctor_time)
        for visit, placed in seated(problem).items()
    }
    assert starts == {"B1": 10, "B2": 15, "B3": 5}


def test_a_scarce_skill_is_kept_for_who_needs_it(tiny):
    # AS1 alone can bond. B1 (anybody) begins before B2 (bonding) and overlaps it.
    skilled = tiny.procedure("SKILL", "A20", skill="bond")
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "CLEAN"),
        tiny.booking("B2", "09:05", "C2", "SKILL"),
        clinic=2,
        procedures=(skilled,),
        staff=(
            tiny.person("DR1", "doctor"),
            tiny.person("AS1", "assistant", "bond"),
            tiny.person("AS2", "assistant", "scan"),
        ),
    )
    found = {visit: placed.segments[0].staff for visit, placed in seated(problem).items()}
    assert found == {"B1": "AS2", "B2": "AS1"}


def test_where_the_book_clashes_somebody_goes_without(tiny):
    # Three at nine, two assistants, one doctor: one stage without a person, two without a doctor.
    problem = tiny.problem(
        *(tiny.booking(f"B{n}", "09:00", f"C{n}") for n in (1, 2, 3)), clinic=3, assistants=2
    )
    found = seated(problem)
    people = sorted(str(placed.segments[0].staff) for placed in found.values())
    doctors = sorted(str(placed.segments[1].doctor) for placed in found.values())
    assert people == ["AS1", "AS2", "None"]
    assert doctors == ["DR1", "None", "None"]
    assert all(placed.segments[1].doctor_time for placed in found.values())
    report = check(problem, tiny.schedule(problem, *found.values()))
    assert report.ok
    assert sorted({violation.rule for violation in report.inherited}) == [
        "doctor_once",
        "staff_once",
    ]


def test_two_bookings_in_one_chair_both_stay(tiny):
    active = Treatment(
        started=tiny.monday,
        original_ecd=tiny.friday,
        current_ecd=tiny.friday,
        remaining_visits=1,
    )
    problem = tiny.problem(
        tiny.booking("B1", "09:00", treatment=active),
        tiny.booking("B2", "09:10"),
        clinic=2,
        assistants=2,
    )
    found = seated(problem)
    assert {placed.segments[0].chair for placed in found.values()} == {"C1"}
    assert check(problem, tiny.schedule(problem, *found.values())).ok


def test_the_same_assistant_keeps_the_column(tiny):
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1"),
        tiny.booking("B2", "09:30", "C2"),
        tiny.booking("B3", "10:00", "C1"),
        tiny.booking("B4", "10:30", "C2"),
        clinic=2,
        assistants=2,
    )
    found = seated(problem)
    assert found["B1"].segments[0].staff == found["B3"].segments[0].staff
