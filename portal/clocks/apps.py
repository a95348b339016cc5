from __future__ import annotations

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "portal.clocks"
    label = "clocks"
    verbose_name = "Clocks"
