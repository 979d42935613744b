"""Means over replications with 95 % intervals, and paired differences between policies.

Intervals are those of Student's t over the replications; differences are taken within each
replication, where both policies met the same patients (common random numbers).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy import stats

from engine.simulate.figures import FIGURES
from engine.simulate.record import Record

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with half the width of its interval; None where one replication alone counted."""

    mean: float | None
    half: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one policy. `difference`: to the first policy, paired; None for the first."""

    figure: str
    unit: str
    policy: str
    value: Estimate
    difference: Estimate | None


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and half-width: t(0.975, n - 1) s / sqrt(n)."""
    count = len(values)
    if count == 0:
        return Estimate(None, None, 0)
    mean = sum(values) / count
    if count == 1:
        return Estimate(mean, None, 1)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (count - 1))
    factor = float(stats.t.ppf((1 + CONFIDENCE) / 2, count - 1))
    return Estimate(mean, factor * spread / sqrt(count), count)


def compare(records: Sequence[Record]) -> tuple[Row, ...]:
    """A row for each figure and policy; the first policy is what the others are held against."""
    policies = tuple(dict.fromkeys(record.policy for record in records))
    by_run = {(record.policy, record.replication): record for record in records}
    numbers = tuple(dict.fromkeys(record.replication for record in records))
    rows = []
    for figure in FIGURES:
        values = {
            key: value
            for key, record in by_run.items()
            if (value := record.figures.get(figure.name)) is not None
        }
        for policy in policies:
            own = [values[policy, n] for n in numbers if (policy, n) in values]
            pairs = [
                values[policy, n] - values[policies[0], n]
                for n in numbers
                if (policy, n) in values and (policies[0], n) in values
            ]
            difference = None if policy == policies[0] else estimate(pairs)
            rows.append(Row(figure.name, figure.unit, policy, estimate(own), difference))
    return tuple(rows)


def csv_text(rows: Sequence[Row]) -> str:
    """The rows for a spreadsheet: mean, half-width and count; empty where not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            *("figure", "unit", "policy", "mean", "half_width_95", "replications"),
            *("difference", "difference_half_width_95"),
        )
    )
    for row in rows:
        other = row.difference
        cells = (row.value.mean, row.value.half, row.value.count)
        apart = (None, None) if other is None else (other.mean, other.half)
        numbers = ["" if cell is None else f"{cell:.6g}" for cell in (*cells, *apart)]
        writer.writerow((row.figure, row.unit, row.policy, *numbers))
    return out.getvalue()
