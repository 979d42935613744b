"""Builders of tiny problems and hand-written schedules, shared by all tests as the fixture `tiny`.

A day of a tiny problem is written as on paper:

    problem = tiny.problem(tiny.visit("V1"), tiny.booking("B1", "09:00"), clinic=2, assistants=2)
    report = tiny.check(problem, tiny.place("V1", "09:30"), tiny.place("B1", "09:00", chair="C2"))
    assert tiny.rules(report) == []

The default practice has one of each: chairs C1 (clinic), E1 (exam), R1 (records); people DR1, AS1,
TC1, RT1, all there 08:00-17:00 on every weekday, which are also the patient hours. Procedures, with
`A` assistant and `D` doctor minutes, `+` float, `|` next stage:

    ADJ A5 D5 A10, CLEAN A10, BOND A25 D15 A35 (clinic), EXAM A25 D10 A25 (exam), REC A30 (records)

each with 5 minutes of turnover. Now is Monday 2 March 2026, 07:00; dates default to the Tuesday.
Placements never go through `pattern_of`: their segments are those of the text.
"""

import datetime as dt
import importlib.util
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.checker import CheckReport, check
from engine.practice import (
    Booking,
    Chair,
    ChairKind,
    ClockWindow,
    OpenHours,
    Policy,
    Practice,
    Problem,
    Procedure,
    Purpose,
    Role,
    Segment,
    SegmentKind,
    Shift,
    SlotPrice,
    SlotPrices,
    StaffMember,
    Stage,
    Visit,
    Weekday,
)
from engine.schedule import PlacedSegment, Placement, Schedule, Unplaced

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (dt.date(2026, 3, day) for day in range(2, 7))
WORKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
CHROMIUM_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
ROLE_OF = {
    ChairKind.CLINIC: Role.ASSISTANT,
    ChairKind.EXAM: Role.TREATMENT_COORDINATOR,
    ChairKind.RECORDS: Role.RECORDS_TECHNICIAN,
}


