"""Work for several processes: every task on its own, answers in the order of the tasks."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Protocol, TypeVar

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


def in_parallel(tasks: Sequence[Task[Answer]], jobs: int, tell: OnDone) -> list[Answer]:
    """Do the tasks, so many at a time; one at a time is done in this process.

    Whatever a task raises is raised here, and the others are ended. So does Ctrl-C.
    """
    if jobs <= 1 or len(tasks) <= 1:
        answers = []
        for task in tasks:
            answers.append(task.run())
            tell(task.name)
        return answers
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), context)
    try:
        waiting = {pool.submit(task.run): number for number, task in enumerate(tasks)}
        found: dict[int, Answer] = {}
        for future in as_completed(waiting):
            number = waiting[future]
            found[number] = future.result()
            tell(tasks[number].name)
        return [found[number] for number in range(len(tasks))]
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()  # a fill takes its time: nobody waits for its end any more
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
