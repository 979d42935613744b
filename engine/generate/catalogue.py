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


def segments(pattern: str) -> tuple[Segment, ...]:
    """`A25-D10~5-A25` as segments."""
    read = []
    for piece in pattern.split("-"):
        length, _, late = piece[1:].partition("~")
        kind = SegmentKind.DOCTOR if piece[0] == "D" else SegmentKind.ASSISTANT
        read.append(Segment(kind=kind, minutes=int(length), float_minutes=int(late or 0)))
    return tuple(read)


_ROOMS: dict[str, tuple[ChairKind | None, Role | None, int]] = {
    "clinic": (ChairKind.CLINIC, Role.ASSISTANT, TURNOVER_MINUTES),
    "exam": (ChairKind.EXAM, Role.TREATMENT_COORDINATOR, 0),
    "records": (ChairKind.RECORDS, Role.RECORDS_TECHNICIAN, 0),
    "none": (None, None, 0),
}
"""Room, who works there, turnover."""


def _allowed(first: dt.time, last: dt.time, binds: Binds) -> tuple[AllowedTime, ...]:
    return (AllowedTime(start=first, end=last, binds=binds),)


_TIMES: dict[str, tuple[AllowedTime, ...]] = {
    "any": (),
    "am": _allowed(dt.time(7), dt.time(12), Binds.START),
    "am-done": _allowed(dt.time(7), dt.time(13), Binds.END),
    "mid": _allowed(dt.time(7), dt.time(15), Binds.WHOLE),
    "long": _allowed(dt.time(7), dt.time(14, 30), Binds.START),
}
"""Times of day: offices keep long visits out of the hours after school."""

# Code, class, purpose, room:pattern[:skill] (several joined by +), times of day, rebooking days,
# supervision, title.
_TABLE = """
NPEX   exam         exam         exam:A25-D10~10-A25                       any      7 direct  New-patient exam
REC    records      records      records:A30:xray                          any      7 general Initial records
CONF   conference   conference   exam:A10-D10~5-A10                        any      7 direct  Treatment conference
SEP    short        active       clinic:A10                                any      7 general Separators
BOND   start        start        clinic:A25-D15~10-A35:bonding             am      21 direct  Full bonding
BOND2  start        start        clinic:A25-D10~10-A20-D5~5-A15:bonding    am      21 direct  Full bonding, two checks
BND1   start        start        clinic:A20-D10~10-A20:bonding             am      21 direct  One arch or indirect bond
BAND   appliance    active       clinic:A15-D10~5-A15                      mid     14 direct  Bands or appliance
ALDEL  start        start        clinic:A25-D5~10-A15:bonding              mid     21 direct  Aligner start
ALCHK  short        active       clinic:A5-D5~5-A5                         any     28 direct  Aligner check
ADJS   short        active       clinic:A5-D5~5-A5                         any     28 direct  Short adjustment
ADJR   adjust       active       clinic:A5-D5~5-A10                        any     28 direct  Archwire change
ADJL   long         active       clinic:A15-D10~5-A15                      long    28 direct  Long adjustment
PROG   progress     active       records:A20:xray+clinic:D5-A5             any     28 direct  Progress records and review
REPO   long         active       clinic:A15-D10~10-A20:bonding             long    28 direct  Reposition brackets
REP    repair       repair       clinic:A10-D5~5-A15                       mid     10 direct  Repair
EMG    emergency    emergency    clinic:A5-D5~5-A5                         any      3 direct  Comfort visit
EMGX   repair       emergency    clinic:A20-D10~10-A20:bonding             mid      5 direct  Multiple breakage
SCAN   records      records      records:A20                               any      7 general Scan before debond
FRET   debond       debond       clinic:A10-D5~5-A15:bonding               mid     14 direct  Bond lingual retainer
DEB    debond       debond       clinic:A20-D15~10-A25:polishing           am-done 14 direct  Debond
RETD   retention    retention    clinic:A10-D5~5-A5                        any      7 direct  Retainer delivery
DEBR   debond       debond       clinic:A20-D15~10-A25-D5~5-A15:polishing  am-done 14 direct  Debond with delivery
RETC   retention    retention    clinic:A5-D5~5-A5                         any     42 direct  Retainer check
RETCN  retention    retention    clinic:A10                                any     42 general Retainer check, no doctor
OBS    observation  observation  exam:A5-D5~5-A5                           any     60 direct  Observation
VIRT   remote       active       none:D5                                   any      7 direct  Remote review
"""  # noqa: E501


def _stage(text: str) -> Stage:
    room, pattern, skill = (*text.split(":"), None)[:3]
    kind, role, turnover = _ROOMS[str(room)]
    return Stage(
        chair_kind=kind,
        role=role,
        skill=skill,
        segments=segments(str(pattern)),
        turnover_minutes=turnover,
    )


def _procedure(line: str) -> Procedure:
    code, procedure_class, purpose, stages, times, rebooking, supervision, title = line.split(
        maxsplit=7
    )
    return Procedure(
        code=code,
        title=title,
        procedure_class=procedure_class,
        purpose=Purpose(purpose),
        stages=tuple(_stage(text) for text in stages.split("+")),
        supervision=Supervision(supervision),
        allowed_times=_TIMES[times],
        rebooking_days=int(rebooking),
    )


PROCEDURES: tuple[Procedure, ...] = tuple(map(_procedure, _TABLE.strip().splitlines()))
