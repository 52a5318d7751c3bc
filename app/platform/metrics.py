"""Prometheus counters of one process, in a registry of their own."""

from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SERVICES: Final = 500
"""Services with counts of their own; bounded, for each costs about 30 lines."""


class Metrics:
    """What one process counts. Labels are route templates and words, never ids."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "lgsp_http_requests", "Requests answered.", ["method", "route", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "lgsp_http_seconds", "Time to the answer, in seconds.", ["route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
            registry=self.registry,
        )  # fmt: skip
        self.deliveries = Counter(
            "lgsp_deliveries", "Attempts to deliver, by outcome.", ["topic", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self.alarms = Counter(
            "lgsp_delivery_alarms", "Answers nobody foresaw: a person must look.", ["topic"],
            registry=self.registry,
        )  # fmt: skip
        self.outbox = Gauge(
            "lgsp_outbox_messages", "Messages not yet settled.", ["state"], registry=self.registry
        )
        self.early = Gauge(
            "lgsp_early_messages",
            "Messages that came before what they speak of: waiting, or given up.",
            ["state"],
            registry=self.registry,
        )

        self._services: set[str] = set()
        self._watch()
        self._answered = cache(self.requests.labels)
        self._took = cache(self.seconds.labels)
        self._exchanged = cache(self.exchanges.labels)
        self._lasted = cache(self.exchange_seconds.labels)

    def _watch(self) -> None:
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
        return generate_latest(self.registry)
