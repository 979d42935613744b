"""Practice years as a person watches them: weeks done, and the running figures of the last one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.cli.console import ERR

if TYPE_CHECKING:
    from engine.simulate.replicate import Progress as YearProgress

_WEEKS_A_LINE = 13
"""In a pipe, a line each quarter and one at the end; week 0 is a remark and is always said."""


@contextmanager
def watching_years(
    years: int, weeks: int, quiet: bool
) -> Iterator["Callable[[YearProgress], None]"]:
    """A bar over all weeks of all years; a few lines for each year in a pipe; nothing if quiet."""
    if quiet:
        yield lambda progress: None
    elif ERR.is_terminal:
        columns = (
            TextColumn("simulating"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("weeks"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[state]}", markup=False),
        )
        with Progress(*columns, console=ERR, transient=True) as bar:
            task = bar.add_task("years", total=years * weeks, state="")
            reached: dict[tuple[str, int], int] = {}

            def show(progress: "YearProgress") -> None:
                if progress.week == 0:  # stays on the screen above the bar
                    bar.console.print(_line(progress), markup=False, highlight=False)
                    return
                reached[progress.policy, progress.replication] = progress.week
                bar.update(task, completed=sum(reached.values()), state=_line(progress))

            yield show
    else:

        def say(progress: "YearProgress") -> None:
            if progress.week % _WEEKS_A_LINE == 0 or progress.week == weeks:
                ERR.print(_line(progress), markup=False, highlight=False, soft_wrap=True)

        yield say


def _line(progress: "YearProgress") -> str:
    name = f"{progress.policy} {progress.replication}"
    week = f", week {progress.week}" if progress.week else ""
    return f"{name}{week}: {progress.line}"
