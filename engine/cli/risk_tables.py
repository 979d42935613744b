"""A no-show model and the report on it, as tables for the terminal."""

from typing import TYPE_CHECKING

from rich.table import Table

from engine.cli.console import OUT
from engine.plot.risk_rows import (
    drift_verdict,
    effect_rows,
    figure_rows,
    judged_sentence,
    name_of,
    ratio_cells,
    ratio_groups,
    reliability_rows,
    selected_sentence,
    unseen_sentence,
)
from engine.practice import NoShowModel, Problem
from engine.risk.no_show import NoShow

if TYPE_CHECKING:
    from engine.risk.fit.report import RiskReport

CLEARLY_ABOVE = 1.25
"""A model that expects so many times as many misses of a book as its own rows had is told of."""


def print_model(model: NoShowModel) -> None:
    """What was fitted on what, every coefficient beside its prior, how good it is."""
    _line(
        f"{model.rows:,} visits of {model.patients:,} patients, {model.misses:,} missed "
        f"({model.misses / model.rows:.1%}), {model.first} to {model.last}"
    )
    table = _table("feature", "odds ratio", "95 % interval", "prior")
    for row in effect_rows(model):
        table.add_row(*row)
    OUT.print(table)
    _line(unseen_sentence(model))
    held_out = model.held_out
    if held_out is not None:
        _line(
            f"held out: {held_out.rows:,} visits, Brier skill {held_out.skill.value:.3f} "
            f"({held_out.skill.low:.3f} to {held_out.skill.high:.3f}), observed over expected "
            f"{held_out.ratio.value:.2f} ({held_out.ratio.low:.2f} to {held_out.ratio.high:.2f})"
        )
    _notes(model)


def print_on_the_book(model: NoShowModel, problem: Problem) -> None:
    """What the model expects of the practice's own visits, and whether that is clearly too much.

    The literature is set so that it expects the stated rate of them; a model is not: its level is
    that of the history's rows.
    """
    risk, asked = problem.policy.risk, problem.model_copy(update={"no_show_model": model})
    expected = NoShow(asked).on_the_book()
    if risk.constant_no_show or expected is None or not model.rows:
        return
    missed = model.misses / model.rows
    _line(
        f"Of the visits in the practice's list and book it expects {expected:.1%} to be missed; "
        f"{missed:.1%} were in the history, {risk.base_rate:.1%} are stated."
    )
    if expected > CLEARLY_ABOVE * missed:
        _line(
            "  note: that is clearly more than were missed: list and book tell of earlier misses "
            "or other visits than the history: fit on a longer one, with more columns, before the "
            "fill uses it"
        )


def print_report(report: "RiskReport") -> None:
    """Figures, ratios by group, drift, the chosen slots, notes."""
    _line(judged_sentence(report))
    if report.judged is not None:
        table = _table("figure", "value", "how to read it")
        for row in figure_rows(report):
            table.add_row(row.name, row.value, row.meaning)
        OUT.print(table)
        table = _table("visits", "expected to be missed", "missed (95 % interval)")
        for cells in reliability_rows(report):
            table.add_row(*cells)
        OUT.print(table)
    groups = ratio_groups(report)
    if groups:
        table = Table("group", box=None, pad_edge=False, header_style="bold")
        for name in ("visits", "missed", "expected", "observed / expected"):
            table.add_column(name, justify="right")
        for group in groups:
            table.add_row(*ratio_cells(group))
        OUT.print(table)
    drift = report.drift
    _line(f"Does it still hold? {drift_verdict(drift)}: {drift.advice}.")
    for shift in drift.shifts:
        _line(
            f"  {name_of(shift.feature)}: mean {shift.mean_of_fit:.3f} in the fit, "
            f"{shift.mean_now:.3f} now"
        )
    _line(selected_sentence(report))
    _notes(report.model)


def _table(*names: str) -> Table:
    return Table(*names, box=None, pad_edge=False, header_style="bold")


def _notes(model: NoShowModel) -> None:
    for note in model.notes:
        _line(f"  note: {note}")


def _line(text: str) -> None:
    OUT.print(text, markup=False, highlight=False, soft_wrap=True)
