"""Problems so small that everything can be tried: two hours on a Tuesday (and Wednesday).

Two or three visits, one to three chairs, one or two assistants, one or two doctors, starts every
15 minutes. Each day is named for what makes it hard. HALF is A10 D5 A10 (30 minutes with turnover),
LONG A15 D15 A30 (65 with turnover).
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from engine.practice import (
    AgeBand,
    AllowedTime,
    Attendance,
    Binds,
    BlockKind,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    Clearance,
    ClearanceKind,
    ClassRelease,
    DailyLimit,
    DoctorRule,
    DoctorRuleKind,
    Follows,
    HourEffect,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Policy,
    Problem,
    Quota,
    ReleaseStep,
    RiskPolicy,
    StaffBlock,
    StaffMember,
    Supervision,
    Treatment,
    Weekday,
)

Tiny = Any
DAYS: dict[str, Callable[[Tiny], Problem]] = {}
"""Builders by name."""

TWO_DAYS: set[str] = set()
"""Names of those that go on to the Wednesday."""

UNITS = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=2)


def named(days: int = 1) -> Callable[[Callable[[Tiny], Problem]], Callable[[Tiny], Problem]]:
    def register(build: Callable[[Tiny], Problem]) -> Callable[[Tiny], Problem]:
        DAYS[build.__name__] = build
        if days == 2:
            TWO_DAYS.add(build.__name__)
        return build

    return register


def short(tiny: Tiny, *asked: Any, procedures: tuple = (), **changes: Any) -> Problem:
    """08:00-10:00 on Tuesday and Wednesday; people are there a little longer."""
    hours = tuple(
        OpenHours(weekday=day, start="08:00", end="10:00") for day in (Weekday.TUE, Weekday.WED)
    )
    own = (
        tiny.procedure("HALF", "A10 D5 A10"),
        tiny.procedure("LONG", "A15 D15 A30"),
        *procedures,
    )
    return tiny.problem(
        *asked, **{"hours": hours, "start_mark_minutes": 15, "procedures": own, **changes}
    )


def away(tiny: Tiny, start: str, end: str, *people: str) -> StaffBlock:
    span = tiny.window(start, end)
    return StaffBlock(
        kind=BlockKind.MEETING, staff=people, dates=(tiny.tuesday,), start=span.start, end=span.end
    )


def template(*cells: Cell, quotas: tuple[Quota, ...] = ()) -> dict[str, Any]:
    return {
        "model_days": (ModelDay(id="M", title="M", cells=cells, quotas=quotas),),
        "model_day_dates": (ModelDayDate(model_day="M", weekday=Weekday.TUE),),
    }


def cell(wanted: str, start: str, end: str, *columns: str, **changes: Any) -> Cell:
    return Cell(
        id=f"{wanted}-{start}-{columns[0]}",
        procedure_class=wanted,
        columns=columns,
        start=start,
        end=end,
        **changes,
    )


def other_rooms() -> tuple[Chair, ...]:
    return Chair(id="E1", kind=ChairKind.EXAM), Chair(id="R1", kind=ChairKind.RECORDS)


def others(tiny: Tiny) -> tuple[StaffMember, ...]:
    return tiny.person("TC1", "treatment_coordinator"), tiny.person("RT1", "records_technician")


@named()
def three_long_visits_and_one_chair(tiny: Tiny) -> Problem:
    return short(tiny, *(tiny.visit(f"V{n}", "LONG") for n in (1, 2, 3)))


@named()
def two_chairs_and_one_assistant(tiny: Tiny) -> Problem:
    return short(tiny, tiny.visit("V1", "LONG"), tiny.visit("V2", "LONG"), clinic=2)


@named()
def one_doctor_between_two_chairs(tiny: Tiny) -> Problem:
    wish = (tiny.window("08:00", "09:00"),)
    visits = (tiny.visit(f"V{n}", "LONG", availability=wish) for n in (1, 2))
    return short(tiny, *visits, clinic=2, assistants=2)


@named()
def the_float_lets_the_doctor_serve_both(tiny: Tiny) -> Problem:
    eight = (tiny.window("08:00", "08:45"),)
    late = tiny.procedure("FLOAT", "A15 D15+15 A15")
    visits = (tiny.visit(f"V{n}", "FLOAT", availability=eight) for n in (1, 2))
    return short(tiny, *visits, procedures=(late,), clinic=2, assistants=2)


@named()
def the_preferred_doctor_leaves_early(tiny: Tiny) -> Problem:
    blocks = (away(tiny, "08:35", "10:00", "DR2"),)
    visits = (tiny.visit(f"V{n}", "HALF", preferred_doctor="DR2") for n in (1, 2, 3))
    return short(tiny, *visits, doctors=2, staff_blocks=blocks)


@named()
def the_required_doctor_comes_late(tiny: Tiny) -> Problem:
    blocks = (away(tiny, "08:00", "09:20", "DR2"),)
    return short(
        tiny,
        tiny.visit("V1", "LONG", required_doctor="DR2"),
        tiny.visit("V2", "LONG", preferred_doctor="DR2"),
        doctors=2,
        staff_blocks=blocks,
    )


@named()
def doctor_units_in_a_slot(tiny: Tiny) -> Problem:
    eight = (tiny.window("08:00", "08:35"),)
    visits = (tiny.visit(f"V{n}", "HALF", availability=eight) for n in (1, 2, 3))
    return short(tiny, *visits, clinic=3, assistants=3, doctor_rule=UNITS)


@named()
def units_of_two_doctors(tiny: Tiny) -> Problem:
    eight = (tiny.window("08:00", "08:40"),)
    more = tiny.procedure("MORE", "A10 D10 A15")
    return short(
        tiny,
        tiny.visit("V1", "MORE", availability=eight, required_doctor="DR2"),
        tiny.visit("V2", "MORE", availability=eight, preferred_doctor="DR2"),
        procedures=(more,),
        clinic=2,
        assistants=2,
        doctors=2,
        doctor_rule=UNITS,
    )


@named()
def one_doctor_for_both_looks(tiny: Tiny) -> Problem:
    # DR1 is away early, DR2 late: nobody has both looks of a visit that starts at 08:00 or 08:15.
    twice = tiny.procedure("TWICE", "A5 D5 A20 D5+5 A10")
    blocks = (away(tiny, "08:00", "08:25", "DR1"), away(tiny, "08:40", "09:10", "DR2"))
    early = (tiny.window("08:00", "09:20"),)
    return short(
        tiny,
        tiny.visit("V1", "TWICE", availability=early),
        tiny.visit("V2", "HALF"),
        procedures=(twice,),
        doctors=2,
        staff_blocks=blocks,
    )


@named()
def first_records_then_the_chair(tiny: Tiny) -> Problem:
    rooms = tiny.procedure("ROOMS", "A20|A10 D5 A10", ("records", "clinic"), turnover=(10, 5))
    return short(
        tiny,
        tiny.visit("V1", "ROOMS"),
        tiny.visit("V2", "ROOMS"),
        tiny.visit("V3", "HALF"),
        procedures=(rooms,),
    )


@named()
def a_family_of_two_and_another_patient(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.visit("V1", "LONG", household="H1", wishes=(tiny.window("09:00", "10:00"),)),
        tiny.visit("V2", "HALF", household="H1", wishes=(tiny.window("08:00", "08:30"),)),
        tiny.visit("V3", "HALF"),
        policy=Policy(together_minutes=30),
        clinic=2,
    )


@named()
def a_family_with_a_booking(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "09:15", "C1", "HALF", household="H1"),
        tiny.visit("V1", "LONG", household="H1"),
        policy=Policy(together_minutes=45),
    )


@named()
def one_after_the_other_on_a_day(tiny: Tiny) -> Problem:
    after = (Follows(visit="V1", min_minutes=40, max_days=0),)
    return short(
        tiny,
        tiny.visit("V1", "HALF", patient="P1"),
        tiny.visit("V2", "HALF", patient="P1", follows=after),
        tiny.visit("V3", "HALF", availability=(tiny.window("08:00", "09:10"),)),
    )


@named(days=2)
def the_second_on_a_later_day(tiny: Tiny) -> Problem:
    after = (Follows(visit="V1", min_working_days=1),)
    return short(
        tiny,
        tiny.visit("V1", "LONG", patient="P1", availability=(tiny.window("08:30", "10:00"),)),
        tiny.visit("V2", "LONG", patient="P1", follows=after),
    )


@named()
def a_visit_before_a_frozen_booking(tiny: Tiny) -> Problem:
    after = (Follows(visit="V1", min_minutes=10),)
    return short(
        tiny,
        tiny.booking("B1", "09:00", "C1", "HALF", patient="P1", follows=after),
        tiny.visit("V1", "LONG", patient="P1"),
        tiny.visit("V2", "HALF"),
        clinic=2,
        assistants=2,
    )


@named()
def two_visits_of_one_patient(tiny: Tiny) -> Problem:
    window = (tiny.window("08:00", "08:55"),)
    return short(
        tiny,
        tiny.visit("V1", "HALF", patient="P1", availability=window),
        tiny.visit("V2", "HALF", patient="P1"),
        tiny.visit("V3", "LONG"),
        clinic=2,
        assistants=2,
    )


@named()
def a_booking_in_the_middle(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "08:45", "C1", "HALF"),
        tiny.visit("V1", "LONG"),
        tiny.visit("V2", "HALF", wishes=(tiny.window("09:20", "10:00"),)),
    )


@named()
def a_booking_that_may_move(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "08:45", "C1", "HALF", movable=True),
        tiny.visit("V1", "LONG"),
        policy=Policy(max_moves=1),
    )


@named()
def no_booking_may_move(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "08:45", "C1", "HALF", movable=True),
        tiny.visit("V1", "LONG"),
        tiny.visit("V2", "HALF"),
        policy=Policy(max_moves=0),
    )


@named()
def a_booking_that_changes_its_chair(tiny: Tiny) -> Problem:
    # C2 is blocked from 08:55 on: only if B1 leaves C1 for it has V1 an hour in C1.
    blocked = ChairBlock(date=tiny.tuesday, start="08:55", end="10:00")
    chairs = (
        Chair(id="C1", kind=ChairKind.CLINIC),
        Chair(id="C2", kind=ChairKind.CLINIC, blocks=(blocked,)),
        *other_rooms(),
    )
    return short(
        tiny,
        tiny.booking("B1", "08:15", "C1", "HALF"),
        tiny.visit("V1", "LONG", availability=(tiny.window("08:00", "09:25"),)),
        policy=Policy(reseat_bookings=True),
        chairs=chairs,
        assistants=2,
    )


@named()
def a_double_booked_chair(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "08:30", "C1", "HALF"),
        tiny.booking("B2", "08:45", "C1", "HALF"),
        tiny.visit("V1", "HALF"),
        tiny.visit("V2", "LONG"),
        clinic=2,
        assistants=2,
    )


@named()
def cells_with_fallback_and_release(tiny: Tiny) -> Problem:
    released = ClassRelease(
        procedure_class="exam", steps=(ReleaseStep(days_before=2, accepts=("long",)),)
    )
    day = template(
        cell("half", "08:00", "08:30", "C1", fallbacks=("long",)),
        cell("long", "08:30", "09:00", "C1"),
        cell("exam", "09:00", "10:00", "C1"),
        cell("half", "08:00", "10:00", "C2"),
    )
    return short(
        tiny,
        tiny.visit("V1", "LONG"),
        tiny.visit("V2", "HALF"),
        policy=Policy(release=(released,)),
        clinic=2,
        **day,
    )


@named()
def two_stages_off_the_template(tiny: Tiny) -> Problem:
    both = tiny.procedure("BOTH", "A15|A15", "clinic", procedure_class="both")
    day = template(
        cell("long", "08:00", "08:45", "C1", "C2", fallbacks=("both",)),
        cell("half", "08:45", "10:00", "C2", fallbacks=("both",)),
    )
    return short(
        tiny,
        tiny.visit("V1", "BOTH"),
        tiny.visit("V2", "HALF"),
        procedures=(both,),
        clinic=2,
        **day,
    )


@named()
def a_quota_of_one(tiny: Tiny) -> Problem:
    day = template(quotas=(Quota(procedure_class="half", at_most=1),))
    visits = (tiny.visit(f"V{n}", "HALF") for n in (1, 2))
    return short(tiny, *visits, tiny.visit("V3", "LONG"), **day)


@named()
def one_scanner(tiny: Tiny) -> Problem:
    limits = (
        DailyLimit(id="scanner", procedures=("HALF", "LONG"), at_once=1),
        DailyLimit(id="kits", procedures=("HALF",), per_day=2),
    )
    window = (tiny.window("08:00", "09:15"),)
    return short(
        tiny,
        tiny.booking("B1", "09:30", "C1", "HALF"),
        *(tiny.visit(f"V{n}", "HALF", availability=window) for n in (1, 2)),
        tiny.visit("V3", "LONG"),
        clinic=2,
        assistants=2,
        limits=limits,
    )


@named()
def wishes_for_the_same_half_hour(tiny: Tiny) -> Problem:
    wish = (tiny.window("09:00", "09:40"),)
    visits = (tiny.visit(f"V{n}", "HALF", wishes=wish) for n in (1, 2))
    return short(tiny, *visits, tiny.visit("V3", "HALF", wishes=(tiny.window("08:10", "09:50"),)))


@named()
def one_assistant_with_the_skill(tiny: Tiny) -> Problem:
    wire = tiny.procedure("WIRE", "A30", skill="wire")
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("AS1", "assistant", "wire"),
        tiny.person("AS2"),
        *others(tiny),
    )
    early = (tiny.window("08:00", "09:00"),)
    return short(
        tiny,
        *(tiny.visit(f"V{n}", "WIRE", availability=early) for n in (1, 2)),
        tiny.visit("V3", "HALF", availability=early),
        procedures=(wire,),
        clinic=2,
        staff=staff,
    )


@named()
def a_meeting_at_nine(tiny: Tiny) -> Problem:
    blocks = (away(tiny, "09:00", "09:30", "AS1"), away(tiny, "08:00", "08:20", "DR1"))
    return short(tiny, tiny.visit("V1", "LONG"), tiny.visit("V2", "HALF"), staff_blocks=blocks)


@named(days=2)
def two_even_days(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.visit("V1", "LONG", due=tiny.friday),
        tiny.visit("V2", "HALF", due=tiny.friday),
        tiny.visit("V3", "HALF", due=tiny.friday, latest=tiny.tuesday),
    )


@named(days=2)
def lab_items_and_clearances(tiny: Tiny) -> Problem:
    open_one = Clearance(kind=ClearanceKind.CONSENT, expected=tiny.wednesday)
    return short(
        tiny,
        tiny.visit("V1", "LONG", lab_ready=tiny.tuesday),
        tiny.visit("V2", "LONG", clearances=(open_one,)),
        tiny.visit("V3", "HALF", earliest=tiny.wednesday, latest=tiny.wednesday),
    )


@named()
def a_doctor_without_a_break(tiny: Tiny) -> Problem:
    look = tiny.procedure("LOOK", "A15 D30 A15")
    policy = Policy(chain_minutes=25, doctor_load_share=0.6)
    visits = (tiny.visit(f"V{n}", "LOOK") for n in (1, 2))
    return short(tiny, *visits, procedures=(look,), policy=policy, clinic=2, assistants=2)


@named()
def an_overflow_chair(tiny: Tiny) -> Problem:
    chairs = (
        Chair(id="C1", kind=ChairKind.CLINIC),
        Chair(id="C2", kind=ChairKind.CLINIC, overflow=True),
        *other_rooms(),
    )
    early = (tiny.window("08:00", "09:00"),)
    return short(
        tiny,
        *(tiny.visit(f"V{n}", "HALF", availability=early) for n in (1, 2)),
        tiny.visit("V3", "LONG"),
        chairs=chairs,
        assistants=2,
        overflow_classes=("half",),
    )


@named()
def procedures_at_their_times(tiny: Tiny) -> Problem:
    times = (
        AllowedTime(start="08:00", end="08:50", binds=Binds.WHOLE),
        AllowedTime(start="09:00", end="10:00", binds=Binds.END, weekdays=(Weekday.TUE,)),
    )
    early = tiny.procedure("EARLY", "A10 D5 A25", allowed_times=times)
    return short(
        tiny,
        *(tiny.visit(f"V{n}", "EARLY", due=tiny.monday) for n in (1, 2, 3)),
        procedures=(early,),
    )


@named()
def under_a_doctor_in_the_office(tiny: Tiny) -> Problem:
    general = tiny.procedure("ALONE", "A20", supervision=Supervision.GENERAL)
    out = StaffBlock(
        kind=BlockKind.TRAINING,
        staff=("DR1",),
        dates=(tiny.tuesday,),
        start=dt.time(9),
        end=dt.time(10),
    )
    return short(
        tiny,
        tiny.visit("V1", "ALONE"),
        tiny.visit("V2", "CLEAN"),
        tiny.visit("V3", "HALF"),
        procedures=(general,),
        staff_blocks=(out,),
    )


@named(days=2)
def the_end_of_treatment_first(tiny: Tiny) -> Problem:
    def course(finish: dt.date) -> Treatment:
        return Treatment(
            started=dt.date(2024, 6, 3),
            original_ecd=finish,
            current_ecd=finish,
            remaining_visits=1,
        )

    return short(
        tiny,
        tiny.visit("V1", "LONG", treatment=course(dt.date(2026, 3, 20))),
        tiny.visit("V2", "LONG", treatment=course(dt.date(2026, 2, 12))),
        tiny.visit("V3", "LONG", latest=tiny.tuesday),
    )


@named()
def hours_in_which_patients_stay_away(tiny: Tiny) -> Problem:
    effects = (HourEffect(hour=8, logit=0.5), HourEffect(hour=9, logit=-0.3))
    often = Attendance(kept=3, missed=5)
    return short(
        tiny,
        tiny.visit("V1", "LONG", attendance=often, age_band=AgeBand.AGE_18_30),
        tiny.visit("V2", "HALF"),
        policy=Policy(risk=RiskPolicy(hour_effects=effects)),
    )
