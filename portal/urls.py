"""Composition root of the pages: every route of every room."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("portal.home.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.accounts.welcome.urls")),
    path("", include("portal.notices.urls")),
    path("", include("portal.language.urls")),
    path("", include("portal.families.urls")),
    path("", include("portal.growing.urls")),
    path("", include("portal.clocks.urls")),
    path("", include("portal.enrollment.urls")),
    path("", include("portal.care.urls")),
    path("", include("portal.referrals.urls")),
    path("", include("portal.directory.urls")),
    path("", include("portal.community.urls")),
    path("", include("portal.media.urls")),
    path("", include("portal.safety.urls")),
    path("", include("portal.voice.urls")),
    path("", include("peer_support.urls")),
    path("", include("rights_grievances.urls")),
    path("", include("messaging.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("portal.demo.urls")))

handler400 = "portal.home.views.bad_request"
handler403 = "portal.home.views.csrf_failed"
handler404 = "portal.home.views.not_found"
handler500 = "portal.home.views.server_error"
