"""Why a need of a visit cannot be met, as a sentence with the numbers.

For example: needs a bonding-skilled assistant for 80 min (5 of them turnover); the longest such
presence on an open date is 60 min (AS2, Tue 2026-12-01).
"""

import datetime as dt

from engine.practice import Procedure, Visit
from engine.practice.calendar import in_office_intervals
from engine.units import clock_text, to_minutes
from engine.validation.dates import day_text
from engine.validation.look import Cause, Look, longest_stretch, measured
from engine.validation.minute_masks import mask_of
from engine.validation.possible_starts import (
    AVAILABILITY,
    DOCTOR,
    HOURS,
    SUPERVISION,
    TIMES,
    Need,
    PossibleStarts,
)
from engine.validation.stage_causes import stage_cause, stage_need_text
from engine.validation.visits import window_text


def cause_of(
    need: Need,
    visit: Visit,
    starts: PossibleStarts,
    dates: list[dt.date],
    now: dt.datetime | None,
) -> Cause:
    """The sentence for a need that no date of `dates` can meet inside patient hours."""
    look = Look(visit, starts, dates, now)
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
    return stage_cause(look, need)


def need_text(need: Need, visit: Visit, starts: PossibleStarts) -> str:
    """A need by itself, in words."""
    look = Look(visit, starts, [], None)
    whole = {
        TIMES: f"the allowed times of '{visit.procedure}' ({_allowed_text(look.procedure)})",
        SUPERVISION: f"a doctor in the office for {look.length} min",
        DOCTOR: f"{visit.required_doctor or 'a doctor'} for {_doctor_text(look)}",
        AVAILABILITY: f"available times {_available_text(visit)}",
    }
    if need in whole:
        return whole[need]
    return stage_need_text(look, need)


def _hours(look: Look) -> Cause:
    span = f"from {day_text(look.dates[0])} to {day_text(look.dates[-1])}"
    if not any(look.starts.open(day) for day in look.dates):
        return Cause(
            "no-open-date",
            f"is possible {span}, and no date of these is open",
            "open a date, or widen the visit's own dates",
        )
    longest = longest_stretch(("", day, look.starts.open(day)) for day in look.dates)
    return Cause(
        "longer-than-hours",
        f"takes {look.length} min; "
        + measured(
            longest, look.length, f"the longest stretch of patient hours {span}", look.marks
        ),
        "open longer, or split the visit",
    )


def _allowed_text(procedure: Procedure) -> str:
    return "; ".join(
        f"{', '.join(allowed.weekdays) or 'every day'} {allowed.binds} in "
        f"[{clock_text(to_minutes(allowed.start))}, {clock_text(to_minutes(allowed.end))})"
        for allowed in procedure.allowed_times
    )


def _times(look: Look) -> Cause:
    return Cause(
        "times-never-fit",
        f"takes {look.length} min; procedure '{look.procedure.code}' is allowed "
        f"{_allowed_text(look.procedure)}, which no start in patient hours meets on the dates of "
        "the visit",
        "widen the allowed times of the procedure, or the visit's own dates",
    )


def _supervision(look: Look) -> Cause:
    runs = (("", day, look.starts.open(day) & _in_office(look, day)) for day in look.dates)
    return Cause(
        "never-supervised",
        f"needs a doctor in the office for {look.length} min; "
        + measured(
            longest_stretch(runs), look.length, "the longest such time in patient hours", look.marks
        ),
        "add doctor hours, or open when a doctor is there",
    )


def _in_office(look: Look, day: dt.date) -> int:
    mask = 0
    for person in look.starts.problem.doctors:
        mask |= mask_of(in_office_intervals(look.starts.practice, person, day))
    return mask


def _doctor_text(look: Look) -> str:
    return " and ".join(
        f"{piece.minutes} min from {piece.offset} min after the start"
        + (f" (or up to {piece.float_minutes} min later)" if piece.float_minutes else "")
        for stage in look.stages
        for piece in stage.doctor
    )


def _doctor(look: Look) -> Cause:
    required = look.visit.required_doctor
    ids = [required] if required is not None else [d.id for d in look.starts.problem.doctors]
    runs = (
        (id_, day, look.starts.present(id_, day) & look.starts.open(day))
        for id_ in ids
        for day in look.dates
    )
    wanted = max(piece.minutes for stage in look.stages for piece in stage.doctor)
    length, text = longest_stretch(runs)
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


def _availability(look: Look) -> Cause:
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
        + measured(longest_stretch(runs), look.length, what, look.marks),
        "ask the patient for other times, or open when they can come",
    )
