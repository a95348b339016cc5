from __future__ import annotations

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "portal.care"
    label = "care"
    verbose_name = "Plan of care"
