"""What every test may count on: a database of its own, static files in place, and no network but this machine's."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.staticfiles import storage
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.core.management.commands import flush
from django.db import DataError, connection, models

from messaging import watch
from messaging.sending import Allowance
from messaging.writer import writer
from portal import pool
from portal.language import content
from tests import migrated
from tests.servers import redis

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.world import World


# A busy machine is no fault of what is tested: an example that takes long does not fail for that.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")

# Tests of minutes each: the first to begin, each on its own, so that no core waits at the end for one that began last.
LONG = ("tests/access/test_walk.py", "tests/care/test_weight.py")
EVERY_PAGE = "tests/browser/test_every_page.py"
# Tables that tell of models, not of people: to fill them again after each test with committed data takes longer than most of these.
STAY = {"django_content_type", "auth_permission"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The order of a run, and which tests stay together on one core: those of a file, because they share what they set up."""
    items.sort(key=_turn)
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            item.add_marker(pytest.mark.xdist_group(_together(item)))


def _turn(item: pytest.Item) -> int:
    """Long ones first; of those with a browser, which come last, every page before the others, by language."""
    file = item.nodeid.partition("::")[0]
    if item.get_closest_marker("browser") is None:
        return 0 if file in LONG else 1
    return 2 if file == EVERY_PAGE else 3


def _together(item: pytest.Item) -> str:
    file = item.nodeid.partition("::")[0]
    if file in LONG:
        return item.nodeid
    told: Any = getattr(item, "callspec", None)
    if file == EVERY_PAGE and told is not None and "language" in told.params:
        return f"{file} {told.params['language']}"
    return file


@pytest.fixture(autouse=True)
def _reviews_of_this_test_only() -> Iterator[None]:
    """A process keeps its list of reviews for seconds; a test's own are rolled back with it."""
    content.forget_reviews()
    yield
    content.forget_reviews()


@pytest.fixture
def world(db: None) -> World:
    """The cast, in a transaction that is rolled back. Sending needs `world_committed`: the writer has its own connection."""
    from tests.world import build_again

    return build_again()


@pytest.fixture
def world_committed(transactional_db: None) -> World:
    """The cast, committed, for tests in which other threads or processes read the database."""
    from tests.world import build_again

    cache.clear()
    writer.allowance = Allowance(settings.SENDS_PER_SECOND)
    return build_again(renamed=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """The tables are there before Django makes a test database: what it then finds to migrate is nothing."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgres(os.environ["DATABASE_URL"])
    else:
        create = connection.creation
        create._create_test_db = _copied  # type: ignore[attr-defined]


def _copied(verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
    path = str(connection.settings_dict["TEST"]["NAME"])  # each worker's own
    migrated.sqlite(Path(path))
    return path


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The audit tables refuse to be emptied, which is what a test with committed data has to do at its end."""
    operations: Any = connection.ops
    operations.sql_flush = _emptied
    if connection.vendor == "sqlite":
        operations.execute_sql_flush = _without_triggers(operations.execute_sql_flush)
    flush.emit_post_migrate_signal = lambda *_said: None  # type: ignore[attr-defined] # fills again what stays
    yield
    watch.stop()
    writer.close()
    pool.close()
    if connection.vendor == "postgresql":  # drops no database that a thread still holds open, such as asyncio's own
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _emptied(_style: Any, tables: list[str], **_options: bool) -> list[str]:
    """The few that hold something are emptied row by row: PostgreSQL takes a second to truncate all there are."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables if table not in STAY)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        statements = [f'DELETE FROM "{table}"' for (table,) in cursor.fetchall()]
    if connection.vendor == "postgresql":  # past the triggers, and in any order
        return ["SET LOCAL session_replication_role = replica", *statements]
    return statements


def _without_triggers(flush: Callable[[list[str]], None]) -> Callable[[list[str]], None]:
    def flush_all(statements: list[str]) -> None:
        with connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            try:
                flush(statements)
            finally:
                for _name, sql in triggers:
                    cursor.execute(sql)

    return flush_all


@pytest.fixture(scope="session", autouse=True)
def _no_text_too_long() -> Iterator[None]:
    """SQLite keeps a text that is longer than its column, where PostgreSQL refuses it; here both refuse."""
    kept = models.CharField.get_db_prep_save

    def prepared(self: models.CharField[Any, Any], value: Any, connection: Any) -> Any:
        if isinstance(value, str) and self.max_length is not None and len(value) > self.max_length:
            raise DataError(f"{len(value)} characters for {self}, which holds {self.max_length}")
        return kept(self, value, connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.CharField, "get_db_prep_save", prepared)
        yield


@pytest.fixture(scope="session", autouse=True)
def _line_of_this_worker(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each worker has a database of its own with the same people in it: on one line they would hear each other's messages."""
    if not settings.REDIS_URL or not hasattr(request.config, "workerinput"):
        yield
        return
    with redis() as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REDIS_URL", url)
        patch.setenv("REDIS_URL", url)
        yield


@pytest.fixture(scope="session", autouse=True)
def prepared_files() -> None:
    """Static files and catalogs, made once a run, also with several test workers."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with (Path(settings.VAR) / "files.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)
        if "compile_catalogs" in get_commands() and any(_is_stale(folder) for folder in settings.LOCALE_PATHS):
            call_command("compile_catalogs", verbosity=0)
        # Read now: a server that some test starts may write the list of names anew at the moment it is first needed.
        storage.staticfiles_storage.url("portal/css/tokens.css")


def _is_stale(folder: Path) -> bool:
    """True where a catalog was never compiled, or changed after it was."""
    return any(
        not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
        for po in folder.glob("*/LC_MESSAGES/*.po")
    )


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections leave this process only to this machine itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_local(getattr(socket.socket, name)))
        yield


def _only_local(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise OSError(f"Tests may not reach {address[0]}: only this machine itself.")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
