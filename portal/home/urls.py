from __future__ import annotations

from django.urls import path

from portal.home import views

urlpatterns = [
    path("", views.home_show, name="home_show"),
    path("help/", views.help_show, name="help_show"),
    path("language/", views.language_set, name="language_set"),
    path("look/", views.look_set, name="look_set"),
    path("porch.webmanifest", views.manifest, name="manifest"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
