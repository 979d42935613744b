"""Why a need of a visit cannot be met, as a sentence with the numbers.

For example: needs a bonding-skilled assistant for 80 min (5 of them turnover); the longest such
presence on an open date is 60 min (AS2, Tue 2026-12-01).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from engine.practice import Procedure, Visit
from engine.practice.calendar import in_office_intervals, usable_intervals
from engine.practice.pattern import StageTime
from engine.units import clock_text, to_minutes
from engine.validation.dates import day_text
from engine.validation.minute_masks import longest_run, mask_of
from engine.validation.possible_starts import (
    AVAILABILITY,
    DOCTOR,
    HOURS,
    SUPERVISION,
    TIMES,
    Need,
    PossibleStarts,
)
from engine.validation.visits import window_text


@dataclass(frozen=True, slots=True)
class Cause:
    """A fault in the making: code, sentence, remedy."""

    code: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cause is looked for with: a visit, its stages, and the dates it could have."""

    visit: Visit
    starts: PossibleStarts
    dates: list[dt.date]
    now: dt.datetime | None

    @property
    def procedure(self) -> Procedure:
        return self.starts.problem.procedures[self.visit.procedure]

    @property
    def stages(self) -> tuple[StageTime, ...]:
        return self.starts.pattern(self.procedure, self.visit.minutes)

    @property
    def length(self) -> int:
        return self.stages[-1].end


def cause_of(
    need: Need,
    visit: Visit,
    starts: PossibleStarts,
    dates: list[dt.date],
    now: dt.datetime | None,
) -> Cause:
    """The sentence for a need that no date of `dates` can meet inside patient hours."""
    look = _Look(visit, starts, dates, now)
    if need == HOURS:
        return _hours(look)
    if need == TIMES:
        return _times(look)
    if need == SUPERVISION:
        return _supervision(look)
    if need == DOCTOR:
        return _doctor(look)
    if need == AVAILABILITY:
        return _availability(look)
    stage = look.stages[need[1]]
    return {"staff": _staff, "chair": _chair, "cell": _cell}[need[0]](look, stage)


def need_text(need: Need, visit: Visit, starts: PossibleStarts) -> str:
    """A need by itself, in words."""
    look = _Look(visit, starts, [], None)
    if need == TIMES:
        return f"the allowed times of '{visit.procedure}' ({_allowed_text(look.procedure)})"
    if need == SUPERVISION:
        return f"a doctor in the office for {look.length} min"
    if need == DOCTOR:
        return f"{visit.required_doctor or 'a doctor'} for {_doctor_text(look)}"
    if need == AVAILABILITY:
        return f"available times {_available_text(visit)}"
    stage = look.stages[need[1]]
    if need[0] == "staff":
        return _staff_text(look, stage)
    if need[0] == "chair":
        return _chair_text(stage)
    return f"time of the model day for class '{look.procedure.procedure_class}' in that chair"


def _longest(runs: Iterable[tuple[str, dt.date, int]]) -> tuple[int, str]:
    """Length of the longest run of minutes, and who or where and when it is."""
    best, text = 0, "none at all"
    for who, day, mask in runs:
        length = longest_run(mask)
        if length > best:
            best, text = length, ", ".join(part for part in (who, day_text(day)) if part)
    return best, text


def _measured(longest: tuple[int, str], wanted: int, what: str, marks: int) -> str:
    length, text = longest
    if length >= wanted:
        return f"{what} lasts up to {length} min ({text}), but never from a start every {marks} min"
    return f"{what} is {length} min ({text})"


def _marks(look: _Look) -> int:
    return look.starts.practice.start_mark_minutes


def _stretched(look: _Look, day: dt.date, minutes: int) -> int:
    """Patient hours of a date, and the turnover that may follow them."""
    mask = look.starts.open(day)
    for _ in range(minutes):
        mask |= mask << 1
    return mask


def _hours(look: _Look) -> Cause:
    span = f"from {day_text(look.dates[0])} to {day_text(look.dates[-1])}"
    if not any(look.starts.open(day) for day in look.dates):
        return Cause(
            "no-open-date",
            f"is possible {span}, and no date of these is open",
            "open a date, or widen the visit's own dates",
        )
    longest = _longest(("", day, look.starts.open(day)) for day in look.dates)
    return Cause(
        "longer-than-hours",
        f"takes {look.length} min; "
        + _measured(longest, look.length, f"the longest stretch of patient hours {span}", _marks(look)),
        "open longer, or split the visit",
    )


def _allowed_text(procedure: Procedure) -> str:
    return "; ".join(
        f"{', '.join(allowed.weekdays) or 'every day'} {allowed.binds} in "
        f"[{clock_text(to_minutes(allowed.start))}, {clock_text(to_minutes(allowed.end))})"
        for allowed in procedure.allowed_times
    )


def _times(look: _Look) -> Cause:
    return Cause(
        "times-never-fit",
        f"takes {look.length} min; procedure '{look.procedure.code}' is allowed "
        f"{_allowed_text(look.procedure)}, which no start in patient hours meets on the dates of "
        "the visit",
        "widen the allowed times of the procedure, or the visit's own dates",
    )


