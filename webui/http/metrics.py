"""`/metrics`: what monitoring reads, in the text format of Prometheus; open to `[web] metrics_from`, closed to others.

Requests are counted by page pattern, method and status; no metric names a person, a query or a client. With several
processes they are those of all of them if the server has set PROMETHEUS_MULTIPROC_DIR, as `indexer serve` does;
otherwise those of the process that answers, and `broadsheet_all_processes_counted` says so.
"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from indexer.config import WebConfig
from indexer.errors import BroadsheetError, NotFound
from indexer.web_settings import networks
from webui.holder import archive
from webui.http.observe import Answered
from webui.http.proxies import read_address, within

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import GaugeMetricFamily

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
PATH = "/metrics"
# Seconds: a page from the cache, an ordinary page, one that is felt, one that is slow, one at the end of its budget.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one application, and the page that shows them."""

    def __init__(self, web: WebConfig) -> None:
        # Here, not above: the library chooses when it is first imported whether processes are counted together.
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._readers = networks(web.metrics_from, "[web] metrics_from")
        self._slow_seconds = web.slow_ms / 1000
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "broadsheet_requests", "Requests answered.", ("page", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "broadsheet_request_seconds",
            "Time until an answer began.",
            ("page",),
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._bytes = Counter("broadsheet_sent_bytes", "Bytes of answers.", registry=self._registry)
        self._slow = Counter(
            "broadsheet_slow_requests", "Requests that took longer than slow_ms.", registry=self._registry
        )

    def count(self, answered: Answered) -> None:
        """Count a request."""
        self._requests.labels(answered.page, answered.method, str(answered.status)).inc()
        self._seconds.labels(answered.page).observe(answered.seconds)
        self._bytes.inc(answered.sent)
        if self._slow_seconds and answered.seconds >= self._slow_seconds:
            self._slow.inc()

    def page(self) -> Response:
        """All of them, as text.

        Raises:
            NotFound: whoever asks is not among `metrics_from`.
        """
        if not within(read_address(request.remote_addr or ""), self._readers):
            raise NotFound("There is nothing at this address.")
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._registry
        if FOLDER_VARIABLE in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        text = generate_latest(registry) + generate_latest(_present())
        return Response(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def blueprint_of(metrics: Metrics) -> Blueprint:
    """The page of some metrics."""
    made = Blueprint("metrics", __name__)
    made.add_url_rule(PATH, "metrics", metrics.page)
    return made


def _present() -> "CollectorRegistry":
    """What is true of the archive now, read when it is asked for."""
    from prometheus_client import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(_Present())  # its base class would be imported too early
    return registry


class _Present:
    def collect(self) -> "Iterator[GaugeMetricFamily]":
        from prometheus_client.core import GaugeMetricFamily

        def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
            return GaugeMetricFamily(f"broadsheet_{name}", meaning, value=value)

        together = FOLDER_VARIABLE in os.environ
        yield gauge("all_processes_counted", "1 if counts are of all processes, 0 if of this one.", together)
        try:
            found = archive().stats()
        except BroadsheetError:
            yield gauge("ready", "1 if searches can be answered.", 0)
        else:
            yield gauge("ready", "1 if searches can be answered.", 1)
            yield gauge("articles", "Articles in the archive.", found.articles)
            yield gauge("generation", "Commits of the archive.", found.generation)
