"""The threads that run pages and a socket's database work: few, long-lived, each with its own kept database connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from threading import Barrier
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")


async def run(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `work` in one of the threads and wait for it. Connections older than CONN_MAX_AGE or broken are replaced first."""
    context = copy_context()

    def call() -> R:
        close_old_connections()
        return context.run(work, *args, **kwargs)

    return await asyncio.get_running_loop().run_in_executor(_threads, call)


def close() -> None:
    """Let the threads' connections go. Each thread waits at the barrier, so that every one of them is reached."""
    together = Barrier(THREADS)

    def let_go() -> None:
        connection.close()
        together.wait(5)

    wait([_threads.submit(let_go) for _ in range(THREADS)])