def clock(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


def minutes(text: str) -> int:
    return clock(text).hour * 60 + clock(text).minute


def at(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)


def times(value, count: int) -> tuple:
    """One value for all stages, or one for each."""
    return value if isinstance(value, tuple) else (value,) * count


class Tiny:
    """The builders; every one takes the fields of its type as keywords to change them."""

    monday, tuesday, wednesday, thursday, friday = MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY

    @staticmethod
    def window(start: str, end: str, *weekdays: Weekday) -> ClockWindow:
        return ClockWindow(start=clock(start), end=clock(end), weekdays=weekdays)

    @staticmethod
    def shifts(start: str = "08:00", end: str = "17:00") -> tuple[Shift, ...]:
        return tuple(Shift(weekday=day, start=clock(start), end=clock(end)) for day in WORKDAYS)

    def person(self, id: str, role: str = "assistant", *skills: str, **changes) -> StaffMember:
        fields = {"shifts": self.shifts(), **changes}
        return StaffMember(id=id, role=Role(role), skills=skills, **fields)

    def procedure(
        self, code: str, text: str, chair="clinic", role="own", turnover=5, skill=None, **changes
    ) -> Procedure:
        """Stages of the text; `chair`, `role`, `turnover`, `skill` for all stages or one for each.

        The role is that of the chair's room unless given; class: the code in small letters.
        """
        parts = text.split("|")
        count = len(parts)
        stages = []
        for part, kind, who, after, what in zip(
            parts,
            times(chair, count),
            times(role, count),
            times(turnover, count),
            times(skill, count),
            strict=True,
        ):
            room = ChairKind(kind) if kind else None
            helper = (ROLE_OF[room] if room else None) if who == "own" else who
            stages.append(
                Stage(
                    chair_kind=room,
                    role=helper,
                    skill=what,
                    segments=tuple(self.segment(word) for word in part.split()),
                    turnover_minutes=after,
                )
            )
        fields = {"title": code, "procedure_class": code.lower(), "purpose": Purpose.ACTIVE}
        return Procedure(code=code, stages=tuple(stages), **{**fields, **changes})

    @staticmethod
    def segment(word: str) -> Segment:
        kind = SegmentKind.DOCTOR if word[0] == "D" else SegmentKind.ASSISTANT
        length, _, later = word[1:].partition("+")
        return Segment(kind=kind, minutes=int(length), float_minutes=int(later or 0))

    def practice(
        self, *, clinic=1, assistants=1, doctors=1, procedures: Iterable[Procedure] = (), **changes
    ) -> Practice:
        """`procedures` are added to the default ones, or replace those of the same code."""
        catalogue = (
            self.procedure("ADJ", "A5 D5 A10"),
            self.procedure("CLEAN", "A10"),
            self.procedure("BOND", "A25 D15 A35"),
            self.procedure("EXAM", "A25 D10 A25", "exam", purpose=Purpose.EXAM),
            self.procedure("REC", "A30", "records", purpose=Purpose.RECORDS),
        )
        codes = {procedure.code: procedure for procedure in (*catalogue, *procedures)}
        fields = {
            "time_zone": "America/New_York",
            "hours": tuple(
                OpenHours(weekday=day, start=clock("08:00"), end=clock("17:00")) for day in WORKDAYS
            ),
            "chairs": (
                *(Chair(id=f"C{n}", kind=ChairKind.CLINIC) for n in range(1, clinic + 1)),
                Chair(id="E1", kind=ChairKind.EXAM),
                Chair(id="R1", kind=ChairKind.RECORDS),
            ),
            "staff": (
                *(self.person(f"DR{n}", "doctor") for n in range(1, doctors + 1)),
                *(self.person(f"AS{n}") for n in range(1, assistants + 1)),
                self.person("TC1", "treatment_coordinator"),
                self.person("RT1", "records_technician"),
            ),
            "procedures": tuple(codes.values()),
        }
        return Practice(id="tiny", **{**fields, **changes})

    @staticmethod
    def visit(id: str, procedure: str = "ADJ", **changes) -> Visit:
        fields = {"patient": f"P-{id}", "due": TUESDAY, **changes}
        return Visit(id=id, procedure=procedure, **fields)

    def booking(
        self,
        id: str,
        start: str,
        chair: str | None = "C1",
        procedure: str = "ADJ",
        date: dt.date = TUESDAY,
        movable: bool = False,
        chair_locked: bool = False,
        **changes,
    ) -> Booking:
        """`changes` go to the visit."""
        return Booking(
            visit=self.visit(id, procedure, **changes),
            date=date,
            start=clock(start),
            chair=chair,
            movable=movable,
            chair_locked=chair_locked,
        )

    def problem(
        self, *asked: Visit | Booking, practice=None, policy=None, as_of=None, slots=None, **changes
    ) -> Problem:
        """Visits and bookings in any order; `changes` go to `practice()`."""
        return Problem(
            as_of=as_of or dt.datetime.combine(MONDAY, clock("07:00")),
            practice=practice or self.practice(**changes),
            visits=tuple(one for one in asked if isinstance(one, Visit)),
            bookings=tuple(one for one in asked if isinstance(one, Booking)),
            policy=policy or Policy(),
            slot_prices=slots,
        )

    @staticmethod
    def slots(*slots: tuple[str, int, int, int]) -> SlotPrices:
        """Each: weekday, clock hour, per cent of a chair minute and of a doctor minute."""
        names = ("weekday", "hour", "chair_percent", "doctor_percent")
        read = (SlotPrice.model_validate(dict(zip(names, one, strict=True))) for one in slots)
        return SlotPrices(slots=tuple(read))

    @staticmethod
    def place(
        visit: str,
        start: str,
        text: str = "A5 D5 A10",
        *,
        chair="C1",
        staff="AS1",
        doctor: str | None = "DR1",
        date: dt.date = TUESDAY,
    ) -> Placement:
        """Segments one after the other as the text says; `chair`, `staff` one, or one a stage."""
        parts = text.split("|")
        chairs, people = times(chair, len(parts)), times(staff, len(parts))
        now, segments = minutes(start), []
        for stage, part in enumerate(parts):
            for word in part.split():
                length, given = int(word[1:]), word[0] == "D"
                segments.append(
                    PlacedSegment(
                        stage=stage,
                        start=at(now),
                        end=at(now + length),
                        chair=chairs[stage],
                        staff=people[stage],
                        doctor=doctor if given else None,
                        doctor_time=given,
                    )
                )
                now += length
        return Placement(visit=visit, date=date, segments=tuple(segments))

    @staticmethod
    def schedule(problem: Problem, *placements: Placement, displaced=(), start=MONDAY, days=5):
        """Visits that are not placed stand on the unplaced list."""
        placed = {placement.visit for placement in placements}
        left = (visit.id for visit in problem.visits if visit.id not in placed)
        return Schedule(
            start=start,
            days=days,
            placements=placements,
            unplaced=tuple(Unplaced(visit=visit, reason="test") for visit in left),
            displaced=tuple(displaced),
        )

    def check(self, problem: Problem, *placements: Placement, **changes) -> CheckReport:
        return check(problem, self.schedule(problem, *placements, **changes))

    @staticmethod
    def rules(report: CheckReport) -> list[str]:
        """The rules of the violations, each as often as it is broken."""
        return [violation.rule for violation in report.violations]

    @staticmethod
    def inherited(report: CheckReport) -> list[str]:
        return [violation.rule for violation in report.inherited]


@pytest.fixture
def tiny() -> Tiny:
    return Tiny()


@pytest.fixture(scope="session")
def solve():
    """The proven optimum of a tiny problem, with all rules or without one: tests/solving.py."""
    path = Path(__file__).with_name("solving.py")
    spec = importlib.util.spec_from_file_location("solving", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.Solve()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; tests that need it are left out where it is not installed.

    No longer than a module: while it is there, an event loop runs, and no test can start another.
    """
    reason = "playwright is not installed"
    sync_api = pytest.importorskip("playwright.sync_api", reason=reason)
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Debian's chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield started
        started.close()
