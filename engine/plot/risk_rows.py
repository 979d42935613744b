"""The figures of a risk report as rows of text, for terminal and page alike."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.practice import Effect, GroupRatio, Interval, NoShowFeature, NoShowModel

if TYPE_CHECKING:
    # Loads the fitting library, which a command that fits nothing does not need.
    from engine.risk.fit.drift import Drift
    from engine.risk.fit.report import RiskReport

FEWEST_EXPECTED = 1.0
"""Groups in which fewer misses than this are expected are not shown: any ratio would do."""


_NAMES: dict[NoShowFeature, str] = {
    NoShowFeature.MISSED_BEFORE: "has missed before",
    NoShowFeature.MISSED_OFTEN: "has missed more than once",
    NoShowFeature.FRAILTY: "own misses over expected ones (log)",
    NoShowFeature.LAST_MISSED: "missed the last visit",
    NoShowFeature.MONTHS_1: "half-years in treatment",
    NoShowFeature.MONTHS_2: "half-years in treatment, bend",
    NoShowFeature.LEAD_1: "days ahead (log)",
    NoShowFeature.LEAD_2: "days ahead, first bend",
    NoShowFeature.LEAD_3: "days ahead, second bend",
    NoShowFeature.CLOCK_1: "four hours later",
    NoShowFeature.CLOCK_2: "time of day, bend",
    NoShowFeature.AGE_UNDER_12: "age under 12",
    NoShowFeature.AGE_12_17: "age 12 to 17",
    NoShowFeature.AGE_18_30: "age 18 to 30",
    NoShowFeature.SAID_REMINDED: "was reminded",
    NoShowFeature.SAID_CONFIRMED: "has confirmed",
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure, its value, and what it means."""

    name: str
    value: str
    meaning: str


def judged_sentence(report: "RiskReport") -> str:
    """Which visits the figures are of, or why there are none."""
    if report.judged is None:
        return f"{report.source[:1].upper()}{report.source[1:]}."
    return f"Judged on {report.source}."


def figure_rows(report: "RiskReport") -> tuple[FigureRow, ...]:
    """How good the model is, in the order of importance; empty where nothing was measured."""
    judged = report.judged
    if judged is None:
        return ()
    rows = [
        FigureRow(
            "observed over expected misses",
            _interval(judged.ratio),
            "1 is right; above 1 more are missed than the model expects",
        ),
        FigureRow(
            "Brier skill against one rate for all",
            _interval(judged.skill),
            f"0 is no better than giving everybody {judged.base_rate:.1%}, the share missed in "
            "earlier visits; 1 is perfect",
        ),
        FigureRow(
            "calibration error (ECE)",
            f"{judged.ece:.2%}",
            f"a model without error shows {judged.ece_by_chance:.2%} on so few visits",
        ),
        FigureRow(
            "Brier score",
            f"{judged.brier:.4f}",
            f"of that one rate {judged.brier_base:.4f}; lower is better",
        ),
    ]
    if judged.auc is not None:
        meaning = "chance that of a missed and a kept visit the missed one had the higher risk"
        rows.append(FigureRow("AUC", f"{judged.auc:.3f}", meaning))
    return tuple(rows)


def reliability_rows(report: "RiskReport") -> tuple[tuple[str, str, str], ...]:
    """Visits, expected and observed share of each part of them, from the lowest risk on."""
    bins = () if report.judged is None else report.judged.bins
    return tuple(
        (
            f"{one.visits:,}",
            f"{one.expected:.1%}",
            f"{one.observed.value:.1%} ({one.observed.low:.1%} to {one.observed.high:.1%})",
        )
        for one in bins
    )


def ratio_groups(report: "RiskReport") -> tuple[GroupRatio, ...]:
    """Observed over expected: all, the chosen slots, the last days of all, by procedure."""
    groups: list[GroupRatio] = []
    judged = report.judged
    if judged is not None:
        expected = judged.misses / judged.ratio.value if judged.ratio.value else 0.0
        groups.append(
            GroupRatio(
                group="all visits",
                visits=judged.rows,
                observed=judged.misses,
                expected=expected,
                ratio=judged.ratio,
            )
        )
    if report.selected is not None and report.selected.ratio is not None:
        groups.append(report.selected.ratio)
    if report.drift.ratio is not None:
        groups.append(
            report.drift.ratio.model_copy(update={"group": f"from {report.drift.first} on"})
        )
    if judged is not None:
        groups += [one for one in judged.by_procedure if one.expected >= FEWEST_EXPECTED]
    return tuple(groups)


def ratio_cells(group: GroupRatio) -> tuple[str, str, str, str, str]:
    """Group, visits, observed, expected, ratio with interval."""
    return (
        group.group,
        f"{group.visits:,}",
        f"{group.observed:,}",
        f"{group.expected:,.1f}",
        _interval(group.ratio),
    )


def effect_rows(model: NoShowModel) -> list[tuple[str, str, str, str]]:
    """Name, odds ratio, its 95 % interval and the odds ratio of the prior, for what was seen."""
    return [_effect_cells(effect) for effect in model.effects if effect.spread > 0]


def unseen_sentence(model: NoShowModel) -> str:
    """The features that count, though no row of the fit tells visits apart by them."""
    if not model.rows:
        return ""
    names = [name_of(one.feature) for one in model.effects if one.spread == 0 and one.logit != 0]
    if not names:
        return ""
    return (
        f"Unknown or the same in all visits of the history, so the prior holds: {', '.join(names)}."
    )


def name_of(feature: NoShowFeature) -> str:
    """The feature in plain words."""
    return _NAMES.get(feature, feature.replace("_", " "))


def _effect_cells(effect: Effect) -> tuple[str, str, str, str]:
    low, high = effect.logit - 1.96 * effect.error, effect.logit + 1.96 * effect.error
    between = f"{math.exp(low):.2f} to {math.exp(high):.2f}"
    return (
        name_of(effect.feature),
        f"{math.exp(effect.logit):.2f}",
        "held at 1" if effect.logit == 0 else between,
        f"{math.exp(effect.prior):.2f}",
    )


def drift_verdict(drift: "Drift") -> str:
    """Alarm or not, with the dates that were looked at."""
    if drift.first is None:
        return "Not judged"
    word = "Alarm" if drift.alarm else "No alarm" if drift.ratio is not None else "Not judged"
    return f"{word}, {drift.first} to {drift.last}"


def selected_sentence(report: "RiskReport") -> str:
    """What is known of the slots that the schedule chose."""
    selected = report.selected
    if selected is None:
        return "No schedule was given, so nothing is said of the slots that one chose."
    who = "the literature" if selected.by_literature else "the model"
    start = (
        f"The schedule chose times for {selected.chosen} visits; {who} expects "
        f"{selected.expected:.1f} of them to be missed."
    )
    ratio = selected.ratio
    if selected.seen_by_fit:
        start += f" {selected.seen_by_fit} outcomes were in its fit and do not judge it."
    if ratio is None:
        others = "the others" if selected.seen_by_fit else "them"
        return f"{start} The history knows what became of none of {others} yet."
    verdict = (
        "as many as expected, within chance"
        if ratio.ratio.low <= 1 <= ratio.ratio.high
        else f"not what {who} expects of them: do not rely on its risk when choosing times"
    )
    return (
        f"{start} Of {ratio.visits} the history knows the outcome: {ratio.observed} missed, "
        f"{ratio.expected:.1f} expected, ratio {_interval(ratio.ratio)}; {verdict}."
    )


def _interval(interval: Interval) -> str:
    return f"{interval.value:.2f} ({interval.low:.2f} to {interval.high:.2f})"
