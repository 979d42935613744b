"""The methods by name. Each is loaded only when it runs: a missing package stops no other one."""

from importlib import import_module

from benchmarks.peer import Peer

HOMES = {
    "engine": "benchmarks.peers.engine:EngineFill",
    "hand-first": "benchmarks.peers.by_hand:FirstFit",
    "hand-best": "benchmarks.peers.by_hand:BestFit",
    "hand-twenty": "benchmarks.peers.by_hand:TwentyOrders",
    "start-counts": "benchmarks.peers.start_counts:StartCounts",
    "highs": "benchmarks.peers.highs:Highs",
    "intervals": "benchmarks.peers.textbook_intervals:TextbookIntervals",
    "pyjobshop": "benchmarks.peers.pyjobshop_peer:PyJobShopPeer",
    "alns": "benchmarks.peers.alns_peer:AlnsPeer",
}
"""Name of a method -> module and class, in the order of the table."""


def peer_of(name: str) -> Peer:
    """The method of this name. KeyError with the names there are."""
    if name not in HOMES:
        raise KeyError(f"method '{name}' is unknown; choose one of {', '.join(HOMES)}")
    module, _, kind = HOMES[name].partition(":")
    peer: Peer = getattr(import_module(module), kind)()
    return peer
