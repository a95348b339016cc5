"""What operators and browsers ask of the site."""

from __future__ import annotations

import json
from typing import Any

import pytest
import redis
from django.conf import LazySettings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from portal.home import health


def _away(*_args: Any, **_kwargs: Any) -> Any:
    raise DatabaseError("away")


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_applied", False)


def test_the_process_is_up_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"


def test_ready_when_everything_is(client: Client, db: None) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert client.get("/readyz").status_code == 200


def test_not_ready_names_the_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", _away)
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: database\n")


def test_not_ready_names_migrations(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: ["one"])
    assert client.get("/readyz").content == b"not ready: migrations\n"
    monkeypatch.setattr(MigrationExecutor, "migration_plan", _away)
    assert client.get("/readyz").content == b"not ready: migrations\n"


def test_not_ready_names_the_layer(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    health._redis.cache_clear()
    assert client.get("/readyz").content == b"not ready: layer\n"
    monkeypatch.setattr(redis.Redis, "ping", lambda _self: True)
    assert client.get("/readyz").status_code == 200
    health._redis.cache_clear()


def test_numbers_for_this_machine_only(client: Client, db: None) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert b"porchlight_pages_open 0" in response.content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 404


def test_a_proxy_on_this_machine_does_not_make_everyone_local(client: Client, db: None) -> None:
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", headers={"Forwarded": "for=203.0.113.9"}).status_code == 404


def test_numbers_for_who_has_the_token(client: Client, db: None, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = "open-sesame"
    for words, status in (("Bearer open-sesame", 200), ("Bearer guess", 404), ("Bearer ", 404)):
        response = client.get("/metrics", headers={"Authorization": words}, REMOTE_ADDR="203.0.113.9")
        assert response.status_code == status


def test_an_empty_token_opens_nothing(client: Client, db: None) -> None:
    response = client.get("/metrics", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.9")
    assert response.status_code == 404


def test_the_app_on_a_phone_has_a_neutral_name(client: Client, db: None) -> None:
    response = client.get("/porch.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    told = json.loads(response.content)
    assert told["name"] == told["short_name"] == "Porch"
    icon = client.get(told["icons"][0]["src"])
    assert icon.getvalue().startswith(b"<svg")
    icon.close()
