from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "portal.community"
    label = "community"
    verbose_name = "Families in the policy of a program"
