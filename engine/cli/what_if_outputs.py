"""The results of a comparison as files, complete or not at all."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.staging import move_in
from engine.files.atomic import write_text
from engine.plot.what_if_page import what_if_html

if TYPE_CHECKING:
    from engine.what_if.compare_scenarios import Comparison
    from engine.what_if.comparison import Solved

WHAT_IF_FILES = ("what_if.html", "what_if.json", "what_if.csv")

_COLUMNS = (
    *("scenario", "figure", "unit", "base", "value", "difference", "spread", "within_noise"),
)


def write_comparison(
    folder: Path, out: Path, comparison: "Comparison", labels: Mapping[str, str]
) -> tuple[Path, ...]:
    """Makes the page, the document and the table in `folder` and moves them into `out`."""
    write_text(folder / "what_if.html", what_if_html(comparison, labels))
    document = json.dumps(comparison_document(comparison), indent=2, allow_nan=False)
    write_text(folder / "what_if.json", document + "\n")
    write_text(folder / "what_if.csv", comparison_csv(comparison))
    return move_in(folder, out, WHAT_IF_FILES)


def comparison_document(comparison: "Comparison") -> dict[str, Any]:
    """The whole comparison for machines: settings, the base, every outcome."""
    solved = comparison.solved.get(comparison.base.name)
    return {
        "start": comparison.horizon.start.isoformat(),
        "days": comparison.horizon.days,
        "settings": comparison.settings.model_dump(mode="json"),
        "screened": comparison.screened,
        "screening_seconds": round(comparison.screening_seconds, 3),
        "stopped": comparison.stopped,
        "left_out": list(comparison.left_out),
        "base": {
            "bound": comparison.base_bound,
            "objectives": list(solved.objectives) if solved else [],
            "bounds": list(solved.bounds) if solved else [],
            "versions": dict(solved.results[0].versions) if solved else {},
        },
        "scenarios": [
            {
                **outcome.model_dump(mode="json"),
                "figures": [
                    {**row.model_dump(mode="json"), "difference": row.difference}
                    for row in outcome.figures
                ],
                "runs": _runs(comparison.solved.get(outcome.name)),
            }
            for outcome in comparison.outcomes
        ],
    }


def _runs(solved: "Solved | None") -> list[dict[str, Any]]:
    """Each seed in points that can be held against those of the base."""
    if solved is None:
        return []
    found = zip(solved.results, solved.objectives, solved.bounds, strict=True)
    return [
        {"seed": one.seed, "objective": objective, "bound": bound}
        for one, objective, bound in found
    ]


def comparison_csv(comparison: "Comparison") -> str:
    """Every figure of every solved scenario, for a spreadsheet; bound and screening for each."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for outcome in comparison.outcomes:
        base, screened = comparison.base_bound, outcome.bound_difference
        for name, less in (("bound", outcome.bound - base), ("screening", screened)):
            points = (f"{value:.10g}" for value in (base, base + less, less))
            writer.writerow((outcome.name, name, "points", *points, "", ""))
        for one in outcome.figures:
            numbers = (one.base, one.value, one.difference, one.spread)
            cells = ("" if value is None else f"{value:.10g}" for value in numbers)
            noise = "no" if one.noise == "clear" else str(one.noise)
            writer.writerow((outcome.name, one.figure, one.unit, *cells, noise))
    return stream.getvalue()
