"""A small sound practice that uses every kind of field, for the tests of files."""

import datetime as dt
from typing import Any

from engine.practice import (
    Account,
    AgeBand,
    AllowedTime,
    Attendance,
    Binds,
    BlockKind,
    Booking,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    ClassRelease,
    Clearance,
    ClearanceKind,
    ClockWindow,
    Closure,
    Confirmation,
    DailyLimit,
    EcdChoice,
    Follows,
    HourEffect,
    ModelDay,
    ModelDayDate,
    OpenHours,
    Policy,
    Practice,
    Problem,
    Procedure,
    Purpose,
    Quota,
    RebookingDelay,
    ReleaseStep,
    RiskPolicy,
    Role,
    Segment,
    SegmentKind,
    Shift,
    StaffBlock,
    StaffMember,
    Stage,
    Supervision,
    Treatment,
    Visit,
    VisitList,
    Weekday,
)

AS_OF = dt.datetime(2026, 3, 2, 7, 30)
"""A Monday."""
DAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU)


def at(clock: str) -> dt.time:
    return dt.time.fromisoformat(clock)


def stage(pattern: str, kind: ChairKind | None, role: Role | None, turnover: int = 0) -> Stage:
    segments = tuple(
        Segment(
            kind=SegmentKind.DOCTOR if piece[0] == "D" else SegmentKind.ASSISTANT,
            minutes=int(piece[1:]),
            float_minutes=5 if piece == "D10" else 0,
        )
        for piece in pattern.split("-")
    )
    return Stage(chair_kind=kind, role=role, segments=segments, turnover_minutes=turnover)


def procedures() -> tuple[Procedure, ...]:
    clinic, exam, records = ChairKind.CLINIC, ChairKind.EXAM, ChairKind.RECORDS
    assistant, coordinator = Role.ASSISTANT, Role.TREATMENT_COORDINATOR
    bond = stage("A25-D10-A25", clinic, assistant, 5).model_copy(update={"skill": "bonding"})
    return (
        Procedure(
            code="ADJR",
            title='Regular "archwire" change \\ \u00e9',
            procedure_class="adjust",
            purpose=Purpose.ACTIVE,
            stages=(stage("A5-D5-A10", clinic, assistant, 5),),
            external=(("code", 1), ("deep", {"list": [1, 2.5, None, True], "text": "a\nb"})),
        ),
        Procedure(
            code="ADJL",
            title="Long adjustment",
            procedure_class="adjust",
            purpose=Purpose.ACTIVE,
            stages=(stage("A15-D10-A15", clinic, assistant, 5),),
        ),
        Procedure(
            code="BOND",
            title="Bonding",
            procedure_class="long",
            purpose=Purpose.START,
            stages=(bond,),
            allowed_times=(
                AllowedTime(start=at("08:00"), end=at("12:00"), binds=Binds.WHOLE),
                AllowedTime(weekdays=(Weekday.WED,), start=at("13:00"), end=at("14:00")),
            ),
            rebooking_days=28,
        ),
        Procedure(
            code="NPEX",
            title="New-patient exam",
            procedure_class="exam",
            purpose=Purpose.EXAM,
            stages=(stage("A25-D10-A25", exam, coordinator),),
        ),
        Procedure(
            code="PROG",
            title="Progress records and review",
            procedure_class="adjust",
            purpose=Purpose.RECORDS,
            stages=(
                stage("A20", records, Role.RECORDS_TECHNICIAN),
                stage("D5-A5", clinic, assistant, 5),
            ),
        ),
        Procedure(
            code="RETC",
            title="Retainer check",
            procedure_class="short",
            purpose=Purpose.RETENTION,
            stages=(stage("A10", clinic, assistant, 5),),
            supervision=Supervision.GENERAL,
        ),
        Procedure(
            code="VIRT",
            title="Remote review",
            procedure_class="remote",
            purpose=Purpose.ACTIVE,
            stages=(stage("D5", None, None),),
        ),
    )


def template(id_: str, kind: str, columns: str, span: str, **more: Any) -> Cell:
    start, end = map(at, span.split("-"))
    chairs = tuple(columns.split())
    return Cell(id=id_, procedure_class=kind, columns=chairs, start=start, end=end, **more)


