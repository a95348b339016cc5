"""What lies in deploy/ fits together and fits the site: commands exist, ports agree, settings are real."""

from __future__ import annotations

import importlib
import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles import (
    storage,  # the module: pytest looks at every name here, which would open a storage
)
from django.core.management import get_commands
from django.template.loader import render_to_string
from django.urls import URLPattern, get_resolver
from django.utils import translation
from django.utils.translation import gettext

from messaging import writer as writing
from portal import serving
from tests.deploy import proxy, units
from tests.deploy.proxy import SHIPPED
from tests.servers import ROOT, find_nginx

DEPLOY = ROOT / "deploy"
needs_nginx = pytest.mark.skipif(not find_nginx(), reason="no nginx here: install it, or set NGINX to the path of one")
SERVICES = sorted(path.stem for path in units.SHIPPED.glob("*.service"))


def settings_named() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((DEPLOY / "compose.yml").read_text()))


@pytest.fixture(scope="module")
def gunicorn() -> dict[str, Any]:
    return runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))


def check_command(words: list[str]) -> None:
    """A command line in deploy/ names a program, script, module or management command that is there."""
    first, *rest = words
    assert Path(first).name in {"python", "python3"}
    match rest:
        case ["manage.py", command, *_]:
            assert command in get_commands()
        case ["-m", "gunicorn", "--config", config, "--bind", _address]:
            assert (ROOT / config).is_file()
        case [script, *_]:
            assert (ROOT / script).is_file()


# -- units ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", SERVICES)
def test_every_command_of_every_unit_exists_and_nothing_in_it_may_become_more_than_it_is(stem: str) -> None:
    unit = units.read_unit(stem.replace("@", "@8001"))
    for command in [*unit["ExecStart"], *unit.get("ExecStartPost", [])]:
        check_command(command.split())
    for words in unit["Environment"]:
        names = {word.partition("=")[0] for word in words.split()}
        assert names <= settings_named() | {"PORTAL_NO_VENV"}
    assert unit["User"] == ["porchlight"]
    assert unit["NoNewPrivileges"] == ["yes"]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert "porchlight-" in f"{stem}.service", "the hardening is read by that name"


def test_what_runs_for_long_comes_back_and_ends_politely() -> None:
    for name in ("porchlight-socket@8001", "porchlight-pages", "porchlight-worker"):
        unit = units.read_unit(name)
        assert unit["Restart"] == ["always"]
        assert float(unit["TimeoutStopSec"][0]) > writing.PATIENCE
        assert "KillSignal" not in unit, "SIGTERM, which every process of ours ends on"


