"""Adaptive large neighbourhood search on the engine's own occupancy: `alns`, version 7.

N. A. Wouda and L. Lan, "ALNS: a Python implementation of the adaptive large neighbourhood search
metaheuristic", Journal of Open Source Software 8 (2023) 5028, doi 10.21105/joss.05028.
"""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait

import numpy as np
from alns import ALNS  # type: ignore[import-untyped]
from alns.select import RouletteWheel  # type: ignore[import-untyped]
from numpy.random import Generator

from benchmarks.peer import Limits, Offer
from benchmarks.peers import alns_destroy, alns_repair
from benchmarks.peers.alns_state import Board, State
from engine.filling.by_hand import fill_by_hand
from engine.practice import Horizon, Problem
from engine.schedule import Schedule

SCORES, DECAY = [25.0, 5.0, 1.0, 0.0], 0.9
"""Points for an operator after a new best, a better, an accepted, a refused week; memory."""
THRESHOLD = 0.002
"""At first a week may be worse than the best by this share of the avoidable part; in the end by
nothing. It falls with the clock."""
SEND_SECONDS = 0.3
"""A searcher hands over its best this often."""
HANDING_OVER = 0.02
"""Share of the time kept for the last handing over, and as many times ten seconds at most."""
GRACE_SECONDS = 0.2
"""A searcher that has sent everything is given so long to end by itself."""
CHAINS = 1000
"""Seeds of the searchers of one run lie this close together, of two runs this far apart."""


class AlnsPeer:
    """One searcher for each core, each with its own draws; the best week of all counts."""

    name = "alns"
    settings = (
        "alns 7.0.0 from the best fit by hand; on each core a search of its own; six ways to take "
        "out 4 to 24 visits (random, dear, alike, date, two hours, for an unplaced one), four to "
        "put back (saving, regret-2, regret-3, random order); roulette wheel 25/5/1/0, decay "
        f"{DECAY}; record-to-record from {THRESHOLD:.1%} of the avoidable part to 0; bookings stay"
    )
    runs_to_limit = True

    def run(self, problem: Problem, horizon: Horizon, limits: Limits, offer: Offer) -> None:
        """Searches until the time is over."""
        over = time.perf_counter() + limits.seconds
        filled = fill_by_hand(problem, horizon, fit="best", order="due")
        offer(filled)
        first = Board(problem, horizon).state_of(filled.placements)
        context = multiprocessing.get_context("fork")
        ends: list[Connection] = []
        children = []
        for number in range(limits.workers):
            here, there = context.Pipe(duplex=False)
            seed = limits.seed * CHAINS + number
            child = context.Process(target=_search, args=(first, seed, over, there), daemon=True)
            child.start()
            there.close()
            ends.append(here)
            children.append(child)
        try:
            _collect(ends, first.objective(), over, offer)
            for child in children:
                child.join(GRACE_SECONDS)
                if child.exitcode:
                    raise RuntimeError(f"a searcher ended with code {child.exitcode}")
        finally:
            for child in children:
                child.kill()
                child.join()


def _collect(ends: list[Connection], best: float, over: float, offer: Offer) -> None:
    """Offers what the searchers send, as long as it is better, until all are done."""
    while ends and (left := over - time.perf_counter()) > 0:
        for end in wait(ends, left):
            assert isinstance(end, Connection)
            try:
                objective, schedule = end.recv()
            except EOFError:
                ends.remove(end)
                continue
            if objective < best:
                best = objective
                offer(schedule)


class _Clock:
    """Stops the search when its time is over, and sends the best week from time to time."""

    def __init__(self, over: float, send: Callable[[State], None]) -> None:
        now = time.perf_counter()
        self.began, self.until = now, over - min(HANDING_OVER * (over - now), HANDING_OVER * 10)
        self._send, self._sent, self._next = send, np.inf, now

    def left(self) -> float:
        """Share of the time that is left."""
        return max(0.0, (self.until - time.perf_counter()) / (self.until - self.began))

    def __call__(self, rng: Generator, best: State, current: State) -> bool:
        """True at the end."""
        now = time.perf_counter()
        if best.objective() < self._sent and (now >= self._next or now >= self.until):
            self._send(best)
            self._sent, self._next = best.objective(), now + SEND_SECONDS
        return now >= self.until


class _RecordToRecord:
    """Accepts what is not much worse than the best; how much falls with the clock.

    G. Dueck, "New optimization heuristics", Journal of Computational Physics 104 (1993) 86-92,
    doi 10.1006/jcph.1993.1010.
    """

    def __init__(self, start: float, clock: _Clock) -> None:
        self._start, self._clock = start, clock

    def __call__(self, rng: Generator, best: State, current: State, candidate: State) -> bool:
        return candidate.objective() - best.objective() <= self._start * self._clock.left()


def _search(first: State, seed: int, over: float, to: Connection) -> None:
    """One searcher, in a process of its own."""

    def send(state: State) -> None:
        schedule: Schedule = first.board.schedule_of(state)
        to.send((state.objective(), schedule))

    rng = np.random.default_rng(seed)
    search = ALNS(rng)
    for destroy in alns_destroy.OPERATORS:
        search.add_destroy_operator(destroy)
    for repair in alns_repair.OPERATORS:
        search.add_repair_operator(repair)
    wheel = RouletteWheel(SCORES, DECAY, len(alns_destroy.OPERATORS), len(alns_repair.OPERATORS))
    clock = _Clock(over, send)
    accept = _RecordToRecord(THRESHOLD * first.objective(), clock)
    search.iterate(first, wheel, accept, clock)
    to.close()
