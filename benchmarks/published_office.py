"""An office of eight chairs with an assistant for each column, open in the morning from 8 to 11.

Hours, chairs, columns and what the doctor keeps to himself are published: B. Burris, 'Schedule
template examples: our office', orthopundit.com (eight chairs, one assistant per column, 8 to 11 in
one office and 1 to 4 in the other; the doctor alone removes glue and positions brackets, in
repairs too). The sheet itself is a photograph, so its columns are rebuilt here by hand, each filled
from the top with one kind after the other, as such sheets are; doctor time was not looked at.
"""

import datetime as dt

from engine.generate.catalogue import segments
from engine.generate.seat import Seat
from engine.model_day.goals import DayTypeGoal
from engine.model_day.planned import PlannedVisit
from engine.practice import (
    Chair,
    ChairKind,
    OpenHours,
    Practice,
    Problem,
    Procedure,
    Purpose,
    Role,
    Shift,
    StaffMember,
    Stage,
    Weekday,
)
from engine.practice.pattern import pattern_of
from engine.units import to_minutes

THURSDAY = dt.date(2026, 3, 12)
DAY_TYPE = DayTypeGoal(id="morning", title="Morning", weekdays=(Weekday.THU,))

PATTERNS = {
    "BOND": ("start", Purpose.START, "A25-D20~5-A30"),
    "DEB": ("debond", Purpose.DEBOND, "A15-D20~5-A25"),
    "REP": ("repair", Purpose.REPAIR, "A10-D10~5-A10"),
    "ADJ": ("adjust", Purpose.ACTIVE, "A5-D5~5-A10"),
    "RET": ("retention", Purpose.RETENTION, "A10"),
}

COLUMNS = {
    "C1": ("BOND 08:00", "ADJ 09:30", "ADJ 10:00"),
    "C2": ("BOND 08:00", "ADJ 09:30"),
    "C3": ("DEB 08:00", "REP 09:10"),
    "C4": ("DEB 08:00", "REP 09:10"),
    "C5": ("ADJ 08:00", "ADJ 08:30", "ADJ 09:00"),
    "C6": ("ADJ 08:00", "ADJ 08:30", "ADJ 09:00"),
    "C7": ("RET 08:00", "RET 08:20", "RET 08:40", "RET 09:00"),
    "C8": ("RET 08:00", "RET 08:20", "RET 08:40", "RET 09:00"),
}
"""The sheet by hand: nine adjustments, two bonds, two debonds, two repairs, eight retainer checks.

Doctor time: 9 x 5 + 2 x 20 + 2 x 20 + 2 x 10 = 145 of 180 minutes.
"""


def office() -> Problem:
    """The practice, with nobody in its book."""
    shift = Shift(weekday=Weekday.THU, start=dt.time(7, 30), end=dt.time(11, 30))
    people = [StaffMember(id="DR1", role=Role.DOCTOR, shifts=(shift,))]
    people += [StaffMember(id=f"AS{k}", role=Role.ASSISTANT, shifts=(shift,)) for k in range(1, 9)]
    practice = Practice(
        id="eight-chairs",
        time_zone="America/Chicago",
        start_mark_minutes=10,
        hours=(OpenHours(weekday=Weekday.THU, start=dt.time(8), end=dt.time(11)),),
        chairs=tuple(Chair(id=f"C{k}", kind=ChairKind.CLINIC) for k in range(1, 9)),
        staff=tuple(people),
        procedures=tuple(
            Procedure(
                code=code,
                title=code,
                procedure_class=procedure_class,
                purpose=purpose,
                stages=(
                    Stage(
                        chair_kind=ChairKind.CLINIC,
                        role=Role.ASSISTANT,
                        segments=segments(pattern),
                        turnover_minutes=5,
                    ),
                ),
            )
            for code, (procedure_class, purpose, pattern) in PATTERNS.items()
        ),
    )
    return Problem(as_of=dt.datetime(2026, 3, 5, 8), practice=practice)


def sheet_by_hand(problem: Problem) -> tuple[PlannedVisit, ...]:
    """The visits of the sheet with doctor time at its nominal moments."""
    planned = []
    for number, (chair, entries) in enumerate(COLUMNS.items(), start=1):
        for entry in entries:
            code, start = entry.split()
            procedure, begin = problem.procedures[code], to_minutes(dt.time.fromisoformat(start))
            stages = pattern_of(procedure, None, problem.practice.grid_minutes)
            nominal = tuple(tuple(begin + one.offset for one in stage.doctor) for stage in stages)
            seat = Seat(
                procedure, stages, THURSDAY, begin, (chair,), (f"AS{number}",), "DR1", nominal
            )
            name = f"hand-{len(planned) + 1}"
            planned.append(
                PlannedVisit(id=name, procedure=code, hold=False, segments=seat.segments)
            )
    return tuple(planned)
