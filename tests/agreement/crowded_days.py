"""Days of a small practice whose book clashes, in chairs, people and doctors."""

import datetime as dt
import random

from engine.practice import (
    Cell,
    DailyLimit,
    DoctorRule,
    DoctorRuleKind,
    Follows,
    ModelDay,
    ModelDayDate,
    Problem,
)


def crowded(tiny, seed: int, rule: DoctorRuleKind) -> Problem:
    """Two days, 26 bookings and 24 visits; kits and a scanner, no model day."""
    rng = random.Random(seed)
    procedures = (
        tiny.procedure("FLOAT", "A5 D5+10 A10"),
        tiny.procedure("TWICE", "A5 D5+5 A10 D10+5 A5", skill="bond"),
        tiny.procedure("ROOMS", "A10|A5 D5+5 A10", ("records", "clinic")),
        tiny.procedure("REMOTE", "D10", None, None),
    )
    codes = ("ADJ", "CLEAN", "EXAM", *(procedure.code for procedure in procedures))
    staff = (
        tiny.person("DR1", "doctor"),
        tiny.person("DR2", "doctor", shifts=tiny.shifts("09:00", "12:00")),
        tiny.person("AS1", "assistant", "bond"),
        tiny.person("AS2", shifts=tiny.shifts("08:30", "13:00")),
        tiny.person("AS3", "assistant", "bond", shifts=tiny.shifts("10:00", "17:00")),
        tiny.person("TC1", "treatment_coordinator"),
        tiny.person("RT1", "records_technician"),
    )
    days = (tiny.monday, tiny.tuesday)
    bookings = [
        tiny.booking(
            f"B{n}",
            f"{rng.randrange(8, 16):02d}:{rng.randrange(0, 60, 5):02d}",
            rng.choice(("C1", "C2", "C3", None)),
            rng.choice(codes),
            rng.choice(days),
            required_doctor=rng.choice((None, None, None, "DR2")),
            patient=f"P{rng.randrange(20)}",
        )
        for n in range(26)
    ]
    visits = [
        tiny.visit(
            f"V{n}",
            rng.choice(codes),
            patient=f"P{rng.randrange(20)}",
            required_doctor=rng.choice((None, None, None, "DR2")),
            minutes=None,
            follows=(Follows(visit=f"V{n - 1}", min_minutes=30),) if n % 7 == 3 else (),
        )
        for n in range(24)
    ]
    limits = (
        DailyLimit(id="kits", procedures=("TWICE", "ROOMS"), per_day=6, at_once=2),
        DailyLimit(id="scanner", procedures=("FLOAT",), at_once=1),
    )
    return tiny.problem(
        *bookings,
        *visits,
        as_of=dt.datetime(2026, 3, 2, 8, 17),
        clinic=3,
        procedures=procedures,
        staff=staff,
        limits=limits,
        doctor_rule=DoctorRule(kind=rule, slot_minutes=15, units=2, unit_minutes=5),
    )


def crowded_template(tiny, seed: int, rule: DoctorRuleKind) -> Problem:
    """The same with a model day on the Tuesday, and patients who come at some times only.

    CHAIRS holds two chairs of one kind for a while: its stages cannot be seated one by one.
    """
    problem = crowded(tiny, seed, rule)
    rng = random.Random(seed)
    chairs = tiny.procedure("CHAIRS", "A10|A10", ("clinic", "clinic"), turnover=10)
    windows = ((), (tiny.window("09:00", "15:00"),))
    visits = [
        visit.model_copy(update={"availability": rng.choice(windows)}) for visit in problem.visits
    ]
    visits += [tiny.visit(f"C{n}", "CHAIRS", availability=rng.choice(windows)) for n in range(3)]
    cell = Cell(
        id="K",
        procedure_class="twice",
        columns=("C1",),
        start=dt.time(9),
        end=dt.time(11),
        fallbacks=("adj",),
    )
    practice = problem.practice.model_copy(
        update={
            "procedures": (*problem.practice.procedures, chairs),
            "model_days": (ModelDay(id="M", title="M", cells=(cell,)),),
            "model_day_dates": (ModelDayDate(model_day="M", date=tiny.tuesday),),
        }
    )
    return problem.model_copy(update={"practice": practice, "visits": tuple(visits)})
