"""Changes that may give a visit a time: what each lifts, and the question with it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engine.explain.wording import count_text, day_text, joined, span_text, windows_text
from engine.practice import (
    Cell,
    Chair,
    ChairBlock,
    ChairKind,
    ModelDayDate,
    Practice,
    Problem,
    Quota,
    Role,
    Shift,
    StaffMember,
    Visit,
)
from engine.practice.calendar import model_day_on
from engine.units import MINUTES_PER_DAY, Interval, to_clock, to_minutes

Apply = Callable[[Problem], Problem]

EXTRA = "extra"
"""Begins the ids of chairs and people that do not exist yet."""

TWO_AT_ONCE = 3
"""The rank of two changes of the patient's own: dearer than one, cheaper than the practice's."""


@dataclass(frozen=True, slots=True)
class Change:
    """`rules` that it may lift, `text` as said, `apply` to a question. `rank`: cheapest first.

    `date`, `span`: where it holds, if it holds on one date. `minutes`: of staff or chair.
    """

    name: str
    rank: int
    text: str
    rules: frozenset[str]
    apply: Apply
    date: dt.date | None = None
    span: Interval | None = None
    minutes: int = 0
    movable: frozenset[str] = frozenset()


NOTHING = Change("nothing", 0, "filling the date again", frozenset(), lambda problem: problem)
"""What is found in the plan as it is."""


def any_time(visit: Visit) -> Change | None:
    """The patient comes at any time of these days."""
    if not visit.availability:
        return None
    text = f"accept any time, not only {windows_text(visit.availability)}"
    return _of_visit("any_time", 0, text, {"availability"}, visit, availability=())


def any_day(visit: Visit) -> Change | None:
    """The patient, and whoever set the dates, takes any day of these."""
    if visit.earliest is None and visit.latest is None:
        return None
    bounds = [f"before {visit.earliest}"] if visit.earliest is not None else []
    bounds += [f"after {visit.latest}"] if visit.latest is not None else []
    text = f"accept any day, also {' and '.join(bounds)}"
    return _of_visit("any_day", 1, text, {"due_window"}, visit, earliest=None, latest=None)


def ready(visit: Visit) -> Change | None:
    """Lab item and clearances are there in time."""
    missing = [c for c in visit.clearances if not c.granted]
    if visit.lab_ready is None and not missing:
        return None
    words = ["the lab item in the house"] if visit.lab_ready is not None else []
    words += [f"the {clearance.kind} clearance given" for clearance in missing]
    text = f"get {' and '.join(words)} the day before"
    granted = tuple(c.model_copy(update={"granted": True}) for c in visit.clearances)
    return _of_visit("ready", 2, text, {"readiness"}, visit, lab_ready=None, clearances=granted)


def both(first: Change, second: Change) -> Change:
    """Two changes at once."""
    return replace(
        second,
        name=f"{first.name}+{second.name}",
        rank=TWO_AT_ONCE,
        text=f"{first.text}, and {second.text}",
        rules=first.rules | second.rules,
        apply=lambda problem: second.apply(first.apply(problem)),
    )


def _of_visit(
    name: str, rank: int, text: str, rules: set[str], visit: Visit, **fields: object
) -> Change:
    def apply(problem: Problem) -> Problem:
        visits = tuple(
            one.model_copy(update=fields) if one.id == visit.id else one for one in problem.visits
        )
        return problem.model_copy(update={"visits": visits})

    return Change(name, rank, text, frozenset(rules), apply)


def release_cells(
    problem: Problem, day: dt.date, procedure_class: str, only: frozenset[str] | None = None
) -> Change | None:
    """The model day of a date lets a class into cells: into all of them, or into some by id."""
    model_day = model_day_on(problem.practice, day)
    if model_day is None:
        return None
    chosen = [
        cell
        for cell in model_day.cells
        if procedure_class not in (cell.procedure_class, *cell.fallbacks)
        and (only is None or cell.id in only)
    ]

    def apply(asked: Problem) -> Problem:
        cells = tuple(
            cell.model_copy(update={"fallbacks": (*cell.fallbacks, procedure_class)})
            if cell in chosen
            else cell
            for cell in model_day.cells
        )
        return _with_model_day(asked, day, cells=cells)

    where = "every cell" if only is None else joined([_cell_text(cell) for cell in chosen])
    text = f"let class {procedure_class} into {where} of {day_text(day)}"
    rules = frozenset(("cells", "chair_once", "seating"))
    return Change("release", 4, text, rules, apply, date=day)


def _cell_text(cell: Cell) -> str:
    times = (to_minutes(cell.start), to_minutes(cell.end))
    return f"the {cell.procedure_class} time {span_text(times)}"


def raise_quota(problem: Problem, day: dt.date, procedure_class: str) -> Change | None:
    """One visit more of a class on a date."""
    model_day = model_day_on(problem.practice, day)
    quotas = model_day.quotas if model_day is not None else ()
    if not any(q.procedure_class == procedure_class and q.at_most is not None for q in quotas):
        return None

    def raised(quota: Quota) -> Quota:
        if quota.procedure_class != procedure_class or quota.at_most is None:
            return quota
        return quota.model_copy(update={"at_most": quota.at_most + 1})

    def apply(asked: Problem) -> Problem:
        return _with_model_day(asked, day, quotas=tuple(map(raised, quotas)))

    text = f"take one more {procedure_class} on {day_text(day)}"
    return Change("quota", 4, text, frozenset(("quotas",)), apply, date=day)


def _with_model_day(problem: Problem, day: dt.date, **fields: object) -> Problem:
    """That date alone has the changed model day."""
    practice = problem.practice
    old = model_day_on(practice, day)
    if old is None:
        return problem
    new = old.model_copy(update={"id": f"{EXTRA}-{day}", **fields})
    dated = ModelDayDate(model_day=new.id, date=day)
    others = tuple(one for one in practice.model_day_dates if one.date != day)
    return _with(problem, model_days=(*practice.model_days, new), model_day_dates=(dated, *others))


def one_more_kit(problem: Problem, procedure: str) -> Change | None:
    """One kit or machine more of each kind that the procedure needs."""
    needed = [one for one in problem.practice.limits if procedure in one.procedures]
    if not needed:
        return None

    def apply(asked: Problem) -> Problem:
        limits = tuple(
            limit.model_copy(
                update={
                    "per_day": None if limit.per_day is None else limit.per_day + 1,
                    "at_once": None if limit.at_once is None else limit.at_once + 1,
                }
            )
            if procedure in limit.procedures
            else limit
            for limit in asked.practice.limits
        )
        return _with(asked, limits=limits)

    text = f"have one more of {' and '.join(one.id for one in needed)}"
    return Change("kit", 6, text, frozenset(("limits",)), apply)


def one_more_person(
    role: Role, skills: Iterable[str], day: dt.date, span: Interval, number: int = 1
) -> Change:
    """Somebody of a role with these skills works in a span of a date."""
    person = StaffMember(
        id=f"{EXTRA}-{role}-{number}",
        role=role,
        skills=tuple(sorted(skills)),
        shifts=(Shift(date=day, start=to_clock(span[0]), end=to_clock(span[1])),),
    )

    def apply(problem: Problem) -> Problem:
        return _with(problem, staff=(*problem.practice.staff, person))

    doctor = role is Role.DOCTOR
    rules = ("doctor_once", "supervision") if doctor else ("staff_once",)
    text = f"one more {role.replace('_', ' ')} {day_text(day)} {span_text(span)}"
    return Change(
        "doctor" if doctor else "staff",
        9 if doctor else 7,
        text,
        frozenset((*rules, "seating")),
        apply,
        day,
        span,
        span[1] - span[0],
    )


def one_more_chair(kind: ChairKind, day: dt.date, span: Interval) -> Change:
    """A chair that no cell is on, in a span of a date."""
    before = ChairBlock(date=day, end=to_clock(span[0]))
    after = ChairBlock(date=day, start=to_clock(span[1])) if span[1] < MINUTES_PER_DAY else None
    blocks = (before, after) if after is not None else (before,)
    chair = Chair(id=f"{EXTRA}-{kind}", kind=kind, blocks=blocks)

    def apply(problem: Problem) -> Problem:
        return _with(problem, chairs=(*problem.practice.chairs, chair))

    text = f"one more {kind} chair {day_text(day)} {span_text(span)}"
    rules = frozenset(("chair_kind", "chair_once", "cells", "seating"))
    return Change("chair", 8, text, rules, apply, day, span, span[1] - span[0])


def one_more_column(
    kind: ChairKind, role: Role, skills: Iterable[str], day: dt.date, span: Interval
) -> Change:
    """A chair and somebody for it."""
    chair, person = one_more_chair(kind, day, span), one_more_person(role, skills, day, span)
    text = f"{person.text}, with one more {kind} chair"
    return replace(
        person,
        name="column",
        rank=10,
        text=text,
        rules=chair.rules | person.rules,
        apply=lambda problem: chair.apply(person.apply(problem)),
    )


def may_move_too(visits: frozenset[str], text: str, date: dt.date) -> Change:
    """Bookings or proposals that may get another time."""
    rules = frozenset(("chair_once", "staff_once", "doctor_once", "required_doctor", "limits"))
    return Change("move", 5, text, rules | {"seating"}, lambda p: p, date=date, movable=visits)


def _with(problem: Problem, **fields: object) -> Problem:
    practice: Practice = problem.practice.model_copy(update=fields)
    return problem.model_copy(update={"practice": practice})


def placed_text(places: int, asked: int) -> str:
    """`places 7 of 9 visits`, `places it`."""
    return "places it" if asked == 1 else f"places {places} of {count_text(asked, 'visit')}"
