"""`/metrics` for Prometheus: read from the rows and the queue when it is asked for, not counted
here, so that every process of every host says the same. No label holds a number or a word."""

import hmac
import ipaddress
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from handlers.house import House, house
from handlers.shelter import shelter
from store import alerts, disk, logs, rounds, watch
from store.models import Recording
from store.spool import Spool
from store.tally import Tally
from store.upkeep import Outgoing

log = logging.getLogger(__name__)
bp = Blueprint("metrics", __name__)

REFUSED = "heard.refused"
# Where one of these stands, the request came through a proxy: 127.0.0.1 is then everybody.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@bp.record
def _open(state: BlueprintSetupState) -> None:
    state.app.extensions[REFUSED] = Tally()


@bp.get("/metrics")
def metrics() -> Response:
    """The figures, also while the database is away. 403 for whoever may not read them."""
    if not admitted(house().settings.metrics_token):
        return Response(
            "show METRICS_TOKEN, or ask from this machine\n", 403, mimetype="text/plain"
        )
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures(house(), shelter().spool, refused().count()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def admitted(token: str | None) -> bool:
    """Whether this request may read: it shows the token; without one, it comes from here."""
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def refused() -> Tally:
    """The webhooks that were refused on this host."""
    return cast(Tally, current_app.extensions[REFUSED])


class Figures(Collector):
    """Everything that is known at this moment."""

    def __init__(self, here: House, spool: Spool, refused: int) -> None:
        self._here, self._spool, self._refused = here, spool, refused

    def collect(self) -> Iterator[Metric]:
        """Each family, those of the rows only while there are rows to ask."""
        rows: list[Metric] = []
        try:
            with self._here.database.reading() as session:
                rows = list(_rows(session, datetime.now(UTC)))
        except SQLAlchemyError as why:  # it may be away, or a statement of ours wrong
            log.error("no figures of the rows: %s", logs.fault(why))
        yield _gauge("heard_up", "Whether the database answers.", int(bool(rows)))
        yield from rows
        yield from self._host()

    def _host(self) -> Iterator[Metric]:
        depth = self._here.bell.depth()
        yield _gauge("heard_queue_up", "Whether Redis answers.", int(depth is not None))
        if depth is not None:
            yield _gauge("heard_queue_depth", "Rings that wait for a worker.", depth)
        refusals = CounterMetricFamily(
            "heard_webhooks_refused", "Webhooks without our signature, on this host."
        )
        refusals.add_metric([], self._refused)
        yield refusals
        spool = self._spool
        yield _gauge("heard_spool_depth", "Arrivals that wait on this host.", spool.depth())
        yield _gauge(
            "heard_spool_aside", "Arrivals that could not be replayed.", spool.aside.count()
        )
        settings = self._here.settings
        free = disk.least(disk.places(settings.database_url, settings.recordings_url))
        if free is not None:
            yield _gauge("heard_disk_free_bytes", "Free where rows and recordings lie.", free)


def _rows(session: Session, now: datetime) -> Iterator[Metric]:
    newest = f"among the newest {watch.WINDOW}"
    yield _states(
        "heard_recordings", f"Recordings {newest}.", watch.by_state(session, Recording.state)
    )
    yield _states(
        "heard_outgoing", f"Texts to send {newest}.", watch.by_state(session, Outgoing.state)
    )
    yield _states("heard_twilio_copies", "What still lies at Twilio.", watch.copies(session))
    items = GaugeMetricFamily(
        "heard_feedback",
        f"Items, up to {watch.MOST} of each status.",
        labels=["status", "tier"],
    )
    for (status, tier), count in watch.by_tier(session).items():
        items.add_metric([status, tier], count)
    yield items
    yield _age("heard_oldest_unheard_seconds", now, watch.oldest_unheard(session))
    yield _age("heard_oldest_due_seconds", now, watch.oldest_due(session))
    quarantined = watch.quarantined(session)
    yield _gauge(
        "heard_quarantine", f"Arrivals that made no sense, up to {watch.MOST}.", quarantined
    )
    waiting = "Alerts that nobody has acknowledged."
    yield _labelled("heard_alerts_open", waiting, "why", alerts.counted(session))
    yield _age("heard_oldest_alert_seconds", now, alerts.oldest(session))
    yield _last(rounds.last(session))
    yield _open_incidents(watch.incidents(session))


def _last(found: Mapping[str, datetime]) -> Metric:
    family = GaugeMetricFamily(
        "heard_round_timestamp_seconds", "When each round last ran.", labels=["round"]
    )
    for name, at in found.items():
        family.add_metric([name], at.timestamp())
    return family


def _open_incidents(kinds: Iterable[str]) -> Metric:
    family = GaugeMetricFamily("heard_incident", "Incidents that are not over.", labels=["kind"])
    for kind in kinds:
        family.add_metric([kind], 1)
    return family


def _age(name: str, now: datetime, since: datetime | None) -> Metric:
    seconds = max(0.0, (now - since).total_seconds()) if since else 0.0
    return _gauge(name, "Seconds that the oldest waits; 0 where none does.", seconds)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _states(name: str, words: str, counts: Mapping[str, int]) -> Metric:
    return _labelled(name, words, "state", counts)


def _labelled(name: str, words: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family
