"""What a rule's refusal of one start comes from: who holds what, who is away, what is kept."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from engine.explain.held_times import HeldTimes
from engine.explain.wording import (
    NAME_OF,
    count_text,
    joined,
    listed,
    span_text,
    spans_text,
    windows_text,
)
from engine.filling.occupancy import Occupancy
from engine.filling.reasons import order_text
from engine.practice import Visit
from engine.practice.calendar import (
    in_office_intervals,
    model_day_on,
    open_intervals,
)
from engine.practice.pattern import StageTime
from engine.practice.release import acceptance
from engine.units import Interval, clock_text, merge, overlaps, to_minutes


@dataclass(frozen=True)
class Case:
    """A visit at a start of a date, in the plan as it stands without the visit."""

    occupancy: Occupancy
    visit: Visit
    day: dt.date
    start: int

    @cached_property
    def stages(self) -> tuple[StageTime, ...]:
        """The stages in minutes from the start."""
        return self.occupancy.stages(self.visit)

    @cached_property
    def held(self) -> HeldTimes:
        """Who holds what on the date."""
        return HeldTimes(self.occupancy, self.day)

    @property
    def span(self) -> Interval:
        """The whole visit, without turnover."""
        return self.start, self.start + self.stages[-1].end

    def busy(self, stage: StageTime) -> Interval:
        """When a stage holds chair and person."""
        return self.start + stage.start, self.start + stage.busy_until

    @property
    def procedure_class(self) -> str:
        """The class that cells know."""
        return self.occupancy.problem.procedures[self.visit.procedure].procedure_class


def say_refusal(case: Case, rule: str) -> str:
    """The facts behind a refusal, without the date."""
    return _SAY[rule](case)


def name_of(rule: str) -> str:
    """The rule's name in the catalogue."""
    return NAME_OF[rule]


def _hours(case: Case) -> str:
    opened = open_intervals(case.occupancy.problem.practice, case.day)
    if not opened:
        return "the practice is closed that day"
    return f"patients are seen {spans_text(opened)}, and the visit lasts until " + clock_text(
        case.span[1]
    )


def _marks(case: Case) -> str:
    every = case.occupancy.problem.practice.start_mark_minutes
    return f"times are given every {every} minutes"


def _procedure_times(case: Case) -> str:
    procedure = case.occupancy.problem.procedures[case.visit.procedure]
    allowed = "; ".join(
        f"{'/'.join(one.weekdays) or 'any day'} "
        f"{span_text((to_minutes(one.start), to_minutes(one.end)))} ({one.binds})"
        for one in procedure.allowed_times
    )
    return f"{procedure.code} is given {allowed}"


def _before_closure(case: Case) -> str:
    problem = case.occupancy.problem
    days = problem.procedures[case.visit.procedure].days_before_closure
    closed = min(c.date for c in problem.practice.closures if c.date > case.day)
    return f"{case.visit.procedure} is not given in the {days} days before {closed}"


def _supervision(case: Case) -> str:
    problem = case.occupancy.problem
    there = merge(
        interval
        for doctor in problem.doctors
        for interval in in_office_intervals(problem.practice, doctor, case.day)
    )
    return f"a doctor is in the office {spans_text(there)}"


def _due_window(case: Case) -> str:
    visit, words = case.visit, []
    if visit.earliest is not None and case.day < visit.earliest:
        words.append(f"not before {visit.earliest}")
    if visit.latest is not None and case.day > visit.latest:
        words.append(f"not after {visit.latest}")
    return " and ".join(words) or f"it is already {case.occupancy.problem.as_of:%Y-%m-%d %H:%M}"


def _availability(case: Case) -> str:
    return f"the patient can come {windows_text(case.visit.availability)}"


def _readiness(case: Case) -> str:
    visit, words = case.visit, []
    if visit.lab_ready is not None and case.day <= visit.lab_ready:
        words.append(f"the lab item is in the house on {visit.lab_ready}, used from the day after")
    for clearance in visit.clearances:
        if clearance.granted or (clearance.expected and clearance.expected <= case.day):
            continue
        when = f" (expected {clearance.expected})" if clearance.expected else ""
        words.append(f"the {clearance.kind} clearance is missing{when}")
    return joined(words)


def _order(case: Case) -> str:
    links = [order_text(case.occupancy, one) for one in case.visit.follows]
    for follower, _ in case.occupancy.followers(case.visit.id):
        seen = case.occupancy.seen(follower)
        if seen is not None:
            span = span_text((seen.start, seen.end))
            links.append(f"before {follower} ({seen.day} {span})")
    return "it comes " + joined(links)


def _patient_once(case: Case) -> str:
    book = case.occupancy.day_book(case.day)
    others = [
        f"{other} {span_text(span)}"
        for other, span in book.of_patient.get(case.visit.patient, ())
        if other != case.visit.id and overlaps(span, case.span)
    ]
    return f"the patient is in {joined(others)}"


def _quotas(case: Case) -> str:
    problem, wanted = case.occupancy.problem, case.procedure_class
    model_day = model_day_on(problem.practice, case.day)
    most = min(
        quota.at_most
        for quota in (model_day.quotas if model_day else ())
        if quota.procedure_class == wanted and quota.at_most is not None
    )
    given = case.occupancy.day_book(case.day).by_class[wanted]
    return f"the day takes {count_text(most, 'visit')} of class {wanted}, and {given} are given"


