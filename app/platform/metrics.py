"""Prometheus counters of one process, or of several together, in a registry of their own."""

import os
from functools import cache
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector

SERVICES: Final = 500
"""Services with counts of their own; bounded, for each costs about 30 lines."""


class Metrics:
    """What one process counts. Labels are route templates and words, never ids."""

    def __init__(self, *, shared_in: Path | None = None) -> None:
        """With `shared_in`, a folder, what all processes that count there have counted is shown."""
        self.registry = CollectorRegistry()
        self._shown = self.registry
        if shared_in is not None:
            _count_in(shared_in)
            self._shown = CollectorRegistry()
            MultiProcessCollector(self._shown, str(shared_in))  # type: ignore[no-untyped-call]
        self.requests = Counter(
            "lgsp_http_requests", "Requests answered.", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "lgsp_http_seconds", "Time to the answer, in seconds.", ["route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
            registry=self.registry,
        )  # fmt: skip
        self._services: set[str] = set()
        self._watch_deliveries()
        self._watch_exchanges()
        self._answered = cache(self.requests.labels)
        self._took = cache(self.seconds.labels)
        self._exchanged = cache(self.exchanges.labels)
        self._lasted = cache(self.exchange_seconds.labels)

    def _watch_deliveries(self) -> None:
        """Begin to count what is owed to others."""
        self.deliveries = Counter(
            "lgsp_deliveries", "Attempts to deliver, by outcome.", ["topic", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self.alarms = Counter(
            "lgsp_delivery_alarms", "Answers nobody foresaw: a person must look.", ["topic"],
            registry=self.registry,
        )  # fmt: skip
        self.outbox = Gauge(
            "lgsp_outbox_messages", "Messages not yet settled.", ["state"],
            multiprocess_mode="mostrecent", registry=self.registry,
        )  # fmt: skip
        self.early = Gauge(
            "lgsp_early_messages",
            "Messages that came before what they speak of: waiting, or given up.",
            ["state"],
            multiprocess_mode="mostrecent",
            registry=self.registry,
        )

    def _watch_exchanges(self) -> None:
        """Begin to count calls of shared services."""
        self.exchanges = Counter(
            "lgsp_exchanges", "Calls of shared services, by outcome.", ["service", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self.exchange_seconds = Histogram(
            "lgsp_exchange_seconds", "Time of a call of a shared service, in seconds.", ["service"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
            registry=self.registry,
        )  # fmt: skip
        self.shed = Counter(
            "lgsp_exchanges_shed", "Records of exchanges that found no room.",
            registry=self.registry,
        )  # fmt: skip

    def answered(self, method: str, route: str, status: int, *, seconds: float) -> None:
        """Count a request; the places of the counts are looked up once."""
        self._answered(method, route, str(status)).inc()
        self._took(route).observe(seconds)

    def exchanged(self, service: str, outcome: str, *, seconds: float) -> None:
        """Count a call of a service of the register; beyond so many, services are one label."""
        label = service or "none"
        if label not in self._services:
            if len(self._services) >= SERVICES:
                label = "others"
            self._services.add(label)
        self._exchanged(label, outcome).inc()
        self._lasted(label).observe(seconds)

    def render(self) -> bytes:
        """Return the text exposition."""
        return generate_latest(self._shown)


def _count_in(folder: Path) -> None:
    """Let this process keep its counts in files there, where the others find them.

    The library decides that for a process, by a variable it reads when it is imported.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # noqa: TID251 -- the library looks there
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
