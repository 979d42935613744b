"""Tiny days drawn by a seed: everything the rules know, mixed; small enough to try everything."""

import datetime as dt
import random
from typing import Any

from engine.practice import (
    AllowedTime,
    Binds,
    BlockKind,
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    DailyLimit,
    DoctorRule,
    DoctorRuleKind,
    Follows,
    Horizon,
    HourEffect,
    ModelDay,
    ModelDayDate,
    MoveCosts,
    OpenHours,
    Policy,
    Problem,
    Quota,
    ReleaseStep,
    RiskPolicy,
    StaffBlock,
    Treatment,
    Weekday,
)
from engine.problems import Severity
from engine.validation import put_aside

TWO_DAYS = (Weekday.TUE, Weekday.WED)
CODES = (
    "HALF",
    "HALF",
    "LONG",
    "LONG",
    "FLOAT",
    "TWICE",
    "ROOMS",
    "CLEAN",
    "WIRE",
    "REMOTE",
    "LOOK",
)


def drawn_day(tiny: Any, seed: int, *, clashing: bool) -> tuple[Problem, Horizon]:
    """A random tiny day as a fill gets it: visits that can never be placed are set aside."""
    problem, horizon = random_day(tiny, seed, clashing)
    rule = problem.practice.doctor_rule.model_copy(update={"units": 3})  # BOND needs 15 in a slot
    practice = problem.practice.model_copy(update={"doctor_rule": rule})
    left, faults = put_aside(problem.model_copy(update={"practice": practice}), horizon)
    assert [str(fault) for fault in faults if fault.severity is Severity.REFUSED] == []
    return left, horizon


def random_day(tiny: Any, seed: int, clashing: bool = False) -> tuple[Problem, Horizon]:
    """Two or three visits and at most one booking (two if `clashing`), on one date or two."""
    rng = random.Random(seed)
    clinic, assistants, doctors = rng.choice(
        ((1, 1, 1), (1, 1, 1), (2, 1, 1), (2, 2, 1), (1, 1, 2), (2, 1, 2), (3, 1, 1))
    )
    dates = (tiny.tuesday, tiny.wednesday)[: rng.choice((1, 1, 2))]
    ends = rng.choice(("09:00", "09:30", "10:00")) if len(dates) == 1 else "09:00"
    windows = (
        tiny.window("08:00", "09:00"),
        tiny.window("08:30", ends),
        tiny.window("08:10", ends),
    )
    count = rng.choice((2, 3, 3))
    before = count > 1 and rng.random() < 0.3

    def fields(number: int) -> dict[str, Any]:
        visit: dict[str, Any] = {
            "patient": f"P{rng.randrange(3)}",
            "due": tiny.monday + dt.timedelta(days=rng.randrange(-3, 5)),
        }
        if rng.random() < 0.4:
            visit["household"] = "H1"
        if rng.random() < 0.3:
            visit["wishes"] = (rng.choice(windows),)
        if rng.random() < 0.2:
            visit["availability"] = (rng.choice(windows),)
        if rng.random() < 0.3:
            visit["preferred_doctor"] = f"DR{rng.randint(1, doctors)}"
        if rng.random() < 0.2:
            visit["required_doctor"] = f"DR{rng.randint(1, doctors)}"
        if rng.random() < 0.1:
            visit["lab_ready"] = tiny.monday + dt.timedelta(days=rng.randrange(3))
        if rng.random() < 0.1:
            visit["latest"] = tiny.tuesday
        if rng.random() < 0.2:
            finish = dt.date(2026, 2, 20) + dt.timedelta(days=rng.randrange(60))
            visit["treatment"] = Treatment(
                started=dt.date(2024, 6, 3),
                original_ecd=finish,
                current_ecd=finish,
                remaining_visits=rng.randint(1, 3),
            )
        return visit

    visits = [tiny.visit(f"V{n}", rng.choice(CODES), **fields(n)) for n in range(count)]
    if before:
        follows = Follows(
            visit="V0",
            min_minutes=rng.choice((0, 15, 40)),
            min_days=rng.choice((0, 0, 1)),
            max_days=rng.choice((None, 0, 1)),
        )
        if follows.max_days is not None and follows.max_days < follows.min_days:
            follows = follows.model_copy(update={"max_days": None})
        visits[1] = visits[1].model_copy(update={"follows": (follows,)})
        visits[1] = visits[1].model_copy(update={"patient": visits[0].patient})
    bookings = []
    for name in ("B1", "B2") if clashing else ("B1",) * (rng.random() < 0.5):
        booked = {
            key: value
            for key, value in fields(9).items()
            if key in {"due", "household", "treatment", "wishes"}
        }
        bookings.append(
            tiny.booking(
                name,
                rng.choice(("08:00", "08:15", "08:30")),
                rng.choice(("C1", f"C{clinic}")),
                rng.choice(("HALF", "CLEAN", "FLOAT")),
                patient=f"P-{name}",
                movable=rng.random() < 0.5,
                **booked,
            )
        )
    return (
        tiny.problem(
            *bookings,
            *visits,
            policy=_policy(rng),
            practice=_practice(tiny, rng, clinic, assistants, doctors, ends),
        ),
        Horizon(start=tiny.tuesday, days=len(dates)),
    )