def _limits(case: Case) -> str:
    book, words = case.occupancy.day_book(case.day), []
    for limit in case.occupancy.problem.practice.limits:
        if case.visit.procedure not in limit.procedures:
            continue
        if limit.per_day is not None and book.by_limit[limit.id] >= limit.per_day:
            words.append(f"{limit.id}: {limit.per_day} a day, all given")
        elif limit.at_once is not None:
            busiest = int(book.under_way[limit.id][case.span[0] : case.span[1]].max(initial=0))
            if busiest >= limit.at_once:
                words.append(f"{limit.id}: {limit.at_once} at once, all in use")
    return joined(words)


def _chair_kind(case: Case) -> str:
    kinds = sorted({str(s.chair_kind) for s in case.stages if s.chair_kind is not None})
    return f"no chair of kind {joined(kinds)} takes class {case.procedure_class}"


def _cells(case: Case) -> str:
    kept = (
        f"{chair} {span_text(times)} for {whose}"
        for stage in case.stages
        for chair, times, whose in _kept_for_others(case, stage)
    )
    return f"the model day keeps the chairs for others: {listed(list(dict.fromkeys(kept)))}"


def _kept_for_others(case: Case, stage: StageTime) -> list[tuple[str, Interval, str]]:
    """Cells in the way of a stage that do not take the class: chair, times, their class."""
    problem, wanted = case.occupancy.problem, case.procedure_class
    model_day = model_day_on(problem.practice, case.day)
    if stage.chair_kind is None or model_day is None:
        return []
    chairs = _chairs(case, stage)
    span = (case.start + stage.start, case.start + stage.end)
    found = []
    for cell in model_day.cells:
        times = (to_minutes(cell.start), to_minutes(cell.end))
        how = acceptance(cell, wanted, case.day, problem.as_of, problem.policy)
        if how is None and overlaps(times, span):
            found += [
                (name, times, cell.procedure_class) for name in chairs if name in cell.columns
            ]
    return found


def _chairs(case: Case, stage: StageTime) -> list[str]:
    if stage.chair_kind is None:
        return []
    rows = case.occupancy.staffing.chair_rows(stage.chair_kind, case.procedure_class)
    return [case.occupancy.problem.practice.chairs[row].id for row in rows]


def _chair_once(case: Case) -> str:
    words = []
    for stage in case.stages:
        texts = {
            name: case.held.chair_text(name, case.busy(stage)) for name in _chairs(case, stage)
        }
        kept = {name: (times, whose) for name, times, whose in _kept_for_others(case, stage)}
        if all(texts[name] or name in kept for name in texts):
            words += [text for text in texts.values() if text]
            words += [
                f"{name} is kept for {kept[name][1]} {span_text(kept[name][0])}"
                for name, text in texts.items()
                if not text
            ]
    return f"all chairs that can do it are taken: {listed(words)}"


def _staff_once(case: Case) -> str:
    problem, words = case.occupancy.problem, []
    for stage in case.stages:
        if stage.role is None:
            continue
        rows = case.occupancy.staffing.staff_rows(stage.role, stage.skill)
        people = [problem.practice.staff[row].id for row in rows]
        texts = [case.held.person_text(person, case.busy(stage)) for person in people]
        skill = f" with skill {stage.skill}" if stage.skill is not None else ""
        if not people:
            words.append(f"there is no {stage.role}{skill}")
        elif all(texts):
            words.append(f"no {stage.role}{skill} is free: {listed(texts)}")
    return "; ".join(words) or "whoever is free is needed by bookings that have nobody yet"


def _doctor(case: Case) -> str:
    problem = case.occupancy.problem
    wanted = case.visit.required_doctor
    names = [d.id for d in problem.doctors if wanted is None or d.id == wanted]
    words = []
    for time in (time for stage in case.stages for time in stage.doctor):
        begin = case.start + time.offset
        span = (begin, begin + time.minutes + time.float_minutes)
        texts = [text for name in names if (text := case.held.person_text(name, span))]
        if texts:
            words.append(
                f"{time.minutes} min with the doctor in {span_text(span)}, and {listed(texts)}"
            )
    if words:
        return "it needs " + "; ".join(words)
    return "the doctor's minutes in these slots are used up, or kept for bookings without a doctor"


def _seating(case: Case) -> str:
    return "each stage could be served, but not one right after the other"


_SAY: dict[str, Callable[[Case], str]] = {
    "opening_hours": _hours,
    "start_marks": _marks,
    "procedure_times": _procedure_times,
    "before_closure": _before_closure,
    "supervision": _supervision,
    "due_window": _due_window,
    "availability": _availability,
    "readiness": _readiness,
    "order": _order,
    "patient_once": _patient_once,
    "quotas": _quotas,
    "limits": _limits,
    "chair_kind": _chair_kind,
    "cells": _cells,
    "chair_once": _chair_once,
    "staff_once": _staff_once,
    "doctor_once": _doctor,
    "required_doctor": _doctor,
    "seating": _seating,
}
