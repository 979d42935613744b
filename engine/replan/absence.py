"""Who is out on a day, and the practice without them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Self

from pydantic import model_validator

from engine.practice import BlockKind, Problem, StaffBlock
from engine.practice.base import ClockTime, Frozen, Id
from engine.problems import PracticeProblem, PracticeProblemsError
from engine.units import MINUTES_PER_DAY, Interval, to_minutes

_SIDES = ("start", "end")
_WRITTEN = re.compile(r"(?P<who>[^:]+)(?::(?P<start>\d\d?:\d\d)-(?P<end>\d\d?:\d\d))?")


class Absence(Frozen):
    """A person who is out; without times, all day."""

    staff: Id
    start: ClockTime | None = None
    end: ClockTime | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("it is over before it begins")
        return self

    @property
    def span(self) -> Interval:
        """Minutes of the day."""
        return (
            0 if self.start is None else to_minutes(self.start),
            MINUTES_PER_DAY if self.end is None else to_minutes(self.end),
        )


def read_absences(problem: Problem, written: Iterable[str], option: str) -> tuple[Absence, ...]:
    """`AS1` or `AS1:07:30-12:00`. PracticeProblemsError with everything that is wrong."""
    found: list[Absence] = []
    faults: list[PracticeProblem] = []
    for text in written:
        where, match = f"{option} {text}", _WRITTEN.fullmatch(text)
        if match is None:
            remedy = "write the id alone, or ID:HH:MM-HH:MM"
            faults.append(PracticeProblem("not-an-absence", where, "it cannot be read so", remedy))
            continue
        if match["who"] not in problem.staff:
            faults.append(_unknown(problem, where))
            continue
        try:
            start, end = (None if match[side] is None else _clock(match[side]) for side in _SIDES)
            found.append(Absence(staff=match["who"], start=start, end=end))
        except ValueError:
            faults.append(
                PracticeProblem(
                    "not-an-absence",
                    where,
                    "these are not two clock times, the earlier one first",
                    "write them as 07:30-12:00",
                )
            )
    if faults:
        raise PracticeProblemsError(faults)
    return tuple(found)


def unknown_staff(problem: Problem, absences: Iterable[Absence]) -> Iterator[PracticeProblem]:
    """One for each absence of somebody who is not on the staff."""
    for number, one in enumerate(absences):
        if one.staff not in problem.staff:
            yield _unknown(problem, f"out[{number}]")


def _unknown(problem: Problem, where: str) -> PracticeProblem:
    known = ", ".join(sorted(problem.staff))
    cause = "nobody on the staff has this id"
    return PracticeProblem("unknown-staff", where, cause, f"name one of {known}")


def _clock(text: str) -> ClockTime:
    return dt.time.fromisoformat(text.zfill(5))


def without_people(problem: Problem, day: dt.date, absences: Iterable[Absence]) -> Problem:
    """The same practice, where these people are not in the office then."""
    blocks = tuple(
        StaffBlock(
            kind=BlockKind.VACATION,
            staff=(one.staff,),
            dates=(day,),
            start=one.start,
            end=one.end,
        )
        for one in absences
    )
    practice = problem.practice.model_copy(
        update={"staff_blocks": (*problem.practice.staff_blocks, *blocks)}
    )
    return problem.model_copy(update={"practice": practice})
