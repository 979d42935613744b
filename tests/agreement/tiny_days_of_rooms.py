"""Tiny days that are hard for their chairs, their book and their template."""

from tiny_day_builders import Tiny, cell, named, other_rooms, short, template

from engine.practice import (
    AllowedTime,
    Binds,
    Chair,
    ChairBlock,
    ChairKind,
    ClassRelease,
    DailyLimit,
    Follows,
    Policy,
    Problem,
    Quota,
    ReleaseStep,
    Weekday,
)


@named()
def three_long_visits_and_one_chair(tiny: Tiny) -> Problem:
    return short(tiny, *(tiny.visit(f"V{n}", "LONG") for n in (1, 2, 3)))


@named()
def two_chairs_and_one_assistant(tiny: Tiny) -> Problem:
    return short(tiny, tiny.visit("V1", "LONG"), tiny.visit("V2", "LONG"), clinic=2)


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
def a_family_with_a_booking(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.booking("B1", "09:15", "C1", "HALF", household="H1"),
        tiny.visit("V1", "LONG", household="H1"),
        policy=Policy(together_minutes=45),
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


@named(days=2)
def two_even_days(tiny: Tiny) -> Problem:
    return short(
        tiny,
        tiny.visit("V1", "LONG", due=tiny.friday),
        tiny.visit("V2", "HALF", due=tiny.friday),
        tiny.visit("V3", "HALF", due=tiny.friday, latest=tiny.tuesday),
    )


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
