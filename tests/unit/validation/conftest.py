"""A small good practice as plain data, and one way to prove a fault code.

Now is Friday 27 November 2026, noon; the dates to fill are Monday 30 November to Friday
4 December. Patient hours: 08:00-17:00, Fridays 08:00-12:00. Everyone works 08:00-17:00 on every
weekday; the assistants have lunch 12:00-13:00 from Monday to Thursday.

    chairs      C1, C2, C3 clinic; O1 clinic overflow (class short); X1 exam; R1 records
    staff       DR1 doctor; AS1 assistant with bonding; AS2 assistant; TC1; RT1
    ADJ         A5 D5+5 A10, clinic, 5 min turnover, class short
    BOND        A25 D15 A35, clinic, bonding, 5 min turnover, class start, start 08:00-12:00
    EXAM        A25 D10 A25, exam room, class exam
    SCAN        A20, records room, class records, no doctor needed
    model day   full, Monday to Thursday: K1 start C1 08:00-11:00, K2 short C2 08:00-17:00,
                K3 short C1 13:00-17:00; the rest is open. Friday has none.
    visits      V1 ADJ, V2 BOND (in treatment), V3 SCAN
    bookings    B1 ADJ Tuesday 09:00 C2; B2 ADJ Wednesday 09:00 C2, movable
"""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from engine.practice import Horizon, Problem
from engine.validation import problems_of

WEEK = ("mon", "tue", "wed", "thu", "fri")
HORIZON = Horizon(start=dt.date(2026, 11, 30), days=5)


def _shifts() -> list[dict[str, str]]:
    return [{"weekday": day, "start": "08:00", "end": "17:00"} for day in WEEK]


def _stage(kind: str, role: str, segments: list, turnover: int = 0, skill=None) -> dict[str, Any]:
    read = [
        {"kind": "doctor" if name == "D" else "assistant", "minutes": m, "float_minutes": late}
        for name, m, late in segments
    ]
    return {
        "chair_kind": kind,
        "role": role,
        "skill": skill,
        "segments": read,
        "turnover_minutes": turnover,
    }


