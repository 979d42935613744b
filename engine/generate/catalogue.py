"""The procedure catalogue: codes, patterns, rooms, times of day, rebooking.

Pattern notation as used for model days: `A25-D10-A25` is 25 minutes of the assistant alone, 10
with the doctor, 25 alone; `D10~5` lets the doctor come up to 5 minutes later. Total lengths are
bounded by what orthodontic offices publish about their visits (for example Kennemer Orthodontics,
'Appointments'; Virginia Orthodontic Partners, 'Types of orthodontic visits'; White Orthodontics,
'What to expect'); how a total splits into assistant and doctor time is a default of this project.
"""

import datetime as dt

from engine.practice import (
    AllowedTime,
    Binds,
    ChairKind,
    Procedure,
    Purpose,
    Role,
    Segment,
    SegmentKind,
    Stage,
    Supervision,
)

TURNOVER_MINUTES = 5
"""Cleaning up after a clinic stage; it holds the chair and the assistant."""

_ASSISTANT, _TC, _RT = (
    Role.ASSISTANT,
    Role.TREATMENT_COORDINATOR,
    Role.RECORDS_TECHNICIAN,
)


def segments(pattern: str) -> tuple[Segment, ...]:
    """`A25-D10~5-A25` as segments."""
    read = []
    for piece in pattern.split("-"):
        length, _, late = piece[1:].partition("~")
        kind = SegmentKind.DOCTOR if piece[0] == "D" else SegmentKind.ASSISTANT
        read.append(Segment(kind=kind, minutes=int(length), float_minutes=int(late or 0)))
    return tuple(read)


def _clinic(pattern: str, skill: str | None = None) -> tuple[Stage, ...]:
    return (
        Stage(
            chair_kind=ChairKind.CLINIC,
            role=_ASSISTANT,
            skill=skill,
            segments=segments(pattern),
            turnover_minutes=TURNOVER_MINUTES,
        ),
    )


def _exam_room(pattern: str) -> tuple[Stage, ...]:
    return (Stage(chair_kind=ChairKind.EXAM, role=_TC, segments=segments(pattern)),)


def _records_room(pattern: str, skill: str | None = None) -> tuple[Stage, ...]:
    return (
        Stage(chair_kind=ChairKind.RECORDS, role=_RT, skill=skill, segments=segments(pattern)),
    )


_PROGRESS = (*_records_room("A20", "xray"), *_clinic("D5-A5"))
_REMOTE = (Stage(chair_kind=None, role=None, segments=segments("D5")),)


def _allowed(first: int, last: int, binds: Binds) -> tuple[AllowedTime, ...]:
    return (AllowedTime(start=dt.time(first), end=dt.time(last), binds=binds),)


_AM = _allowed(7, 12, Binds.START)
_AM_DONE = _allowed(7, 13, Binds.END)
_MID = _allowed(7, 15, Binds.WHOLE)
_LONG = (AllowedTime(start=dt.time(7), end=dt.time(14, 30), binds=Binds.START),)
_ANY: tuple[AllowedTime, ...] = ()
_DIRECT, _GENERAL = Supervision.DIRECT, Supervision.GENERAL

_Row = tuple[
    str, str, str, Purpose, tuple[Stage, ...], tuple[AllowedTime, ...], int, Supervision
]

_BOND = "bonding"
_POLISH = "polishing"

