from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from messaging.actions import rewrap_data_keys
from portal.notices.phones import rewrap_phones
from portal.rewrapping import rewrap_words


class Command(BaseCommand):
    help = "Rewrap every data key and sealed word under the first of PORTAL_ENCRYPTION_KEYS; then the old key can go."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"Rewrapped {rewrap_data_keys()} conversations and the addresses of {rewrap_phones()} phones."
        )
        self.stdout.write(f"Rewrapped {rewrap_words()} rows with sealed words.")
