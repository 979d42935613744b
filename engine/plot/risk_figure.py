"""The reliability diagram, and observed over expected misses by group, as one drawing."""

import io
from typing import TYPE_CHECKING

from engine.plot.risk_rows import ratio_groups
from engine.practice import GroupRatio, HeldOut

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from engine.risk.fit.report import RiskReport

_INK, _SOFT, _BLUE, _RED = "#1d2733", "#55606d", "#1f4e79", "#b3452c"
_MOST_GROUPS = 14
_WIDEST = (0.2, 5.0)
"""Ratios beyond are drawn at the edge: their interval says that little is known."""


def risk_figure(report: "RiskReport") -> "Figure":
    """The drawing; a panel without figures says so."""
    # Loading the plotting library takes a second, which only a report pays for.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11.5, 5.2), layout="constrained")
    reliability, ratios = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
    _draw_reliability(reliability, report.judged)
    _draw_ratios(ratios, ratio_groups(report)[:_MOST_GROUPS])
    return figure


def as_png(figure: "Figure") -> bytes:
    """The drawing as a picture."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=150)
    return stream.getvalue()


def as_svg(figure: "Figure") -> str:
    """The drawing as text for a page; the same drawing gives the same text."""
    from matplotlib import rc_context

    stream = io.StringIO()
    with rc_context({"svg.hashsalt": "risk", "svg.fonttype": "path"}):
        figure.savefig(
            stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
        )
    text = stream.getvalue()
    return text[text.index("<svg") :]


def _draw_reliability(axes: "Axes", judged: HeldOut | None) -> None:
    axes.set_title("Expected and observed share of missed visits", loc="left", fontsize=11)
    if judged is None:
        _say(axes, "nothing was measured: too few visits")
        return
    x = [100 * one.expected for one in judged.bins]
    y = [100 * one.observed.value for one in judged.bins]
    below = [100 * (one.observed.value - one.observed.low) for one in judged.bins]
    above = [100 * (one.observed.high - one.observed.value) for one in judged.bins]
    most = 1.1 * max(*x, *(100 * one.observed.high for one in judged.bins))
    axes.plot((0, most), (0, most), color=_SOFT, linewidth=1, linestyle="--", label="as expected")
    axes.errorbar(
        x,
        y,
        yerr=(below, above),
        fmt="o",
        color=_BLUE,
        markersize=5,
        capsize=2,
        linewidth=1.2,
        label=f"a tenth of the visits each ({judged.rows:,} in all), with 95 % interval",
    )
    axes.axvline(100 * judged.base_rate, color=_SOFT, linewidth=0.8, linestyle=":")
    axes.annotate(
        f"missed in earlier visits: {judged.base_rate:.1%}",
        (100 * judged.base_rate, most),
        xytext=(4, -10),
        textcoords="offset points",
        fontsize=8,
        color=_SOFT,
    )
    axes.set(xlim=(0, 1.1 * max(x)), ylim=(0, most))
    axes.set_xlabel("expected by the model, %")
    axes.set_ylabel("missed, %")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), frameon=False, fontsize=8.5)
    _plain(axes)


def _draw_ratios(axes: "Axes", groups: tuple[GroupRatio, ...]) -> None:
    axes.set_title("Observed over expected misses", loc="left", fontsize=11)
    if not groups:
        _say(axes, "nothing was measured: too few visits")
        return
    axes.axvline(1.0, color=_SOFT, linewidth=1, linestyle="--")
    for at, group in enumerate(groups):
        ratio = group.ratio
        off = not ratio.low <= 1 <= ratio.high
        low, high = _within(ratio.low), _within(ratio.high)
        axes.plot((low, high), (at, at), color=_RED if off else _BLUE, linewidth=1.6)
        axes.plot(_within(ratio.value), at, "o", color=_RED if off else _BLUE, markersize=5)
    labels = [f"{group.group} ({group.observed} of {group.visits:,})" for group in groups]
    axes.set_yticks(range(len(groups)), labels, fontsize=9)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(*_WIDEST)
    ticks = (0.2, 0.5, 1.0, 2.0, 5.0)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel("observed / expected, with 95 % interval (red: does not hold 1)")
    _plain(axes)


def _within(value: float) -> float:
    return min(_WIDEST[1], max(_WIDEST[0], value))


def _plain(axes: "Axes") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=_INK, labelsize=9)


def _say(axes: "Axes", text: str) -> None:
    axes.text(0.5, 0.5, text, ha="center", va="center", color=_SOFT, transform=axes.transAxes)
    axes.set_axis_off()
