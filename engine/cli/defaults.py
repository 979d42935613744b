"""The defaults that filled gaps in the data, as a person reads them."""

from collections.abc import Sequence

from engine.cli.console import OUT, count_of
from engine.files import DefaultUse


def default_lines(defaults: Sequence[DefaultUse]) -> tuple[str, ...]:
    """Every default that filled a gap, with the number of rows that used it."""
    return tuple(f"{use.field}: {use.sentence} ({count_of(use.rows, 'row')})" for use in defaults)


def print_defaults(defaults: Sequence[DefaultUse]) -> None:
    """One line per default; nothing where no gap was filled."""
    if defaults:
        OUT.print("[bold]Defaults that filled gaps[/bold]")
    for line in default_lines(defaults):
        OUT.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
