"""What operators ask: is the process up, is it ready, what does it count."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable
from functools import lru_cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest

from messaging import writer
from portal import live
from portal.media import scanning

PATIENCE = 2.0  # seconds for the other servers to answer


def not_ready() -> list[str]:
    """The parts that are not ready, by name; migrations are not asked about while the database is away."""
    checks: dict[str, Callable[[], bool]] = {"database": _database, "migrations": _migrations, "layer": _layer}
    missing = []
    for name, is_ready in checks.items():
        if name == "migrations" and "database" in missing:
            continue
        if not is_ready():
            missing.append(name)
    return missing


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


_applied = False


def _migrations() -> bool:
    """Asked until the answer is yes: a process never sees its own migrations undone."""
    global _applied  # noqa: PLW0603
    if not _applied:
        try:
            executor = MigrationExecutor(connection)
            _applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _applied


def _layer() -> bool:
    if not settings.REDIS_URL:
        return True  # one process: nothing between processes to be ready
    try:
        return bool(_redis(settings.REDIS_URL).ping())
    except (redis.RedisError, OSError):
        return False


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def may_read_metrics(request: HttpRequest) -> bool:
    """From this machine itself and not passed on by a proxy on it, or with the token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    passed_on = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    return not passed_on and _is_loopback(request.META.get("REMOTE_ADDR") or "")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def metrics_text() -> str:
    """Prometheus text: one gauge for each number this process counts."""
    counts = {**live.counts(), **writer.counts(), "media_scanner": {True: 1, False: 0, None: -1}[scanning.is_there()]}
    return "".join(f"# TYPE porchlight_{name} gauge\nporchlight_{name} {value}\n" for name, value in counts.items())
