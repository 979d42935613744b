"""The search as a person watches it: on stderr, with the distance to the bound falling."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import BarColumn, Progress, Task, TextColumn, TimeElapsedColumn
from rich.progress_bar import ProgressBar

from engine.cli.console import ERR
from engine.cli.tables import number
from engine.result import TracePoint


class OnProgress(Protocol):
    """What a fill calls at each improvement."""

    def __call__(self, point: TracePoint, /) -> None:
        """Takes the state of the search at a moment."""


def state_of(point: TracePoint) -> str:
    """`objective 1,240.5, bound 1,198.2, 42.3 apart (by hand)`: points; unknown parts left out."""
    parts = []
    # No figure is negative, so a negative bound says nothing yet.
    bound = point.bound if point.bound is not None and point.bound >= 0 else None
    if point.objective is not None:
        parts.append(f"objective {number(point.objective)}")
    if bound is not None:
        parts.append(f"bound {number(bound)}")
    if point.objective is not None and bound is not None:
        parts.append(f"{number(max(0.0, point.objective - bound))} apart")
    if point.gap is not None:
        parts.append(f"gap {point.gap:.2%}")
    return ", ".join(parts) + (f" ({point.by})" if point.by else "")


class _TimeBar(BarColumn):
    """The share of the time limit that is gone; it runs on between improvements."""

    def render(self, task: Task) -> ProgressBar:
        """The bar at this moment."""
        task.completed = min(task.elapsed or 0.0, task.total or 0.0)
        return super().render(task)


@contextmanager
def watching(time_limit: float, quiet: bool) -> Iterator[OnProgress]:
    """A moving bar in a terminal, a line per improvement in a pipe, nothing where `quiet`."""
    if quiet:
        yield lambda point: None
    elif ERR.is_terminal:
        columns = (
            TextColumn("filling"),
            _TimeBar(bar_width=20),
            TimeElapsedColumn(),
            TextColumn("{task.fields[state]}", markup=False),
        )
        with Progress(*columns, console=ERR, transient=True) as progress:
            task = progress.add_task("fill", total=time_limit, state="building the model")

            def show(point: TracePoint) -> None:
                progress.update(task, state=state_of(point))

            yield show
    else:

        def say(point: TracePoint) -> None:
            line = f"{point.seconds:6.1f} s  {state_of(point)}"
            ERR.print(line, markup=False, highlight=False, soft_wrap=True)

        yield say
