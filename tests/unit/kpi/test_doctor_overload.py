from engine.kpi import doctor_overload
from engine.kpi.filled import Filled
from engine.practice import BlockKind, StaffBlock


def overload(problem, schedule) -> int:
    return doctor_overload.quanta(Filled(problem, schedule))


def test_minutes_above_85_percent_of_each_clock_hour(tiny):
    # One doctor: 51 of 60 minutes are not priced. 09:05-10:00 is doctor time of V1: 55, 4 above.
    # V2 from 10:00 to 10:50: 50, none above. Together 105 of 120 would be 3 above 102.
    long = tiny.procedure("LONG", "A5 D55 A5")
    other = tiny.procedure("OTHER", "D50")
    problem = tiny.problem(
        tiny.visit("V1", "LONG"), tiny.visit("V2", "OTHER"), clinic=2, procedures=(long, other)
    )
    schedule = tiny.schedule(
        problem, tiny.place("V1", "09:00", "A5 D55 A5"), tiny.place("V2", "10:00", "D50")
    )
    assert overload(problem, schedule) == 4


def test_the_limit_follows_the_doctors_who_are_there(tiny):
    # The doctor is away 09:00-09:30: 30 minutes there, int(25.5) = 25 not priced; 30 asked for.
    away = StaffBlock(
        kind=BlockKind.MEETING,
        staff=("DR1",),
        dates=(tiny.tuesday,),
        start=tiny.window("09:00", "09:30").start,
        end=tiny.window("09:00", "09:30").end,
    )
    half = tiny.procedure("HALF", "D30")
    asked = tiny.visit("V1", "HALF")
    placed = tiny.place("V1", "09:30", "D30")
    alone = tiny.problem(asked, procedures=(half,), staff_blocks=(away,))
    two = tiny.problem(asked, procedures=(half,), staff_blocks=(away,), doctors=2)
    assert overload(alone, tiny.schedule(alone, placed)) == 5
    assert overload(two, tiny.schedule(two, placed)) == 0


def test_kept_bookings_that_no_doctor_can_serve_ask_for_minutes_too(tiny):
    half = tiny.procedure("HALF", "D40")
    problem = tiny.problem(
        tiny.booking("B1", "09:00", "C1", "HALF"),
        tiny.booking("B2", "09:00", "C2", "HALF"),
        clinic=2,
        procedures=(half,),
    )
    schedule = tiny.schedule(
        problem,
        tiny.place("B1", "09:00", "D40"),
        tiny.place("B2", "09:00", "D40", doctor=None),
    )
    # 80 asked for, 51 not priced.
    assert overload(problem, schedule) == 29
