"""``/metrics``: what Prometheus asks for."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        """A registry of its own, so that several applications may live in one process."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "claimspine_requests", "Requests", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "claimspine_request_seconds",
            "Time to the end of the answer",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.queries = Counter(
            "claimspine_queries", "Queries of strangers by outcome", ["outcome"], registry=self.registry
        )
        self.workers = Gauge("claimspine_query_workers", "Query workers alive", registry=self.registry)
        self._outcomes: dict[str, Counter] = {}
        self._counts: dict[tuple[str, str, int], Counter] = {}
        self._times: dict[str, Histogram] = {}
        self.writes = Gauge("claimspine_writes", "Writes since the start", registry=self.registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; one without a route is counted under none, so that no client makes up labels."""
        known = method if method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH") else "other"
        route = route or "none"
        count = self._counts.get((known, route, status))
        if count is None:
            count = self._counts[known, route, status] = self.requests.labels(known, route, str(status))
        time = self._times.get(route)
        if time is None:
            time = self._times[route] = self.seconds.labels(route)
        count.inc()
        time.observe(seconds)

    def query(self, outcome: str) -> None:
        """Count a stranger's query."""
        count = self._outcomes.get(outcome)
        if count is None:
            count = self._outcomes[outcome] = self.queries.labels(outcome)
        count.inc()

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self.registry)
