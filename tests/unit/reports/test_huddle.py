"""The morning of Tuesday, 3 March 2026, with one of everything; now is that morning at seven."""

import datetime as dt

from engine.practice import (
    BlockKind,
    Booking,
    Cell,
    Chair,
    ChairKind,
    Clearance,
    ClearanceKind,
    Confirmation,
    ModelDay,
    ModelDayDate,
    Policy,
    Purpose,
    RiskPolicy,
    Shift,
    StaffBlock,
    Treatment,
    VisitList,
)
from engine.practice.rooms import ChairBlock
from engine.reports.huddle import make_huddle, schedule_of_book
from engine.reports.huddle_json import huddle_document
from engine.reports.huddle_visits import OVERDUE_DAYS
from engine.reports.staff_changes import changes_on
from engine.schedule import Hold

AS_OF = dt.datetime(2026, 3, 3, 7)
RISKY = Policy(risk=RiskPolicy(base_rate=0.15, constant_no_show=True))


def said(booking: Booking, state: Confirmation) -> Booking:
    return booking.model_copy(update={"confirmation": state})


def late_by(days: int, extended: int = 0) -> Treatment:
    ecd = dt.date(2026, 3, 3) - dt.timedelta(days=days)
    later = ecd + dt.timedelta(days=extended)
    return Treatment(started=ecd, original_ecd=ecd, current_ecd=later, remaining_visits=1)


def meeting(tiny, *asked, holds=(), **changes):
    problem = tiny.problem(*asked, as_of=AS_OF, **changes)
    return make_huddle(problem, schedule_of_book(problem, tiny.tuesday), tiny.tuesday, holds)


def ids(visits) -> list[str]:
    return [one.visit.id for one in visits]


def test_late_patients_first_by_completion_date_then_by_due_date(tiny):
    # B2 is 10 days past the first date, though the current one is still to come. B3 is overdue by
    # exactly a week, B4 by a day less.
    week = dt.timedelta(days=OVERDUE_DAYS)
    found = meeting(
        tiny,
        tiny.booking("B1", "09:00", treatment=late_by(0)),
        tiny.booking("B2", "09:30", treatment=late_by(10, extended=30)),
        tiny.booking("B3", "10:00", due=tiny.tuesday - week),
        tiny.booking("B4", "10:30", due=tiny.tuesday - week + dt.timedelta(days=1)),
        tiny.booking("B5", "11:00", treatment=late_by(40)),
        tiny.booking("B6", "11:00", date=tiny.wednesday, treatment=late_by(40)),
    )
    assert ids(found.visits) == ["B1", "B2", "B3", "B4", "B5"]
    assert ids(found.late) == ["B5", "B2", "B3"]
    assert [(one.days_past_ecd, one.days_overdue) for one in found.late] == [
        (40, 0),
        (10, 0),
        (0, 7),
    ]


def test_unconfirmed_by_expected_loss(tiny):
    # All miss with 15 %. BOND takes 75 chair and 15 doctor minutes, ADJ 20 and 5.
    found = meeting(
        tiny,
        said(tiny.booking("B1", "08:00"), Confirmation.CONFIRMED),
        said(tiny.booking("B2", "08:30"), Confirmation.REMINDED),
        tiny.booking("B3", "09:00", procedure="BOND"),
        policy=RISKY,
    )
    assert ids(found.unconfirmed) == ["B3", "B2"]
    assert [one.said for one in found.unconfirmed] == ["unconfirmed", "reminded"]
    assert [one.minutes_at_stake for one in found.unconfirmed] == [90, 25]


def test_the_loss_goes_by_what_the_slot_is_worth(tiny):
    # As long and as risky; the minutes of ten o'clock are worth three times those of nine.
    found = meeting(
        tiny,
        tiny.booking("B1", "09:00"),
        tiny.booking("B2", "10:00"),
        policy=RISKY,
        slots=tiny.slots(("tue", 10, 300, 300)),
    )
    assert ids(found.unconfirmed) == ["B2", "B1"]


def test_risky_long_visits_with_backups_as_in_the_list(tiny):
    found = meeting(
        tiny,
        tiny.booking("B1", "09:00", procedure="BOND"),
        tiny.booking("B2", "11:00"),
        tiny.visit("A1", listed=VisitList.ASAP),
        policy=RISKY,
    )
    assert [
        (one.slot.visit.id, [b.waiting.visit.id for b in one.backups]) for one in found.risky
    ] == [("B1", ["A1"])]