def model_day() -> ModelDay:
    return ModelDay(
        id="full",
        title="Full day",
        cells=(
            Cell(
                id="K1",
                procedure_class="long",
                columns=("C1",),
                start=at("08:00"),
                end=at("10:00"),
                fallbacks=("adjust", "short"),
                release=(
                    ReleaseStep(days_before=5, accepts=("adjust",)),
                    ReleaseStep(days_before=2, at=at("15:00"), accepts=("short", "*")),
                ),
                external=(("colour", "#ffcc00"),),
            ),
            template("K2", "adjust", "C2 C3", "08:00-12:00"),
            template("K3", "short", "C2", "13:00-13:30", hold=True, release=()),
        ),
        quotas=(
            Quota(procedure_class="long", at_most=3, target=2),
            Quota(procedure_class="exam", target=1),
        ),
        external=(("wall", True),),
    )


def practice() -> Practice:
    weekly = tuple(OpenHours(weekday=day, start=at("08:00"), end=at("17:00")) for day in DAYS)
    shifts = tuple(Shift(weekday=day, start=at("08:00"), end=at("17:00")) for day in DAYS)
    late = (*shifts, Shift(date=dt.date(2026, 3, 4), start=at("10:00"), end=at("17:00")))
    return Practice(
        id="P1",
        time_zone="America/Chicago",
        start_mark_minutes=10,
        hours=(*weekly, OpenHours(date=dt.date(2026, 3, 7), start=at("09:00"), end=at("12:00"))),
        closures=(Closure(date=dt.date(2026, 3, 12), reason="meeting of the study club"),),
        no_school_days=(dt.date(2026, 3, 9), dt.date(2026, 3, 10)),
        after_school=at("15:15"),
        chairs=(
            Chair(id="C1", kind=ChairKind.CLINIC, external=(("op", 7),)),
            Chair(
                id="C2",
                kind=ChairKind.CLINIC,
                blocks=(
                    ChairBlock(date=dt.date(2026, 3, 5)),
                    ChairBlock(date=dt.date(2026, 3, 9), start=at("08:00"), end=at("09:00")),
                ),
            ),
            Chair(id="C3", kind=ChairKind.CLINIC),
            Chair(id="C9", kind=ChairKind.CLINIC, overflow=True),
            Chair(id="T1", kind=ChairKind.EXAM),
            Chair(id="R1", kind=ChairKind.RECORDS),
        ),
        overflow_classes=("short",),
        staff=(
            StaffMember(id="DR1", role=Role.DOCTOR, shifts=shifts),
            StaffMember(id="DR2", role=Role.DOCTOR, shifts=shifts[:1]),
            StaffMember(id="AS1", role=Role.ASSISTANT, skills=("bonding", "scan"), shifts=shifts),
            StaffMember(id="AS2", role=Role.ASSISTANT, shifts=late, external=(("x", None),)),
            StaffMember(id="AS3", role=Role.ASSISTANT, shifts=()),
            StaffMember(id="TC1", role=Role.TREATMENT_COORDINATOR, shifts=shifts),
            StaffMember(id="RT1", role=Role.RECORDS_TECHNICIAN, shifts=shifts),
        ),
        staff_blocks=(
            StaffBlock(kind=BlockKind.LUNCH, weekdays=DAYS, start=at("12:00"), end=at("13:00")),
            StaffBlock(kind=BlockKind.VACATION, staff=("AS2",), dates=(dt.date(2026, 3, 11),)),
        ),
        procedures=procedures(),
        limits=(DailyLimit(id="kits", procedures=("BOND",), per_day=3, at_once=2),),
        model_days=(model_day(), ModelDay(id="free", title="Nothing reserved")),
        model_day_dates=(
            ModelDayDate(model_day="full", weekday=Weekday.TUE),
            ModelDayDate(model_day="free", date=dt.date(2026, 3, 10)),
        ),
        external=(("source", "test"),),
    )


