"""Three model days: full, short and catch-up, column by column, repeated for each doctor.

A doctor's module has clinic columns 1 to 5, the overflow chair 6, exam room X and records room R.
Long and doctor-heavy work lies in the morning, short visits in the hours after school; about a
quarter of the clinic minutes is kept for nobody, so that a day can breathe.
"""

import datetime as dt

from engine.practice import Cell, ClassRelease, ModelDay, Quota, ReleaseStep

_Row = tuple[str, int, int, str]
"""Columns of the module, start and end as clock numbers (830 is 08:30), class."""

# fmt: off
_FULL: tuple[_Row, ...] = (
    ("12", 730, 830, "short"), ("1", 830, 1130, "start"), ("1", 1300, 1500, "adjust"),
    ("12", 1500, 1700, "short"), ("2", 830, 955, "start"), ("2", 955, 1130, "long"),
    ("3", 800, 1010, "debond"), ("3", 1010, 1140, "long"), ("3", 1300, 1430, "repair"),
    ("3", 1500, 1700, "retention"), ("4", 800, 930, "long"), ("4", 930, 1015, "appliance"),
    ("4", 1015, 1200, "debond"), ("4", 1300, 1430, "repair"), ("4", 1430, 1500, "emergency"),
    ("45", 1500, 1700, "adjust"), ("5", 800, 1000, "adjust"), ("5", 1000, 1045, "repair"),
    ("5", 1300, 1430, "long"), ("6", 800, 1000, "retention"), ("6", 1000, 1040, "emergency"),
    ("6", 1300, 1340, "emergency"), ("6", 1500, 1540, "emergency"),
    ("6", 1540, 1700, "retention"),
    ("X", 830, 930, "exam"), ("X", 930, 1000, "conference"), ("X", 1000, 1100, "exam"),
    ("X", 1100, 1200, "exam"), ("X", 1300, 1400, "exam"), ("X", 1400, 1530, "observation"),
    ("X", 1530, 1630, "exam"), ("R", 800, 1000, "records"), ("R", 1000, 1200, "records"),
    ("R", 1300, 1500, "records"),
)
_CATCH_UP: tuple[_Row, ...] = (
    ("1", 800, 930, "adjust"), ("1", 1100, 1200, "short"), ("2", 1300, 1500, "adjust"),
    ("13", 1500, 1800, "short"), ("2", 800, 1000, "long"), ("2", 1000, 1130, "repair"),
    ("2", 1500, 1800, "adjust"), ("3", 800, 1010, "debond"), ("3", 1010, 1140, "long"),
    ("3", 1300, 1500, "retention"), ("4", 800, 1000, "adjust"), ("4", 1000, 1130, "debond"),
    ("4", 1300, 1430, "long"), ("4", 1500, 1800, "retention"), ("5", 800, 1000, "short"),
    ("5", 1300, 1430, "repair"), ("5", 1500, 1730, "adjust"), ("6", 800, 1000, "retention"),
    ("6", 1000, 1040, "emergency"), ("6", 1500, 1540, "emergency"),
    ("6", 1540, 1800, "retention"),
    ("X", 900, 1000, "exam"), ("X", 1000, 1100, "exam"), ("X", 1100, 1200, "observation"),
    ("X", 1330, 1430, "exam"), ("X", 1430, 1600, "observation"), ("X", 1600, 1700, "exam"),
)
_SHORT: tuple[_Row, ...] = (
    ("1", 800, 1100, "start"), ("1", 1100, 1300, "adjust"), ("2", 800, 1000, "short"),
    ("2", 1000, 1130, "long"), ("2", 1130, 1330, "retention"), ("3", 800, 1010, "debond"),
    ("3", 1010, 1140, "long"), ("3", 1200, 1330, "adjust"), ("4", 800, 930, "repair"),
    ("4", 930, 1130, "adjust"), ("5", 800, 1000, "retention"), ("5", 1000, 1200, "short"),
    ("6", 800, 840, "emergency"), ("6", 1100, 1140, "emergency"),
    ("X", 830, 930, "exam"), ("X", 930, 1030, "exam"), ("X", 1030, 1100, "observation"),
    ("X", 1100, 1200, "exam"), ("X", 1200, 1300, "exam"), ("R", 800, 1000, "records"),
    ("R", 1000, 1200, "records"),
)
# fmt: on

_FALLBACKS: dict[str, tuple[str, ...]] = {
    "start": ("debond",),
    "debond": ("start",),
    "long": ("repair", "appliance"),
    "appliance": ("repair", "long"),
    "repair": ("emergency", "appliance"),
    "adjust": ("short", "progress"),
    "short": ("retention",),
    "retention": ("short",),
    "exam": ("conference",),
    "records": ("progress",),
}

_QUOTAS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "full": (("start", 4, 3), ("exam", 6, 5), ("debond", 6, 4)),
    "catch-up": (("start", 1, 0), ("exam", 4, 4), ("debond", 5, 3)),
    "short": (("start", 3, 2), ("exam", 4, 4), ("debond", 3, 2)),
}
"""Class, at most, target: for each doctor."""

RELEASE: tuple[ClassRelease, ...] = (
    ClassRelease(
        procedure_class="start",
        steps=(
            ReleaseStep(days_before=5, accepts=("long", "debond", "appliance", "repair")),
            ReleaseStep(days_before=2, accepts=("*",)),
        ),
    ),
    ClassRelease(
        procedure_class="exam",
        steps=(ReleaseStep(days_before=2, accepts=("observation", "records", "conference")),),
    ),
    ClassRelease(procedure_class="emergency", steps=(ReleaseStep(days_before=0, accepts=("*",)),)),
)
"""Start cells open to long work five days ahead and to all two days ahead, holds on the day."""

_EARLY_HOLD = (
    ReleaseStep(days_before=1, at=dt.time(15), accepts=("short", "retention")),
    ReleaseStep(days_before=0, accepts=("*",)),
)


def _clock(number: int) -> dt.time:
    return dt.time(number // 100, number % 100)


def columns_of(letters: str, doctors: int) -> tuple[str, ...]:
    """The chair ids of the module's columns for every doctor: '12' of two: C1 C2 C7 C8."""
    return tuple(
        f"C{6 * module + int(letter)}" if letter.isdigit() else f"{letter}{module + 1}"
        for module in range(doctors)
        for letter in letters
    )


def _cells(prefix: str, rows: tuple[_Row, ...], doctors: int) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            id=f"{prefix}{number:02d}",
            procedure_class=procedure_class,
            columns=columns_of(letters, doctors),
            start=_clock(start),
            end=_clock(end),
            hold=procedure_class == "emergency",
            fallbacks=_FALLBACKS.get(procedure_class, ()),
            # The morning hold is opened the afternoon before, the others only on the day.
            release=_EARLY_HOLD if procedure_class == "emergency" and start < 1100 else None,
        )
        for number, (letters, start, end, procedure_class) in enumerate(rows, start=1)
    )


def model_days(doctors: int) -> tuple[ModelDay, ...]:
    """The full, catch-up and short day for so many doctors."""
    plans = (
        ("full", "Full day", "F", _FULL),
        ("catch-up", "Catch-up day, no records person", "K", _CATCH_UP),
        ("short", "Short Friday", "S", _SHORT),
    )
    return tuple(
        ModelDay(
            id=name,
            title=title,
            cells=_cells(prefix, rows, doctors),
            quotas=tuple(
                Quota(procedure_class=code, at_most=most * doctors, target=target * doctors)
                for code, most, target in _QUOTAS[name]
            ),
        )
        for name, title, prefix, rows in plans
    )
