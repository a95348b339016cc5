"""What must hold before families' data is served: deployment checks that `serve` refuses to start without."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.media.scanning import is_address


@register("deployment", deploy=True)
def deployment(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    problems: list[CheckMessage] = []
    if settings.DEMO:
        problems.append(Error("PORTAL_DEMO is on.", hint="Unset it: the demo signs anyone in.", id="portal.E001"))
    if settings.USES_LOCAL_SECRETS:
        problems.append(
            Error(
                "PORTAL_SECRET_KEY or PORTAL_ENCRYPTION_KEYS is not set.",
                hint="Set both and keep them safe: without the encryption keys nobody can read the messages again.",
                id="portal.E002",
            )
        )
    if settings.EMAIL_URL == "console:" or settings.SMS_URL == "console:":
        problems.append(
            Error(
                "EMAIL_URL or SMS_URL is not set, so sign-in codes would go nowhere.",
                hint="Name a mail server and a text message service (.env.example shows how).",
                id="portal.E003",
            )
        )
    if settings.MEDIA_SCANNER_URL and not is_address(settings.MEDIA_SCANNER_URL):
        problems.append(
            Error(
                "MEDIA_SCANNER_URL is not the address of a scanner.",
                hint="Name a socket (unix:///run/clamav/clamd.ctl) or a host and port (tcp://127.0.0.1:3310).",
                id="portal.E004",
            )
        )
    return problems