def policy() -> Policy:
    delays = (RebookingDelay(days=28, share=0.7), RebookingDelay(days=45, share=0.3))
    effects = (HourEffect(hour=9, logit=-0.25),)
    return Policy(
        ecd=EcdChoice.CURRENT,
        risk=RiskPolicy(base_rate=0.07, rebooking_delays=delays, hour_effects=effects),
        release=(
            ClassRelease(
                procedure_class="exam", steps=(ReleaseStep(days_before=2, accepts=("short",)),)
            ),
        ),
        max_moves=3,
        move_costs={"notice_days": 5, "confirmed": 2},
    )


def visits() -> tuple[Visit, ...]:
    return (
        Visit(
            id="V1",
            patient="P00001",
            procedure="ADJR",
            minutes=25,
            listed=VisitList.UNSCHEDULED,
            due=dt.date(2026, 2, 20),
            earliest=dt.date(2026, 3, 3),
            latest=dt.date(2026, 4, 3),
            availability=(
                ClockWindow(
                    weekdays=(Weekday.MON, Weekday.TUE), start=at("08:00"), end=at("12:00")
                ),
                ClockWindow(start=at("15:30"), end=at("17:00")),
            ),
            wishes=(ClockWindow(weekdays=(Weekday.MON,), start=at("08:00"), end=at("09:00")),),
            household="H7",
            preferred_doctor="DR1",
            preferred_assistant="AS2",
            treatment=Treatment(
                started=dt.date(2024, 5, 6),
                original_ecd=dt.date(2026, 1, 6),
                current_ecd=dt.date(2026, 5, 6),
                remaining_visits=3,
                interval_days=56,
            ),
            attendance=Attendance(kept=11, missed=2, cancelled=1),
            account=Account.OVERDUE,
            age_band=AgeBand.AGE_12_17,
            requested_on=dt.date(2026, 2, 21),
            external=(("apt", 991), ("Op", None)),
        ),
        Visit(
            id="V2",
            patient="P00002",
            procedure="BOND",
            due=dt.date(2026, 3, 4),
            lab_ready=dt.date(2026, 3, 3),
            clearances=(
                Clearance(kind=ClearanceKind.FINANCIAL, expected=dt.date(2026, 3, 5)),
                Clearance(kind=ClearanceKind.CONSENT, granted=True),
                Clearance(kind=ClearanceKind.REFERRAL, granted=True, expected=dt.date(2026, 3, 1)),
            ),
            required_doctor="DR1",
        ),
        Visit(
            id="V3",
            patient="P00002",
            procedure="ADJR",
            due=dt.date(2026, 4, 20),
            follows=(
                Follows(visit="V2", min_days=7, min_working_days=2, max_days=42),
                Follows(visit="B2", min_minutes=180),
            ),
            # School age without wishes: not to be filled with the default one.
            age_band=AgeBand.UNDER_12,
        ),
    )


def bookings() -> tuple[Booking, ...]:
    return (
        Booking(
            visit=Visit(id="B1", patient="P00004", procedure="RETC", due=dt.date(2026, 3, 3)),
            date=dt.date(2026, 3, 3),
            start=at("10:30"),
            chair="C3",
            movable=True,
            chair_locked=True,
            confirmation=Confirmation.CONFIRMED,
            booked_on=dt.date(2026, 1, 20),
            external=(("aptnum", 5),),
        ),
        Booking(
            visit=Visit(id="B2", patient="P00002", procedure="VIRT", due=dt.date(2026, 3, 1)),
            date=dt.date(2026, 3, 4),
            start=at("09:00"),
            chair=None,
        ),
        Booking(
            visit=Visit(
                id="B3",
                patient="P00005",
                procedure="PROG",
                due=dt.date(2026, 3, 16),
                external=(("k", "v"),),
            ),
            date=dt.date(2026, 3, 16),
            start=at("14:00"),
            chair="R1",
            confirmation=Confirmation.REMINDED,
        ),
    )


def small_problem() -> Problem:
    return Problem(
        as_of=AS_OF,
        practice=practice(),
        visits=visits(),
        bookings=bookings(),
        policy=policy(),
        external=(("export", "2026-03-01T22:00"), ("rows", 3)),
    )
