"""The figures of one practice year, counted from what happened after the warm-up.

What is censored: treatments still under way at the end count for nobody's on-time completion or
months of treatment, and patients still waiting at the end have no days to exam or start. On-time
completion and months look worse for whoever finishes late patients sooner. The dates kept have no
such gap: every treatment counts whose original date came, finished or not; nor has the share of
active patients past their date.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from engine.day_run import LATE_MINUTES, runs_late
from engine.practice import Practice
from engine.practice.calendar import is_open
from engine.simulate.behaviour import Outcome
from engine.simulate.log import Attended, Log
from engine.simulate.patients import Stage
from engine.units import to_minutes

_DAYS_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted: unit, and which direction is good (+1 more, -1 less, 0 neither)."""

    name: str
    unit: str
    good: int
    sentence: str


FIGURES: tuple[Figure, ...] = (
    Figure("dates_kept", "%", 1, "treatments finished by it, of those whose original date came"),
    Figure("on_time_completion", "%", 1, "by their original date, of the treatments finished"),
    Figure("past_original_ecd", "%", -1, "active patients past their original date"),
    Figure("past_current_ecd", "%", -1, "active patients past their current date"),
    Figure("treatment_months", "months", -1, "from the start to the debond"),
    Figure("completed", "patients", 1, "treatments finished"),
    Figure("started", "patients", 1, "treatments begun"),
    Figure("active_at_end", "patients", 0, "in treatment at the end of the last week"),
    Figure("no_show_rate", "%", -1, "missed, of visits missed or kept"),
    Figure("late_cancellations", "%", -1, "cancelled too late for the fill, of booked visits"),
    Figure("put_off", "%", -1, "put off with a visit that was not kept, of booked visits"),
    Figure("wasted_doctor_minutes", "min a week", -1, "doctor time not kept"),
    Figure("days_to_exam", "days", -1, "from the call to the exam"),
    Figure("days_to_start", "days", -1, "from yes to the start"),
    Figure("waiting_to_start", "patients", -1, "said yes, not started, at the end of a week"),
    Figure("patient_wait", "min", -1, "waiting before, between and in the chairs, each"),
    Figure("doctor_overtime", "min a day", -1, "doctor's work outside working time"),
    Figure("late_days", "%", -1, f"days that end over {LATE_MINUTES:g} minutes late"),
    Figure("after_school", "%", 0, "kept visits from after-school time on"),
    Figure("kept_visits", "visits a week", 1, "visits kept"),
    Figure("waiting_visits", "visits", -1, "visits without a time at the end of a week"),
    Figure("fallback_weeks", "weeks", -1, "weeks in which the engine found nothing but best fit"),
    Figure(
        "misses_of_filled", "of expected", 0, "missed, of those expected where a fill gave the time"
    ),
    Figure("misses_of_checkout", "of expected", 0, "the same, of visits booked at checkout"),
)
"""Every figure, in the order of the table."""


def figures_of(log: Log, practice: Practice, first: dt.date, last: dt.date) -> dict[str, float]:
    """Each figure over the dates [first, last); not a number where nothing was counted."""

    def inside(day: dt.date) -> bool:
        return first <= day < last

    attended = [entry for entry in log.attended if inside(entry.day)]
    kept = [entry for entry in attended if entry.outcome is Outcome.KEPT]
    missed = [entry for entry in attended if entry.outcome is Outcome.MISSED]
    cancelled = [entry for entry in attended if entry.outcome is Outcome.CANCELLED_LATE]
    put_off = [entry for entry in attended if entry.outcome is Outcome.PUT_OFF]
    done = [entry for entry in log.completed if inside(entry.day)]
    weeks = [state for state in log.weeks if inside(state.monday)]
    days = [ran for ran in log.days if inside(ran.day)]
    active = [state.by_stage[Stage.ACTIVE] for state in weeks]
    after_school = to_minutes(practice.after_school)
    doctor_lost = sum(entry.doctor_minutes for entry in (*missed, *cancelled, *put_off))
    waits = {
        what: [wait.days for wait in log.waited if wait.what == what and inside(wait.day)]
        for what in ("exam", "start")
    }
    came = [one.day <= one.original_ecd for one in log.completed if inside(one.original_ecd)]
    came += [False for date in log.unfinished if inside(date)]
    return {
        "dates_kept": _percent(came),
        "on_time_completion": _percent([one.day <= one.original_ecd for one in done]),
        "past_original_ecd": 100 * _ratio(sum(s.past_original for s in weeks), sum(active)),
        "past_current_ecd": 100 * _ratio(sum(s.past_current for s in weeks), sum(active)),
        "treatment_months": _mean([(one.day - one.started).days / _DAYS_A_MONTH for one in done]),
        "completed": float(len(done)),
        "started": float(len(waits["start"])),
        "active_at_end": float(active[-1]) if active else nan,
        "no_show_rate": 100 * _ratio(len(missed), len(missed) + len(kept)),
        "late_cancellations": 100 * _ratio(len(cancelled), len(attended)),
        "put_off": 100 * _ratio(len(put_off), len(attended)),
        "wasted_doctor_minutes": _ratio(doctor_lost, len(weeks)),
        "days_to_exam": _mean(waits["exam"]),
        "days_to_start": _mean(waits["start"]),
        "waiting_to_start": _mean([state.by_stage[Stage.ACCEPTED] for state in weeks]),
        "patient_wait": _ratio(sum(d.wait * d.visits for d in days), sum(d.visits for d in days)),
        "doctor_overtime": _ratio(
            sum(ran.overtime for ran in days), _open_days(practice, first, last)
        ),
        "late_days": _percent([runs_late(ran.late_by) for ran in days]),
        "after_school": _percent([entry.minute >= after_school for entry in kept]),
        "kept_visits": _ratio(len(kept), len(weeks)),
        "waiting_visits": _mean([state.waiting for state in weeks]),
        "fallback_weeks": float(sum(state.fell_back for state in weeks)),
        "misses_of_filled": _over_expected(kept, missed, "fill"),
        "misses_of_checkout": _over_expected(kept, missed, "checkout"),
    }


def _over_expected(kept: Sequence[Attended], missed: Sequence[Attended], by: str) -> float:
    """Observed over expected misses of the visits that were given their time in this way."""
    known = [one for one in (*kept, *missed) if one.by == by and one.chance_of_miss is not None]
    expected = sum(one.chance_of_miss or 0.0 for one in known)
    return _ratio(sum(one.outcome is Outcome.MISSED for one in known), expected)


def _open_days(practice: Practice, first: dt.date, last: dt.date) -> int:
    days = (first + dt.timedelta(days=offset) for offset in range((last - first).days))
    return sum(is_open(practice, day) for day in days)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else nan


def _mean(values: Sequence[float]) -> float:
    return _ratio(sum(values), len(values))


def _percent(flags: Sequence[bool]) -> float:
    return 100 * _mean(list(map(float, flags)))


def running(log: Log) -> str:
    """A short line for the progress bar: the two figures that coordinators answer for."""
    outcomes = Counter(entry.outcome for entry in log.attended)
    missed, kept = outcomes[Outcome.MISSED], outcomes[Outcome.KEPT]
    on_time = [one.day <= one.original_ecd for one in log.completed]
    return (
        f"no-shows {100 * _ratio(missed, missed + kept):.1f} %, "
        f"on time {_percent(on_time):.0f} % of {len(on_time)}"
    )
