"""What a Prometheus server scrapes. Labels are route templates and states, never ids.

The text format is that of the Prometheus client library.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api.store import runs
from api.store.database import Database
from api.wire.status import RunStatus

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The registry of one application."""

    def __init__(self, database: Database) -> None:
        self.registry = CollectorRegistry(auto_describe=False)
        self.requests = Counter(
            "modelday_requests",
            "Requests by method, route and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "modelday_request_seconds",
            "Seconds until an answer begins.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.registry.register(_RunsByStatus(database))


class _RunsByStatus(Collector):
    """Counted in the store as it is scraped: all servers on one database say the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> list[GaugeMetricFamily]:
        """Asked when it is registered, before there is a store."""
        return [self._family()]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Runs in each status."""
        family = self._family()
        with self._database.reading() as connection:
            counts = runs.count_by_status(connection)
        for status in RunStatus:
            family.add_metric([status.value], counts.get(status, 0))
        yield family

    @staticmethod
    def _family() -> GaugeMetricFamily:
        return GaugeMetricFamily("modelday_runs", "Runs by status.", labels=["status"])
