"""Goals and small offices for the tests of model days."""

import datetime as dt
from pathlib import Path

from engine.generate.catalogue import PROCEDURES
from engine.generate.generate import AS_OF
from engine.generate.practice import empty_problem
from engine.generate.profiles import profile_of
from engine.model_day.design.slots import Slot, slot_of
from engine.model_day.goals import DayTypeGoal, Goals
from engine.practice import (
    Chair,
    ChairKind,
    OpenHours,
    Practice,
    Problem,
    Role,
    Shift,
    StaffMember,
    Weekday,
)

MONDAY = DayTypeGoal(id="mon", title="Monday", weekdays=(Weekday.MON,))


def fixture_goals(**changes: object) -> Goals:
    """The worked derivation: 300 starts a year in 165 days, 22 months, every eight weeks."""
    return Goals(starts_per_month=25, conversion=0.606, **changes)  # type: ignore[arg-type]


def sample_problem(profile: str = "one-doctor") -> Problem:
    """A made-up practice without a visit."""
    return empty_problem(profile_of(profile), AS_OF)


def catalogue_practice() -> Practice:
    """The sample practice with the twenty procedures of the worked derivation."""
    codes = [
        "NPEX",
        "REC",
        "CONF",
        "BOND",
        "BND1",
        "BAND",
        "ALDEL",
        "ALCHK",
        "ADJS",
        "ADJR",
        "ADJL",
        "REPO",
        "REP",
        "EMG",
        "SCAN",
        "FRET",
        "DEB",
        "RETD",
        "RETC",
        "OBS",
    ]
    kept = tuple(procedure for procedure in PROCEDURES if procedure.code in codes)
    return sample_problem().practice.model_copy(update={"procedures": kept})


def written(path: Path, text: str) -> Path:
    """A goals file."""
    path.write_text(text, "utf-8")
    return path


SAMPLE = sample_problem()


def small_office(
    *,
    first: str = "08:00",
    last: str = "10:00",
    chairs: int = 1,
    doctor: bool = False,
    assistants: int | None = None,
) -> Problem:
    """Clinic chairs, as many assistants unless said, there all day; with a doctor or without."""
    practice = SAMPLE.practice
    shift = Shift(weekday=Weekday.MON, start=dt.time(7), end=dt.time(18))
    staff: list[StaffMember] = []
    helpers = chairs if assistants is None else assistants
    for role, count in {Role.ASSISTANT: helpers, Role.DOCTOR: int(doctor)}.items():
        people = [one for one in practice.staff if one.role is role][:count]
        new = {"skills": ("bonding", "polishing"), "shifts": (shift,)}
        staff += [one.model_copy(update=new) for one in people]
    hours = OpenHours(
        weekday=Weekday.MON, start=dt.time.fromisoformat(first), end=dt.time.fromisoformat(last)
    )
    made = practice.model_copy(
        update={
            "hours": (hours,),
            "chairs": tuple(Chair(id=f"C{k}", kind=ChairKind.CLINIC) for k in range(chairs)),
            "staff": tuple(staff),
            "staff_blocks": (),
            "limits": (),
            "closures": (),
            "model_days": (),
            "model_day_dates": (),
        }
    )
    return Problem(as_of=SAMPLE.as_of, practice=made, policy=SAMPLE.policy)


def places(problem: Problem, **counts: int) -> dict[Slot, int]:
    return {
        slot_of(problem.practice, problem.procedures[code]): count for code, count in counts.items()
    }
