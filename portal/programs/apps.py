from __future__ import annotations

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "portal.programs"
    label = "programs"
    verbose_name = "Programmes"
