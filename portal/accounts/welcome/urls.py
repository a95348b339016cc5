from __future__ import annotations

from django.urls import path

from portal.accounts.welcome import views

urlpatterns = [
    path("welcome/", views.welcome_show, name="welcome_show"),
]
