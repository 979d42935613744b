"""Tiny days that are hard for their patients, assistants and doctors."""

import datetime as dt

from tiny_day_builders import UNITS, Tiny, away, named, others, short

from engine.practice import (
    AgeBand,
    Attendance,
    BlockKind,
    Clearance,
    ClearanceKind,
    Follows,
    HourEffect,
    Policy,
    Problem,
    RiskPolicy,
    StaffBlock,
    Supervision,
    Treatment,
)


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
    policy = Policy(chain_minutes=25, doctor_load_share=0.4)
    visits = (tiny.visit(f"V{n}", "LOOK") for n in (1, 2))
    return short(tiny, *visits, procedures=(look,), policy=policy, clinic=2, assistants=2)


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


@named(days=2)
def new_patients_wait(tiny: Tiny) -> Problem:
    asked = dt.date(2026, 2, 20)
    return short(
        tiny,
        *(tiny.visit(f"V{n}", "EXAM", requested_on=asked) for n in (1, 2, 3)),
        tiny.visit("V4", "HALF", latest=tiny.tuesday),
    )
