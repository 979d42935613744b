"""The two figures: gap over time by case, and time to a gap over size."""

import math
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from benchmarks.cases import CASES, NEAR_FULL, OVER_FULL
from benchmarks.measures import gap_steps, growth, spread
from benchmarks.peers import HOMES
from benchmarks.records import Record
from benchmarks.table import Findings, growth_points

LEAST_GAP, MOST_GAP = 1e-4, 1.0
TICKS = (1e-4, 1e-3, 2.5e-3, 1e-2, 1e-1, 1.0)
STYLES = ((NEAR_FULL, "-", "o"), (OVER_FULL, "--", "x"))
"""Of a load: line and mark."""


def color_of(row: str) -> str:
    """A method keeps its colour in all figures; more workers share it."""
    method = row.partition(",")[0]
    number = list(HOMES).index(method) if method in HOMES else len(HOMES)
    return "black" if method == "engine" else f"C{(number - 1) % 10}"


def draw_anytime(findings: Findings, path: Path) -> None:
    """One panel a case: median gap and its range over the seeds, both axes in logarithms."""
    cases = [case for case in CASES.values() if case.name in findings.rows]
    columns = min(3, len(cases))
    lines = -(-len(cases) // columns)
    figure, panels = plt.subplots(
        lines, columns, figsize=(5.2 * columns, 3.7 * lines), squeeze=False, layout="constrained"
    )
    for panel in panels.flat[len(cases) :]:
        panel.remove()
    labels: dict[str, Artist] = {}
    for panel, case in zip(panels.flat, cases, strict=False):
        times = np.geomspace(0.05, case.seconds * 1.05, 240)
        for row, runs in findings.rows[case.name].items():
            line = _draw_row(findings, panel, row, runs, times)
            if line is not None:
                labels.setdefault(row, line)
        panel.set(
            title=case.title,
            xscale="log",
            yscale="log",
            xlim=(times[0], times[-1]),
            ylim=(LEAST_GAP, MOST_GAP),
            xlabel="seconds",
            ylabel="gap over the avoidable part",
        )
        panel.set_yticks(TICKS, [f"{100 * tick:g} %" for tick in TICKS])
        panel.minorticks_off()
        panel.grid(alpha=0.3)
    figure.legend(list(labels.values()), list(labels), loc="outside lower center", ncols=5)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _draw_row(
    findings: Findings, panel: Axes, row: str, runs: list[Record], times: np.ndarray
) -> Artist | None:
    curves = np.array([_gaps_at(findings, run, times) for run in runs])
    if not np.isfinite(curves).any():
        return None
    middle = np.array([spread(list(column)).middle for column in curves.T])
    middle = np.clip(np.where(np.isfinite(middle), middle, np.nan), LEAST_GAP, None)
    low = np.clip(curves.min(axis=0), LEAST_GAP, None)
    high = np.where(np.isfinite(curves).all(axis=0), curves.max(axis=0), MOST_GAP)
    style = ":" if "workers" in row else "-"
    width = 2.2 if row.startswith("engine") else 1.2
    line: Artist
    (line,) = panel.step(
        times, middle, where="post", color=color_of(row), lw=width, ls=style, label=row
    )
    seen = np.isfinite(low)
    panel.fill_between(
        times[seen], low[seen], high[seen], step="post", color=color_of(row), alpha=0.12, lw=0
    )
    return line


def _gaps_at(findings: Findings, run: Record, times: np.ndarray) -> list[float]:
    """The gap of a run at moments; infinite before its first schedule."""
    stick = findings.sticks.of.get((run.run.case, run.run.seed))
    steps = gap_steps(run, stick) if stick is not None and run.answered else []
    return [min((gap for s, gap in steps if s <= now), default=math.inf) for now in times]


def draw_growth(findings: Findings, path: Path) -> None:
    """Time to 0.5 % and to 5 % over the visits, a point a run, and the regression's line."""
    figure, panels = plt.subplots(1, 2, figsize=(11, 4.4), layout="constrained")
    rows = list(dict.fromkeys(row for of_case in findings.rows.values() for row in of_case))
    for panel, gap in zip(panels, (0.005, 0.05), strict=True):
        for row in rows:
            for load, style, mark in STYLES:
                points = growth_points(findings, row, load, gap)
                seen = [(v, max(s, 1e-3)) for v, s in points if math.isfinite(s)]
                if not seen or "workers" in row:
                    continue
                grown = growth(points)
                said = "" if grown.exponent is None else f", exponent {grown.exponent:.2f}"
                sizes = np.array([v for v, _ in seen], dtype=float)
                seconds = np.array([s for _, s in seen])
                color = color_of(row)
                label = f"{row}, {load:.0%}{said}"
                panel.scatter(sizes, seconds, color=color, marker=mark, s=18, label=label)
                if grown.exponent is not None:
                    ends = np.array([sizes.min(), sizes.max()])
                    middle = np.log(seconds).mean() - grown.exponent * np.log(sizes).mean()
                    panel.plot(ends, np.exp(middle) * ends**grown.exponent, style, color=color)
        panel.set(
            title=f"Time to a gap of {100 * gap:g} %",
            xscale="log",
            yscale="log",
            xlabel="visits to place",
            ylabel="seconds",
        )
        panel.grid(alpha=0.3)
        if panel.get_legend_handles_labels()[0]:
            panel.legend(fontsize=7)
    figure.savefig(path, dpi=110)
    plt.close(figure)