def _policy(rng: random.Random) -> Policy:
    effects = (HourEffect(hour=8, logit=0.3),) if rng.random() < 0.3 else ()
    return Policy(
        risk=RiskPolicy(hour_effects=effects),
        together_minutes=rng.choice((0, 30, 60)),
        chain_minutes=rng.choice((15, 25, 60)),
        doctor_load_share=rng.choice((0.2, 0.4, 0.85)),
        max_moves=rng.choice((None, None, 0, 1)),
        reseat_bookings=rng.random() < 0.3,
        move_costs=MoveCosts(notice_days=2, short_notice=2) if effects else None,
    )


def _practice(
    tiny: Any, rng: random.Random, clinic: int, assistants: int, doctors: int, ends: str
) -> Any:
    units = DoctorRule(kind=DoctorRuleKind.UNITS_PER_SLOT, units=rng.choice((1, 2)))
    early = AllowedTime(start="08:00", end="08:50", binds=rng.choice(tuple(Binds)))
    procedures = (
        tiny.procedure("HALF", "A10 D5 A10"),
        tiny.procedure("LONG", "A10 D10 A25", allowed_times=rng.choice(((), (), (early,)))),
        tiny.procedure("FLOAT", "A10 D5+5 A10"),
        tiny.procedure("TWICE", "A5 D5 A10 D5+5 A10"),
        tiny.procedure("ROOMS", "A15|A10 D5 A10", ("records", "clinic"), turnover=(10, 5)),
        tiny.procedure("WIRE", "A20", skill="wire"),
        tiny.procedure("REMOTE", "D10", None, None),
        tiny.procedure("LOOK", "A5 D25 A10"),
    )
    blocks = []
    if rng.random() < 0.4:
        who = rng.choice(("DR1", "AS1", f"DR{doctors}", f"AS{assistants}"))
        begin = dt.time(8, rng.choice((0, 20, 40)))
        blocks.append(
            StaffBlock(
                kind=rng.choice((BlockKind.MEETING, BlockKind.TRAINING)),
                staff=(who,),
                dates=(tiny.tuesday,),
                start=begin,
                end=dt.time(begin.hour, begin.minute + 15),
            )
        )
    blocked = ChairBlock(date=tiny.tuesday, start="08:20", end="08:35")
    template = _template(rng, clinic, ends) if rng.random() < 0.4 and ends > "09:00" else {}
    kits = DailyLimit(id="kits", procedures=("HALF", "LONG"), at_once=1, per_day=rng.choice((1, 2)))
    return tiny.practice(
        hours=tuple(OpenHours(weekday=day, start="08:00", end=ends) for day in TWO_DAYS),
        start_mark_minutes=15,
        procedures=procedures,
        chairs=(
            *(
                Chair(
                    id=f"C{n}",
                    kind=ChairKind.CLINIC,
                    overflow=n == clinic > 1 and rng.random() < 0.3,
                    blocks=(blocked,) if n == clinic > 1 and rng.random() < 0.3 else (),
                )
                for n in range(1, clinic + 1)
            ),
            Chair(id="E1", kind=ChairKind.EXAM),
            Chair(id="R1", kind=ChairKind.RECORDS),
        ),
        overflow_classes=("half", "clean"),
        staff=(
            *(tiny.person(f"DR{n}", "doctor") for n in range(1, doctors + 1)),
            tiny.person("AS1", "assistant", *(("wire",) if assistants == 1 else ())),
            *(tiny.person(f"AS{n}", "assistant", "wire") for n in range(2, assistants + 1)),
            tiny.person("TC1", "treatment_coordinator"),
            tiny.person("RT1", "records_technician"),
        ),
        staff_blocks=tuple(blocks),
        limits=(kits,) if rng.random() < 0.3 else (),
        doctor_rule=units if rng.random() < 0.3 else DoctorRule(),
        **template,
    )


def _template(rng: random.Random, clinic: int, ends: str) -> dict[str, Any]:
    step = ReleaseStep(days_before=rng.choice((0, 3)), accepts=rng.choice((("*",), ("long",))))
    first = Cell(
        id="A",
        procedure_class=rng.choice(("half", "long", "twice")),
        columns=("C1",),
        start="08:00",
        end=rng.choice(("08:30", "09:00")),
        fallbacks=rng.choice(((), ("half", "clean"))),
        release=rng.choice((None, (step,))),
    )
    second = Cell(
        id="B",
        procedure_class=rng.choice(("half", "float")),
        columns=(f"C{clinic}",),
        start="09:00",
        end=ends,
        fallbacks=("long", "rooms"),
    )
    quotas = (Quota(procedure_class="half", at_most=1),) if rng.random() < 0.5 else ()
    return {
        "model_days": (ModelDay(id="M", title="M", cells=(first, second), quotas=quotas),),
        "model_day_dates": tuple(ModelDayDate(model_day="M", weekday=day) for day in TWO_DAYS),
    }
