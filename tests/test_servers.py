"""The real programs that tests use start, answer, and leave nothing behind."""

from __future__ import annotations

import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest
import redis

from tests import servers


def test_postgres_starts_empty_and_leaves_nothing() -> None:
    with servers.postgres() as url:
        folder = Path(urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["host"][0])
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("portal",)
    assert not folder.exists()


def test_redis_starts_empty_and_leaves_nothing() -> None:
    with servers.redis() as url:
        client = redis.Redis.from_url(url)
        assert client.dbsize() == 0
        client.close()
    assert not Path(urllib.parse.urlsplit(url).path).exists()


def test_daphne_serves_and_comes_back_on_the_same_port() -> None:
    with servers.daphne({}) as first:
        port = urllib.parse.urlsplit(first.url).port or 0
        first.kill()
        with pytest.raises(OSError, match="refused"):
            urllib.request.urlopen(f"{first.url}/healthz", timeout=5)
        with servers.daphne({}, port) as second, urllib.request.urlopen(f"{second.url}/healthz", timeout=5) as answer:
            assert (second.url, answer.status) == (first.url, 200)


def test_a_server_that_cannot_start_shows_its_log() -> None:
    with (
        pytest.raises(servers.ServerError, match="no_such_settings"),
        servers.daphne({"DJANGO_SETTINGS_MODULE": "no_such_settings"}),
    ):
        pytest.fail("it started")
