"""Scenarios beside their base, as one self-contained page."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from engine.plot.names import Names, day_text, short_day
from engine.plot.palette import legend
from engine.plot.scale import AXIS_PX, DOCTOR_BAR_PX
from engine.plot.twin_sheets import Side, TwinDay, twin_days
from engine.plot.visit_signs import RISK_SHARE
from engine.plot.week_page import page_environment
from engine.what_if.compare_scenarios import Comparison
from engine.what_if.comparison import Noise, Outcome, VisitChange
from engine.what_if.wording import (
    amount,
    calls_text,
    difference_text,
    drivers_of,
    limit_text,
    signed,
    stopped_lines,
    verdict_of,
    words_of,
)
from engine.yardsticks import weights_of

FIRST_VISITS = 12
"""So many gains and losses stand open; the rest unfolds."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One scenario. `key`: its address on the page. `tone`: better, worse, or noise."""

    key: str
    outcome: Outcome
    verdict: str
    tone: str
    solved: bool
    bar: float
    days: tuple[TwinDay, ...]


def what_if_html(comparison: Comparison, labels: Mapping[str, str] | None = None) -> str:
    """The page. Names appear only from `labels` (id to name), which stays local."""
    names = Names(labels or {})
    dates = comparison.horizon.dates
    base = comparison.solved.get(comparison.base.name)
    sections = _sections(comparison, names)
    visits = comparison.base.problem.all_visits

    def patient(visit: str) -> str:
        """A visit that a scenario adds is nobody's: it is said by its own id."""
        return names.of(visits[visit].patient) if visit in visits else visit

    return (
        page_environment()
        .get_template("what_if.html.jinja")
        .render(
            css=Markup((files("engine.plot") / "templates" / "week.css").read_text("utf-8")),
            practice=comparison.base.problem.practice.id,
            title=f"{day_text(dates[0])} to {day_text(dates[-1])}",
            as_of=day_text(comparison.base.problem.as_of.date()),
            settings=comparison.settings,
            screened=comparison.screened,
            stopped=stopped_lines(comparison.stopped, comparison.left_out),
            screening_seconds=comparison.screening_seconds,
            base_bound=comparison.base_bound,
            base_results=base.results if base else (),
            sections=sections,
            ranked=sorted(sections, key=_rank),
            first_visits=FIRST_VISITS,
            unplaced=amount(weights_of(comparison.base.problem)["unplaced_visits"].value),
            legend=legend(comparison.base.problem),
            risk=f"{RISK_SHARE:.0%}",
            axis=AXIS_PX,
            bar=DOCTOR_BAR_PX,
            names=names,
            amount=amount,
            calls=calls_text,
            limit=limit_text(comparison.settings),
            signed=signed,
            words=words_of,
            difference=difference_text,
            drivers=drivers_of,
            when=_when,
            patient=patient,
        )
    )


def _sections(comparison: Comparison, names: Names) -> list[_Section]:
    largest = max(
        (abs(one.difference) for one in comparison.outcomes if one.difference is not None),
        default=0.0,
    )
    sections = []
    for number, outcome in enumerate(comparison.outcomes, start=1):
        solved = outcome.difference is not None
        share = abs(outcome.difference or 0.0) / largest if largest else 0.0
        sections.append(
            _Section(
                key=f"scenario-{number}",
                outcome=outcome,
                verdict=verdict_of(outcome),
                tone=_tone(outcome),
                solved=solved,
                bar=round(100 * share, 1),
                days=_days(comparison, outcome.name, names) if solved else (),
            )
        )
    return sections


def _days(comparison: Comparison, name: str, names: Names) -> tuple[TwinDay, ...]:
    base = comparison.base
    before = comparison.solved[base.name].best.schedule
    after = comparison.solved[name].best.schedule
    if before is None or after is None:
        return ()
    scenario = comparison.prepared[name].problem
    return twin_days(Side(base.problem, before), Side(scenario, after), names)


def _tone(outcome: Outcome) -> str:
    said = outcome.difference is not None and outcome.noise is Noise.CLEAR
    if not said or outcome.only_called:
        return "noise"
    return "better" if (outcome.difference or 0.0) < 0 else "worse"


def _rank(section: _Section) -> tuple[bool, float]:
    """Solved ones first, the best first."""
    outcome = section.outcome
    if outcome.difference is None:
        return True, outcome.bound_difference
    return False, outcome.difference


def _when(change: VisitChange, after: bool) -> str:
    """`Tue 13 Jan 09:30`, or that there is none."""
    moment = change.after if after else change.before
    return "no time" if moment is None else f"{short_day(moment.date())} {moment:%H:%M}"
