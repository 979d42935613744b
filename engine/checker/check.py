"""Check a schedule: every rule of the catalogue, one after the other, from the facts alone."""

from collections.abc import Callable, Iterator

from engine.checker import (
    availability,
    before_closure,
    book_kept,
    cells,
    chair_kind,
    chair_once,
    complete,
    doctor_once,
    due_window,
    limits,
    opening_hours,
    order,
    patient_once,
    pattern,
    procedure_times,
    quotas,
    readiness,
    required_doctor,
    staff_once,
    start_marks,
    supervision,
)
from engine.checker.book import Book
from engine.checker.report import CheckReport, Finding, Violation
from engine.practice import Problem
from engine.schedule import Schedule

FINDINGS: dict[str, Callable[[Book], Iterator[Finding]]] = {
    "complete": complete.findings,
    "pattern": pattern.findings,
    "start_marks": start_marks.findings,
    "opening_hours": opening_hours.findings,
    "procedure_times": procedure_times.findings,
    "before_closure": before_closure.findings,
    "supervision": supervision.findings,
    "due_window": due_window.findings,
    "availability": availability.findings,
    "readiness": readiness.findings,
    "chair_kind": chair_kind.findings,
    "chair_once": chair_once.findings,
    "cells": cells.findings,
    "quotas": quotas.findings,
    "staff_once": staff_once.findings,
    "doctor_once": doctor_once.findings,
    "required_doctor": required_doctor.findings,
    "limits": limits.findings,
    "patient_once": patient_once.findings,
    "order": order.findings,
    "book_kept": book_kept.findings,
}
"""The rules of `engine.rules`, in its order."""


def check(problem: Problem, schedule: Schedule) -> CheckReport:
    """All broken rules of a schedule; those that the book alone breaks are listed apart.

    Never raises on a schedule, however wrong: unknown ids, doubled visits, segments in disorder
    and foreign dates are reported like everything else.
    """
    book = Book(problem, schedule)
    violations: list[Violation] = []
    inherited: list[Violation] = []
    for rule, findings in FINDINGS.items():
        for found in findings(book):
            filed = inherited if found.inherited else violations
            filed.append(
                Violation(
                    rule=rule,
                    visits=found.visits,
                    date=found.date,
                    sentence=found.sentence,
                    found=found.found,
                    allowed=found.allowed,
                )
            )
    return CheckReport(violations=tuple(violations), inherited=tuple(inherited))
