from __future__ import annotations

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "portal.voice"
    label = "voice"
    verbose_name = "What families say, and what became of it"
