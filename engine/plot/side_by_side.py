"""Spans that overlap stand beside each other, so that a clash can be seen."""

from engine.units import Interval


def side_by_side(spans: list[Interval]) -> list[tuple[int, int]]:
    """For each span its place and the number of places in its chain of overlapping spans.

    Spans that overlap nothing get (0, 1). Places are given from the earliest start on, always the
    first that is free, so a chain has as many places as overlap at its busiest minute.
    """
    answer = [(0, 1)] * len(spans)
    chain: list[int] = []
    until: list[int] = []
    seat: dict[int, int] = {}
    for index in sorted(range(len(spans)), key=lambda at: spans[at]):
        start, end = spans[index]
        if start >= max(until, default=0):
            chain, until = [], []
        place = next((at for at, busy in enumerate(until) if busy <= start), len(until))
        until[place : place + 1] = [end]
        seat[index] = place
        chain.append(index)
        for member in chain:
            answer[member] = (seat[member], len(until))
    return answer
