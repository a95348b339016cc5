"""Start-up checks: a way out that nothing could leave by is told at once, not by the first code that never arrives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from portal.notices import channels, push


def check_ways_out(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    problems = [channels.what_is_wrong(name, getattr(settings, name)) for name in ("EMAIL_URL", "SMS_URL")]
    problems.append(push.what_is_wrong(settings.VAPID_PRIVATE_KEY))
    return [Error(problem, id="notices.E001") for problem in problems if problem]