def _supervision(look: _Look) -> Cause:
    runs = (
        ("", day, look.starts.open(day) & _in_office(look, day))
        for day in look.dates
    )
    return Cause(
        "never-supervised",
        f"needs a doctor in the office for {look.length} min; "
        + _measured(
            _longest(runs), look.length, "the longest such time in patient hours", _marks(look)
        ),
        "add doctor hours, or open when a doctor is there",
    )


def _in_office(look: _Look, day: dt.date) -> int:
    mask = 0
    for person in look.starts.problem.doctors:
        mask |= mask_of(in_office_intervals(look.starts.practice, person, day))
    return mask


def _staff_text(look: _Look, stage: StageTime) -> str:
    role = str(stage.role).replace("_", " ")
    who = f"{stage.skill}-skilled {role}" if stage.skill is not None else role
    minutes, turnover = stage.busy_until - stage.start, stage.busy_until - stage.end
    extra = f" ({turnover} of them turnover)" if turnover else ""
    return f"{'an' if who[0] in 'aeiou' else 'a'} {who} for {minutes} min{extra}"


def _staff(look: _Look, stage: StageTime) -> Cause:
    turnover = stage.busy_until - stage.end
    runs = (
        (id_, day, look.starts.present(id_, day) & _stretched(look, day, turnover))
        for id_ in look.starts.servers(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.busy_until - stage.start
    what = "the longest such presence on an open date"
    return Cause(
        "no-staff-ever",
        f"needs {_staff_text(look, stage)}; "
        + _measured(_longest(runs), wanted, what, _marks(look)),
        "change shifts or lunch, give somebody the skill, or shorten the visit",
    )


def _chair_text(stage: StageTime) -> str:
    turnover = stage.busy_until - stage.end
    extra = f" ({turnover} of them turnover)" if turnover else ""
    kind = str(stage.chair_kind)
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind} chair for {stage.busy_until - stage.start} min{extra}"


def _chair(look: _Look, stage: StageTime) -> Cause:
    turnover = stage.busy_until - stage.end
    runs = (
        (
            chair.id,
            day,
            mask_of(usable_intervals(look.starts.practice, chair, day))
            & _stretched(look, day, turnover),
        )
        for chair in look.starts.chairs(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.busy_until - stage.start
    what = "the longest time such a chair is usable on an open date"
    return Cause(
        "no-chair-ever",
        f"needs {_chair_text(stage)}; " + _measured(_longest(runs), wanted, what, _marks(look)),
        "unblock a chair, or shorten the visit",
    )


def _cell(look: _Look, stage: StageTime) -> Cause:
    klass = look.procedure.procedure_class
    runs = (
        (
            chair.id,
            day,
            look.starts.accepting(chair.id, klass, day, look.starts.moment(day, look.now))
            & look.starts.open(day),
        )
        for chair in look.starts.chairs(stage, look.procedure)
        for day in look.dates
    )
    wanted = stage.end - stage.start
    what = "the longest time that the model days have for it"
    return Cause(
        "no-cell-ever",
        f"needs {wanted} min for class '{klass}' in a {stage.chair_kind} chair; "
        + _measured(_longest(runs), wanted, what, _marks(look)),
        "give the class a longer cell, a fallback or a release, or shorten the visit",
    )


def _doctor_text(look: _Look) -> str:
    return " and ".join(
        f"{piece.minutes} min from {piece.offset} min after the start"
        + (f" (or up to {piece.float_minutes} min later)" if piece.float_minutes else "")
        for stage in look.stages
        for piece in stage.doctor
    )


def _doctor(look: _Look) -> Cause:
    required = look.visit.required_doctor
    ids = [required] if required is not None else [d.id for d in look.starts.problem.doctors]
    runs = ((id_, day, look.starts.present(id_, day) & look.starts.open(day)) for id_ in ids for day in look.dates)
    wanted = max(piece.minutes for stage in look.stages for piece in stage.doctor)
    length, text = _longest(runs)
    what = f"the longest presence on an open date is {length} min ({text})"
    if length >= wanted:
        what += ", but never at those moments of the visit"
    return Cause(
        "no-doctor-ever",
        f"needs {required or 'a doctor'} for {_doctor_text(look)}; {what}",
        "change the doctor's hours, or the doctor who is required",
    )


def _available_text(visit: Visit) -> str:
    return "; ".join(window_text(window) for window in visit.availability)


def _availability(look: _Look) -> Cause:
    runs = (
        (
            "",
            day,
            look.starts.open(day) & mask_of([(to_minutes(window.start), to_minutes(window.end))]),
        )
        for day in look.dates
        for window in look.visit.availability
        if window.on(day.weekday())
    )
    what = "the longest time this shares with patient hours on a possible date"
    return Cause(
        "availability-never-open",
        f"takes {look.length} min and the patient is available {_available_text(look.visit)}; "
        + _measured(_longest(runs), look.length, what, _marks(look)),
        "ask the patient for other times, or open when they can come",
    )
