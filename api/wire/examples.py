"""An example of every body: one doctor, one chair, three visits on a Monday morning."""

from base64 import b64encode
from typing import Any

_MORNING = {"weekday": "mon", "start": "08:00", "end": "12:00"}

_PROBLEM: dict[str, Any] = {
    "as_of": "2026-01-09T12:00:00",
    "practice": {
        "id": "EXAMPLE",
        "time_zone": "America/Chicago",
        "hours": [_MORNING],
        "chairs": [{"id": "C1", "kind": "clinic"}],
        "staff": [
            {"id": "DR1", "role": "doctor", "shifts": [_MORNING]},
            {"id": "AS1", "role": "assistant", "shifts": [_MORNING]},
        ],
        "procedures": [
            {
                "code": "REP",
                "title": "Repair",
                "procedure_class": "repair",
                "purpose": "repair",
                "stages": [
                    {
                        "chair_kind": "clinic",
                        "role": "assistant",
                        "segments": [
                            {"kind": "assistant", "minutes": 10},
                            {"kind": "doctor", "minutes": 5},
                            {"kind": "assistant", "minutes": 15},
                        ],
                    }
                ],
            }
        ],
    },
    "visits": [
        {"id": f"V{number}", "patient": f"P{number}", "procedure": "REP", "due": "2026-01-12"}
        for number in (1, 2, 3)
    ],
}

_PARTS: tuple[tuple[int, int, dict[str, Any]], ...] = (
    (0, 10, {}),
    (10, 15, {"doctor": "DR1", "doctor_time": True}),
    (15, 30, {}),
)
"""Of the only procedure: minutes from its start, and who is there besides the assistant."""


def placement(visit: str, minute: int) -> dict[str, Any]:
    """A visit from that minute of the Monday on, in the only chair."""
    segments = [
        {
            **{"stage": 0, "chair": "C1", "staff": "AS1", **more},
            **{"start": _clock(minute + start), "end": _clock(minute + end)},
        }
        for start, end, more in _PARTS
    ]
    return {"visit": visit, "date": "2026-01-12", "segments": segments}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


SCHEDULE: dict[str, Any] = {
    "start": "2026-01-12",
    "days": 1,
    "placements": [placement("V1", 480)],
    "unplaced": [{"visit": visit, "reason": "not-asked"} for visit in ("V2", "V3")],
}


def _procedure(code: str, purpose: str, assistant: int, doctor: int) -> dict[str, Any]:
    """Of minutes in one clinic chair: an assistant prepares, the doctor comes last."""
    segments = [
        {"kind": "assistant", "minutes": assistant},
        {"kind": "doctor", "minutes": doctor},
    ]
    stage = {"chair_kind": "clinic", "role": "assistant", "segments": segments}
    names = {"code": code, "title": purpose.capitalize(), "procedure_class": purpose}
    return {**names, "purpose": purpose, "stages": [stage]}


_TO_DESIGN: dict[str, Any] = {
    **_PROBLEM,
    "practice": {
        **_PROBLEM["practice"],
        "procedures": [
            _procedure("NPEX", "exam", 25, 10),
            _procedure("BOND", "start", 40, 20),
            _procedure("ADJ", "active", 20, 5),
        ],
    },
    "visits": [],
}

_LONGER = {"kind": "hours", "weekdays": ["mon"], "end": "13:00"}
RUN = "run_0123456789abcdef01234567"
HOLD = "hold_0123456789abcdef01234567"
CALLER = {"id": "CALL1", "patient": "P77", "procedure": "REP", "due": "2026-01-12"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "Submission": {
        "problem": _PROBLEM,
        "dates": {"start": "2026-01-12", "days": 1},
        "limits": {"time_limit": 10.0},
        "schedule": SCHEDULE,
        "tags": ["example"],
        "external": {"ticket": "42"},
    },
    "VerifyRequest": {"problem": _PROBLEM, "schedule": SCHEDULE},
    "ForkRequest": {"without": ["V3"], "pins": ["V1"], "limits": {"time_limit": 10.0}},
    "AcceptRequest": {"visits": ["V1"]},
    "RepairRequest": {"date": "2026-01-12", "out": [{"staff": "AS1", "end": "10:00"}]},
    "RespondRequest": {"responses": [{"visit": "V1", "answer": "accepted"}]},
    "RecommendRequest": {"run": RUN, "visit": CALLER, "count": 6},
    "FillHoleRequest": {"run": RUN, "visit_id": "V1"},
    "HoldRequest": {"run": RUN, "visit": CALLER, "date": "2026-01-12", "start": "09:00"},
    "CommitRequest": {"hold": HOLD},
    "WhatIfSubmission": {
        "problem": _PROBLEM,
        "scenarios": [{"name": "open an hour longer", "change": [_LONGER], "confirm": True}],
        "settings": {"start": "2026-01-12", "days": 1, "seconds": 2.0, "repeats": 1},
    },
    "ModelDaySubmission": {
        "problem": _TO_DESIGN,
        "goals": {
            "starts_per_month": 1,
            "patient_days_per_month": 4,
            "months_per_case": 12,
            "mix": [
                {"procedure": "NPEX", "driver": "exam", "share": 1},
                {"procedure": "BOND", "driver": "start", "share": 1},
                {"procedure": "ADJ", "driver": "adjustment", "share": 1},
            ],
        },
        "limits": {"time_limit": 2.0, "costs": False},
    },
    "ImportRequest": {
        "files": {"visits.csv": b64encode(b"patient,procedure\nP1,REP\n").decode("ascii")}
    },
}
"""By the name of the body's type. The tests send each of them, about a run that is there."""
