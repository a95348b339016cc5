from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from messaging.actions import rewrap_data_keys
from peer_support.actions import (
    rewrap_check_ins,
    rewrap_contacts,
    rewrap_groups,
    rewrap_skills,
    rewrap_summaries,
    rewrap_support,
    rewrap_words,
)
from portal.families.actions import rewrap_addresses
from portal.notices.phones import rewrap_phones
from portal.referrals.actions import rewrap_referrals


class Command(BaseCommand):
    help = "Rewrap every data key and address under the first of PORTAL_ENCRYPTION_KEYS; then the old key can go."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Rewrapped {rewrap_data_keys()} conversations and {rewrap_addresses()} addresses.")
        self.stdout.write(f"Rewrapped {rewrap_referrals()} referrals and {rewrap_contacts()} contacts.")
        self.stdout.write(f"Rewrapped {rewrap_summaries() + rewrap_words()} words handed on.")
        self.stdout.write(f"Rewrapped {rewrap_check_ins()} words of what would help.")
        self.stdout.write(f"Rewrapped {rewrap_support() + rewrap_skills()} requests, steps and skills.")
        self.stdout.write(f"Rewrapped {rewrap_groups()} words about places in groups.")
        self.stdout.write(f"Rewrapped the addresses of {rewrap_phones()} phones.")