def test_starts_debonds_and_what_they_still_wait_for(tiny):
    procedures = (
        tiny.procedure("START", "A20", purpose=Purpose.START),
        tiny.procedure("DEB", "A20", purpose=Purpose.DEBOND),
    )
    given = Clearance(kind=ClearanceKind.FINANCIAL, granted=True)
    wanted = Clearance(kind=ClearanceKind.CONSENT, expected=tiny.friday)
    past = Clearance(kind=ClearanceKind.REFERRAL, expected=tiny.monday)
    found = meeting(
        tiny,
        tiny.booking("B1", "09:00", procedure="DEB", lab_ready=tiny.tuesday),
        tiny.booking("B2", "10:00", procedure="START", clearances=(given, wanted, past)),
        tiny.booking("B3", "11:00", lab_ready=tiny.monday),
        tiny.booking("B4", "12:00", clearances=(Clearance(kind=ClearanceKind.CONSENT),)),
        procedures=procedures,
    )
    assert (ids(found.starts), ids(found.debonds)) == (["B2"], ["B1"])
    # B3's item came yesterday. A clearance is missing until it is given, whenever it was expected.
    assert [(gap.visit.visit.id, gap.what, gap.expected, gap.overdue) for gap in found.missing] == [
        ("B1", "lab item", tiny.tuesday, False),
        ("B2", "consent clearance", tiny.friday, False),
        ("B2", "referral clearance", tiny.monday, True),
        ("B4", "consent clearance", None, False),
    ]


def test_what_is_still_held(tiny):
    # Two columns are held 09:00-10:00; B1 sits in one of them 09:20-09:45 with its turnover.
    cell = Cell(
        id="H",
        procedure_class="adj",
        columns=("C1", "C2"),
        start=dt.time(9),
        end=dt.time(10),
        hold=True,
    )
    other = Cell(id="N", procedure_class="adj", columns=("C1",), start="10:00", end="11:00")
    caller = tiny.visit("call-1")
    hold = Hold(
        visit=caller,
        placement=tiny.place("call-1", "14:00"),
        until=dt.datetime(2026, 3, 3, 7, 10),
    )
    over = hold.model_copy(update={"until": AS_OF})
    tomorrow = hold.model_copy(
        update={"placement": tiny.place("call-1", "14:00", date=tiny.wednesday)}
    )
    found = meeting(
        tiny,
        tiny.booking("B1", "09:20"),
        holds=(hold, over, tomorrow),
        clinic=2,
        model_days=(ModelDay(id="M", title="M", cells=(cell, other)),),
        model_day_dates=(ModelDayDate(model_day="M", date=tiny.tuesday),),
    )
    assert [(one.chair, one.free) for one in found.held_cells] == [
        ("C1", ((540, 560), (585, 600))),
        ("C2", ((540, 600),)),
    ]
    assert found.holds == (hold,)
    assert found.emergencies_left is None


def test_who_is_there_otherwise_than_usual(tiny):
    tuesday = tiny.tuesday
    short = Shift(date=tuesday, start=dt.time(8), end=dt.time(12))
    staff = tuple(
        one.model_copy(update={"shifts": (*one.shifts, short)}) if one.id == "AS1" else one
        for one in tiny.practice(assistants=2).staff
    )
    blocks = (
        StaffBlock(kind=BlockKind.VACATION, staff=("DR1",), dates=(tuesday,)),
        StaffBlock(kind=BlockKind.LUNCH, weekdays=("tue",), start="12:00", end="13:00"),
        StaffBlock(
            kind=BlockKind.MEETING, staff=("TC1",), dates=(tuesday,), start="16:00", end="17:00"
        ),
        StaffBlock(kind=BlockKind.TRAINING, staff=("AS2",), dates=(tiny.wednesday,)),
        StaffBlock(kind=BlockKind.HUDDLE, dates=(tiny.thursday,), start="08:00", end="08:30"),
    )
    chairs = (
        Chair(id="C1", kind=ChairKind.CLINIC, blocks=(ChairBlock(date=tuesday),)),
        Chair(id="E1", kind=ChairKind.EXAM),
    )
    practice = tiny.practice(staff=staff, staff_blocks=blocks, chairs=chairs)
    usual = "08:00-12:00, 13:00-17:00"
    assert [(one.who, one.what, one.all_day) for one in changes_on(practice, tuesday)] == [
        ("DR1", f"not there (vacation), usually {usual}", True),
        ("AS1", f"there 08:00-12:00, usually {usual}", False),
        ("TC1", f"there 08:00-12:00, 13:00-16:00 (meeting), usually {usual}", False),
        ("C1", "out of use", True),
    ]
    # Wednesday has no lunch here; only AS2 is away. What concerns everyone is said once.
    assert [one.who for one in changes_on(practice, tiny.wednesday)] == ["AS2"]
    (all_of_them,) = changes_on(practice, tiny.thursday)
    assert (all_of_them.who, all_of_them.what) == ("everyone", "huddle 08:00-08:30")


def test_for_machines(tiny):
    told = huddle_document(meeting(tiny, tiny.booking("B1", "09:00", treatment=late_by(40))))
    assert told["date"] == "2026-03-03"
    assert told["late"][0]["visit"] == "B1"
    assert told["late"][0]["days_past_ecd"] == 40
    assert told["emergencies_left"] is None
