"""The coordinator by hand: first fit, best fit, and the best of twenty call orders."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, wait

from benchmarks.peer import Limits, Offer
from engine.filling.by_hand import Fit, fill_by_hand
from engine.practice import Horizon, Problem
from engine.schedule import Schedule

ORDERS = 20


class _OneFit:
    """One pass through the list in order of the due dates."""

    runs_to_limit = False
    fit: Fit

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> None:
        """Fills once."""
        offer(fill_by_hand(problem, horizon, fit=self.fit, order="due"))


class FirstFit(_OneFit):
    """Each visit at its earliest possible start."""

    name = "hand-first"
    settings = "by hand, in order of the due dates, each visit at its earliest start; one core"
    fit: Fit = "first"


class BestFit(_OneFit):
    """Each visit at the start of least personal cost."""

    name = "hand-best"
    settings = "by hand, in order of the due dates, each visit at its cheapest start; one core"
    fit: Fit = "best"


class TwentyOrders:
    """Twenty coordinators, each with the list in another order; the cheapest week is kept."""

    name = "hand-twenty"
    settings = (
        f"by hand, best fit, {ORDERS} call orders drawn at random; one order a core at a time"
    )
    runs_to_limit = False

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> None:
        """Fills order after order, until all are done or the time is over."""
        over = time.perf_counter() + limits.seconds
        context = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(limits.workers, context, _remember, (problem, horizon))
        children = []
        try:
            waiting = {pool.submit(_fill, limits.seed * ORDERS + k) for k in range(ORDERS)}
            children = multiprocessing.active_children()
            while waiting and (left := over - time.perf_counter()) > 0:
                done, waiting = wait(waiting, left, return_when="FIRST_COMPLETED")
                for filled in done:
                    offer(filled.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in children:
                child.kill()


_question: list[tuple[Problem, Horizon]] = []


def _remember(problem: Problem, horizon: Horizon) -> None:
    _question[:] = [(problem, horizon)]


def _fill(seed: int) -> Schedule:
    ((problem, horizon),) = _question
    return fill_by_hand(problem, horizon, fit="best", order="random", seed=seed)