# fmt: off
_ROWS: tuple[_Row, ...] = (
    ("NPEX", "New-patient exam", "exam", Purpose.EXAM, _exam_room("A25-D10~10-A25"), _ANY, 7, _DIRECT),
    ("REC", "Initial records", "records", Purpose.RECORDS, _records_room("A30", "xray"), _ANY, 7, _GENERAL),
    ("CONF", "Treatment conference", "conference", Purpose.CONFERENCE, _exam_room("A10-D10~5-A10"), _ANY, 7, _DIRECT),
    ("SEP", "Separators", "short", Purpose.ACTIVE, _clinic("A10"), _ANY, 7, _GENERAL),
    ("BOND", "Full bonding", "start", Purpose.START, _clinic("A25-D15~10-A35", _BOND), _AM, 21, _DIRECT),
    ("BOND2", "Full bonding, two doctor checks", "start", Purpose.START, _clinic("A25-D10~10-A20-D5~5-A15", _BOND), _AM, 21, _DIRECT),
    ("BND1", "One arch or indirect bonding", "start", Purpose.START, _clinic("A20-D10~10-A20", _BOND), _AM, 21, _DIRECT),
    ("BAND", "Bands, expander or appliance delivery", "appliance", Purpose.ACTIVE, _clinic("A15-D10~5-A15"), _MID, 14, _DIRECT),
    ("ALDEL", "Aligner start with attachments", "start", Purpose.START, _clinic("A25-D5~10-A15", _BOND), _MID, 21, _DIRECT),
    ("ALCHK", "Aligner check", "short", Purpose.ACTIVE, _clinic("A5-D5~5-A5"), _ANY, 28, _DIRECT),
    ("ADJS", "Short adjustment", "short", Purpose.ACTIVE, _clinic("A5-D5~5-A5"), _ANY, 28, _DIRECT),
    ("ADJR", "Archwire change", "adjust", Purpose.ACTIVE, _clinic("A5-D5~5-A10"), _ANY, 28, _DIRECT),
    ("ADJL", "Long adjustment", "long", Purpose.ACTIVE, _clinic("A15-D10~5-A15"), _LONG, 28, _DIRECT),
    ("PROG", "Progress records and review", "progress", Purpose.ACTIVE, _PROGRESS, _ANY, 28, _DIRECT),
    ("REPO", "Reposition several brackets", "long", Purpose.ACTIVE, _clinic("A15-D10~10-A20", _BOND), _LONG, 28, _DIRECT),
    ("REP", "Repair of a bracket, band or wire", "repair", Purpose.REPAIR, _clinic("A10-D5~5-A15"), _MID, 10, _DIRECT),
    ("EMG", "Comfort visit", "emergency", Purpose.EMERGENCY, _clinic("A5-D5~5-A5"), _ANY, 3, _DIRECT),
    ("EMGX", "Multiple breakage", "repair", Purpose.EMERGENCY, _clinic("A20-D10~10-A20", _BOND), _MID, 5, _DIRECT),
    ("SCAN", "Scan before debond", "records", Purpose.RECORDS, _records_room("A20"), _ANY, 7, _GENERAL),
    ("FRET", "Bond lingual retainer", "debond", Purpose.DEBOND, _clinic("A10-D5~5-A15", _BOND), _MID, 14, _DIRECT),
    ("DEB", "Debond, polish, final records", "debond", Purpose.DEBOND, _clinic("A20-D15~10-A25", _POLISH), _AM_DONE, 14, _DIRECT),
    ("RETD", "Retainer delivery", "retention", Purpose.RETENTION, _clinic("A10-D5~5-A5"), _ANY, 7, _DIRECT),
    ("DEBR", "Debond and delivery in one visit", "debond", Purpose.DEBOND, _clinic("A20-D15~10-A25-D5~5-A15", _POLISH), _AM_DONE, 14, _DIRECT),
    ("RETC", "Retainer check", "retention", Purpose.RETENTION, _clinic("A5-D5~5-A5"), _ANY, 42, _DIRECT),
    ("RETCN", "Retainer check without doctor", "retention", Purpose.RETENTION, _clinic("A10"), _ANY, 42, _GENERAL),
    ("OBS", "Observation", "observation", Purpose.OBSERVATION, _exam_room("A5-D5~5-A5"), _ANY, 60, _DIRECT),
    ("VIRT", "Remote review", "remote", Purpose.ACTIVE, _REMOTE, _ANY, 7, _DIRECT),
)
# fmt: on

PROCEDURES: tuple[Procedure, ...] = tuple(
    Procedure(
        code=code,
        title=title,
        procedure_class=procedure_class,
        purpose=purpose,
        stages=stages,
        supervision=supervision,
        allowed_times=allowed,
        rebooking_days=rebooking_days,
    )
    for code, title, procedure_class, purpose, stages, allowed, rebooking_days, supervision in _ROWS
)
