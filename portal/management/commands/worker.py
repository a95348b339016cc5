from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from portal import worker


class Command(BaseCommand):
    help = "Deliver notices and seal the record until stopped; any number may run."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        self.stdout.write("Working. Ctrl-C stops after the round.")
        worker.run(stop)