def _good() -> dict[str, Any]:
    adj = _stage("clinic", "assistant", [("A", 5, 0), ("D", 5, 5), ("A", 10, 0)], 5)
    bond = _stage("clinic", "assistant", [("A", 25, 0), ("D", 15, 0), ("A", 35, 0)], 5, "bonding")
    exam = _stage("exam", "treatment_coordinator", [("A", 25, 0), ("D", 10, 0), ("A", 25, 0)])
    scan = _stage("records", "records_technician", [("A", 20, 0)])
    return {
        "as_of": "2026-11-27T12:00:00",
        "practice": {
            "id": "P1",
            "time_zone": "America/New_York",
            "hours": [
                *({"weekday": day, "start": "08:00", "end": "17:00"} for day in WEEK[:4]),
                {"weekday": "fri", "start": "08:00", "end": "12:00"},
            ],
            "chairs": [
                {"id": "C1", "kind": "clinic"},
                {"id": "C2", "kind": "clinic"},
                {"id": "C3", "kind": "clinic"},
                {"id": "O1", "kind": "clinic", "overflow": True},
                {"id": "X1", "kind": "exam"},
                {"id": "R1", "kind": "records"},
            ],
            "overflow_classes": ["short"],
            "staff": [
                {"id": "DR1", "role": "doctor", "shifts": _shifts()},
                {"id": "AS1", "role": "assistant", "skills": ["bonding"], "shifts": _shifts()},
                {"id": "AS2", "role": "assistant", "shifts": _shifts()},
                {"id": "TC1", "role": "treatment_coordinator", "shifts": _shifts()},
                {"id": "RT1", "role": "records_technician", "shifts": _shifts()},
            ],
            "staff_blocks": [
                {
                    "kind": "lunch",
                    "staff": ["AS1", "AS2"],
                    "weekdays": list(WEEK[:4]),
                    "start": "12:00",
                    "end": "13:00",
                }
            ],
            "procedures": [
                {
                    "code": "ADJ",
                    "title": "",
                    "procedure_class": "short",
                    "purpose": "active",
                    "stages": [adj],
                },
                {
                    "code": "BOND",
                    "title": "",
                    "procedure_class": "start",
                    "purpose": "start",
                    "stages": [bond],
                    "allowed_times": [{"start": "08:00", "end": "12:00"}],
                },
                {
                    "code": "EXAM",
                    "title": "",
                    "procedure_class": "exam",
                    "purpose": "exam",
                    "stages": [exam],
                    "rebooking_days": 7,
                },
                {
                    "code": "SCAN",
                    "title": "",
                    "procedure_class": "records",
                    "purpose": "records",
                    "stages": [scan],
                    "supervision": "general",
                },
            ],
            "limits": [{"id": "KITS", "procedures": ["BOND"], "per_day": 3}],
            "model_days": [
                {
                    "id": "full",
                    "title": "",
                    "cells": [
                        _cell("K1", "start", ["C1"], "08:00", "11:00"),
                        _cell("K2", "short", ["C2"], "08:00", "17:00"),
                        _cell("K3", "short", ["C1"], "13:00", "17:00"),
                    ],
                    "quotas": [{"procedure_class": "start", "at_most": 3, "target": 2}],
                }
            ],
            "model_day_dates": [{"model_day": "full", "weekday": day} for day in WEEK[:4]],
        },
        "visits": [
            {"id": "V1", "patient": "P1", "procedure": "ADJ", "due": "2026-12-01"},
            {
                "id": "V2",
                "patient": "P2",
                "procedure": "BOND",
                "due": "2026-12-02",
                "treatment": {
                    "started": "2026-06-01",
                    "original_ecd": "2028-01-10",
                    "current_ecd": "2028-02-10",
                    "remaining_visits": 9,
                },
            },
            {"id": "V3", "patient": "P3", "procedure": "SCAN", "due": "2026-12-03"},
        ],
        "bookings": [
            _booking("B1", "P4", "2026-12-01", "09:00"),
            _booking("B2", "P5", "2026-12-02", "09:00") | {"movable": True},
        ],
        "policy": {},
    }


def _cell(id_: str, klass: str, columns: list[str], start: str, end: str) -> dict[str, Any]:
    return {"id": id_, "procedure_class": klass, "columns": columns, "start": start, "end": end}


def _booking(
    id_: str, patient: str, date: str, start: str, chair: str | None = "C2", code: str = "ADJ"
) -> dict[str, Any]:
    visit = {"id": id_, "patient": patient, "procedure": code, "due": "2026-12-01"}
    return {"visit": visit, "date": date, "start": start, "chair": chair}


Change = Callable[[dict[str, Any]], object]


def _problem(change: Change | Problem | None) -> Problem:
    if isinstance(change, Problem):
        return change
    data = copy.deepcopy(_good())
    if change is not None:
        change(data)
    return Problem.model_validate(data)


@pytest.fixture
def problem_with():
    """A problem: the good one with a change made to its plain data."""
    return _problem


@pytest.fixture
def booking():
    """A booking as plain data: id, patient, date, start, chair, procedure."""
    return _booking


@pytest.fixture
def cell():
    """A cell as plain data: id, class, columns, start, end."""
    return _cell


@pytest.fixture
def horizon():
    """The dates to fill."""
    return HORIZON


@pytest.fixture
def emits():
    """Proves a code: `bad` raises it and nothing else but `also`, `good` does not raise it."""

    def prove(code, bad, good, *, where, says=(), also=(), days=HORIZON, good_days=HORIZON):
        found = problems_of(_problem(bad), days)
        mine = [problem for problem in found if problem.code == code]
        assert [problem.where for problem in mine] == ([where] if isinstance(where, str) else where)
        text = " | ".join(f"{problem.cause} -> {problem.remedy}" for problem in mine)
        for words in (says,) if isinstance(says, str) else says:
            assert words in text
        assert {problem.code for problem in found} == {code, *also}
        assert code not in {problem.code for problem in problems_of(_problem(good), good_days)}
        return mine

    return prove
