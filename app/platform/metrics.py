"""Prometheus counters of one process, in a registry of their own."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


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

        self._answered = cache(self.requests.labels)
        self._took = cache(self.seconds.labels)

    def answered(self, method: str, route: str, status: int, *, seconds: float) -> None:
        """Count a request; the places of the counts are looked up once."""
        self._answered(method, route, str(status)).inc()
        self._took(route).observe(seconds)

    def render(self) -> bytes:
        """Return the text exposition."""
        return generate_latest(self.registry)
