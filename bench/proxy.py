"""The site as `deploy/` serves its pages: the shipped proxy before gunicorn with the shipped settings, on the server's core.

The proxy speaks plain HTTP here, because the driver does, and everything else is as shipped. What TLS costs is a handshake for each
phone, not for each page.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import hosts
from tests.servers import find_nginx

SHIPPED = hosts.ROOT / "deploy"


@dataclass
class Through(hosts.Host):
    """The proxy; what it costs is the proxy and what works behind it."""

    behind: hosts.Host | None = None

    def cpu(self) -> float:
        return super().cpu() + (self.behind.cpu() if self.behind else 0.0)


@contextmanager
def deployed(env: Mapping[str, str]) -> Iterator[hosts.Host]:
    """Pages through the proxy and gunicorn; `env` as for the other servers of the site."""
    pages = hosts.free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", str(SHIPPED / "gunicorn.conf.py")]
    command += ["--bind", f"127.0.0.1:{pages}"]
    with (
        hosts.running("gunicorn as deployed", command, pages, "/healthz", env) as behind,
        _nginx(pages, Path(env["PORTAL_VAR"])) as proxy,
    ):
        yield Through(proxy.name, proxy.url, proxy.process, behind=behind)


@contextmanager
def _nginx(pages: int, var: Path) -> Iterator[hosts.Host]:
    program = find_nginx()
    if program is None:
        sys.exit("Pages through deploy/ need nginx: install it, or set NGINX to the path of one.")
    port = hosts.free_port()
    with tempfile.TemporaryDirectory(prefix="porch-bench-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx gives up root and still has to read it
        shutil.copytree(SHIPPED / "nginx", folder, dirs_exist_ok=True)
        site = folder / "porchlight" / "site.conf"
        site.write_text(_site(site.read_text(), folder, port, pages, var))
        command = [program, "-p", name, "-c", str(folder / "nginx.conf")]
        command += ["-g", f"daemon off; pid {folder}/nginx.pid;"]
        with hosts.running("through deploy/", command, port, "/healthz", {}) as host:
            yield host


def _site(shipped: str, folder: Path, port: int, pages: int, var: Path) -> str:
    """The shipped upstreams and logs, and one plain server in place of those with TLS."""
    upstreams = re.sub(r"^.*backup;\n", "", shipped[: shipped.index("# Names that are not ours")], flags=re.MULTILINE)
    upstreams = upstreams.replace("127.0.0.1:8000", f"127.0.0.1:{pages}").replace("/var/log/nginx", str(folder))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    server = f"""
server {{
    listen 127.0.0.1:{port} backlog=4096;
    server_name localhost;
    set $var {var};
    set $door {folder}/porchlight;
    include porchlight/rooms.conf;
}}
"""
    return temporary + upstreams + server
