"""Entry page of many years: policies times replications, in processes, with what is done skipped.

What is done is a year of the same question, settings and seed, made by the same code.

Replication k of every policy has the seed (seed, k): the same patients, breakages and latent
outcomes, so that differences are paired.
"""

import multiprocessing
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.practice import Problem
from engine.problems import PracticeProblemsError
from engine.simulate.clinic import monday_of
from engine.simulate.code_version import code_version
from engine.simulate.faults import year_faults
from engine.simulate.figures import figures_of, running
from engine.simulate.log import Log, WeekState
from engine.simulate.policies import POLICIES
from engine.simulate.record import (
    Record,
    WeekFigures,
    counted,
    digest_of,
    kept_runs,
    write_record,
)
from engine.simulate.settings import YearSettings
from engine.simulate.year import run_year


@dataclass(frozen=True, slots=True)
class Progress:
    """A week of one run is over: running figures as a line. Week 0: something about the run."""

    policy: str
    replication: int
    week: int
    line: str


OTHER_CODE = "made by other code; made anew"
"""What is told of a kept year that the engine of today might not make in the same way."""

OnProgress = Callable[[Progress], None]


def replicate(
    problem: Problem,
    policies: Sequence[str],
    settings: YearSettings,
    replications: int,
    seed: int,
    folder: Path,
    jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> tuple[Record, ...]:
    """Every run of every policy, in the order asked; each is kept in `folder` when it is done.

    PracticeProblemsError with everything wrong with the settings, or with runs of other settings
    in the folder. Ctrl-C leaves what is done; the next call goes on from there.
    """
    faults = year_faults(problem, settings, tuple(policies), replications)
    if faults:
        raise PracticeProblemsError(faults)
    folder.mkdir(parents=True, exist_ok=True)  # a place that cannot be written is refused now
    digest = digest_of(problem, settings, seed)
    wanted = [(policy, number) for number in range(1, replications + 1) for policy in policies]
    kept, code = kept_runs(folder, wanted, digest), code_version()
    done = {key: record for key, record in kept.items() if record.code == code}
    left = [key for key in wanted if key not in done]
    tell = on_progress or (lambda progress: None)
    for key in kept:
        tell(Progress(*key, *((settings.weeks, "done before") if key in done else (0, OTHER_CODE))))
    tasks = [_Task(problem, settings, *key, seed, digest, folder) for key in left]
    for record in _run_all(tasks, jobs, tell):
        done[record.policy, record.replication] = record
    return tuple(
        done[policy, number] for policy in policies for number in range(1, replications + 1)
    )


@dataclass(frozen=True, slots=True)
class _Task:
    problem: Problem
    settings: YearSettings
    policy: str
    replication: int
    seed: int
    digest: str
    folder: Path

    def run(self, tell: OnProgress) -> Record:
        began = time.perf_counter()

        def on_week(state: WeekState, log: Log) -> None:
            tell(Progress(self.policy, self.replication, state.week, running(log)))

        policy = POLICIES[self.policy](self.settings.engine)
        own_seed = self.seed * 1000 + self.replication
        log = run_year(self.problem, policy, self.settings, own_seed, on_week)
        record = self._record(log, time.perf_counter() - began, own_seed)
        write_record(self.folder, record)
        return record

    def _record(self, log: Log, seconds: float, own_seed: int) -> Record:
        first = monday_of(self.problem, 1 + self.settings.warm_up_weeks)
        last = monday_of(self.problem, 1 + self.settings.weeks)
        return Record(
            policy=self.policy,
            replication=self.replication,
            seed=own_seed,
            digest=self.digest,
            code=code_version(),
            seconds=round(seconds, 1),
            figures=counted(figures_of(log, self.problem.practice, first, last)),
            weeks=tuple(map(_kept, log.weeks)),
        )


def _kept(state: WeekState) -> WeekFigures:
    return WeekFigures(
        week=state.week,
        arrived=state.arrived,
        by_stage={stage.value: count for stage, count in state.by_stage.items()},
        past_original=state.past_original,
        past_current=state.past_current,
        waiting=state.waiting,
        asked=state.asked,
        placed=state.placed,
        set_aside=state.set_aside,
        fell_back=state.fell_back,
        seconds=state.seconds,
    )


_ON_ITS_WAY_SECONDS = 5.0
"""The last words of a child can come after its answer."""
_told: Any = None
"""In a child process: the queue that progress goes to."""


def _adopt(told: Any) -> None:
    global _told  # noqa: PLW0603 - a queue can only be handed to a process when it starts
    _told = told


def _run_in_child(task: _Task) -> Record:
    return task.run(_told.put)


def _run_all(tasks: list[_Task], jobs: int, tell: OnProgress) -> list[Record]:
    if jobs <= 1 or len(tasks) <= 1:
        return [task.run(tell) for task in tasks]
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    pool = ProcessPoolExecutor(min(jobs, len(tasks)), context, _adopt, (told,))
    heard, said = 0, sum(task.settings.weeks for task in tasks)
    records: list[Record] = []
    try:
        waiting: set[Future[Record]] = {pool.submit(_run_in_child, task) for task in tasks}
        while waiting:
            ready, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            heard += _pass_on(told, tell, seconds=0.0)
            records += [future.result() for future in ready]
        while heard < said and (more := _pass_on(told, tell, _ON_ITS_WAY_SECONDS)):
            heard += more
        return records
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()  # a year takes minutes: after Ctrl-C nobody waits for its end
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pass_on(told: Any, tell: OnProgress, seconds: float) -> int:
    """Tell what the children have said, waiting so long for the first word. How much it was."""
    heard = 0
    while True:
        try:
            tell(told.get(timeout=seconds if heard == 0 else 0.0))
        except queue.Empty:
            return heard
        heard += 1
