from __future__ import annotations

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "portal.language"
    label = "language"
    verbose_name = "Languages"
