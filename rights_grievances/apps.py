from __future__ import annotations

from django.apps import AppConfig


class RightsGrievancesConfig(AppConfig):
    name = "rights_grievances"
    label = "rights_grievances"
    verbose_name = "Rights and grievances"
