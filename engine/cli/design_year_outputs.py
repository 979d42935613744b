"""The results of `modelday design-year`: a table for each policy, a JSON document, a CSV file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from engine.cli.console import count_of
from engine.cli.designed_practice import PRACTICE, WEEK, Designed
from engine.cli.goal_inputs import Asked
from engine.cli.year_table import fallback_lines, year_table
from engine.files.atomic import write_texts

if TYPE_CHECKING:
    from engine.simulate.compare import Row
    from engine.simulate.record import Record
    from engine.simulate.two_templates import Years

JSON_FILE, CSV_FILE = "design_year.json", "design_year.csv"

Rows = Mapping[str, "Sequence[Row]"]
"""By policy."""
Runs = Mapping[str, "Sequence[Record]"]
"""By model days."""


def year_tables(rows: Rows) -> list[Table]:
    """One for each policy: the figures down, the model days across."""
    tables = []
    for own in rows.values():
        tables.append(year_table(own, tuple(dict.fromkeys(row.policy for row in own))))
    return tables


def write_design_year(
    out: Path, asked: Asked, made: Designed, years: "Years", runs: Runs, rows: Rows
) -> dict[str, Any]:
    """Writes both files; the JSON document."""
    from engine.simulate.compare import csv_text
    from engine.simulate.figures import FIGURES
    from engine.simulate.record import json_text

    flat = tuple(row for own in rows.values() for row in own)
    document: dict[str, Any] = {
        "policies": list(years.policies),
        "replications": years.replications,
        "seed": years.seed,
        "settings": years.settings.model_dump(mode="json"),
        "goals": asked.demand.goals.model_dump(mode="json"),
        "derivation": list(asked.derivation),
        "design": made.built.lines,
        "week": made.week,
        "digests": {name: records[0].digest for name, records in runs.items()},
        "fallback_weeks": _fallbacks(runs),
        "figures": [asdict(figure) for figure in FIGURES],
        "rows": [asdict(row) for row in flat],
    }
    write_texts({out / JSON_FILE: json_text(document), out / CSV_FILE: csv_text(flat)})
    return document


def told_lines(made: Designed, years: "Years", runs: Runs, out: Path) -> Iterator[str]:
    """What is to be known beside the tables."""
    weeks, settings = years.replications * years.settings.weeks, years.settings
    if made.kept:
        yield f"Model days and week as designed before, in {out}."
    yield from made.built.lines
    yield f"The next week on the designed model days: {made.week}"
    yield (
        f"{count_of(years.replications, 'year')} of {count_of(settings.weeks, 'week')} each, "
        f"counted from week {settings.warm_up_weeks + 1} on: mean and 95 % interval over years, in "
        "brackets the difference to the hand-made model days with the same patients."
    )
    yield from fallback_lines(_fallbacks(runs), weeks)
    yield f"{out / JSON_FILE}, {out / CSV_FILE}, {out / PRACTICE}, {out / WEEK}"


def _fallbacks(runs: Runs) -> dict[str, int]:
    """Weeks by policy and model days in which the engine found nothing better than best fit."""
    from engine.simulate.record import fallbacks_of
    from engine.simulate.two_templates import label

    return {
        label(policy, name): count
        for name, records in runs.items()
        for policy, count in fallbacks_of(records).items()
    }
