from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    name = "portal.notices"
    label = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        from portal.notices.checks import check_ways_out

        register(check_ways_out)
