"""How gunicorn serves the pages, behind the proxy: `gunicorn --config deploy/gunicorn.conf.py`, from the project's folder."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

wsgi_app = "portal.wsgi:application"
bind = "127.0.0.1:8000"
backlog = 1024

# A page keeps one core busy for most of its time: a process for each core, and threads for the rest, which is waiting for the
# database. Each thread keeps a database connection, and each process one more for its writer.
workers = int(os.environ.get("WEB_CONCURRENCY") or len(os.sched_getaffinity(0)))
worker_class = "gthread"
threads = 4
# Not before the fork: a writer, a line to Redis or a database connection must never be shared by two processes.
preload_app = False

# Longer than the proxy keeps one unused (nginx/porchlight/site.conf), so that a POST never meets a connection being closed.
keepalive = 75
timeout = 60
graceful_timeout = 20  # a POST waits at most 10 seconds for its commit
# A process is replaced now and then, so that no leak grows old; not all of them in the same minute.
max_requests = 50_000
max_requests_jitter = 10_000

worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat that no busy disk delays
control_socket_disable = True
accesslog = None  # the proxy's names no person, this one would
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """What was loaded stays: the collector of garbage need not walk over it for every few pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def worker_exit(server: Any, worker: Any) -> None:
    """What was accepted is stored, and told to the other processes, before this one ends."""
    from messaging.writer import writer
    from portal import live

    writer.close()
    live.line.close()
