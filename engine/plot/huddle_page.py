"""The morning meeting on one page: to read at the desk, to print for the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from engine.plot.names import Names, day_text, short_day
from engine.plot.week_load import day_load
from engine.plot.week_page import page_environment
from engine.reports.huddle import Huddle
from engine.reports.huddle_visits import HuddleVisit
from engine.reports.risky_slots import LONG_MINUTES, RISKY_CHANCE
from engine.units import clock_text

SHOWN = 14
"""Rows of a list on the page, so that the day stays on one sheet; how many more is said."""


@dataclass(frozen=True, slots=True)
class DoctorHour:
    """One clock hour: doctor minutes asked for, the limit, what is there; widths in per cent."""

    hour: str
    wanted: int
    limit: int
    present: int
    share: float
    limit_share: float

    @property
    def is_tight(self) -> bool:
        """More is asked for than the practice's load limit leaves."""
        return self.wanted > self.limit


def huddle_html(huddle: Huddle, labels: Mapping[str, str] | None = None) -> str:
    """The page. Names appear only from `labels` (id to name), which stays local."""
    problem = huddle.filled.problem
    hours = _doctor_hours(huddle)
    return (
        page_environment()
        .get_template("huddle.html.jinja")
        .render(
            css=Markup((files("engine.plot") / "templates" / "huddle.css").read_text("utf-8")),
            h=huddle,
            names=Names(labels or {}),
            title=f"Morning meeting, {day_text(huddle.day)}",
            practice=problem.practice.id,
            as_of=f"{day_text(problem.as_of.date())}, {problem.as_of:%H:%M}",
            facts=_facts(huddle),
            hours=hours,
            tight=[one for one in hours if one.is_tight],
            load_share=f"{problem.policy.doctor_load_share:.0%}",
            risky_from=f"{RISKY_CHANCE:.0%}",
            long_from=LONG_MINUTES,
            shown=SHOWN,
            clock=clock_text,
            short_day=short_day,
            why_late=_why_late,
        )
    )


def _facts(huddle: Huddle) -> list[tuple[str, str]]:
    """What the whole day looks like: heading and value."""
    open_hours = ", ".join(f"{clock_text(a)}-{clock_text(b)}" for a, b in huddle.hours)
    doctor = sum(end - start for start, end in huddle.filled.doctor_minutes.get(huddle.day, ()))
    missed = sum(one.chance_of_miss for one in huddle.visits)
    facts = [
        ("Open", open_hours or "closed"),
        ("Visits", str(len(huddle.visits))),
        ("Doctor minutes", str(doctor)),
        ("Expected misses", f"{missed:.1f}"),
    ]
    if huddle.emergencies_left is not None:
        facts.append(("Emergencies that still fit", str(huddle.emergencies_left)))
    return facts


def _doctor_hours(huddle: Huddle) -> list[DoctorHour]:
    load = day_load(huddle.filled, huddle.day)
    most = max((max(one.doctor, one.doctor_present) for one in load.hours), default=0) or 1
    return [
        DoctorHour(
            hour=f"{one.hour:02d}",
            wanted=one.doctor,
            limit=one.doctor_limit,
            present=one.doctor_present,
            share=100 * one.doctor / most,
            limit_share=100 * one.doctor_limit / most,
        )
        for one in load.hours
    ]


def _why_late(one: HuddleVisit) -> str:
    """How long a visit is past its completion date or its due date."""
    said = []
    if one.days_past_ecd:
        weeks = one.days_past_ecd // 7
        said.append(f"{weeks} weeks past ECD" if weeks > 1 else f"{one.days_past_ecd} d past ECD")
    if one.days_overdue:
        said.append(f"{one.days_overdue} d overdue")
    return ", ".join(said)