def test_the_target_starts_what_the_proxy_asks() -> None:
    target = (units.SHIPPED / "porchlight.target").read_text()
    site = (SHIPPED / "porchlight" / "site.conf").read_text()
    sockets = set(re.findall(r"porchlight-socket@(\d+)\.service", target))
    in_proxy = {port for port in re.findall(r"server 127\.0\.0\.1:(\d+)", site)}
    assert in_proxy == sockets | {"8000"}
    assert len(sockets) >= 2, "one of them can be replaced while the other serves"
    assert "--bind 127.0.0.1:8000" in units.read_unit("porchlight-pages")["ExecStart"][0]
    for name in re.findall(r"porchlight-[a-z]+(?:@\d+)?\.service", target):
        units.read_unit(name)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_reads_the_units_and_finds_them_hard(tmp_path: Path) -> None:
    shutil.copytree(units.SHIPPED, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("*.service"):  # it looks for the programs, too
        path.write_text(re.sub(r"/srv/porchlight/\.venv/bin/python|/usr/bin/python3", "/bin/sh", path.read_text()))
    env = {"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"}

    def analyze(*words: str) -> str:
        done = subprocess.run(["systemd-analyze", *words], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    names = [path.name.replace("@", "@8001") for path in tmp_path.glob("*.service")]
    assert "porchlight" not in analyze("--man=no", "verify", "porchlight.target", *names)
    for name in names:
        analyze("--offline=yes", "--threshold=25", "security", name)


# -- gunicorn -------------------------------------------------------------------------------------------------------------


def test_gunicorn_reads_its_settings_and_serves_this_site(gunicorn: dict[str, Any]) -> None:
    known = importlib.import_module("gunicorn.config").make_settings()
    unknown = {name for name in gunicorn if not name.startswith("__") and name not in known}
    assert unknown <= {"annotations", "gc", "os", "Path", "Any"}
    assert gunicorn["wsgi_app"].split(":")[0] + "." + gunicorn["wsgi_app"].split(":")[1] == settings.WSGI_APPLICATION
    assert gunicorn["preload_app"] is False
    assert gunicorn["graceful_timeout"] > writing.PATIENCE
    site = (SHIPPED / "porchlight" / "site.conf").read_text()
    kept = re.search(r"keepalive_timeout (\d+)s", site)
    assert kept is not None
    assert gunicorn["keepalive"] > int(kept[1]), "the proxy lets go first"


def test_a_gunicorn_process_stores_what_it_accepted_before_it_ends(
    gunicorn: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr(writing.writer, "close", lambda: closed.append(True))
    gunicorn["worker_exit"](None, None)
    assert closed == [True]


# -- containers -----------------------------------------------------------------------------------------------------------


def test_every_container_runs_a_command_that_exists(compose: dict[str, Any]) -> None:
    ours = {name: it for name, it in compose["services"].items() if it["image"] == "porchlight"}
    assert set(ours) == {"prepare", "socket1", "socket2", "pages", "worker"}
    for it in ours.values():
        check_command(it["command"])
        if "healthcheck" in it:
            assert it["healthcheck"]["test"][0] == "CMD"
            check_command(it["healthcheck"]["test"][1:])
        assert set(it["environment"]) <= settings_named()
        assert it["env_file"] == "../.env"
        assert it["security_opt"] == ["no-new-privileges:true"]
    others = {it["image"].partition(":")[0] for name, it in compose["services"].items() if name not in ours}
    assert others == {"postgres", "redis", "nginx"}


def test_containers_wait_for_what_they_need_and_every_folder_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for it in services.values():
        assert set(it.get("depends_on", [])) <= set(services)
        for volume in it.get("volumes", []):
            source = volume.split(":")[0]
            given = {"./tls"}  # the operator's own
            assert source in compose["volumes"] or source in given or (DEPLOY / source).exists()
        for name, needed in it["depends_on"].items() if isinstance(it.get("depends_on"), dict) else ():
            assert needed["condition"] != "service_healthy" or "healthcheck" in services[name]
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/deploy/secrets/", "/deploy/tls/", ".env"} <= set(ignored)


def test_the_proxy_of_the_containers_asks_containers_that_exist_and_differs_in_nothing_else(
    compose: dict[str, Any],
) -> None:
    mine = (DEPLOY / "compose" / "site.conf").read_text()
    asked = set(re.findall(r"server ([a-z0-9]+):8000", mine))
    assert asked == {"pages", "socket1", "socket2"} <= set(compose["services"])
    shipped = (SHIPPED / "porchlight" / "site.conf").read_text()
    assert mine[mine.index("access_log") :] == shipped[shipped.index("access_log") :]


def test_the_image_is_made_of_files_that_exist_and_of_no_secret() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for words in re.findall(r"^COPY (?:--\S+ )?(.+)$", text, re.MULTILINE):
        *sources, _target = words.split()
        assert all((ROOT / source).exists() for source in sources)
    ours = {app.partition(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.partition(".")[0]).is_dir()}
    assert ours <= set(re.findall(r"^COPY (\w+) ", text, re.MULTILINE))
    assert not {".env", "var"} & set(re.findall(r"[\w.]+", text[text.index("WORKDIR") : text.index("USER")])) - {"var"}
    kept_out = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in kept_out
    assert not {"!.env", "!var", "!.git"} & set(kept_out)


def test_no_file_names_a_package_host() -> None:
    hosts = r"pypi\.org|pythonhosted\.org|docker\.io|quay\.io|ghcr\.io|gcr\.io|registry\."
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert not re.search(hosts, path.read_text()), path


# -- the proxy's words ----------------------------------------------------------------------------------------------------


def test_the_page_of_a_site_that_is_away_says_what_the_site_itself_would_say() -> None:
    page = (SHIPPED / "porchlight" / "unavailable.html").read_text()
    sentences = (
        "Something broke on our side",
        "It is our fault, not yours. What was saved before is safe.",
        "Please wait a minute and try again. If it cannot wait, please call.",
    )
    for language in ("en", "es", "vi", "ar"):
        with translation.override(language):
            foot = re.search(r"<p>(<b>.*?)</p>", render_to_string("_foot.html"), re.DOTALL)
            assert foot is not None
            part = page[page.index(f'lang="{language}"', page.index("<main>")) :].split("</section>")[0]
            for sentence in (*map(gettext, sentences), foot[1]):
                assert sentence in part
    for name in re.findall(r'href="/static/([^"]+)"', page):
        assert (ROOT / "portal" / "static" / name).exists()


def test_the_rooms_that_are_logged_are_rooms_and_the_rest_has_no_name() -> None:
    text = (SHIPPED / "nginx.conf").read_text()
    found = re.search(r"~\^/\(\?<first>([^)]+)\)/", text)
    assert found is not None
    routes = {str(each.pattern).partition("/")[0] for each in _routes(get_resolver().url_patterns)}
    assert set(found[1].split("|")) <= routes | {"static", "ws"}
    log = re.search(r"log_format rooms '([^']+)'", text)
    assert log is not None
    personal = {"$remote_addr", "$request", "$request_uri", "$uri", "$args", "$http_referer", "$http_user_agent"}
    assert not personal & set(log[1].split())


def _routes(patterns: list[Any]) -> list[URLPattern]:
    return [
        found for each in patterns for found in ([each] if isinstance(each, URLPattern) else _routes(each.url_patterns))
    ]


def test_the_proxy_waits_longer_than_the_socket_pings_and_takes_no_more_than_the_site() -> None:
    rooms = (SHIPPED / "porchlight" / "rooms.conf").read_text()
    quiet = re.search(r"proxy_read_timeout (\d+)s;", rooms[rooms.index("location = /ws/") :])
    assert quiet is not None
    assert int(quiet[1]) > serving.PING_EVERY + serving.PING_PATIENCE
    size = re.search(r"client_max_body_size (\d+)m;", (SHIPPED / "nginx.conf").read_text())
    assert size is not None
    assert int(size[1]) * 1024 * 1024 == settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_a_hashed_name_is_kept_for_ever_by_the_same_rule_as_the_site_makes_it() -> None:
    rule = re.search(r"\"~(\S+)\" \"max-age=315360000", (SHIPPED / "nginx.conf").read_text())
    assert rule is not None
    names: dict[str, str] = cast("Any", storage.staticfiles_storage).hashed_files
    assert names
    assert all(re.search(rule[1], f"/static/{name}") for name in names.values())
    assert not any(re.search(rule[1], f"/static/{name}") for name in names)


@needs_nginx
@pytest.mark.parametrize("site", ["nginx/porchlight/site.conf", "compose/site.conf"])
def test_nginx_reads_its_configuration(site: str, tmp_path: Path) -> None:
    text = (DEPLOY / site).read_text()
    if site.startswith("compose"):  # names that only the containers know, and a word of newer versions
        text = text.replace(" resolve;", ";").replace("pages:8000", "127.0.0.1:8000")
        text = text.replace("socket1:8000", "127.0.0.1:8001").replace("socket2:8000", "127.0.0.1:8002")
    folder = tmp_path / "nginx"
    ports = proxy.Ports(http=20_080, https=20_443, pages=20_000, sockets=(20_001, 20_002))
    proxy.lay_out(folder, ports, tmp_path / "var")
    (folder / "porchlight" / "site.conf").write_text(
        proxy.temporary_paths(folder) + proxy.here(text, folder, ports, tmp_path / "var")
    )
    program = find_nginx()
    assert program
    command = [program, "-t", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", f"pid {folder}/nginx.pid;"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
