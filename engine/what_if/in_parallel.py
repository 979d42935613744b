"""Work for several processes: every task on its own, answers by the number of the task."""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Answer_co = TypeVar("Answer_co", covariant=True)
Answer = TypeVar("Answer")


class Task(Protocol[Answer_co]):
    """Something that can be sent to a process and done there. `name`: whom it is done for."""

    @property
    def name(self) -> str:
        """Whom it is done for."""

    def run(self) -> Answer_co:
        """Do it here."""


OnDone = Callable[[str], None]
"""Is told the name of each task that is done, whenever that is."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Answer]):
    """Answers by the number of the task. `stopped`: Ctrl-C came before all of them were there."""

    answers: Mapping[int, Answer]
    stopped: bool


def in_parallel(tasks: Sequence[Task[Answer]], jobs: int, tell: OnDone) -> Done[Answer]:
    """Do the tasks, so many at a time; one at a time is done in this process.

    Whatever a task raises is raised here, and the others are ended. Ctrl-C ends them as well; what
    is done by then is kept.
    """
    found: dict[int, Answer] = {}
    try:
        if jobs <= 1 or len(tasks) <= 1:
            for number, task in enumerate(tasks):
                found[number] = task.run()
                tell(task.name)
        else:
            _side_by_side(tasks, jobs, tell, found)
    except KeyboardInterrupt:
        return Done(found, stopped=True)
    return Done(found, stopped=False)


def _side_by_side(
    tasks: Sequence[Task[Answer]], jobs: int, tell: OnDone, found: dict[int, Answer]
) -> None:
    """Writes each answer into `found` as soon as it is there."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), context)
    try:
        waiting = {pool.submit(task.run): number for number, task in enumerate(tasks)}
        for future in as_completed(waiting):
            number = waiting[future]
            found[number] = future.result()
            tell(tasks[number].name)
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()  # a fill takes its time: nobody waits for its end any more
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
